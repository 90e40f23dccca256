"""What a problem's place names, as a person knows it: a letter by its hash, a letter of ours by its occasion."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from db import tables as t
from db.moment import read

HASH_SHOWN = 16
"""So many signs of a letter's hash stand in a problem."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A letter that came in: where it was seen first, and the cases it is filed in."""

    sender: str
    subject: str
    received: datetime
    mailbox: str
    role: str
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ours:
    """A letter of ours, in any state."""

    template: str
    party: str
    about: str


_LETTER = (
    select(t.letters.c.id, t.letters.c.from_addr, t.letters.c.subject, t.letters.c.received)
    .where(t.letters.c.sha256 >= bindparam("low"), t.letters.c.sha256 < bindparam("high"))
    .limit(1)
)
_SEEN = (
    select(t.folders.c.mailbox, t.folders.c.role)
    .join(t.sightings, t.sightings.c.folder == t.folders.c.id)
    .where(t.sightings.c.letter == bindparam("letter"))
    .order_by(t.sightings.c.at, t.folders.c.id)
    .limit(1)
)
_FILED = select(t.filings.c.case).where(t.filings.c.letter == bindparam("letter")).order_by(t.filings.c.case)
_OURS = select(t.outbox.c.template, t.outbox.c.party, t.outbox.c.about).where(t.outbox.c.occasion == bindparam("name"))


def arrived(cx: Connection, place: str) -> Arrived | None:
    """The letter whose hash begins so; None where the place is no hash, or nothing has it."""
    if len(place) != HASH_SHOWN or set(place) - set("0123456789abcdef"):
        return None
    row = cx.execute(_LETTER, {"low": place, "high": f"{place}g"}).first()
    if row is None:
        return None
    seen = cx.execute(_SEEN, {"letter": row.id}).first()
    cases = tuple(cx.execute(_FILED, {"letter": row.id}).scalars())
    mailbox, role = (seen.mailbox, seen.role) if seen else ("", "")
    return Arrived(row.from_addr or "", row.subject or "", read(row.received), mailbox, role, cases)


def ours(cx: Connection, place: str) -> Ours | None:
    """The letter of ours of that occasion; None where there is none."""
    row = cx.execute(_OURS, {"name": place}).first()
    return Ours(row.template, row.party or "", row.about) if row else None
