"""时限表: every clock that ever ran in the case, from when to when, and the days counted on the way (`why-date`)."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rules import events as ev
from rules.case import CaseFile, Running
from rules.days import Calendar, explain
from rules.days import lines as spelled
from rules.evidence.lines import Line, folded


@dataclass(frozen=True, slots=True)
class Term:
    """One run of a clock. `how`: running, paused, met, late, replaced, passed (the case went on) …"""

    clock: str
    started: date
    due: date
    calendar: str
    promised: bool
    provisional: bool
    seq: int
    """The line that started it."""
    days: int
    how: str = "running"
    ended: date | None = None
    counted: tuple[str, ...] = ()
    """Every day on the way, in words."""
    moved: tuple[str, ...] = ()
    """By which lines its day moved: seq and days."""


def terms(lines: Sequence[Line], calendar: Calendar) -> tuple[Term, ...]:
    """All clocks of the case in the order they started."""
    done: list[Term] = []
    running: dict[str, Term] = {}
    for line, before, after in folded(lines):
        _ended(line, before, after, running, done)
        for clock in after.clocks:
            _stand(line, clock, running, calendar)
    return tuple(sorted((*done, *running.values()), key=lambda term: (term.seq, term.clock)))


def _ended(line: Line, before: CaseFile | None, after: CaseFile, running: dict[str, Term], done: list[Term]) -> None:
    """Clocks that were there before the line and are not after it, or start anew by it."""
    event = line.event
    for clock in before.clocks if before else ():
        anew = isinstance(event, ev.ClockStarted) and event.clock == clock.clock
        if after.clock(clock.clock) is not None and not anew:
            continue
        how = event.how if isinstance(event, ev.ClockStopped) else "replaced" if anew else "passed"
        done.append(dataclasses.replace(running.pop(clock.clock), how=how, ended=line.day))


def _stand(line: Line, clock: Running, running: dict[str, Term], calendar: Calendar) -> None:
    """The clock as it stands after the line: begun by it, moved by it, standing still, or as before."""
    known = running.get(clock.clock)
    if known is None:
        running[clock.clock] = _begun(line, clock, calendar)
        return
    how = "paused" if clock.left is not None else "running"
    moved = (*known.moved, f"{line.seq}：{known.due} → {clock.due}") if clock.due != known.due else known.moved
    running[clock.clock] = dataclasses.replace(
        known, how=how, due=clock.due, calendar=clock.calendar, provisional=clock.provisional, moved=moved
    )


def _begun(line: Line, clock: Running, calendar: Calendar) -> Term:
    days = clock.days or calendar.workdays_between(clock.started, clock.due)
    return Term(
        clock.clock,
        clock.started,
        clock.due,
        clock.calendar,
        clock.promised,
        clock.provisional,
        line.seq,
        days,
        counted=spelled(explain(calendar, clock.started, max(days, 0))),
    )
