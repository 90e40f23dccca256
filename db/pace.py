"""How many letters went where lately: the provider's rate, and a day's number of automatic letters (NO-LOOP).

Counting stops at the limit asked about, so that its price never grows with what an office has sent (STEADY).
"""

from datetime import datetime

from sqlalchemy import Connection, Select, bindparam, func, select, text, update

from db import tables as t
from db.moment import kept

MOST = 100_000


def _counted(asked: Select[int]) -> Select[int]:
    return select(func.count()).select_from(asked.limit(bindparam("most")).subquery())


_ONE = select(t.outbox.c.id)
_AUTOMATIC = _ONE.where(text("audience = 'complainant' AND automatic = 1"), t.outbox.c.made >= bindparam("since"))
_TO = _counted(_AUTOMATIC.where(t.outbox.c.to_address == bindparam("address")))
_TO_DOMAIN = _counted(_AUTOMATIC.where(t.outbox.c.to_domain == bindparam("domain")))
_SENT = _counted(
    _ONE.where(
        text("state = 'sent'"), t.outbox.c.mailbox == bindparam("mailbox"), t.outbox.c.since >= bindparam("since")
    )
)


def automatic_since(cx: Connection, address: str, since: datetime, most: int = MOST) -> int:
    """How many automatic letters were written to the complainant's address since then, up to `most`."""
    return cx.execute(_TO, {"address": address.lower(), "since": kept(since), "most": most}).scalar_one()


def to_domain_since(cx: Connection, domain: str, since: datetime, most: int = MOST) -> int:
    """How many automatic letters were written to complainants of the domain since then, up to `most`."""
    return cx.execute(_TO_DOMAIN, {"domain": domain.lower(), "since": kept(since), "most": most}).scalar_one()


def sent_since(cx: Connection, mailbox: str, since: datetime) -> int:
    """How many letters left the mailbox since then, up to MOST (the rate of the provider)."""
    return cx.execute(_SENT, {"mailbox": mailbox, "since": kept(since), "most": MOST}).scalar_one()


def put_off(cx: Connection, mailbox: str, until: datetime) -> None:
    """Everything waiting in the mailbox waits until then (F72)."""
    waiting = update(t.outbox).where(
        t.outbox.c.mailbox == mailbox, text("state = 'queued'"), t.outbox.c.not_before < kept(until)
    )
    cx.execute(waiting.values(not_before=kept(until)))
