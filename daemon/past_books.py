"""Books that were in force here, by hash or its first signs, and the letters as they were judged: for `book` and `why`.

Opens the database to look only.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from os import environ
from pathlib import Path
from shutil import rmtree

from sqlalchemy import Connection

from daemon.disk import why
from daemon.matters import Given
from daemon.settings import read_settings
from db import books, books_taken, directory, schema
from db.engine import open_engine
from db.pen import look
from rules.desk import contact_at
from rules.judging import Matter
from rules.policy import Book
from rules.reading import read
from rules.shown import signs
from rules.trouble import UsageTrouble
from rules.wording import wording

say = wording("daemon")


@contextmanager
def looking() -> Iterator[Connection]:
    """The office's database, to look at. Raises SettingsTrouble, SchemaTrouble."""
    engine = open_engine(read_settings(environ).database)
    schema.check(engine)
    with look(engine) as cx:
        yield cx


def past(digest: str) -> dict[str, bytes]:
    """The chapters of the book whose hash begins so. Raises UsageTrouble where none or several do."""
    with looking() as cx:
        known = {book for _, book in books_taken.taken(cx) if book.startswith(digest.strip().lower())}
        if len(known) != 1 or not digest.strip():
            raise UsageTrouble(say("book-not-known", hash=digest))
        return books.chapters_of(cx, known.pop())


@dataclass(frozen=True, slots=True)
class Taken:
    """A book that came into force: when, its hash, and which chapters were others than in the book before."""

    at: str
    book: str
    changed: tuple[str, ...]


def history() -> list[Taken]:
    """Every book that came into force, the newest first; of the first every chapter is new."""
    told: list[Taken] = []
    before: dict[str, bytes] = {}
    with looking() as cx:
        for at, digest in reversed(books_taken.taken(cx)):
            chapters = books.chapters_of(cx, digest)
            changed = sorted(name for name in chapters.keys() | before.keys() if chapters.get(name) != before.get(name))
            told.append(Taken(at, digest, tuple(changed) if before else ()))
            before = chapters
    return told[::-1]


def stored(book: Book) -> Iterator[Given]:
    """Every letter kept in the database, as the office judged it."""
    with looking() as cx:
        for number, raw in books_taken.kept_letters(cx):
            yield Given(number, of_kept(cx, raw, book))


def of_kept(cx: Connection, raw: bytes, book: Book) -> Matter:
    """A kept letter as the office judged it: with its own signs, and the unit whose mailbox it came from by today's directory."""
    letter = read(raw, signs(book))
    unit = contact_at(directory.today(cx), letter.from_addr)
    return Matter.of(letter, unit.unit if unit else None)


def put_back(chapters: Mapping[str, bytes], folder: Path, now: datetime) -> Path:
    """The chapters take the folder's place by renames alone; what stood there is kept beside it. Returns where. Raises UsageTrouble."""
    aside = folder.with_name(f"{folder.name}.{now:%Y%m%d%H%M%S}")
    new = folder.with_name(f"{folder.name}.new")
    try:
        if new.exists():
            rmtree(new)
        for name, data in chapters.items():
            target = new / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        folder.rename(aside)
        new.rename(folder)
    except OSError as trouble:
        raise UsageTrouble(say("book-no-folder", folder=folder, why=why(trouble))) from trouble
    return aside
