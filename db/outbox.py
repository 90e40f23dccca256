"""The outbox: every letter that leaves, its bytes, its code, and the edges between its states (design: outbox row).

queued -> sending -> sent | queued (no final dot left us) | refused | unknown; unknown never becomes queued.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from db import tables as t
from db.moment import kept, read
from rules.decision import Settled
from rules.written import Written


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
    answer: str = ""


_COLUMNS = [t.outbox.c[name] for name in Row.__dataclass_fields__]
_EXISTS = select(t.outbox.c.id).where(t.outbox.c.occasion == bindparam("occasion"))
_INSERT = insert(t.outbox).returning(t.outbox.c.id)
_CODE = insert(t.codes)
FROM = {
    "sent": ("queued", "sending", "unknown", "refused"),
    "refused": ("sending", "unknown", "sent", "queued"),
    "withdrawn": ("queued", "stopped", "unknown", "refused"),
}
"""From which states a thing learned may settle a row; nothing leads back to queued."""


def exists(cx: Connection, occasion: str) -> bool:
    """Whether the occasion has its letter."""
    return cx.execute(_EXISTS, {"occasion": occasion}).first() is not None


def put(cx: Connection, made: Written, at: str, seq: int) -> int:
    """A written letter waits, or lies stopped."""
    values = {
        "occasion": made.occasion,
        "seq": seq,
        "about": made.about,
        "audience": made.audience,
        "party": made.party,
        "to_address": made.to_address.lower(),
        "to_domain": made.to_address.lower().rpartition("@")[2],
        "mailbox": made.mailbox,
        "template": made.template,
        "words": made.words,
        "text": made.text,
        "raw": made.raw,
        "raw_sha256": made.sha256,
        "message_id": made.message_id,
        "state": made.state,
        "round": made.round,
        "rank": made.rank,
        "since": at,
        "made": at,
    }
    row_id: int = cx.execute(_INSERT, values).scalar_one()
    if made.code_hash:
        code = {
            "hash": made.code_hash,
            "outbox": row_id,
            "about": made.about,
            "party": made.party,
            "address": made.to_address.lower(),
        }
        cx.execute(_CODE, code)
    if made.papers:
        cx.execute(
            insert(t.papers),
            [{"outbox": row_id, "n": n, "sha256": p.sha256, "name": p.name} for n, p in enumerate(made.papers)],
        )
    return row_id


def due(cx: Connection, now: datetime, mailbox: str, limit: int) -> list[int]:
    """Ids of letters to send now from the mailbox, by rank and age."""
    return list(cx.execute(_DUE, {"mailbox": mailbox, "now": kept(now), "most": limit}).scalars())


_DUE = (
    select(t.outbox.c.id)
    .where(
        t.outbox.c.state == "queued",
        t.outbox.c.mailbox == bindparam("mailbox"),
        t.outbox.c.not_before <= bindparam("now"),
    )
    .order_by(t.outbox.c.rank, t.outbox.c.id)
    .limit(bindparam("most"))
)


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
    return Row(**{**given, "raw": bytes(given["raw"]), "since": read(given["since"])})


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
        "new_answer": answer[:2000],
        "new_queue_id": queue_id[:200],
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
    return [
        _row(row) for row in cx.execute(select(*_COLUMNS).where(t.outbox.c.state == "sending").order_by(t.outbox.c.id))
    ]


def unknown(cx: Connection) -> list[Row]:
    """Rows of which nobody knows whether they went."""
    return [
        _row(row) for row in cx.execute(select(*_COLUMNS).where(t.outbox.c.state == "unknown").order_by(t.outbox.c.id))
    ]


def settle(cx: Connection, settled: Sequence[Settled], at: str) -> None:
    """Something was learned of a letter."""
    for learned in settled:
        states = FROM.get(learned.state, ("sending",))
        values: dict[str, Any] = {"state": learned.state, "since": at}
        if learned.answer:
            values["answer"] = learned.answer[:2000]
        if learned.queue_id:
            values["queue_id"] = learned.queue_id[:200]
        cx.execute(
            update(t.outbox)
            .where(t.outbox.c.occasion == learned.occasion, t.outbox.c.state.in_(states))
            .values(**values)
        )


def spend(cx: Connection, occasions: Sequence[str], seq: int) -> None:
    """The reply codes of these letters have acted (A7)."""
    if occasions:
        ids = select(t.outbox.c.id).where(t.outbox.c.occasion.in_(occasions))
        cx.execute(update(t.codes).where(t.codes.c.outbox.in_(ids)).values(spent=seq))


def by_occasion(cx: Connection, occasion: str) -> Row | None:
    """The letter of an occasion."""
    row = cx.execute(select(*_COLUMNS).where(t.outbox.c.occasion == occasion)).first()
    return _row(row) if row else None


def by_message_id(cx: Connection, message_id: str) -> Row | None:
    """The letter of ours with this Message-ID."""
    row = cx.execute(select(*_COLUMNS).where(t.outbox.c.message_id == message_id)).first()
    return _row(row) if row else None


def sent_since(cx: Connection, mailbox: str, since: datetime) -> int:
    """How many letters left the mailbox since then (the rate of the provider)."""
    asked = select(func.count()).select_from(t.outbox)
    return cx.execute(
        asked.where(t.outbox.c.mailbox == mailbox, t.outbox.c.state == "sent", t.outbox.c.since >= kept(since))
    ).scalar_one()


def automatic_since(cx: Connection, address: str, since: datetime) -> int:
    """How many letters were written to the address since then (NO-LOOP)."""
    return cx.execute(_TO, {"address": address.lower(), "since": kept(since)}).scalar_one()


_TO = (
    select(func.count())
    .select_from(t.outbox)
    .where(
        t.outbox.c.to_address == bindparam("address"),
        t.outbox.c.made >= bindparam("since"),
        t.outbox.c.audience == "complainant",
    )
)


def to_domain_since(cx: Connection, domain: str, since: datetime) -> int:
    """How many letters were written to the domain since then."""
    return cx.execute(_TO_DOMAIN, {"domain": domain.lower(), "since": kept(since)}).scalar_one()


_TO_DOMAIN = (
    select(func.count())
    .select_from(t.outbox)
    .where(
        t.outbox.c.to_domain == bindparam("domain"),
        t.outbox.c.made >= bindparam("since"),
        t.outbox.c.audience == "complainant",
    )
)


def put_off(cx: Connection, mailbox: str, until: datetime) -> None:
    """Everything waiting in the mailbox waits until then (F72)."""
    waiting = update(t.outbox).where(
        t.outbox.c.mailbox == mailbox, t.outbox.c.state == "queued", t.outbox.c.not_before < kept(until)
    )
    cx.execute(waiting.values(not_before=kept(until)))
