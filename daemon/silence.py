"""Listens for silence with each tick: units that answer nothing, mailboxes that got unusually few letters the day before."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from daemon import alarms
from daemon.carrying_out import carry_out
from daemon.logs import event
from daemon.office import Office
from db import desk as desks
from db import directory
from db import silence as store
from db.pen import look, pen
from db.record import known
from rules.case import CaseFile
from rules.days import local_day
from rules.learn import Trouble
from rules.silence import Quiet, few_letters, too_quiet, unit_silent
from rules.urging import AT_UNIT

WEEK = timedelta(days=7)
FEW = "few-letters"


def waiting_since(file: CaseFile) -> date | None:
    """The day from which the unit owes the case something; None where it owes nothing."""
    return min((clock.started for clock in file.running if clock.clock in AT_UNIT), default=None)


def listen(office: Office, owed: dict[str, list[date]], now: datetime) -> int:
    """`owed`: unit -> since when it owes each of its cases something. Returns how many silences rang."""
    return sum(_unit(office, quiet, now) for quiet in _quiet(office, owed, now)) + _mailboxes(office, now)


def _quiet(office: Office, owed: dict[str, list[date]], now: datetime) -> Iterable[Quiet]:
    """Units from which nothing was heard for the book's days, though they owe something for as long."""
    desk = desks.blank(office.setting(now), "")
    long = {unit: days for unit, days in owed.items() if too_quiet(Quiet(unit, len(days), min(days)), desk)}
    if not long:
        return
    with look(office.engine) as cx:
        found = [
            Quiet(contact.unit, len(days), max(min(days), store.heard(cx, contact.address) or min(days)))
            for contact in directory.today(cx)
            if (days := long.get(contact.unit))
        ]
        fresh = [quiet for quiet in found if too_quiet(quiet, desk) and not known(cx, quiet.cause)]
    yield from fresh


def _unit(office: Office, quiet: Quiet, now: datetime) -> bool:
    with pen(office.engine) as cx:
        if known(cx, quiet.cause):
            return False
        desk = desks.bare(cx, office.setting(now), quiet.cause)
        carry_out(cx, office, unit_silent(quiet, desk), desk)
    event("unit.silent", unit=quiet.unit)
    return True


def _mailboxes(office: Office, now: datetime) -> int:
    """Yesterday, beside the same weekday of the weeks before; days that were no working days say nothing."""
    day, calendar, limits = local_day(now) - timedelta(days=1), office.rules.calendar, office.book.limits
    if not calendar.is_workday(day):
        return 0
    began = local_day(office.start)
    before = [day - WEEK * week for week in range(1, limits.quiet_weeks + 1)]
    before = [each for each in before if each > began and calendar.is_workday(each)]
    with look(office.engine) as cx:
        counts = {name: store.counts(cx, name, (day, *before)) for name in office.own}
    told = ((name, few_letters(day, count, usual, limits)) for name, (count, *usual) in counts.items())
    return sum(_few(office, Trouble(FEW, f"{name}/{day.isoformat()}", says), now) for name, says in told if says)


def _few(office: Office, trouble: Trouble, now: datetime) -> bool:
    with pen(office.engine) as cx:
        return alarms.tell(cx, office, trouble, now)
