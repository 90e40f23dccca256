"""Each day's erasing by the book's years: one case after another, each with its tombstone, all or nothing."""

from datetime import datetime, timedelta

from daemon.logs import event
from daemon.office import Office
from db import erasing
from db.pen import look, pen
from db.record import known, record
from rules.days import local_day
from rules.decision import Decision, Warrant, WarrantKind
from rules.events import OFFICE, Erased
from rules.shield.retention import due, over

BY_BOOK = Warrant(WarrantKind.CLOCK, "retention")


def erase_due(office: Office, now: datetime) -> int:
    """Erase what the book's years are over for; returns how many cases and letters. The time must be believed (`tick` asks that first)."""
    today, years = local_day(now), office.book.office.retention
    with look(office.engine) as cx:
        cases = [
            (one.ref, what) for one in erasing.ended(cx) for what in due(local_day(one.at), today, years, one.erased)
        ]
    for ref, what in cases:
        _case(office, ref, what, now)
    done = len(cases) + _machines(office, now, years.get(erasing.MACHINE, 0))
    if done:
        event("erased", count=done)
    return done


def _case(office: Office, ref: str, what: str, now: datetime) -> None:
    cause = f"retention:{ref}:{what}"
    tombstone = Erased(about=f"case:{ref}", warrant=BY_BOOK, what=what)
    with pen(office.engine) as cx:
        if known(cx, cause):
            return
        line = record(cx, cause, Decision(events=(tombstone,)), at=now, book=office.book.hash)
        erasing.erase(cx, ref, what, line.seqs[0])


def _machines(office: Office, now: datetime, years: int) -> int:
    """Machines' letters: their own years, counted from arrival."""
    today = local_day(now)
    before = now - timedelta(days=366 * years)
    if not over(local_day(before), today, years):
        return 0
    with pen(office.engine) as cx:
        digests = erasing.machines(cx, before)
        if not digests:
            return 0
        lines = tuple(Erased(about=OFFICE, warrant=BY_BOOK, what=erasing.MACHINE, sha256=digest) for digest in digests)
        written = record(cx, f"retention:machine:{digests[0]}", Decision(events=lines), at=now, book=office.book.hash)
        erasing.erase_letters(cx, digests, written.seqs[0])
    return len(digests)
