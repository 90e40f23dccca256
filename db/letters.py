"""来件 and where they were seen: blobs, letters, sightings, folders with their lives and cursors (KEPT-FIRST, ACCOUNTED)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, bindparam, func, insert, select, update

from db import tables as t
from db.moment import kept, read


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A folder in its present life: `cursor` is the highest UID accounted for."""

    id: int
    mailbox: str
    name: str
    role: str
    life: int
    validity: int
    cursor: int
    cursor_size: int | None = None
    cursor_date: str | None = None
    poll_began: str | None = None
    poll_ended: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One UID of a folder: its bytes, or the note why there are none (vanished, withheld)."""

    uid: int
    raw: bytes | None
    internaldate: datetime | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter that is kept and not decided."""

    id: int
    sha256: str
    received: datetime
    guessed: bool
    tries: int
    round: int


def folder(cx: Connection, mailbox: str, name: str, role: str, validity: int) -> FolderRow:
    """The folder's present life; a new one begins where it is unknown or its UIDVALIDITY changed (F44)."""
    row = _latest(cx, mailbox, name)
    if row is not None and row.validity == validity:
        if row.role != role:
            cx.execute(update(t.folders).where(t.folders.c.id == row.id).values(role=role))
        return row
    return _born(cx, mailbox, name, role, validity, (row.life if row else 0) + 1)


def present(cx: Connection, mailbox: str, name: str) -> FolderRow | None:
    """The folder's present life, where it was polled before."""
    return _latest(cx, mailbox, name)


def moment(date: datetime) -> str:
    """A server's date as the tables keep it, for comparing with a cursor's."""
    return kept(date)


def reborn(cx: Connection, row: FolderRow) -> FolderRow:
    """A new life under the same UIDVALIDITY: the folder was made anew (F45, F46)."""
    return _born(cx, row.mailbox, row.name, row.role, row.validity, row.life + 1)


def _latest(cx: Connection, mailbox: str, name: str) -> FolderRow | None:
    asked = (
        select(t.folders)
        .where(t.folders.c.mailbox == mailbox, t.folders.c.name == name)
        .order_by(t.folders.c.life.desc())
        .limit(1)
    )
    row = cx.execute(asked).mappings().first()
    return FolderRow(**row) if row else None


def _born(cx: Connection, mailbox: str, name: str, role: str, validity: int, life: int) -> FolderRow:
    values = {"mailbox": mailbox, "name": name, "role": role, "life": life, "validity": validity, "cursor": 0}
    made = cx.execute(insert(t.folders).values(**values).returning(t.folders.c.id)).scalar_one()
    return FolderRow(id=made, **values)  # type: ignore[arg-type]


def poll_began(cx: Connection, folder_id: int, now: datetime) -> None:
    """A poll of the folder begins."""
    cx.execute(update(t.folders).where(t.folders.c.id == folder_id).values(poll_began=kept(now)))


def poll_ended(cx: Connection, folder_id: int) -> None:
    """The poll came to the folder's end: its beginning counts as a complete look (Sent settles unknown rows by it)."""
    cx.execute(update(t.folders).where(t.folders.c.id == folder_id).values(poll_ended=t.folders.c.poll_began))


def keep(cx: Connection, folder_id: int, batch: Sequence[Found], now: datetime) -> int:
    """COMMIT 1: bytes, letters, sightings and cursor of one batch together. Returns how many letters are new; known bytes are seen again."""
    new = 0
    at = kept(now)
    for found in batch:
        letter_id = None
        if found.raw is not None:
            letter_id, is_new = _letter(cx, found, at)
            new += is_new
        cx.execute(_SIGHTING, _sighting(folder_id, found, letter_id, at))
    if batch:
        last = max(batch, key=lambda found: found.uid)
        cursor = {
            "cursor": last.uid,
            "cursor_size": len(last.raw) if last.raw is not None else None,
            "cursor_date": kept(last.internaldate) if last.internaldate else None,
        }
        cx.execute(update(t.folders).where(t.folders.c.id == folder_id, t.folders.c.cursor < last.uid).values(**cursor))
    return new


_SIGHTING = insert(t.sightings)


def _sighting(folder_id: int, found: Found, letter_id: int | None, at: str) -> dict[str, object]:
    date = kept(found.internaldate) if found.internaldate else None
    return {
        "folder": folder_id,
        "uid": found.uid,
        "letter": letter_id,
        "note": found.note or None,
        "internaldate": date,
        "at": at,
    }


