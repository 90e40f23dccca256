"""Which queued letters leave a mailbox now, by rank and age, and whether any waits too long."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, text

from db import tables as t
from db.moment import kept


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
