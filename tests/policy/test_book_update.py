"""A book copied from an older program: `book update` shows what a newer one asks of it and puts that in, the office's own lines as they were."""

import io
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from book_made import SHIPPED, chapters, shipped

from daemon.__main__ import main
from daemon.books import read_chapters
from daemon.proofs import asked_of, proofread
from rules.policy import BookRefused, load
from rules.policy.updating import BOM, updated

Out = pytest.CaptureFixture[str]


def without(chapter: str, *patterns: str) -> str:
    """A chapter as an older program had it: each of these once, and a remark of the office's."""
    text = shipped(chapter)
    for pattern in patterns:
        text, gone = re.subn(pattern, "", text, count=1, flags=re.M | re.S)
        assert gone == 1, pattern
    return text + "# 本局批注\n"


def older() -> dict[str, bytes]:
    """It lacks words, a whole family, two terms, a limit and a list."""
    return dict(
        chapters(
            words=without("words", r"^accepted = .*?\n", r"^closed = .*?\n", r"^\[told\]\n.*?\n(?=\n)"),
            clocks=without("clocks", r"^\[clock\.handle\]\n.*?(?=^\[clock\.ext)", r"^\[clock\.review\]\n.*?(?=^\[)"),
            limits=without("limits", r"^receipts_hours.*?\n"),
            speech=without("speech", r"^greetings = .*?\n"),
        )
    )


def as_folder(folder: Path, given: Mapping[str, bytes]) -> Path:
    for name, data in given.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def test_a_refused_book_of_before_names_the_command_that_mends_it():
    with pytest.raises(BookRefused) as refused:
        proofread(older())

    assert "book update" in str(refused.value)
    assert "book update" not in str(BookRefused(()))


def test_what_a_newer_program_asks_is_put_in_and_every_line_of_the_office_stays_in_its_order():
    update, rest = asked_of(older())
    book, _ = proofread({**older(), **update.chapters})

    assert (rest, update.by_hand) == ((), ())
    assert [(one.file, one.keys) for one in update.additions] == [
        ("clocks.toml", ("clock", "handle")),
        ("clocks.toml", ("clock", "review")),
        ("limits.toml", ("receipts_hours",)),
        ("speech.toml", ("greetings",)),
        ("words.toml", ("told",)),
        ("words.toml", ("state", "accepted")),
        ("words.toml", ("state", "closed")),
    ]
    now = load(SHIPPED)
    assert (book.labels, dict(book.clocks), book.limits) == (now.labels, dict(now.clocks), now.limits)
    for name, data in update.chapters.items():
        left = iter(data.decode().split("\n"))
        assert all(line in left for line in older()[name].decode().split("\n")), name


def test_a_shipped_book_lacks_nothing_and_what_is_wrong_otherwise_stays_wrong():
    assert asked_of(SHIPPED)[0].additions == ()
    update, rest = asked_of(chapters(limits=without("limits", "^receipts_hours.*?\n", "^per_address_day = 6")))

    assert [one.keys for one in update.additions] == [("per_address_day",), ("receipts_hours",)]
    assert rest == ()
    update, rest = asked_of(chapters(roles=b"[role", limits=without("limits", "^receipts_hours.*?\n")))
    assert [one.keys for one in update.additions] == [("receipts_hours",)]
    assert {fault.file for fault in rest} == {"roles.toml"}


def test_what_lacks_in_one_of_several_sections_is_the_offices_own():
    with pytest.raises(BookRefused) as refused:
        load(chapters(limits=without("limits", "^gap_seconds = 8\n")))

    (fault,) = refused.value.faults
    assert (fault.lacks, "book update" in str(refused.value)) == ((), False)


@pytest.mark.parametrize("ends", ["\n", "\r\n", ""])
@pytest.mark.parametrize("mark", [b"", BOM])
def test_a_chapter_saved_by_notepad_keeps_its_mark_and_its_line_ends(mark: bytes, ends: str):
    text = without("limits", "^receipts_hours.*?\n", r"\n\[\[rate.*").removesuffix("# 本局批注\n").rstrip("\n")
    given = {"limits.toml": mark + (text.replace("\n", ends or "\n") + ends).encode()}
    with pytest.raises(BookRefused) as refused:
        load(chapters(limits=given["limits.toml"]))

    after = updated(given, SHIPPED, refused.value.faults).chapters["limits.toml"]

    assert after.startswith(given["limits.toml"].rstrip(b"\r\n"))
    assert after.endswith(b"receipts_hours = 24" + (ends or "\n").encode())
    assert after.count(b"\r") == (after.count(b"\n") if ends == "\r\n" else 0)