def _letter(cx: Connection, found: Found, at: str) -> tuple[int, bool]:
    raw = found.raw or b""
    digest = sha256(raw).hexdigest()
    known = cx.execute(_KNOWN, {"sha256": digest}).scalar()
    if known is not None:
        return known, False
    keep_blob(cx, digest, raw)
    received = kept(found.internaldate) if found.internaldate else at
    values = {"sha256": digest, "received": received, "guessed": int(found.internaldate is None), "state": "kept"}
    return cx.execute(_LETTER, values).scalar_one(), True


_KNOWN = select(t.letters.c.id).where(t.letters.c.sha256 == bindparam("sha256"))
_LETTER = insert(t.letters).returning(t.letters.c.id)
_BLOB = insert(t.blobs)
_HAS_BLOB = select(t.blobs.c.sha256).where(t.blobs.c.sha256 == bindparam("sha256"))


def keep_blob(cx: Connection, digest: str, raw: bytes) -> None:
    """Bytes under their hash, once."""
    if cx.execute(_HAS_BLOB, {"sha256": digest}).first() is None:
        cx.execute(_BLOB, {"sha256": digest, "size": len(raw), "bytes": raw})


def bytes_of(cx: Connection, digest: str) -> bytes:
    """The one way to a letter's or paper's bytes. Raises KeyError where they were never kept or are erased."""
    raw = cx.execute(_BYTES, {"sha256": digest}).scalar()
    if raw is None:
        raise KeyError(digest)
    return bytes(raw)


_BYTES = select(t.blobs.c.bytes).where(t.blobs.c.sha256 == bindparam("sha256"))


def waiting(cx: Connection, limit: int, after: int = 0) -> list[Waiting]:
    """Letters kept and not decided, in the order they were kept, from the id given on."""
    return [
        Waiting(row.id, row.sha256, read(row.received), bool(row.guessed), row.tries, row.round)
        for row in cx.execute(_WAITING, {"after": after, "most": limit})
    ]


_WAITING = (
    select(
        t.letters.c.id,
        t.letters.c.sha256,
        t.letters.c.received,
        t.letters.c.guessed,
        t.letters.c.tries,
        t.letters.c.round,
    )
    .where(t.letters.c.state == "kept", t.letters.c.id > bindparam("after"))
    .order_by(t.letters.c.id)
    .limit(bindparam("most"))
)


def try_again(cx: Connection, letter_id: int) -> None:
    """One more try begins; only an end that was a crash leaves it standing."""
    cx.execute(_TRY, {"letter": letter_id, "step": 1})


def give_back(cx: Connection, letter_id: int) -> None:
    """The world's fault: the try does not count (F20)."""
    cx.execute(_TRY, {"letter": letter_id, "step": -1})


_TRY = (
    update(t.letters).where(t.letters.c.id == bindparam("letter")).values(tries=t.letters.c.tries + bindparam("step"))
)


def keep_copy(cx: Connection, letter: str, attachment: str, name: str, data: bytes, digest: str, why_not: str) -> None:
    """A paper's clean copy for units, made for this letter; no bytes where it is withheld."""
    if digest:
        keep_blob(cx, digest, data)
    reader = f"copy:{letter}"
    asked = select(t.readings.c.sha256).where(t.readings.c.sha256 == attachment, t.readings.c.reader == reader)
    if cx.execute(asked).first() is None:
        values = {"sha256": attachment, "reader": reader, "name": name, "clean": digest or None, "why_not": why_not}
        cx.execute(insert(t.readings).values(**values))


def by_hash(cx: Connection, digest: str) -> int | None:
    """The letter's row by its hash."""
    found: int | None = cx.execute(_KNOWN, {"sha256": digest}).scalar()
    return found


def read_again(cx: Connection, letter_id: int) -> int:
    """A held letter is kept again with another round, so that its cause is a new one. Returns 1, or 0 where it is not held."""
    again = update(t.letters).where(t.letters.c.id == letter_id, t.letters.c.disposition == "held")
    changed = cx.execute(
        again.values(state="kept", tries=0, round=t.letters.c.round + 1, disposition=None, kind=None, seq=None)
    )
    return changed.rowcount


def seen_in(cx: Connection, letter_id: int) -> tuple[str, str]:
    """(mailbox, folder role) of the letter's first sighting; an inbox goes before any other folder."""
    asked = (
        select(t.folders.c.mailbox, t.folders.c.role)
        .join(t.sightings, t.sightings.c.folder == t.folders.c.id)
        .where(t.sightings.c.letter == letter_id)
        .order_by((t.folders.c.role != "inbox"), t.sightings.c.at, t.folders.c.id)
        .limit(1)
    )
    row = cx.execute(asked).first()
    return (row.mailbox, row.role) if row else ("complaint", "inbox")


def count(cx: Connection) -> int:
    """How many letters there are."""
    return cx.execute(select(func.count()).select_from(t.letters)).scalar_one()
