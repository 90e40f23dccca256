"""A new book while the office works (F89, F90, F91): taken whole between two letters, refused whole, told once, half-saved files harmless."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from office_time import asked, letters_to, the_case

from daemon.books import read_chapters
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, LAND, LI, filled
from daemon.demo.stage import Stage
from daemon.new_book import BookWatch
from daemon.running import Run
from db import ledger
from db.pen import look
from rules.policy.load import book_hash
from rules.trouble import BookTrouble
from rules.wording import wording

say = wording("daemon.demo")
GOOD = filled(dict(read_chapters()))
IN_FORCE = book_hash(GOOD)


def write(folder: Path, chapters: dict[str, bytes]) -> Path:
    for name, data in chapters.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write(tmp_path / "book", GOOD)


@pytest.fixture
def seconds() -> list[float]:
    return [0.0]


@pytest.fixture
def watch(book: Path, seconds: list[float]) -> BookWatch:
    return BookWatch(book, settled=3, steady=lambda: seconds[0])


def looked(watch: BookWatch, seconds: list[float], after: float = 10) -> str:
    """What comes of a look, and of another when the files have stood still."""
    watch.look(IN_FORCE)
    seconds[0] += after
    taken = watch.look(IN_FORCE)
    return taken.book.hash if taken else ""


def text(book: Path, name: str) -> str:
    return (book / name).read_text("utf-8")


SAVED: dict[str, Callable[[Path], object]] = {
    "half of it": lambda book: (book / "limits.toml").write_text(text(book, "limits.toml")[:300] + '\nx = "', "utf-8"),
    "nothing of it": lambda book: (book / "office.toml").write_bytes(b""),
    "in GBK": lambda book: (book / "kinds.toml").write_bytes(text(book, "kinds.toml").encode("gb18030")),
    "in UTF-16": lambda book: (book / "kinds.toml").write_bytes(text(book, "kinds.toml").encode("utf-16")),
    "with Word's quotes": lambda book: (book / "limits.toml").write_text(
        text(book, "limits.toml").replace('because = "', "because = “", 1), "utf-8"
    ),
    "with a full-width sign": lambda book: (book / "limits.toml").write_text(
        text(book, "limits.toml").replace("per_address_day =", "per_address_day ＝"), "utf-8"
    ),
    "deleted": lambda book: (book / "speech.toml").unlink(),
    "under another name": lambda book: (book / "limits.toml").rename(book / "limits - 副本.toml"),
    "a folder in its place": lambda book: ((book / "limits.toml").unlink(), (book / "limits.toml").mkdir()),
    "the folder gone": shutil.rmtree,
    "a letter with a hole": lambda book: write(book, {"letters/receipt.j2": b"{{ cas.number }}"}),
    "a year without days": lambda book: (book / "calendar" / "2018.toml").write_text("year = 2018\n", "utf-8"),
    "staff not filled in": lambda book: (book / "office.toml").write_bytes(read_chapters()["office.toml"]),
}


@pytest.mark.parametrize("how", SAVED)
def test_f89_a_book_saved_wrongly_is_refused_once_in_words_that_name_the_remedy(
    how: str, book: Path, watch: BookWatch, seconds: list[float]
) -> None:
    SAVED[how](book)
    with pytest.raises(BookTrouble) as refused:
        looked(watch, seconds)
    assert "请" in str(refused.value)
    assert looked(watch, seconds) == ""


@pytest.mark.parametrize("how", SAVED)
def test_f89_a_file_that_is_only_half_saved_when_we_look_is_harmless(
    how: str, book: Path, watch: BookWatch, seconds: list[float]
) -> None:
    SAVED[how](book)
    assert looked(watch, seconds, after=2) == ""
    shutil.rmtree(book, ignore_errors=True)
    write(book, GOOD)
    assert looked(watch, seconds) == ""


@pytest.mark.parametrize("marked", [b"\xef\xbb\xbf", b""])
def test_f89_notepads_mark_and_line_ends_are_taken(
    marked: bytes, book: Path, watch: BookWatch, seconds: list[float]
) -> None:
    raw = marked + text(book, "limits.toml").replace("\n", "\r\n").encode()
    (book / "limits.toml").write_bytes(raw)
    assert looked(watch, seconds) == book_hash({**GOOD, "limits.toml": raw})


def test_f89_the_same_mistake_made_again_after_it_was_mended_is_told_again(
    book: Path, watch: BookWatch, seconds: list[float]
) -> None:
    for _ in range(2):
        (book / "limits.toml").write_bytes(b"x =")
        with pytest.raises(BookTrouble):
            looked(watch, seconds)
        (book / "limits.toml").write_bytes(GOOD["limits.toml"])
        assert looked(watch, seconds) == ""


def a_run(stage: Stage, book: Path, tmp_path: Path) -> Run:
    return Run(stage.rounds, lambda: stage.now, 1.0, tmp_path / "heartbeat", book, settled=0)


def test_f89_f90_run_keeps_the_old_book_and_asks_once_for_each_mistake(
    stage: Stage, book: Path, tmp_path: Path
) -> None:
    run = a_run(stage, book, tmp_path)
    run._new_book()
    before = stage.rounds.office.book.hash
    (book / "limits.toml").write_bytes(b"x =")
    for _ in range(3):
        run._new_book()
    assert (stage.rounds.office.book.hash, asked(stage)) == (before, ["trouble"])

    (book / "limits.toml").write_bytes(GOOD["limits.toml"].replace(b"per_minute = 5", b"per_minute = -5"))
    run._new_book()
    assert (stage.rounds.office.book.hash, asked(stage)) == (before, ["trouble", "trouble"])


def test_f91_a_letter_decided_before_the_book_changed_goes_as_decided_and_names_the_old_book(
    stage: Stage, book: Path, tmp_path: Path
) -> None:
    old = stage.rounds.office.book.hash
    raw = manners.web_163(LI.address, LI.name, COMPLAINT, say("subject-complaint"), say("text-complaint"), stage.now)
    stage.post(raw, LI, COMPLAINT)
    for name in stage.rounds.mailboxes:
        stage.rounds.poll_one(name, stage.now)
    stage.rounds.decide(stage.now)

    newer = GOOD["limits.toml"] + "# 改过\n".encode()
    (book / "limits.toml").write_bytes(newer)
    a_run(stage, book, tmp_path)._new_book()
    stage.rounds.send(stage.now)

    assert stage.rounds.office.book.hash == book_hash({**GOOD, "limits.toml": newer}) != old
    with look(stage.rounds.office.engine) as cx:
        lines = [(row.book, type(event).__name__) for row, event in ledger.lines(cx, f"case:{the_case(stage).ref}")]
    assert (old, "Registered") in lines
    assert letters_to(stage, LAND.address, "转办单")