@pytest.mark.parametrize(
    "written",
    [
        'scope = { yes = "属于", borderline = "两可" }\n',
        'scope.yes = "属于"\nscope.borderline = "两可"\n',
    ],
)
def test_a_table_written_another_way_is_left_to_a_person_with_the_lines_to_write(written: str):
    given = chapters(words=written + without("words", r"^\[scope\]\n.*?(?=^\[)"))

    update, rest = asked_of(given)

    assert [(one.keys, one.lines, one.place) for one in update.by_hand] == [
        (("scope", "no"), ('no = "不属于营商环境"',), "[scope]")
    ]
    assert (update.additions, update.chapters) == ((), {})
    assert [fault.lacks for fault in rest] == [("scope", "no")]


def test_a_word_where_a_table_must_be_is_left_to_a_person():
    update, rest = asked_of(chapters(words='told = "转办"\n' + without("words", r"^\[told\]\n.*?\n(?=\n)")))

    assert [one.keys for one in update.by_hand] == [("told",)]
    assert {fault.file for fault in rest} == {"words.toml"}


def test_a_first_key_goes_before_the_first_heading_and_a_key_into_an_empty_table():
    limits = "# 限量\n" + shipped("limits")[shipped("limits").index("[[rate]]") :]
    words = without("words", r"^\[scope\]\n.*?(?=^\[)") + "[scope]\n"

    update, rest = asked_of(chapters(limits=limits, words=words))

    assert rest == ()
    assert update.chapters["limits.toml"].decode().index("because") < update.chapters["limits.toml"].decode().index("[")
    assert (
        update.chapters["words.toml"]
        .decode()
        .endswith('[scope]\nyes = "属于营商环境"\nborderline = "两可"\nno = "不属于营商环境"\n')
    )


def test_the_command_shows_asks_and_writes_and_a_second_time_has_nothing_to_do(
    tmp_path: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
):
    folder = as_folder(tmp_path / "book", older())
    words = folder / "words.toml"
    words.chmod(0o640)
    monkeypatch.setenv("HUIYIN_BOOK", str(folder))

    monkeypatch.setattr("sys.stdin", io.StringIO("否\n"))
    assert main(["book", "update"]) == 1
    shown = capsys.readouterr().out
    assert dict(read_chapters(folder)) == older()
    monkeypatch.setattr("sys.stdin", io.StringIO("是\n"))
    assert main(["book", "update"]) == 0
    assert "本局自己写的一行没有动" in capsys.readouterr().out

    assert 'accepted = "受理"' in shown
    assert "[clock.handle]" in shown
    assert "words.toml [state]" in shown
    assert (main(["book", "check"]), main(["book", "update"])) == (0, 0)
    assert "不缺" in capsys.readouterr().out
    assert oct(words.stat().st_mode)[-3:] == "640"
    assert [path.name for path in folder.rglob("*.new")] == []


def test_a_program_reads_lines_and_says_yes_itself(tmp_path: Path, capsys: Out):
    folder = as_folder(tmp_path / "book", older())

    assert main(["book", "update", str(folder), "--json"]) == 1
    asked = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert dict(read_chapters(folder)) == older()
    assert main(["book", "update", str(folder), "--json", "--yes"]) == 0
    done = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert asked[-1] == {
        "file": "words.toml",
        "keys": ["state", "closed"],
        "lines": ['closed = "办结"'],
        "written": False,
    }
    assert [{**one, "written": True} for one in asked] == done
    assert main(["book", "check", str(folder)]) == 0


def test_what_is_left_is_told_with_78_and_a_book_that_nobody_named_too(tmp_path: Path, capsys: Out):
    folder = as_folder(tmp_path / "book", {**older(), "roles.toml": b"[role"})

    assert main(["book", "update", str(folder), "--yes"]) == 78
    told = capsys.readouterr()
    assert ("已补进" in told.out, "roles.toml" in told.err, "words.toml" in told.err) == (True, True, False)
    assert main(["book", "update"]) == 78
    assert "HUIYIN_BOOK" in capsys.readouterr().err


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path, capsys: Out):
    folder = as_folder(tmp_path / "book", older())
    (folder / "words.toml.new").mkdir()

    assert main(["book", "update", str(folder), "--yes"]) == 2
    assert str(folder) in capsys.readouterr().err
