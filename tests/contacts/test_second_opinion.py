"""Old Word files read twice (.doc, .wps): what a second reader may do to a contact sheet, and what the program that reads may not."""

import dataclasses
import json
import os
import shutil
import socket
import stat
import sys
import time
import zipfile
from pathlib import Path

import pytest
from sheet_builders import EDUCATION, FLAT, NAMES, held, judged, mail, paper

from daemon import suite as suites
from daemon.reader import Reader
from daemon.second_opinion import second_opinions
from daemon.suite import Suite
from rules.contacts import Context, understand
from rules.papers import Paper
from rules.papers.rebuild import document_of

PHONE = FLAT.replace("13900000002", "13900000007")


def read_twice(own: Paper, second: Paper | None):
    return understand([dataclasses.replace(own, second=second)], Context("教育局.doc"), NAMES)


def test_the_same_cells_say_nothing():
    found = read_twice(paper(FLAT, kind="doc"), paper("\n" + FLAT.strip() + "\n", "填表人：李二丫"))

    assert (found.rows, found.doubts) == ((EDUCATION,), ())


def test_another_number_is_a_doubt_that_names_both_and_our_own_reading_is_shown():
    found = read_twice(paper(FLAT, kind="doc"), paper(PHONE))

    assert (found.readable, found.rows) == (True, (EDUCATION,))
    assert [(remark.word, remark.unit, remark.text) for remark in found.remarks] == [
        ("file:two-readings", "教育局", "手机：一为13900000002，一为13900000007")
    ]


def test_a_row_more_is_a_doubt():
    more = FLAT + "教育局|赵一鸣|副局长|王小三|13900000005|024-48000003|jyj@163.example\n"

    assert [remark.text for remark in read_twice(paper(FLAT), paper(more)).remarks] == ["一为1行，一为2行"]


def test_a_table_that_became_one_line_with_the_same_words_contradicts_nothing():
    own = paper(FLAT, kind="doc", text="\n".join(paper(FLAT).tables[0].lines))

    lost = paper("".join(own.text.split()), text="".join(own.text.split()))

    assert (read_twice(own, lost).rows, read_twice(own, lost).doubts) == ((EDUCATION,), ())


def test_a_table_that_became_one_line_is_still_asked_for_every_value():
    own = paper(FLAT, kind="doc", text="\n".join(paper(FLAT).tables[0].lines))
    lost = paper("x", text="页脚 " + "".join(own.text.split()).replace("13900000002", "13900000007"))

    assert [remark.text for remark in read_twice(own, lost).remarks] == ["手机：一为13900000002，一为空"]


def test_what_only_the_other_reads_is_held_with_its_rows_and_never_entered():
    broken = dataclasses.replace(held("file:truncated", "教育局.doc", "doc"), second=paper(FLAT))

    found = understand([broken], Context("教育局.doc"), NAMES)
    verdict = judged(mail(), broken)

    assert (found.readable, found.rows, found.doubts) == (False, (EDUCATION,), ("file:second-only", "file:truncated"))
    assert (verdict.disposition, verdict.rows) == ("held", (EDUCATION,))


def test_a_mail_whose_file_reads_two_ways_is_held_and_one_that_reads_one_way_is_entered():
    differs = dataclasses.replace(paper(FLAT, kind="doc"), second=paper(PHONE))
    agrees = dataclasses.replace(paper(FLAT, kind="doc"), second=paper(FLAT))

    assert (judged(mail(), differs).disposition, judged(mail(), differs).doubts) == ("held", ("file:two-readings",))
    assert judged(mail(), agrees).disposition == "contact"


def test_a_broken_file_beside_a_good_one_is_not_lost():
    broken = dataclasses.replace(held("file:truncated", "旧.doc", "doc"), second=paper(PHONE))

    verdict = judged(mail(), paper(FLAT, name="新.docx"), broken)

    assert verdict.disposition == "held"
    assert {row.mobile for row in verdict.rows} == {"13900000002", "13900000007"}


@pytest.mark.parametrize("second", [None, held("file:bomb"), held("file:blank")])
def test_no_answer_is_no_opinion(second):
    assert read_twice(paper(FLAT, kind="doc"), second).doubts == ()
    assert read_twice(held("file:truncated"), second).doubts == ("file:truncated",)


# The rim: a program on the path that is called as LibreOffice is.


