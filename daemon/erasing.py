"""Each day's erasing by the book's years: one case after another, each with its tombstone, all or nothing."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection

from daemon.logs import event
from daemon.office import Office
from db import erasing
from db.pen import look, pen
from db.record import known, record
from rules.days import local_day
from rules.decision import Decision, Warrant, WarrantKind
from rules.events import OFFICE, Erased, about_case
from rules.shield.retention import due, over

LOOSE = (erasing.MACHINE, erasing.LETTERS)
BY_BOOK = Warrant(WarrantKind.CLOCK, "retention")


def erase_due(office: Office, now: datetime) -> int:
    """Erase what the book's years are over for; returns how many cases and letters. The time must be believed (`tick` asks that first)."""
    today, years = local_day(now), office.book.office.retention
    with look(office.engine) as cx:
        old = erasing.any_of(cx, today.year - min(filter(None, years.values()), default=today.year))
        cases = [
            (one.ref, what)
            for one in (erasing.ended(cx) if old else ())
            for what in due(local_day(one.at), today, years, one.erased)
        ]
        old_ones = [what for what in LOOSE if any(_old(cx, now, years, what))]  # most days none: no pen is taken
    for ref, what in cases:
        _case(office, ref, what, now)
    done = len(cases) + sum(_loose(office, now, years, what) for what in old_ones)
    if done:
        event("erased", count=done)
    return done


def _case(office: Office, ref: str, what: str, now: datetime) -> None:
    cause = f"retention:{ref}:{what}"
    tombstone = Erased(about=about_case(ref), warrant=BY_BOOK, what=what)
    with pen(office.engine) as cx:
        if known(cx, cause):
            return
        line = record(cx, cause, Decision(events=(tombstone,)), at=now, book=office.book.hash)
        erasing.erase(cx, ref, what, line.seqs[0])


def _loose(office: Office, now: datetime, years: Mapping[str, int], what: str) -> int:
    """Letters that belong to no case, by their own years from the day they came, a page a day each; and what we wrote about no case."""
    with pen(office.engine) as cx:
        digests, spoken = _old(cx, now, years, what)
        both = dict.fromkeys((*digests, *spoken))
        if not both:
            return 0
        lines = tuple(Erased(about=OFFICE, warrant=BY_BOOK, what=what, sha256=digest) for digest in both)
        cause = f"retention:{what}:{next(iter(both))}"
        made = record(cx, cause, Decision(events=lines), at=now, book=office.book.hash)
        erasing.erase_letters(cx, digests, made.seqs[0])
        erasing.erase_spoken(cx, spoken)
    return len(both)


def _old(cx: Connection, now: datetime, years: Mapping[str, int], what: str) -> tuple[list[str], list[str]]:
    """What came and belongs to no case, what we wrote about none; machines' letters have their own years."""
    before, machine = _before(now, years.get(what, 0)), what == erasing.MACHINE
    if before is None:
        return [], []
    return erasing.unfiled(cx, before, machine=machine), [] if machine else erasing.spoken(cx, before)


def _before(now: datetime, years: int) -> datetime | None:
    """What came before this moment has had its years; None where they never end."""
    moment = now - timedelta(days=366 * years)
    return moment if over(local_day(moment), local_day(now), years) else None
