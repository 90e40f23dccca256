"""重读: held letters are kept again by an order: one, every one of its group, or the next of those that are looked through."""

from collections.abc import Iterable

from sqlalchemy import Connection, func, select

from db import letters
from db import tables as t
from rules.events import REREAD, REREAD_GROUP, REREAD_NEXT, Event, Noted

AT_ONCE = 500
"""Letters of a group that are kept again in one statement."""
HELD = t.letters.c.disposition == "held"


def read_again(cx: Connection, events: Iterable[Event]) -> None:
    """Whatever the lines of a decision want read again."""
    for event in events:
        if isinstance(event, Noted) and event.what in WANTED:
            letters_wanted = WANTED[event.what](cx, event.letter)
            for first in range(0, len(letters_wanted), AT_ONCE):
                letters.read_these_again(cx, letters_wanted[first : first + AT_ONCE])


def _itself(_cx: Connection, digest: str) -> list[str]:
    return [digest]


def _group(cx: Connection, digest: str) -> list[str]:
    """Every held letter of that letter's sender and kind (a flood)."""
    its = cx.execute(select(t.letters.c.from_addr, t.letters.c.kind).where(t.letters.c.sha256 == digest)).first()
    if its is None:
        return []
    same = select(t.letters.c.sha256).where(HELD, t.letters.c.from_addr == its.from_addr, t.letters.c.kind == its.kind)
    return list(cx.execute(same).scalars())


def _next(cx: Connection, digest: str) -> list[str]:
    """The oldest other held letter from before the office began."""
    others = select(func.min(t.letters.c.id)).where(HELD, t.letters.c.kind == "history", t.letters.c.sha256 != digest)
    return list(cx.execute(select(t.letters.c.sha256).where(t.letters.c.id == others.scalar_subquery())).scalars())


WANTED = {REREAD: _itself, REREAD_GROUP: _group, REREAD_NEXT: _next}
"""What a line notes -> the hashes of the letters."""
