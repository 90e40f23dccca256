"""失职线索 (S66–S68): what in the ledger may be a dereliction, by the kinds of the plan, each with the lines that prove it.

The program reports; people decide (S68). Nothing here is a finding against anybody: `whose` says where the thing lay, not who is guilty.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rules import events as ev
from rules.case import CaseFile
from rules.evidence.lines import Line, folded
from rules.urging import AT_UNIT
from rules.wording import wording

say = wording("rules.evidence")
IDLE = "idle"
WITHHELD = frozenset({"register", "accept", "assign"})


@dataclass(frozen=True, slots=True)
class Clue:
    """One clue. `ground` is a kind of S67: lost 遗失, withheld 截留, idle 压着不办, delayed 延误, irresponsible 不负责, leak 失泄密."""

    ground: str
    whose: str
    """The unit where it lay; '' = the office itself."""
    what: str
    day: date
    seqs: tuple[int, ...]
    """Lines of the ledger that prove it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """From how many times on it is a clue (the book's record.toml)."""

    redone: int = 2
    unsatisfied: int = 2


def clues(lines: Sequence[Line], today: date, labels: dict[str, str], limits: Limits) -> tuple[Clue, ...]:
    """Every clue of the case, in the order of the ledger; last what is overdue today. `labels`: clock -> the office's word."""
    walked, lifted = folded(lines), _lifted(lines)
    found = [clue for line, before, after in walked for clue in _told(line, before, after, labels, lifted)]
    found += _counted(walked, limits)
    if walked:
        found += _running(walked[-1][2], lines, today, labels)
    return tuple(found)


Lifted = dict[tuple[str, date], date]


def _lifted(lines: Sequence[Line]) -> Lifted:
    """(clock, day it passed) -> the day on which an order lifted the breach. The breach itself is never left out."""
    events = ((line, line.event) for line in lines)
    return {(event.clock, event.due): line.day for line, event in events if isinstance(event, ev.BreachLifted)}


def _told(
    line: Line, before: CaseFile | None, after: CaseFile, labels: dict[str, str], lifted: Lifted
) -> Iterator[Clue]:
    match line.event:
        case ev.Breached() as event:
            day = lifted.get((event.clock, event.due))
            yield Clue(
                _ground(event.clock),
                _whose(event.clock, event.unit),
                say("breached", clock=labels.get(event.clock, event.clock), due=event.due)
                + (say("lifted", day=day) if day else ""),
                line.day,
                (line.seq,),
            )
        case ev.ClockStopped(how="late") as event:
            due = clock.due if before and (clock := before.clock(event.clock)) else line.day
            lead = before.lead if before else ""
            what = say("late", clock=labels.get(event.clock, event.clock), due=due, done=line.day)
            yield Clue("delayed", _whose(event.clock, lead), what, line.day, (line.seq,))
        case ev.PromiseMeasured(kept=False) as event:
            what = say("promise", clock=labels.get(event.clock, event.clock), due=event.due, done=event.done)
            yield Clue("delayed", "", what, line.day, (line.seq,))
        case ev.Accepted(deemed=True):
            yield Clue("withheld", "", say("deemed"), line.day, (line.seq,))
        case ev.Noted(what="fishing"):
            yield Clue("leak", after.lead, say("fishing"), line.day, (line.seq,))
        case _:
            return


def _ground(clock: str) -> str:
    if clock == IDLE:
        return "idle"
    return "withheld" if clock in WITHHELD else "delayed"


def _whose(clock: str, unit: str) -> str:
    return unit if clock in AT_UNIT or clock == IDLE else ""


def _counted(walked: Sequence[tuple[Line, CaseFile | None, CaseFile]], limits: Limits) -> Iterator[Clue]:
    """Sent back for redoing, or unsatisfied, again and again: each unit by itself (S67e)."""
    redone: dict[str, list[Line]] = {}
    unsatisfied: dict[str, list[Line]] = {}
    for line, before, _after in walked:
        unit = before.lead if before else ""
        if isinstance(line.event, ev.Redone):
            redone.setdefault(line.event.unit or unit, []).append(line)
        if isinstance(line.event, ev.OpinionGiven) and line.event.value == "unsatisfied":
            unsatisfied.setdefault(unit, []).append(line)
    for key, most, shelf in (
        ("redone", limits.redone, redone),
        ("unsatisfied", limits.unsatisfied, unsatisfied),
    ):
        for unit, lines in shelf.items():
            if len(lines) >= most:
                what = say(key, times=len(lines))
                yield Clue("irresponsible", unit, what, lines[-1].day, tuple(line.seq for line in lines))


def _running(file: CaseFile, lines: Sequence[Line], today: date, labels: dict[str, str]) -> Iterator[Clue]:
    """What is overdue now: calculated, never stored. A provisional day is held against nobody (F83)."""
    for clock in file.running:
        if clock.due >= today or clock.provisional:
            continue
        started = tuple(
            line.seq for line in lines if isinstance(line.event, ev.ClockStarted) and line.event.clock == clock.clock
        )
        what = say("overdue", clock=labels.get(clock.clock, clock.clock), due=clock.due)
        yield Clue("delayed", _whose(clock.clock, file.lead), what, today, started[-1:])
