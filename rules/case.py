"""A case (案件): what is true of it now, and `fold`, which takes one event into it. `audit` folds all of them again and compares."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules import events as ev
from rules.events import Event
from rules.life import STANDING, Standing, State, walk


@dataclass(frozen=True, slots=True)
class Running:
    """A running clock of a case: `due` is the last day in time by the calendar named; `step` the last rung of its ladder done."""

    clock: str
    started: date
    due: date
    calendar: str
    provisional: bool = False
    promised: bool = False
    step: str = ""
    days: int = 0
    """Working days counted after `started`; 0 where nobody said."""
    left: int | None = None
    """Working days it gets back, while it stands still (补正, 中止); None while it runs."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case as its events made it."""

    ref: str
    year: int
    serial: int
    state: State
    kind: str
    received: date
    categories: tuple[str, ...] = ()
    channel: str = "mailbox"
    anonymous: bool = False
    flags: tuple[str, ...] = ()
    handling: str = ""
    lead: str = ""
    co_units: tuple[str, ...] = ()
    round: int = 0
    clocks: tuple[Running, ...] = ()
    finding: str = ""
    opinion: str = ""
    outcome: str = ""
    ground: str = ""
    consent: str = ""
    """'' not said, agreed, refused."""
    recused: tuple[str, ...] = ()
    """Staff who are concerned and therefore passed by (回避)."""
    no_receipt: str = ""
    missing: tuple[str, ...] = ()
    promises: tuple[tuple[str, date], ...] = ()
    """Clock -> the day told to the complainant; stays after the clock is gone, to be measured (S36)."""

    @property
    def standing(self) -> Standing:
        """What its state waits for."""
        return STANDING[self.state]

    @property
    def ended(self) -> bool:
        """Nothing is due any more."""
        return self.standing.ended

    @property
    def next_due(self) -> Running | None:
        """The clock that runs out first; None only where the case has ended."""
        return min(self.running, key=lambda clock: (clock.due, clock.clock), default=None)

    @property
    def running(self) -> tuple[Running, ...]:
        """Its clocks but those that stand still."""
        return tuple(clock for clock in self.clocks if clock.left is None)

    def clock(self, name: str) -> Running | None:
        """The clock of that name, running or standing still."""
        return next((clock for clock in self.clocks if clock.clock == name), None)

    @property
    def units(self) -> tuple[str, ...]:
        """Lead unit first, then co-units."""
        return (self.lead, *self.co_units) if self.lead else ()


def fold(file: CaseFile | None, event: Event) -> CaseFile:
    """The case after the event. Raises ImpossibleMove where the life table forbids it; a first event must be Registered."""
    if isinstance(event, ev.Registered):
        return _registered(event)
    if file is None:
        raise ValueError(f"{event.kind} before Registered: {event.about}")
    state = walk(file.state, event.kind, event.warrant)
    change = CHANGES.get(event.kind)
    after = dataclasses.replace(file, **change(file, event)) if change else file
    if event.kind == "SupplementAsked" or STANDING[state].ended or state is not file.state:
        after = dataclasses.replace(after, clocks=_kept_clocks(after, state))
    return dataclasses.replace(after, state=state)


def _kept_clocks(file: CaseFile, state: State) -> tuple[Running, ...]:
    """A new state ends the clocks of the old one but its own; promises to the complainant run on until the case ends."""
    if STANDING[state].ended:
        return ()
    own = STANDING[state].clock
    return tuple(clock for clock in file.clocks if clock.promised or clock.left is not None or clock.clock == own)


def _registered(event: ev.Registered) -> CaseFile:
    return CaseFile(
        ref=event.about.removeprefix("case:"),
        year=event.year,
        serial=event.serial,
        state=State.REGISTERED,
        kind=event.kind_of,
        received=event.received,
        categories=event.categories,
        channel=event.channel,
        anonymous=event.anonymous,
        flags=event.flags,
    )


