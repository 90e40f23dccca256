"""A clock's row: when it started, how many working days it has, when it stood still, and what follows from that.

One convention everywhere: the day something begins does not count (次日起算). So the day a pause begins still counts, the day it ends does
not; a pause that begins and ends on one day costs nothing.
"""

from dataclasses import dataclass, replace
from datetime import date

from rules.days import Calendar, Due, Moved
from rules.days.moved import redated


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the clock stands still (待补正, 听证, 中止); `until` is None while it lasts."""

    since: date
    why: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A clock. `due` is the last day in time by the calendar named; while it is paused, the day it would be due were it resumed at once."""

    name: str
    started: date
    days: int
    due: date
    calendar: str
    provisional: bool = False
    promised: bool = False
    """Told to the complainant: may move later, never earlier."""
    extended: int = 0
    pauses: tuple[Pause, ...] = ()
    step: str = ""
    """The last rung of its ladder done."""

    @property
    def paused(self) -> bool:
        """Whether it stands still now."""
        return bool(self.pauses) and self.pauses[-1].until is None

    def overdue(self, today: date) -> bool:
        """Whether its last day is over. A provisional day is never held against anybody (F83); a clock that stands still cannot be late."""
        return today > self.due and not self.provisional and not self.paused


def start(name: str, day: date, days: int, calendar: Calendar, *, promised: bool = False) -> ClockRow:
    """The clock begins on the day, which does not count."""
    return _dated(ClockRow(name, day, days, day, "", promised=promised), calendar)


def pause(row: ClockRow, day: date, why: str) -> ClockRow:
    """It stands still from the end of the day. A clock that stands still already, or whose time is over, stays as it is."""
    if row.paused or day > row.due:
        return row
    return replace(row, pauses=(*row.pauses, Pause(day, why)))


def resume(row: ClockRow, day: date, calendar: Calendar) -> ClockRow:
    """It goes on from the day after; what was left when it was paused is left now. One that runs stays as it is."""
    if not row.paused:
        return row
    last = replace(row.pauses[-1], until=max(day, row.pauses[-1].since))
    return _dated(replace(row, pauses=(*row.pauses[:-1], last)), calendar)


def extend(row: ClockRow, days: int, calendar: Calendar) -> ClockRow:
    """So many working days more (延期); whether that is allowed was decided before."""
    return _dated(replace(row, extended=row.extended + days), calendar)


def moved(row: ClockRow, calendar: Calendar, today: date) -> tuple[ClockRow, Moved]:
    """The row under another calendar, and how its due date moved: never earlier for a promise, never retroactively overdue."""
    change = redated(Due(row.due, row.provisional), _due(row, calendar), calendar, today, promised=row.promised)
    return replace(row, due=change.new.day, provisional=change.new.provisional, calendar=calendar.version), change


def _dated(row: ClockRow, calendar: Calendar) -> ClockRow:
    due = _due(row, calendar)
    return replace(row, due=due.day, provisional=due.provisional, calendar=calendar.version)


def _due(row: ClockRow, calendar: Calendar) -> Due:
    """Count the days, stepping over every pause that is over; a due date is never before the last pause's end."""
    begun, left, provisional = row.started, row.days + row.extended, False
    for rest in row.pauses:
        if rest.until is None:
            break
        ran = calendar.workdays_between(begun, rest.since)
        provisional = provisional or not calendar.certain(rest.since)
        begun, left = rest.until, max(left - ran, 0)
    due = calendar.add_workdays(begun, left)
    return Due(due.day, due.provisional or provisional)
