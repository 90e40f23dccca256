"""The one door out: queued letters leave one by one, guarded again, each with its two commits around the wire (COMMIT 3a, 3b).

    queued -> [pen: guard on what is known now, sending, attempt k] -> SMTP -> [pen: outcome, learn, record]

Only the process that made attempt k may say what became of it; an unknown send is never repeated (ONE-WAY-OUT). LIMITS: what becomes known
between the first commit and the final dot cannot stop that letter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from daemon import alarms, bad_days
from daemon.carrying_out import carry_out
from daemon.door import hits_at_the_door
from daemon.logs import event
from daemon.office import Office
from daemon.points import reach
from daemon.smtp import Accepted, Account, Later, Outcome, Refused
from daemon.writing import ask_stopped_row
from db import desk as desks
from db import outbox
from db.pen import look, pen, redone
from rules import learn
from rules.decision import Decision, Warrant, WarrantKind
from rules.desk import Desk
from rules.events import Stopped
from rules.trouble import StoreTrouble
from rules.wording import wording

say = wording("daemon")

PAUSES = (2, 10, 30, 120)
"""Minutes before the next try after a passing refusal (F63)."""
CROWDED = timedelta(minutes=15)
"""Everybody waits so long when the provider says that we send too much (F72)."""


class ShiftLost(StoreTrouble):
    """Another process may have the shift by now."""


class Went(StrEnum):
    """What became of one letter in one round."""

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    STOPPED = "stopped"
    GONE = "gone"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Posted:
    """How many letters of a round went each way."""

    sent: int = 0
    later: int = 0
    refused: int = 0
    unknown: int = 0
    stopped: int = 0


def send(
    office: Office,
    accounts: Mapping[str, Account],
    now: datetime,
    *,
    holds: Callable[[], bool] = lambda: True,
    alone: bool = False,
) -> Posted:
    """Send what is due from each account, by rank and age, within the rate the book gives its host.

    `holds` is asked before each letter: whoever lost the shift sends nothing more (F33). Raises ShiftLost.
    `alone`: nothing but letters to staff about the office, where no mailbox could be looked at.
    """
    counts = dict.fromkeys(("sent", "later", "refused", "unknown", "stopped"), 0)
    for mailbox, account in accounts.items():
        with look(office.engine) as cx:
            allowed = _allowed(cx, office, mailbox, account, now)
            due = (outbox.due_alarms if alone else outbox.due)(cx, now, mailbox, allowed)
        well = False
        for row_id in due:
            if not holds():
                raise ShiftLost(say("shift-lost"))
            went = send_one(office, account, row_id, now)
            counts[went if went in counts else "later"] += went is not Went.GONE
            if went is Went.ACCOUNT:
                break
            if went is Went.SENT and not well:
                well = bad_days.well_again(office, mailbox, now)
    event("sent", **counts)
    return Posted(**counts)


def _allowed(cx: Connection, office: Office, mailbox: str, account: Account, now: datetime) -> int:
    """How many letters the book lets this host take now; a host it does not list has no rate."""
    rate = office.book.limits.rates.get(account.host)
    if rate is None:
        return 1000
    if rate.gap_seconds and outbox.sent_since(cx, mailbox, now - timedelta(seconds=rate.gap_seconds)):
        return 0
    minute = rate.per_minute - outbox.sent_since(cx, mailbox, now - timedelta(minutes=1))
    day = rate.per_day - outbox.sent_since(cx, mailbox, now - timedelta(days=1))
    return max(0, min(minute, day, 1 if rate.gap_seconds else minute))


def send_one(office: Office, account: Account, row_id: int, now: datetime) -> Went:
    """One letter's way out, under the shift."""
    row = _take(office, row_id, now)
    if row is None:
        return Went.GONE
    if row.state == "stopped":
        return Went.STOPPED
    reach("before-mail")
    outcome = account.submit(row.to_address, row.raw)
    reach("before-3b")
    return _learn(office, row, outcome, now, account)


@redone
def _take(office: Office, row_id: int, now: datetime) -> outbox.Row | None:
    """COMMIT 3a, behind the guard on what is known now (F94). None where the letter waits no more."""
    with pen(office.engine) as cx:
        row = outbox.get(cx, row_id)
        if bad_days.withdraw_stale(cx, office, row, now):
            return None
        hits = hits_at_the_door(cx, row)
        if row.state == "queued" and hits:
            _stop(cx, office, row, hits, now)
            return outbox.get(cx, row_id)
        if not outbox.take(cx, row_id, now):
            return None
        reach("sending")
    return replace(row, state="sending", attempt=row.attempt + 1)


