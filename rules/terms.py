"""Terms (时限) set by a decision: which clock of the book starts, stands still, goes on, on which day, until when.

One convention everywhere: the day something begins does not count (次日起算). So the day a pause begins still counts, the day it ends does
not; what was left when it began is left when it ends.
"""

import dataclasses
from datetime import date

from rules.case import PAUSED, CaseFile, Running
from rules.days import Due, local_day
from rules.days.moved import redated
from rules.decision import Warrant
from rules.desk import Desk
from rules.events import ClockStarted, ClockStopped, Event, PromiseMeasured
from rules.policy.terms import Step

RESULT = "feedback"
"""The clock of the promise to the complainant: the day by which he hears the result."""


def today(desk: Desk) -> date:
    """The office's day."""
    return local_day(desk.now)


def due_in(desk: Desk, days: int, start: date | None = None) -> tuple[date, bool]:
    """The last day in time and whether it is provisional; the first day does not count."""
    due = desk.calendar.add_workdays(start or today(desk), days)
    return due.day, due.provisional


def reached(desk: Desk, step: Step, due: date) -> bool:
    """Whether the rung is reached today on a ladder that stands at this due day; what lies between is counted in working days."""
    day = today(desk)
    if step.offset_days < 0:
        return desk.calendar.workdays_between(day, due) <= -step.offset_days
    return day >= (due_in(desk, step.offset_days, due)[0] if step.offset_days else due)


def start(
    desk: Desk, about: str, clock: str, warrant: Warrant, *, promised: bool = False, on: date | None = None
) -> ClockStarted:
    """The clock of the book starts for the file, today or on the day given."""
    begun = on or today(desk)
    return _started(desk, about, clock, warrant, begun, desk.book.clocks[clock].days, promised=promised)


def promise_result(desk: Desk, about: str, warrant: Warrant, *, accepted: bool) -> ClockStarted:
    """The day by which the complainant hears the result: every step still before him, one after the other (S36)."""
    steps = ("handle", "review", RESULT) if accepted else ("accept", "assign", "handle", "review", RESULT)
    days = sum(desk.book.clocks[step].days for step in steps)
    return _started(desk, about, RESULT, warrant, today(desk), days, promised=True)


def _started(
    desk: Desk, about: str, clock: str, warrant: Warrant, begun: date, days: int, *, promised: bool
) -> ClockStarted:
    due, provisional = due_in(desk, days, begun)
    return ClockStarted(
        about=about,
        warrant=warrant,
        clock=clock,
        started=begun,
        due=due,
        provisional=provisional,
        calendar=desk.calendar.version,
        promised=promised,
        days=days,
    )


def stop(file: CaseFile, clock: str, warrant: Warrant, how: str = "met") -> tuple[Event, ...]:
    """The clock's end, where it runs."""
    if file.clock(clock) is None:
        return ()
    return (ClockStopped(about=file.about, warrant=warrant, clock=clock, how=how),)


def fulfil(file: CaseFile, desk: Desk, clock: str, warrant: Warrant) -> tuple[Event, ...]:
    """The clock's end by the deed it waited for, in time or late; a promise to the complainant is measured (S36)."""
    running = file.clock(clock)
    if running is None:
        return ()
    about, day = file.about, today(desk)
    kept = running.left is not None or day <= running.due
    stopped = ClockStopped(about=about, warrant=warrant, clock=clock, how="met" if kept else "late")
    if not running.promised:
        return (stopped,)
    return (
        stopped,
        PromiseMeasured(about=about, warrant=warrant, clock=clock, due=running.due, done=day, kept=kept),
    )


def start_until(desk: Desk, about: str, clock: str, warrant: Warrant, due: date) -> ClockStarted:
    """The clock of the book with a last day that a person named (交办)."""
    begun = today(desk)
    return ClockStarted(
        about=about,
        warrant=warrant,
        clock=clock,
        started=begun,
        due=due,
        provisional=not desk.calendar.certain(due),
        calendar=desk.calendar.version,
    )


def not_before(promised: ClockStarted, file: CaseFile) -> ClockStarted:
    """The promise, or the one that runs already (the receipt's) where that ends later: nothing told once is taken back."""
    old = file.clock(promised.clock)
    if old is None or old.left is not None or old.due <= promised.due:
        return promised
    return dataclasses.replace(
        promised, due=old.due, provisional=old.provisional, calendar=old.calendar, started=old.started, days=old.days
    )


def pause(file: CaseFile, desk: Desk, warrant: Warrant, occasion: str) -> tuple[Event, ...]:
    """Every running clock that the book lets stand still on the occasion (supplement, hearing, suspended) keeps the days it has left."""
    return tuple(
        ClockStopped(about=file.about, warrant=warrant, clock=clock.clock, how=PAUSED, left=_left(clock, desk))
        for clock in file.running
        if occasion in desk.book.clocks[clock.clock].pauses
    )


def _left(clock: Running, desk: Desk) -> int:
    return max(desk.calendar.workdays_between(today(desk), clock.due), 0)


def resume(file: CaseFile, desk: Desk, warrant: Warrant) -> tuple[ClockStarted, ...]:
    """What stood still goes on from tomorrow with the days it had left; a promise is never earlier than it was."""
    return tuple(_resumed(file, clock, clock.left, desk, warrant) for clock in file.clocks if clock.left is not None)


def _resumed(file: CaseFile, clock: Running, left: int, desk: Desk, warrant: Warrant) -> ClockStarted:
    day = today(desk)
    fresh = desk.calendar.add_workdays(day, left)
    new = redated(Due(clock.due, clock.provisional), fresh, desk.calendar, day, promised=clock.promised).new
    return ClockStarted(
        about=file.about,
        warrant=warrant,
        clock=clock.clock,
        started=day,
        due=new.day,
        provisional=new.provisional,
        calendar=desk.calendar.version,
        promised=clock.promised,
        days=left,
    )
