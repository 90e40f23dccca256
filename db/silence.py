"""When a unit was heard of last, and how many letters a mailbox got on a day."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import Connection, bindparam, func, select

from db import tables as t
from db.moment import kept, read
from rules.days import SHANGHAI, local_day


def heard(cx: Connection, address: str) -> date | None:
    """The day of the address's last letter that no machine wrote; None where there is none."""
    asked = select(func.max(t.letters.c.received)).where(
        t.letters.c.from_addr == address, t.letters.c.state == "decided", t.letters.c.disposition != "machine"
    )
    at = cx.execute(asked).scalar()
    return local_day(read(at)) if at else None


def counts(cx: Connection, mailbox: str, days: Sequence[date]) -> tuple[int, ...]:
    """Letters that came to the mailbox on each of the days, Sent not counted."""
    begins = kept(datetime.combine(min(days), time(), SHANGHAI))
    came = Counter(local_day(read(at)) for at in cx.execute(_CAME, {"mailbox": mailbox, "begins": begins}).scalars())
    return tuple(came[day] for day in days)


_CAME = (
    select(t.letters.c.received)
    .join_from(t.letters, t.sightings, t.sightings.c.letter == t.letters.c.id)
    .join(t.folders, t.folders.c.id == t.sightings.c.folder)
    .where(
        t.folders.c.mailbox == bindparam("mailbox"),
        t.folders.c.role != "sent",
        t.letters.c.received >= bindparam("begins"),
    )
    .group_by(t.letters.c.id, t.letters.c.received)
)
