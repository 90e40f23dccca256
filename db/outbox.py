"""The outbox: every letter that leaves, its bytes, its code, and the edges between its states (design: outbox row).

queued -> sending -> sent | queued (no final dot left us) | refused | unknown; unknown never becomes queued.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, text, update

from db import tables as t
from db.due import due, due_alarms, waits_since
from db.moment import kept, read
from db.pace import automatic_since, put_off, sent_since, to_domain_since
from db.queueing import among, exists, put, written
from rules.decision import Settled
from rules.written import Written

__all__ = [
    "Row",
    "alternative",
    "among",
    "automatic_since",
    "by_message_id",
    "by_occasion",
    "due",
    "due_alarms",
    "exists",
    "get",
    "orphans",
    "outcome",
    "put",
    "put_off",
    "reroute",
    "sent_since",
    "settle",
    "spend",
    "stop",
    "take",
    "to_domain_since",
    "unknown",
    "waits_since",
    "written",
]


@dataclass(frozen=True, slots=True)
class Row:
    """A letter of the outbox."""

    id: int
    occasion: str
    about: str
    audience: str
    party: str
    to_address: str
    mailbox: str
    template: str
    raw: bytes
    message_id: str
    state: str
    attempt: int
    round: int
    rank: int
    since: datetime
    made: datetime
    answer: str = ""
    manner: int = 0
    """1 where it was written anew for a server that took it for spam (F71)."""


_COLUMNS = [t.outbox.c[name] for name in Row.__dataclass_fields__]
LONGEST_ANSWER = 2000
LONGEST_ID = 200
FROM = {
    "sent": ("queued", "sending", "unknown", "refused"),
    "refused": ("sending", "unknown", "sent", "queued"),
    "unknown": ("sending",),
    "withdrawn": ("queued", "stopped", "unknown", "refused"),
}
"""From which states a thing learned may settle a row; nothing leads back to queued."""


def reroute(cx: Connection, row: Row, mailbox: str, raw: bytes, digest: str) -> None:
    """A queued letter goes by another mailbox, with that one's address in its head."""
    here = (t.outbox.c.id == row.id) & (t.outbox.c.state == "queued")
    values = {"mailbox": mailbox, "raw": raw, "raw_sha256": digest, "not_before": ""}
    cx.execute(update(t.outbox).where(here).values(**values))


def get(cx: Connection, row_id: int) -> Row:
    """One row."""
    return _row(cx.execute(_GET, {"id": row_id}).one())


_GET = select(*_COLUMNS).where(t.outbox.c.id == bindparam("id"))
_TAKE = (
    update(t.outbox)
    .where(t.outbox.c.id == bindparam("row"), t.outbox.c.state == "queued")
    .values(state="sending", attempt=t.outbox.c.attempt + 1, since=bindparam("at"))
)
_OUTCOME = (
    update(t.outbox)
    .where(t.outbox.c.id == bindparam("row"), t.outbox.c.attempt == bindparam("k"), t.outbox.c.state == "sending")
    .values(
        state=bindparam("new_state"),
        answer=bindparam("new_answer"),
        queue_id=bindparam("new_queue_id"),
        not_before=bindparam("later"),
        since=bindparam("at"),
    )
)


def _row(row: Any) -> Row:
    given = dict(row._mapping)
    return Row(**{**given, "raw": bytes(given["raw"]), "since": read(given["since"]), "made": read(given["made"])})


def take(cx: Connection, row_id: int, now: datetime) -> bool:
    """COMMIT 3a: queued -> sending, one attempt more. False where somebody else took it or it waits no more."""
    return cx.execute(_TAKE, {"row": row_id, "at": kept(now)}).rowcount == 1


def outcome(
    cx: Connection,
    row: Row,
    state: str,
    now: datetime,
    *,
    answer: str = "",
    queue_id: str = "",
    not_before: datetime | None = None,
) -> bool:
    """COMMIT 3b: what became of attempt k, by the process that made it alone. False where the row is not that attempt's any more."""
    given = {
        "row": row.id,
        "k": row.attempt,
        "new_state": state,
        "new_answer": answer[:LONGEST_ANSWER],
        "new_queue_id": queue_id[:LONGEST_ID],
        "later": kept(not_before) if not_before else "",
        "at": kept(now),
    }
    return cx.execute(_OUTCOME, given).rowcount == 1


