"""`why-date NUMBER`: every day counted and skipped on the way to each date of the case, with the notice that says so."""

import argparse
from typing import TYPE_CHECKING

from daemon.shell._showing import moment, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from daemon.office import Office
    from rules.case import Running
    from rules.events import Event, Recounted


def arguments(parser: argparse.ArgumentParser) -> None:
    """NUMBER."""
    parser.add_argument("number", help=say("option-number"))


def run(options: argparse.Namespace) -> int:
    """Print the days of each clock, and how a changed calendar moved it. Raises UsageTrouble where there is no such case."""
    from daemon.named import reference_of
    from daemon.opening import open_office, settings
    from db import files, ledger
    from db.pen import look
    from rules.trouble import DONE, UsageTrouble

    office = open_office(settings(), moment(options))
    with look(office.engine) as cx:
        file = files.get(cx, reference_of(options.number, office.book))
        told = [event for _row, event in ledger.lines(cx, file.about)] if file else []
    if file is None:
        raise UsageTrouble(say("no-case", number=options.number))
    for clock in file.clocks:
        for line in _days(clock, office, told):
            print(line)
    return DONE


def _days(clock: "Running", office: "Office", told: "list[Event]") -> "Iterator[str]":
    from rules.days import explain, lines

    label = office.book.clocks[clock.clock].label
    if clock.left is not None:
        yield say("why-paused", clock=label, left=clock.left)
        return
    calendar = office.rules.calendar
    yield say("why-clock", clock=label, due=clock.due.isoformat(), calendar=clock.calendar)
    counted = explain(calendar, clock.started, clock.days or calendar.workdays_between(clock.started, clock.due))
    for line in lines(counted):
        yield f"  {line}"
    if counted[-1].day != clock.due:
        yield say("why-kept", counted=counted[-1].day.isoformat(), due=clock.due.isoformat())
    for change in _changes(clock, told):
        yield say(
            "why-moved",
            old=change.old.isoformat(),
            new=change.new.isoformat(),
            why=say(f"why-moved-{change.why}"),
            calendar=change.calendar,
        )


def _changes(clock: "Running", told: "list[Event]") -> "list[Recounted]":
    """The lines by which a changed calendar moved the clock since it last started."""
    from rules.events import ClockStarted, Recounted

    changes: list[Recounted] = []
    for event in told:
        if isinstance(event, ClockStarted) and event.clock == clock.clock:
            changes.clear()
        if isinstance(event, Recounted) and event.clock == clock.clock and event.old != event.new:
            changes.append(event)
    return changes
