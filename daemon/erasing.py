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
    done = len(cases) + _loose(office, now, years.get(erasing.MACHINE, 0), machine=True)
    done += _loose(office, now, years.get(erasing.LETTERS, 0), machine=False)
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


def _loose(office: Office, now: datetime, years: int, *, machine: bool) -> int:
    """Letters that belong to no case, by their own years from the day they came, a page a day each; and what we wrote about no case."""
    before = _before(now, years)
    if before is None:
        return 0
    with pen(office.engine) as cx:
        digests = erasing.unfiled(cx, before, machine=machine)
        spoken = [] if machine else erasing.spoken(cx, before)
        both = dict.fromkeys((*digests, *spoken))
        if not both:
            return 0
        what = erasing.MACHINE if machine else erasing.LETTERS
        lines = tuple(Erased(about=OFFICE, warrant=BY_BOOK, what=what, sha256=digest) for digest in both)
        cause = f"retention:{what}:{next(iter(both))}"
        made = record(cx, cause, Decision(events=lines), at=now, book=office.book.hash)
        erasing.erase_letters(cx, digests, made.seqs[0])
        erasing.erase_spoken(cx, spoken)
    return len(both)


def _before(now: datetime, years: int) -> datetime | None:
    """What came before this moment has had its years; None where they never end."""
    moment = now - timedelta(days=366 * years)
    return moment if over(local_day(moment), local_day(now), years) else None