def a_program(folder: Path, body: str) -> str:
    """A program that finds the last word's folder in `inside`, the output folder in `out`."""
    path = folder / "soffice"
    path.write_text(
        f"#!{sys.executable}\nimport os, pathlib, socket, sys, time\n"
        "words = sys.argv[1:]\nfiles = [pathlib.Path(word) for word in words if word.endswith('.doc')]\n"
        "out = pathlib.Path(words[words.index('--outdir') + 1])\nout.mkdir()\n" + body,
        "utf-8",
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own").mkdir()
    return tmp_path / "own"


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_every_file_gets_its_own_answer_and_nothing_is_left_behind(tmp_path: Path, folder: Path):
    program = a_program(
        tmp_path,
        "for file in files:\n    b = file.read_bytes()\n    b and (out / (file.name + 'x')).write_bytes(b[::-1])",
    )

    assert Suite(folder, program).converted([b"ab", b"", b"cd"]) == [b"ba", None, b"dc"]
    assert leftovers(folder) == []


def test_without_the_program_nobody_is_asked(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(folder))

    suite = Suite(folder)

    assert (suite.there, suite.converted([b"ab"])) == (False, [None])


def test_it_gets_no_setting_no_password_and_no_network(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HUIYIN_COMPLAINT_IMAP_PASSWORD", "geheim")
    with socket.create_server(("127.0.0.1", 0)) as server:
        body = (
            "try:\n    socket.create_connection(('127.0.0.1', "
            + str(server.getsockname()[1])
            + "), 5); said = 'connected'\nexcept OSError as why:\n    said = type(why).__name__\n"
            "names = sorted(n for n in os.environ if not n.startswith('LC_'))\n"
            "(out / '1.docx').write_text(said + ' ' + ' '.join(names) + ' ' + os.environ['HOME'])\n"
        )
        (said,) = Suite(folder, a_program(tmp_path, body)).converted([b"x"])
    connected, *names, home = (said or b"").decode().split()

    assert connected == "PermissionError"
    assert set(names) == {
        *("HOME", "LANG", "PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "SAL_USE_VCLPLUGIN", "TMPDIR"),
    }
    assert home.startswith(str(folder))


def test_at_the_limit_the_whole_group_dies_and_it_is_left_alone_for_a_while(tmp_path: Path, folder: Path):
    note = tmp_path / "child"
    body = (
        f"child = os.fork()\nif child:\n    pathlib.Path({str(note)!r}).write_text(str(child))\n"
        "while True: time.sleep(1)\n"
    )
    suite = Suite(folder, a_program(tmp_path, body), seconds=2.0)

    assert suite.converted([b"x"]) == [None]
    assert (suite.there, suite.converted([b"x"]), leftovers(folder)) == (False, [None], [])
    assert gone(int(note.read_text()))


def gone(pid: int) -> bool:
    """The process is no more; one that nobody has buried yet is dead too."""
    for _ in range(500):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.01)
    return False


def test_memory_is_limited(tmp_path: Path, folder: Path):
    body = (
        "try:\n    hog = bytearray(600 << 20); said = 'all'\nexcept MemoryError:\n    said = 'no'\n"
        "(out / '1.docx').write_text(said)\n"
    )

    assert Suite(folder, a_program(tmp_path, body)).converted([b"x"]) == [b"no"]


def test_where_the_network_cannot_be_cut_off_nothing_is_started(tmp_path: Path, folder: Path, monkeypatch):
    monkeypatch.setattr(suites, "ROOT", tmp_path)
    (tmp_path / "daemon").mkdir()
    for name in ("converting_child.py", "no_network.py", "__init__.py"):
        text = (Path(suites.__file__).parent / name).read_text("utf-8")
        (tmp_path / "daemon" / name).write_text(text.replace('"x86_64"', '"?"').replace('"aarch64"', '"??"'), "utf-8")

    assert Suite(folder, a_program(tmp_path, "(out / '1.docx').write_text('x')")).converted([b"x"]) == [None]


def test_a_disk_without_room_is_no_letters_fault(tmp_path: Path, folder: Path):
    program = a_program(tmp_path, "(out / '1.docx').write_text('x')")

    assert Suite(folder / "gone", program).converted([b"x"]) == [None]


def test_no_more_files_than_ten_of_one_letter(tmp_path: Path, folder: Path):
    program = a_program(tmp_path, "[(out / (file.name + 'x')).write_bytes(b'x') for file in files]")

    assert Suite(folder, program).converted([b"x"] * 12) == [b"x"] * 10 + [None] * 2


def a_reader(folder: Path, program: str) -> Reader:
    reader = Reader(folder)
    reader.suite = Suite(reader.folder, program)
    return reader


def answers(tmp_path: Path, second: bytes) -> str:
    (tmp_path / "second").write_bytes(second)
    body = (
        f"[(out / (f.name + 'x')).write_bytes(pathlib.Path({str(tmp_path / 'second')!r}).read_bytes()) for f in files]"
    )
    return a_program(tmp_path, body)


def test_only_old_word_files_are_shown_to_it_also_those_in_archives(tmp_path: Path, folder: Path):
    inner = Paper("doc", original=b"1")
    papers = (Paper("txt"), Paper("doc", original=b"2"), Paper("zip", inner=(inner,)))

    with a_reader(folder, answers(tmp_path, document_of(["甲"]))) as reader:
        text, word, zipped = second_opinions(reader, papers)

    assert (text, word.second and word.second.text, word.original) == (Paper("txt"), "甲", b"")
    assert zipped.inner[0].second is not None
    assert zipped.inner[0].second.text == "甲"


def test_an_answer_that_is_no_document_is_no_opinion(tmp_path: Path, folder: Path):
    with a_reader(folder, answers(tmp_path, b"PK\x03\x04")) as reader:
        (word,) = second_opinions(reader, (Paper("doc", "甲", original=b"2"),))

    assert word.second is not None
    assert word.second.why_not == "file:truncated"


@pytest.mark.debian
@pytest.mark.skipif(shutil.which("soffice") is None, reason="libreoffice-writer-nogui is not installed")
def test_real_libreoffice_agrees_contradicts_and_reads_what_we_cannot(tmp_path: Path, capsys):
    from real_office import a_doc, own_reader_fails, without

    from daemon.__main__ import main

    good = a_doc(tmp_path / "教育局.doc", FLAT)
    broken = tmp_path / "教育局（坏）.doc"
    broken.write_bytes(own_reader_fails(good.read_bytes()))
    with zipfile.ZipFile(tmp_path / "打包.zip", "w") as archive:
        archive.write(good, "教育局.doc")
    files = [str(good), str(broken), str(tmp_path / "打包.zip")]

    assert main(["directory", "read", "--json", *files]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert [(one["readable"], one["doubts"], one["rows"][0]["mobile"]) for one in told] == [
        (True, [], "13900000002"),
        (False, ["file:second-only", "file:truncated"], "13900000002"),
        (True, [], "13900000002"),
    ]
    with without(os.environ):
        assert main(["directory", "read", "--json", str(broken)]) == 0
    (alone,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (alone["readable"], alone["doubts"], alone["rows"]) == (False, ["file:truncated"], [])
