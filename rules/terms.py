"""Terms (时限) set by a decision: which clock of the book starts, on which day, until when; the days come from the calendar."""

from datetime import date

from rules.case import CaseFile
from rules.days import local_day
from rules.decision import Warrant
from rules.desk import Desk
from rules.events import ClockStarted, ClockStopped, Event

RESULT = "feedback"
"""The clock of the promise to the complainant: the day by which he hears the result."""


def today(desk: Desk) -> date:
    """The office's day."""
    return local_day(desk.now)


def due_in(desk: Desk, days: int, start: date | None = None) -> tuple[date, bool]:
    """The last day in time and whether it is provisional; the first day does not count."""
    due = desk.calendar.add_workdays(start or today(desk), days)
    return due.day, due.provisional


def start(
    desk: Desk, about: str, clock: str, warrant: Warrant, *, promised: bool = False, on: date | None = None
) -> ClockStarted:
    """The clock of the book starts for the file, today or on the day given."""
    begun = on or today(desk)
    due, provisional = due_in(desk, desk.book.clocks[clock].days, begun)
    return _started(desk, about, clock, warrant, begun, (due, provisional), promised=promised)


def promise_result(desk: Desk, about: str, warrant: Warrant, *, accepted: bool) -> ClockStarted:
    """The day by which the complainant hears the result: every step still before him, one after the other (S36)."""
    steps = ("handle", "review", RESULT) if accepted else ("accept", "assign", "handle", "review", RESULT)
    days = sum(desk.book.clocks[step].days for step in steps)
    return _started(desk, about, RESULT, warrant, today(desk), due_in(desk, days), promised=True)


def _started(
    desk: Desk, about: str, clock: str, warrant: Warrant, begun: date, due: tuple[date, bool], *, promised: bool
) -> ClockStarted:
    return ClockStarted(
        about=about,
        warrant=warrant,
        clock=clock,
        started=begun,
        due=due[0],
        provisional=due[1],
        calendar=desk.calendar.version,
        promised=promised,
    )


def stop(file: CaseFile, clock: str, warrant: Warrant, how: str = "met") -> tuple[Event, ...]:
    """The clock's end, where it runs."""
    if file.clock(clock) is None:
        return ()
    return (ClockStopped(about=about_case(file.ref), warrant=warrant, clock=clock, how=how),)


def about_case(ref: str) -> str:
    """The ledger's name of a case's file."""
    return f"case:{ref}"
