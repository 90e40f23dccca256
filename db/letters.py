"""来件 and where they were seen: blobs, letters, sightings (KEPT-FIRST, ACCOUNTED). A letter is one blob."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, bindparam, func, insert, select, text, update

from db import tables as t
from db.blobs import bytes_of, keep_blob, keep_blobs
from db.folders import FolderRow, asked_in_vain, folder, last_polled, poll_ended, present, reborn
from db.moment import kept, read

__all__ = [
    "FolderRow",
    "Found",
    "Waiting",
    "asked_in_vain",
    "by_hash",
    "bytes_of",
    "count",
    "folder",
    "give_back",
    "heads",
    "keep",
    "keep_blob",
    "keep_copy",
    "last_polled",
    "moment",
    "poll_ended",
    "present",
    "read_again",
    "read_these_again",
    "reborn",
    "seen_in",
    "try_again",
    "waiting",
]


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


def moment(date: datetime) -> str:
    """A server's date as the tables keep it, for comparing with a cursor's."""
    return kept(date)


def keep(cx: Connection, folder_id: int, batch: Sequence[Found], now: datetime) -> int:
    """COMMIT 1: bytes, letters, sightings and cursor of one batch together. Returns how many letters are new.

    Known bytes are the same letter seen again; a UID that has its sighting already (another process was faster) is left as it is (ONCE).
    """
    there = set(cx.execute(_SEEN_HERE, {"folder": folder_id, "uids": [found.uid for found in batch]}).scalars())
    fresh = [found for found in batch if found.uid not in there]
    if not fresh:
        return 0
    at = kept(now)
    digests = {found.uid: sha256(found.raw).hexdigest() for found in fresh if found.raw is not None}
    ids, new = _letters(cx, fresh, digests, at)
    cx.execute(_SIGHTING, [_sighting(folder_id, found, ids.get(digests.get(found.uid, "")), at) for found in fresh])
    last = max(fresh, key=lambda found: found.uid)
    cursor = {
        "cursor": last.uid,
        "cursor_size": len(last.raw) if last.raw is not None else None,
        "cursor_date": kept(last.internaldate) if last.internaldate else None,
    }
    cx.execute(update(t.folders).where(t.folders.c.id == folder_id, t.folders.c.cursor < last.uid).values(**cursor))
    return new


_SIGHTING = insert(t.sightings)
_SEEN_HERE = select(t.sightings.c.uid).where(
    t.sightings.c.folder == bindparam("folder"), t.sightings.c.uid.in_(bindparam("uids", expanding=True))
)


def _sighting(folder_id: int, found: Found, letter_id: int | None, at: str) -> dict[str, object]:
    date = kept(found.internaldate) if found.internaldate else None
    note = found.note or None
    return {"folder": folder_id, "uid": found.uid, "letter": letter_id, "note": note, "internaldate": date, "at": at}


def _letters(cx: Connection, fresh: list[Found], digests: dict[int, str], at: str) -> tuple[dict[str, int], int]:
    """Hash -> row of every letter of the batch, and how many are new."""
    ids = {row.sha256: row.id for row in cx.execute(_IDS, {"digests": list(set(digests.values()))})}
    brought = {digests[found.uid]: found for found in reversed(fresh) if found.raw is not None}
    new = {digest: found for digest, found in brought.items() if digest not in ids}
    if not new:
        return ids, 0
    keep_blobs(cx, {digest: found.raw or b"" for digest, found in new.items()})
    values = [
        {
            "sha256": digest,
            "received": kept(found.internaldate) if found.internaldate else at,
            "guessed": int(found.internaldate is None),
            "state": "kept",
        }
        for digest, found in sorted(new.items(), key=lambda item: item[1].uid)
    ]
    made = {row.sha256: row.id for row in cx.execute(_LETTER, values)}
    return ids | made, len(made)


_IDS = select(t.letters.c.sha256, t.letters.c.id).where(t.letters.c.sha256.in_(bindparam("digests", expanding=True)))
_LETTER = insert(t.letters).returning(t.letters.c.id, t.letters.c.sha256)


def waiting(cx: Connection, limit: int, after: int = 0) -> list[Waiting]:
    """Letters kept and not decided, in the order they were kept, from the id given on."""
    return [
        Waiting(row.id, row.sha256, read(row.received), bool(row.guessed), row.tries, row.round)
        for row in cx.execute(_WAITING, {"after": after, "most": limit})
    ]


_WAITING = (
    select(*(t.letters.c[name] for name in ("id", "sha256", "received", "guessed", "tries", "round")))
    .where(text("state = 'kept'"), t.letters.c.id > bindparam("after"))
    .order_by(t.letters.c.id)
    .limit(bindparam("most"))
)


HEAD_BYTES = 16_384
"""So much of a letter is looked at to see whose it is before it is read."""


def heads(cx: Connection, rows: Iterable[Waiting]) -> dict[int, bytes]:
    """How each of these letters begins, by its row."""
    asked = (
        select(t.letters.c.id, func.substr(t.blobs.c.bytes, 1, HEAD_BYTES).label("head"))
        .join_from(t.letters, t.blobs, t.blobs.c.sha256 == t.letters.c.sha256)
        .where(t.letters.c.id.in_([row.id for row in rows]))
    )
    return {row.id: bytes(row.head or b"") for row in cx.execute(asked)}


def try_again(cx: Connection, letter_id: int) -> None:
    """One more try begins; only an end that was a crash leaves it standing."""
    cx.execute(_TRY, {"letter": letter_id, "step": 1})


def give_back(cx: Connection, letter_id: int) -> None:
    """The world's fault: the try does not count (F20). Given back twice, after a COMMIT whose answer was lost, it counts once (F30)."""
    cx.execute(_TRY.where(t.letters.c.tries > 0), {"letter": letter_id, "step": -1})


