"""What reports count: the ledger's lines about cases, folded once. Nothing is counted from a row that the ledger does not explain.

history(lines)  ->  one History a case: each line with the case before and after it
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rules.case import CaseFile, fold
from rules.events import Event


@dataclass(frozen=True, slots=True)
class Told:
    """A line about a case: its number, the office's day, the event."""

    seq: int
    day: date
    event: Event


@dataclass(frozen=True, slots=True)
class Turn:
    """A line with the case before (None: it begins) and after it."""

    told: Told
    before: CaseFile | None
    after: CaseFile


@dataclass(frozen=True, slots=True)
class History:
    """A case from its first line to the last one asked for."""

    turns: tuple[Turn, ...]

    @property
    def file(self) -> CaseFile:
        """As it stands at the end."""
        return self.turns[-1].after

    @property
    def began(self) -> date:
        """The day it was registered."""
        return self.turns[0].told.day

    @property
    def ended(self) -> date | None:
        """The day it ended; None while it is open."""
        return next((turn.told.day for turn in self.turns if turn.after.ended), None)

    def within(self, first: date, last: date) -> tuple[Turn, ...]:
        """What happened from the first to the last day, both included."""
        return tuple(turn for turn in self.turns if first <= turn.told.day <= last)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included."""

    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        """Whether the day lies in it."""
        return day is not None and self.first <= day <= self.last


def histories(lines: Iterable[Told], until: date) -> tuple[History, ...]:
    """Every case as it stood at the end of the day `until`, in the order they were registered."""
    turns: dict[str, list[Turn]] = {}
    for told in lines:
        if told.day > until:
            continue
        walked = turns.setdefault(told.event.about, [])
        before = walked[-1].after if walked else None
        walked.append(Turn(told, before, fold(before, told.event)))
    return tuple(History(tuple(walked)) for walked in turns.values())
