"""Which books were in force, and every letter that is kept: what `book history`, `back` and `try` look at."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from db import tables as t
from rules.events import BookTaken


def taken(cx: Connection) -> list[tuple[str, str]]:
    """(when, hash) of every book that came into force, the newest first."""
    lines = select(t.ledger.c.at, t.ledger.c.book).where(t.ledger.c.kind == BookTaken.__name__)
    return [(at, book) for at, book in cx.execute(lines.order_by(t.ledger.c.seq.desc()))]


def kept_letters(cx: Connection) -> Iterator[tuple[int, bytes]]:
    """(id, bytes) of every letter whose bytes are still there, in the order they came."""
    rows = select(t.letters.c.id, t.blobs.c.bytes).join(t.blobs, t.blobs.c.sha256 == t.letters.c.sha256)
    for number, raw in cx.execute(rows.where(t.blobs.c.bytes.is_not(None)).order_by(t.letters.c.id)):
        yield number, bytes(raw)
