"""What a fresh user types wrongly: each answer is a Chinese sentence that says what to do, and one bad input never stops the rest."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from daemon.__main__ import commands, main
from daemon.books import shipped
from daemon.shell.book import ACTS
from daemon.shell.directory import acts as directory_acts

ENGLISH = re.compile(r"error:|No such file|Is a directory|required:|usage:|内部错误")


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    try:
        code = main(list(words))
    except SystemExit as ended:
        code = int(str(ended.code))
    out = capsys.readouterr()
    return code, out.out + out.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "还缺：命令。"),
        (("judge",), "还缺：文件。"),
        (("judge", "--nope", "x"), "不认识：--nope。"),
        (("nonsense",), "命令 不能写“nonsense”，可以写：answer、"),
        (("judge", "--log", "y", "x"), "--log 不能写“y”，可以写：text、json。"),
        (("judge", "--now", "someday", "x"), "--now 的值“someday”看不懂，写作 2017-05-09T09:00。"),
        (("judge", "--book"), "--book 后面还要写内容。"),
        (("book",), "还缺：操作。"),
        (("shield",), "请给出来信文件"),
        (("shield", "--files", "x"), "请用 --out 指明放干净副本的文件夹。"),
    ],
)
def test_a_command_asked_wrongly_says_in_chinese_what_is_wrong(capsys, words, told):
    code, text = said(capsys, *words)

    assert code == 2
    assert told in text
    assert not ENGLISH.search(text)


ALL = commands()


@pytest.mark.parametrize(
    "command",
    [
        [],
        *([name] for name in ALL),
        *(["book", act] for act in ACTS),
        *(["directory", act] for act in directory_acts()),
    ],
)
def test_every_help_page_is_in_chinese(capsys, command):
    """Headings, the words for what is to be filled in, and a line for each argument."""
    code, text = said(capsys, *command, "--help")

    assert code == 0
    assert text.startswith("写法：python -m daemon")
    assert not re.search(
        r"usage|options|positional|show this|\b(?!JSON|ISO|HUIYIN)[A-Z]{3,}\b", text.replace("HUIYIN_BOOK", "")
    )


def test_a_python_without_the_programs_libraries_says_how_to_set_it_up(capsys, monkeypatch):
    def absent(_options):
        raise ModuleNotFoundError("No module named 'imapclient'", name="imapclient")

    monkeypatch.setattr("daemon.shell.life.run", absent)
    code, text = said(capsys, "life")

    assert code == 78
    assert "imapclient" in text
    assert "请在程序文件夹里运行 make setup，然后用 .venv/bin/python -m daemon。" in text


def test_a_reader_who_went_away_leaves_the_exit_code_as_it_is(tmp_path):
    """`... 2>&1 | head -1` of a book with many faults."""
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "daemon", "book", "check", str(tmp_path)], stdout=writing, stderr=writing, check=False
    )
    os.close(writing)

    assert ended.returncode == 78


@pytest.mark.parametrize("command", ["judge", "shield"])
def test_each_input_is_answered_in_order_with_its_id_and_a_reason_and_a_bad_one_stops_nothing(
    capsys, tmp_path, command
):
    lines = tmp_path / "a.jsonl"
    lines.write_text(
        '{"id":"1","text":"你好"}\n{"id":"2","text":\n[1]\n{"id":"4"}\n\n{"id":5,"text":12}\n{"id":"7","text":"x"}\n'
    )
    (tmp_path / "empty.eml").touch()
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "folder").mkdir()
    names = [str(tmp_path / name) for name in ("none.eml", "folder", "empty.eml", "empty.jsonl", "a.jsonl")]

    code, text = said(capsys, command, "--json", *names)

    answers = [json.loads(line) for line in text.splitlines()]
    assert code == 2
    assert ["trouble" in answer for answer in answers] == [True, True, False, False, True, True, True, True, False]
    assert [answer["id"] for answer in answers if answer.get("id") in ("1", "4", 5, "7")] == ["1", "4", 5, "7"]
    assert not ENGLISH.search(text)


@pytest.mark.parametrize("command", ["read", "judge", "shield"])
def test_where_no_input_can_be_read_the_command_was_asked_wrongly(capsys, tmp_path, command):
    broken = tmp_path / "a.jsonl"
    broken.write_text('{"id": 1, "text":\n\n7\n')

    code, text = said(capsys, command, str(tmp_path / "none.eml"), str(broken))

    assert code == 2
    assert "没有这个文件或文件夹" in text
    assert text.count("读不懂") == 2
    assert re.search(r"第3行|a\.jsonl:3", text)


@pytest.mark.parametrize("command", ["read", "judge", "shield"])
def test_a_file_without_a_line_is_said_and_no_fault(capsys, tmp_path, command):
    (tmp_path / "a.jsonl").touch()

    assert said(capsys, command, str(tmp_path / "a.jsonl")) == (
        0,
        f"{tmp_path / 'a.jsonl'} 里没有一行内容，没有可读的。\n",
    )
    assert said(capsys, command, "--json", str(tmp_path / "a.jsonl")) == (0, "")


def test_files_to_clean_of_which_none_can_be_read_end_in_wrong_usage(capsys, tmp_path):
    code, text = said(capsys, "shield", "--files", str(tmp_path / "none.txt"), "--out", str(tmp_path / "out"))

    assert (code, "请检查路径和权限" in text) == (2, True)


def test_files_to_clean_that_cannot_be_read_or_put_down_say_why(capsys, tmp_path: Path):
    paper = tmp_path / "a.txt"
    paper.write_text("2月6日提交了申请。", "utf-8")
    nowhere, out = str(tmp_path / "none.txt"), str(tmp_path / "out")

    assert said(capsys, "shield", "--files", str(paper), "--out", out, "--identity", nowhere) == (
        2,
        f"读不了 --identity 的文件 {nowhere}（没有这个文件或文件夹），请检查路径和权限。\n",
    )
    code, text = said(capsys, "shield", "--files", str(paper), "--out", str(paper))
    assert (code, "这是文件，不是文件夹" in text) == (2, True)
    code, text = said(capsys, "shield", "--json", "--files", nowhere, str(tmp_path), str(paper), "--out", out)
    answers = [json.loads(line) for line in text.splitlines()]
    assert code == 2
    assert [answer["sent"] for answer in answers] == [None, None, "attachment-3.docx"]


def test_a_judgement_is_told_to_people_in_the_books_words(capsys, tmp_path):
    letter = tmp_path / "a.eml"
    letter.write_bytes("Subject: x\n\n我投诉县国土资源局不给办证。".encode())

    _, text = said(capsys, "judge", str(letter))

    assert "把握：把握" in text
    assert not re.search(r"borderline|\blow\b|\bhigh\b|\bmiddle\b", text)


LETTER = "From: a@people.example\nSubject: x\n\n投诉国土资源局不办证。\n"
READERS = (["read"], ["judge"], ["shield"], ["directory", "read"], ["book", "try", "--book", str(shipped())])


@pytest.mark.parametrize("json_lines", [[], ["--json"]])
@pytest.mark.parametrize("command", READERS)
@pytest.mark.parametrize(
    ("beside", "ends"),
    [
        ("absent.eml", 2),
        ("loop.eml", 2),
        ("folder/absent.eml", 2),
        ("good.eml/absent.eml", 2),
        ("empty.eml", 0),
        ("good.eml", 0),
    ],
)
def test_an_input_that_cannot_be_opened_was_not_answered_and_one_that_is_empty_was(
    capsys, tmp_path, monkeypatch, command, json_lines, beside, ends
):
    monkeypatch.delenv("HUIYIN_BOOK", raising=False)
    (tmp_path / "good.eml").write_text(LETTER)
    (tmp_path / "loop.eml").symlink_to(tmp_path / "loop.eml")
    (tmp_path / "empty.eml").touch()
    (tmp_path / "folder").mkdir()
    good, other = str(tmp_path / "good.eml"), str(tmp_path / beside)

    for names in ([good, other], [other, good]):
        code, text = said(capsys, *command, *json_lines, *names)

        assert (code, "读不了这个文件" in text) == (ends, ends == 2)
        assert ends == 0 or other in text


@pytest.mark.parametrize("json_lines", [[], ["--json"]])
@pytest.mark.parametrize(("command", "ends"), list(zip(READERS, (2, 0, 2, 2, 0), strict=True)))
def test_a_folder_is_an_input_for_those_who_look_into_it_alone(capsys, tmp_path, command, ends, json_lines):
    """`judge` and `book try` take folders, and say of one without letters that it has none."""
    (tmp_path / "good.eml").write_text(LETTER)
    (tmp_path / "folder").mkdir()

    code, text = said(capsys, *command, *json_lines, str(tmp_path / "good.eml"), str(tmp_path / "folder"))

    assert code == ends
    assert ("文件夹里没有 .eml 或 .jsonl 来件" if ends == 0 else "这是文件夹，不是文件") in text