Change = Callable[[CaseFile, Any], dict[str, Any]]


def _clock_started(file: CaseFile, event: ev.ClockStarted) -> dict[str, Any]:
    clock = Running(
        event.clock, event.started, event.due, event.calendar, event.provisional, event.promised, days=event.days
    )
    others = tuple(other for other in file.clocks if other.clock != event.clock)
    promises = _promised(file, event.clock, event.due) if event.promised else file.promises
    return {"clocks": (*others, clock), "promises": promises}


def _promised(file: CaseFile, clock: str, day: date) -> tuple[tuple[str, date], ...]:
    return (*(promise for promise in file.promises if promise[0] != clock), (clock, day))


def _clock_stopped(file: CaseFile, event: ev.ClockStopped) -> dict[str, Any]:
    others = tuple(clock for clock in file.clocks if clock.clock != event.clock)
    stopped = file.clock(event.clock)
    if event.how != PAUSED or stopped is None:
        return {"clocks": others}
    return {"clocks": (*others, dataclasses.replace(stopped, left=event.left))}


PAUSED = "paused"


def _recounted(file: CaseFile, event: ev.Recounted) -> dict[str, Any]:
    """Another day, by another calendar; where it is later the ladder begins anew."""
    clock = file.clock(event.clock)
    if clock is None:
        return {}
    step = "" if event.new > clock.due else clock.step
    new = dataclasses.replace(clock, due=event.new, calendar=event.calendar, provisional=event.provisional, step=step)
    promises = _promised(file, event.clock, event.new) if clock.promised else file.promises
    return {"clocks": tuple(new if other is clock else other for other in file.clocks), "promises": promises}


def _reminded(file: CaseFile, event: ev.Reminded) -> dict[str, Any]:
    def stepped(clock: Running) -> Running:
        return dataclasses.replace(clock, step=event.step) if clock.clock == event.clock else clock

    return {"clocks": tuple(map(stepped, file.clocks))}


def _extended(file: CaseFile, event: ev.Extended) -> dict[str, Any]:
    def later(clock: Running) -> Running:
        if clock.clock != "handle":
            return clock
        return dataclasses.replace(
            clock,
            due=event.due,
            provisional=event.provisional,
            calendar=event.calendar or clock.calendar,
            days=clock.days + event.days if clock.days else 0,
            step="",
        )

    return {"clocks": tuple(map(later, file.clocks))}


def _assigned(_file: CaseFile, event: ev.Assigned) -> dict[str, Any]:
    return {"lead": event.unit, "co_units": event.co_units, "handling": event.handling, "round": event.round}


CHANGES: dict[str, Change] = {
    "ClockStarted": _clock_started,
    "ClockStopped": _clock_stopped,
    "Recounted": _recounted,
    "Reminded": _reminded,
    "Extended": _extended,
    "Assigned": _assigned,
    "ResultReported": lambda _file, event: {"finding": event.finding, "missing": event.missing},
    "Redone": lambda _file, event: {"round": event.round, "finding": "", "missing": (), "opinion": ""},
    "OpinionGiven": lambda _file, event: {"opinion": event.value},
    "Closed": lambda _file, event: {"outcome": event.outcome},
    "NotAccepted": lambda _file, event: {"ground": event.ground, "outcome": "refused"},
    "HandedOver": lambda _file, _event: {"outcome": "handed-over"},
    "Withdrawn": lambda _file, _event: {"outcome": "withdrawn"},
    "Merged": lambda _file, _event: {"outcome": "merged"},
    "Answered": lambda _file, _event: {"outcome": "answered"},
    "Consented": lambda _file, event: {"consent": "agreed" if event.agreed else "refused"},
    "Recused": lambda file, event: {"recused": tuple(dict.fromkeys((*file.recused, event.person)))},
    "NoReceipt": lambda _file, event: {"no_receipt": event.reason},
}
