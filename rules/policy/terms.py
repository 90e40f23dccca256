"""Clocks (时限): day counts of the office, each with its basis and its ladder of steps."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a clock counts."""

    WORKDAY = "workday"
    DAY = "day"
    YEAR = "year"


class Action(StrEnum):
    """What a step of the ladder does. A step may remind, ask, report or draft; none refuses, closes a complaint unheard or deletes."""

    REMIND = "remind"
    REMIND_WRITTEN = "remind-written"
    SUPERVISE = "supervise"
    CIRCULAR = "circular"
    WARN = "warn"
    ESCALATE = "escalate"
    BREACH = "breach"
    DEEM_ACCEPTED = "deem-accepted"
    UNRATED = "unrated"
    ASK = "ask"
    RESUME = "resume"


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: so many days after the due date (negative = before), and what is done."""

    offset_days: int
    action: Action

    @property
    def name(self) -> str:
        """remind@-5: as the ledger knows it."""
        return f"{self.action.value}@{self.offset_days:+d}"


@dataclass(frozen=True, slots=True)
class Clock:
    """A term. The first day does not count; `pauses` names the events during which it stands still."""

    name: str
    days: int
    because: str
    unit: Unit = Unit.WORKDAY
    label: str = ""
    steps: tuple[Step, ...] = ()
    pauses: tuple[str, ...] = ()
    variants: tuple[tuple[str, int], ...] = ()
    """Other day counts of the same clock by occasion: (simple, 5), (complex, 20)."""

    def days_for(self, variant: str) -> int:
        """The day count of the variant, else the general one."""
        return dict(self.variants).get(variant, self.days)