def stop(cx: Connection, row_id: int, now: datetime) -> None:
    """拦下: the guard, reading again at the door, said no."""
    cx.execute(
        update(t.outbox)
        .where(t.outbox.c.id == row_id, t.outbox.c.state == "queued")
        .values(state="stopped", since=kept(now))
    )


def orphans(cx: Connection) -> list[Row]:
    """Rows left `sending` by a shift that ended: their final dot may have gone."""
    return [row for row in _in_the_air(cx) if row.state == "sending"]


def unknown(cx: Connection) -> list[Row]:
    """Rows of which nobody knows whether they went."""
    return [row for row in _in_the_air(cx) if row.state == "unknown"]


def _in_the_air(cx: Connection) -> list[Row]:
    return [_row(row) for row in cx.execute(_AIR)]


_AIR = select(*_COLUMNS).where(text("state IN ('sending', 'unknown')")).order_by(t.outbox.c.id)


def settle(cx: Connection, settled: Sequence[Settled], at: str) -> None:
    """Something was learned of a letter. Raises KeyError for a state that nothing learned can lead to."""
    for learned in settled:
        answer, queue_id = learned.answer[:LONGEST_ANSWER], learned.queue_id[:LONGEST_ID]
        given = {"here": learned.occasion, "at": at, "said": answer, "queued_as": queue_id}
        cx.execute(_SETTLE[learned.state], given)


_SETTLE = {
    state: update(t.outbox)
    .where(t.outbox.c.occasion == bindparam("here"), t.outbox.c.state.in_(before))
    .values(
        state=state,
        since=bindparam("at"),
        answer=func.coalesce(func.nullif(bindparam("said"), ""), t.outbox.c.answer),
        queue_id=func.coalesce(func.nullif(bindparam("queued_as"), ""), t.outbox.c.queue_id),
    )
    for state, before in FROM.items()
}
"""Prepared once: a letter that leaves costs one of them. What nobody said anew stays as it was."""


def spend(cx: Connection, occasions: Sequence[str], seq: int) -> None:
    """The reply codes of these letters have acted (A7)."""
    if occasions:
        cx.execute(_SPEND, {"occasions": list(occasions), "seq": seq})


_SPEND = (
    update(t.codes)
    .where(
        t.codes.c.outbox.in_(
            select(t.outbox.c.id).where(t.outbox.c.occasion.in_(bindparam("occasions", expanding=True)))
        )
    )
    .values(spent=bindparam("seq"))
)


def by_occasion(cx: Connection, occasion: str) -> Row | None:
    """The letter of an occasion."""
    row = cx.execute(select(*_COLUMNS).where(t.outbox.c.occasion == occasion)).first()
    return _row(row) if row else None


def by_message_id(cx: Connection, message_id: str) -> Row | None:
    """The letter of ours with this Message-ID."""
    row = cx.execute(select(*_COLUMNS).where(t.outbox.c.message_id == message_id)).first()
    return _row(row) if row else None


def alternative(cx: Connection, row: Row, made: Written, now: datetime) -> bool:
    """The queued letter written anew from its alternative template: same row, occasion, Message-ID and code, other bytes; once (F71)."""
    given = {"row": row.id, "new_raw": made.raw, "new_sha256": made.sha256, "new_text": made.text, "at": kept(now)}
    return cx.execute(_ALTERNATIVE, given).rowcount == 1


_ALTERNATIVE = (
    update(t.outbox)
    .where(t.outbox.c.id == bindparam("row"), t.outbox.c.state == "queued", t.outbox.c.manner == 0)
    .values(
        raw=bindparam("new_raw"),
        raw_sha256=bindparam("new_sha256"),
        text=bindparam("new_text"),
        manner=1,
        not_before="",
        since=bindparam("at"),
    )
)
