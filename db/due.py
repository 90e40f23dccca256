"""Which queued letters leave a mailbox now, by rank and age, how many wait and until when, and whether any waits too long."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, text

from db import tables as t
from db.moment import kept, read


def due(cx: Connection, now: datetime, mailbox: str, limit: int) -> list[int]:
    """Ids of letters to send now from the mailbox, by rank and age."""
    return list(cx.execute(_DUE, {"mailbox": mailbox, "now": kept(now), "most": limit}).scalars())


_DUE = (
    select(t.outbox.c.id)
    .where(
        text("state = 'queued'"),
        t.outbox.c.mailbox == bindparam("mailbox"),
        t.outbox.c.not_before <= bindparam("now"),
    )
    .order_by(t.outbox.c.rank, t.outbox.c.id)
    .limit(bindparam("most"))
)


def due_alarms(cx: Connection, now: datetime, mailbox: str, limit: int) -> list[int]:
    """Of these the letters to staff about the office itself: troubles, and that they are over."""
    return list(cx.execute(_DUE_ALARMS, {"mailbox": mailbox, "now": kept(now), "most": limit}).scalars())


_DUE_ALARMS = _DUE.where(t.outbox.c.audience == "staff", t.outbox.c.about == "office")


def waits_since(cx: Connection, mailbox: str, then: datetime) -> bool:
    """Whether a letter written before then still waits in the mailbox."""
    return cx.execute(_LATE, {"mailbox": mailbox, "then": kept(then)}).first() is not None


_LATE = (
    select(t.outbox.c.id)
    .where(text("state = 'queued'"), t.outbox.c.mailbox == bindparam("mailbox"), t.outbox.c.made < bindparam("then"))
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Letters of a mailbox that are queued: how many; the first and the last time they wait for, None for those that may leave now."""

    mailbox: str
    count: int
    first: datetime | None = None
    last: datetime | None = None


def waiting(cx: Connection, now: datetime) -> list[Waiting]:
    """What is queued, by mailbox: what may leave now before what was put off (F63, F64, F72)."""
    rows = cx.execute(_WAITING, {"now": kept(now)}).all()
    return [
        Waiting(row.mailbox, row.many, *((read(row.first), read(row.last)) if row.put_off else ()))
        for row in sorted(rows, key=lambda row: (row.mailbox, bool(row.put_off)))
    ]


_PUT_OFF = (t.outbox.c.not_before > bindparam("now")).label("put_off")
_WAITING = (
    select(
        t.outbox.c.mailbox,
        _PUT_OFF,
        func.count().label("many"),
        func.min(t.outbox.c.not_before).label("first"),
        func.max(t.outbox.c.not_before).label("last"),
    )
    .where(text("state = 'queued'"))
    .group_by(t.outbox.c.mailbox, _PUT_OFF)
)
