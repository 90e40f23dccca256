"""Clocks of a case: started, stopped, counted anew, a rung reached, a term passed."""

from dataclasses import dataclass
from datetime import date

from rules.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStarted(Event):
    """时限: a clock of the book runs; `due` is the last day in time, by the calendar named."""

    clock: str
    started: date
    due: date
    calendar: str
    provisional: bool = False
    promised: bool = False
    """Told to the complainant: may move later only with a notice, never earlier."""
    days: int = 0
    """Working days counted after `started`; 0 where the line does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStopped(Event):
    """A clock ends: met, late, replaced; or stands still: paused, with `left` working days that it gets back."""

    clock: str
    how: str
    left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recounted(Event):
    """The calendar changed: `old` became `new` by the calendar named (F83, F84).

    why = same, later, earlier, kept-promise, kept-in-time, kept-overdue.
    """

    clock: str
    old: date
    new: date
    calendar: str
    why: str
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMeasured(Event):
    """承诺: what was promised to the complainant for `due` was done on `done`: kept or broken (S36)."""

    clock: str
    due: date
    done: date
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded(Event):
    """催办, 督办…: a rung of the ladder was reached."""

    clock: str
    step: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Breached(Event):
    """失职线索: a term passed; never deleted, may be answered and lifted (S66–S68)."""

    clock: str
    unit: str
    due: date
    person: str = ""
    """Who answers for it: the unit's contact person, or the staff whose clock it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachAnswered(Event):
    """申辩: the unit says why; the letter holds its words."""

    unit: str
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachLifted(Event):
    """解除: by an order, with a reason that the unit reads; the breach stays in the ledger. `text`: SHA-256 of the reason."""

    clock: str
    unit: str
    due: date
    text: str = ""
