"""Collecting contact sheets (信息表): a round with its days, who must report, what must be filled in, when somebody is reminded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.policy.terms import Step
from rules.policy.units import UnitDirectory, UnitEntry, UnitKind


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day as the book writes it: 2017年4月24日, or 4月24日 of every year (`year` 0)."""

    month: int
    day: int
    year: int = 0

    def of(self, year: int) -> date:
        """The day in that year; a day with a year stays itself."""
        return date(self.year or year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Round:
    """One round of collecting: sheets count from `begins`, in time up to `due`."""

    begins: date
    due: date


@dataclass(frozen=True, slots=True)
class Collecting:
    """The chapter collecting.toml."""

    begins: YearDay
    due: YearDay
    because: str
    kinds: frozenset[UnitKind]
    excused: tuple[str, ...]
    steps: tuple[Step, ...]
    fields: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]
    """Mechanism (S15, S30, S54) -> what must be filled in: the book's word, and the fields of a row of which one at least is given."""

    def round_on(self, day: date) -> Round | None:
        """The latest round that has begun on the day; None before the first."""
        years = (self.due.year,) if self.due.year else (day.year, day.year - 1)
        rounds = (Round(self.begins.of(year), self.due.of(year)) for year in years)
        return next((found for found in rounds if found.begins <= day), None)

    def must_report(self, units: UnitDirectory) -> tuple[UnitEntry, ...]:
        """The units that are expected to send a sheet, in the book's order."""
        excused = {entry.name for word in self.excused if (entry := units.find(word))}
        return tuple(unit for unit in units if unit.kind in self.kinds and unit.name not in excused)