_TRY = (
    update(t.letters).where(t.letters.c.id == bindparam("letter")).values(tries=t.letters.c.tries + bindparam("step"))
)


def keep_copy(
    cx: Connection, letter: str, attachment: str, name: str, pages: Sequence[tuple[str, bytes]], why_not: str
) -> None:
    """A paper's clean copy for units, made for this letter, or a picture's pages, as (SHA-256, bytes); () where none can leave."""
    for digest, data in pages:
        keep_blob(cx, digest, data)
    first = pages[0][0] if pages else None
    more = [digest for digest, _data in pages[1:]]
    reader = f"copy:{letter}"
    asked = select(t.readings.c.sha256).where(t.readings.c.sha256 == attachment, t.readings.c.reader == reader)
    if cx.execute(asked).first() is None:
        values = {"sha256": attachment, "reader": reader, "name": name, "clean": first, "why_not": why_not}
        cx.execute(insert(t.readings).values(**values, body=json.dumps(more) if more else ""))


def by_hash(cx: Connection, digest: str) -> int | None:
    """The letter's row by its hash."""
    found: int | None = cx.execute(_ID, {"sha256": digest}).scalar()
    return found


_ID = select(t.letters.c.id).where(t.letters.c.sha256 == bindparam("sha256"))


def read_again(cx: Connection, letter_id: int) -> int:
    """A held letter is kept again with another round, so that its cause is a new one. Returns 1, or 0 where it is not held."""
    return cx.execute(_AGAIN.where(t.letters.c.id == letter_id)).rowcount


def read_these_again(cx: Connection, digests: Iterable[str]) -> int:
    """The same by hash, for the order `reread`."""
    return cx.execute(_AGAIN.where(t.letters.c.sha256.in_(list(digests)))).rowcount


_AGAIN = (
    update(t.letters)
    .where(t.letters.c.disposition == "held")
    .values(state="kept", tries=0, round=t.letters.c.round + 1, disposition=None, kind=None, seq=None)
)


def seen_in(cx: Connection, letter_id: int) -> tuple[str, str]:
    """(mailbox, folder role) of the letter's first sighting. Sent goes first: what lies there we wrote (A44); then an inbox."""
    row = cx.execute(_SEEN, {"letter": letter_id}).first()
    return (row.mailbox, row.role) if row else ("complaint", "inbox")


_SEEN = (
    select(t.folders.c.mailbox, t.folders.c.role)
    .join(t.sightings, t.sightings.c.folder == t.folders.c.id)
    .where(t.sightings.c.letter == bindparam("letter"))
    .order_by((t.folders.c.role != "sent"), (t.folders.c.role != "inbox"), t.sightings.c.at, t.folders.c.id)
    .limit(1)
)


def count(cx: Connection) -> int:
    """How many letters there are."""
    return cx.execute(select(func.count()).select_from(t.letters)).scalar_one()
