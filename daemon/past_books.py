"""Books that were in force here, by hash or its first signs, for `book diff`, `history`, `back`, `try`. Opens the database to look only."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from os import environ
from pathlib import Path

from sqlalchemy import Connection

from daemon.matters import Given, of_bytes
from daemon.settings import read_settings
from db import books, books_taken, schema
from db.engine import open_engine
from db.pen import look
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
        known = {book for _, book in books_taken.taken(cx) if book.startswith(digest)}
        if len(known) != 1:
            raise UsageTrouble(say("book-not-known", hash=digest))
        return books.chapters_of(cx, known.pop())


def history() -> list[tuple[str, str]]:
    """(when, hash), the newest first."""
    with looking() as cx:
        return books_taken.taken(cx)


def stored() -> Iterator[Given]:
    """Every letter kept in the database, as `judge` takes it."""
    with looking() as cx:
        for number, raw in books_taken.kept_letters(cx):
            yield Given(number, of_bytes(raw))


def put_back(chapters: dict[str, bytes], folder: Path, now: datetime) -> Path:
    """The chapters take the folder's place by one rename; what stood there is kept beside it. Returns where."""
    aside = folder.with_name(f"{folder.name}.{now:%Y%m%d%H%M%S}")
    new = folder.with_name(f"{folder.name}.new")
    for name, data in chapters.items():
        target = new / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    folder.rename(aside)
    new.rename(folder)
    return aside