def _stop(cx: Connection, office: Office, row: outbox.Row, hits: tuple[tuple[str, str], ...], now: datetime) -> None:
    outbox.stop(cx, row.id, now)
    desk = _desk(cx, office, row, now, "stopped")
    kinds, places = tuple(kind for kind, _ in hits), tuple(place for _, place in hits)
    stopped = Stopped(
        about=row.about, warrant=Warrant(WarrantKind.WORLD, "guard"), occasion=row.occasion, kinds=kinds, places=places
    )
    question = ask_stopped_row(row.occasion, row.about, row.template, row.party, hits, desk)
    carry_out(cx, office, Decision(events=(stopped,), questions=(question,)), desk)


def _desk(cx: Connection, office: Office, row: outbox.Row, now: datetime, what: str) -> Desk:
    cause = f"report:{row.occasion}:{row.attempt}:{what}"
    return desks.for_case(cx, row.about.removeprefix("case:"), office.setting(now), cause)


def _learn(office: Office, row: outbox.Row, outcome: Outcome, now: datetime, account: Account) -> Went:
    """COMMIT 3b: the row, and what follows from it."""
    if isinstance(outcome, Later):
        return _later(office, row, outcome, now)
    if isinstance(outcome, Refused) and outcome.account:
        return _account(office, row, outcome, now, account.unwilling)
    if isinstance(outcome, Refused) and outcome.spam and row.manner == 0:
        bad_days.write_otherwise(office, row, outcome.answer, now)
        return Went.LATER
    state = "sent" if isinstance(outcome, Accepted) else "refused" if isinstance(outcome, Refused) else "unknown"
    queue_id = outcome.queue_id if isinstance(outcome, Accepted) else ""
    if not _ended(office, row, state, now, outcome.answer, queue_id):
        return Went.GONE
    event("letter.went", occasion=row.occasion.partition(":")[0], attempt=row.attempt, state=state)
    return Went(state)


@redone
def _ended(office: Office, row: outbox.Row, state: str, now: datetime, answer: str, queue_id: str) -> bool:
    with pen(office.engine) as cx:
        if not outbox.outcome(cx, row, state, now, answer=answer, queue_id=queue_id):
            return False
        report(cx, office, row, state, now, answer=answer)
        reach("sent")
    return True


def report(
    cx: Connection, office: Office, row: outbox.Row, state: str, now: datetime, *, answer: str = "", by: str = "server"
) -> None:
    """What the world says of a letter becomes ledger line, row and question."""
    cause = f"report:{row.occasion}:{row.attempt}:{state}:{by}"
    desk = desks.blank(office.setting(now), cause) if state == "sent" else _desk(cx, office, row, now, f"{state}:{by}")
    told = learn.Sending(row.occasion, row.about, row.template, row.party, state, answer, by=by)
    carry_out(cx, office, learn.sending(told, desk), desk)


@redone
def _later(office: Office, row: outbox.Row, outcome: Later, now: datetime) -> Went:
    """No final dot left us: the same letter again, later (F63, F65).

    Where the account is at fault all of its letters wait as long (F68), where we send too much a quarter of an hour at least (F72).
    """
    pause = timedelta(minutes=PAUSES[min(row.attempt, len(PAUSES)) - 1])
    with pen(office.engine) as cx:
        outbox.outcome(cx, row, "queued", now, answer=outcome.answer, not_before=now + pause)
        if outcome.crowded or outcome.account:
            outbox.put_off(cx, row.mailbox, now + (max(pause, CROWDED) if outcome.crowded else pause))
        bad_days.tell_if_long(cx, office, row, outcome.answer, now)
    event("letter.later", attempt=row.attempt, answer=outcome.answer)
    return Went.ACCOUNT if outcome.crowded or outcome.account else Went.LATER


@redone
def _account(office: Office, row: outbox.Row, outcome: Refused, now: datetime, says: str) -> Went:
    """Our login or our From was refused: all its letters wait, the duty is told what it means; no hammering (F64, F73)."""
    until = now + timedelta(minutes=PAUSES[-2])
    with pen(office.engine) as cx:
        outbox.outcome(cx, row, "queued", now, answer=outcome.answer, not_before=until)
        outbox.put_off(cx, row.mailbox, until)
        alarms.tell(cx, office, learn.Trouble("smtp-account", row.mailbox, says), now)
    return Went.ACCOUNT


@redone
def take_over(office: Office, now: datetime) -> int:
    """A new shift: rows left `sending` by a process that is no more are unknown (F9–F12). Returns how many."""
    with pen(office.engine) as cx:
        rows = outbox.orphans(cx)
        for row in rows:
            outbox.outcome(cx, row, "unknown", now)
            report(cx, office, row, "unknown", now, by="shift")
    return len(rows)
