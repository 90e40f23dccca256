"""Books as they were, by hash: every chapter's bytes in `texts`, the list of chapters under the book's own hash."""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, insert, select, update

from db import ledger
from db import tables as t
from db.moment import kept
from rules.decision import Warrant, WarrantKind
from rules.events import OFFICE, BookTaken


def keep_book(cx: Connection, digest: str, chapters: Mapping[str, bytes], now: datetime) -> bool:
    """The book comes into force: kept whole, and a ledger line where it is another than before. True where it is."""
    before = cx.execute(select(t.office.c.book)).scalar_one()
    if before == digest:
        return False
    named = {name: _keep(cx, data) for name, data in chapters.items()}
    _put(cx, digest, json.dumps(named, ensure_ascii=False, sort_keys=True).encode())
    event = BookTaken(about=OFFICE, warrant=Warrant(WarrantKind.WORLD, "book"), hash=digest, before=before)
    ledger.append(cx, f"book:{digest}:{kept(now)}", [event], at=kept(now), book=digest)
    cx.execute(update(t.office).values(book=digest))
    return True


def keep_text(cx: Connection, text: str) -> str:
    """An approved text, kept by hash as an event names it; returns the hash."""
    return _keep(cx, text.encode())


def text_of(cx: Connection, digest: str) -> str:
    """The text again. Raises KeyError where it was never kept."""
    return _get(cx, digest).decode()


def text_if_kept(cx: Connection, digest: str) -> str:
    """The same; '' where it is no more: erased, perhaps with an older case that had the same words."""
    try:
        return text_of(cx, digest)
    except KeyError:
        return ""


def _keep(cx: Connection, data: bytes) -> str:
    digest = sha256(data).hexdigest()
    _put(cx, digest, data)
    return digest


def _put(cx: Connection, digest: str, data: bytes) -> None:
    if cx.execute(select(t.texts.c.sha256).where(t.texts.c.sha256 == digest)).first() is None:
        cx.execute(insert(t.texts).values(sha256=digest, bytes=data))


def chapters_of(cx: Connection, digest: str) -> dict[str, bytes]:
    """The chapters of a book of the past. Raises KeyError where it was never in force here."""
    named = json.loads(_get(cx, digest))
    return {name: _get(cx, chapter) for name, chapter in named.items()}


def _get(cx: Connection, digest: str) -> bytes:
    data = cx.execute(select(t.texts.c.bytes).where(t.texts.c.sha256 == digest)).scalar()
    if data is None:
        raise KeyError(digest)
    return bytes(data)
