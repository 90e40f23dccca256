"""Whether this database is the one that ran here, and knows every letter that Sent shows (F24, F26, F32)."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, update

from db import tables as t
from db.backup import RESTORED
from rules.events import Audited, TroubleNoted

__all__ = [
    "AHEAD",
    "RESTORED",
    "Strange",
    "audited_since",
    "integrity",
    "line",
    "sent_strangers",
    "stop",
    "stopped",
    "vouch",
]
AHEAD = "ahead"
"""`office.sending_stopped` while Sent shows letters of ours that the outbox does not know."""
NOTED = "sent-ahead"


@dataclass(frozen=True, slots=True)
class Strange:
    """A letter in Sent whose Message-ID no outbox row has: its hash, and the heads read of it where it was decided."""

    sha256: str
    message_id: str
    subject: str
    decided: bool


def stopped(cx: Connection) -> str:
    """Why nothing is sent: '', restored, ahead."""
    why: str = cx.execute(select(t.office.c.sending_stopped)).scalar_one()
    return why


def stop(cx: Connection, why: str) -> None:
    """Nothing is sent for this reason; '' lets letters leave again."""
    cx.execute(update(t.office).values(sending_stopped=why))


def vouch(cx: Connection) -> None:
    """A person answers for every letter that was seen in Sent so far."""
    last = select(func.coalesce(func.max(t.letters.c.id), 0)).scalar_subquery()
    cx.execute(update(t.office).values(sent_vouched=last, sending_stopped=""))


def sent_strangers(cx: Connection, mailbox: str) -> Iterator[Strange]:
    """Letters of the mailbox's Sent that nobody vouched for and that no outbox row is."""
    vouched = select(t.office.c.sent_vouched).scalar_subquery()
    ours = select(t.outbox.c.id).where(t.outbox.c.message_id == t.letters.c.message_id)
    asked = (
        select(t.letters.c.sha256, t.letters.c.message_id, t.letters.c.subject, t.letters.c.state)
        .join(t.sightings, t.sightings.c.letter == t.letters.c.id)
        .join(t.folders, t.folders.c.id == t.sightings.c.folder)
        .where(t.folders.c.role == "sent", t.folders.c.mailbox == mailbox, t.letters.c.id > vouched, ~ours.exists())
        .distinct()
    )
    for row in cx.execute(asked):
        yield Strange(row.sha256, row.message_id, row.subject, row.state == "decided")


def known_message(cx: Connection, message_id: str) -> bool:
    """Whether a letter of the outbox has it."""
    return cx.execute(select(t.outbox.c.id).where(t.outbox.c.message_id == message_id)).first() is not None


def known_code(cx: Connection, digest: str) -> bool:
    """Whether a reply code of this hash was given by this database."""
    return cx.execute(select(t.codes.c.outbox).where(t.codes.c.hash == digest)).first() is not None


def audited_since(cx: Connection) -> bool:
    """Whether the office was audited after Sent was found ahead."""
    noted = select(func.max(t.ledger.c.seq)).where(
        t.ledger.c.kind == TroubleNoted.__name__, t.ledger.c.cause.like(f"report:{NOTED}:%")
    )
    audited = select(func.max(t.ledger.c.seq)).where(t.ledger.c.kind == Audited.__name__)
    return (cx.execute(audited).scalar() or 0) > (cx.execute(noted).scalar() or 0)


def line(cx: Connection, seq: int) -> str | None:
    """The hash of a ledger line, None where there is no such line."""
    return cx.execute(select(t.ledger.c.hash).where(t.ledger.c.seq == seq)).scalar()


def integrity(cx: Connection) -> bool:
    """SQLite reads every page and index; PostgreSQL answers for its own."""
    if cx.dialect.name != "sqlite":
        return True
    return cx.exec_driver_sql("PRAGMA integrity_check(1)").scalar() == "ok"
