"""What a report looks at: the cases as they stood at the end of its period, the book, what units reported, who ordered what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.case import CaseFile
from rules.days import Calendar
from rules.policy import Book
from rules.policy.record import Record
from rules.reports.facts import History, Period
from rules.shown import number


@dataclass(frozen=True, slots=True)
class Standing:
    """Handed in by the store; nothing here is asked of the world later."""

    book: Book
    record: Record
    calendar: Calendar
    cases: tuple[History, ...]
    period: Period
    asked: tuple[tuple[str, date], ...] = ()
    """Question key, day."""
    ordered: tuple[tuple[str, str, date], ...] = ()
    """Person, question key, day."""
    checks: Mapping[str, frozenset[str]] | None = None
    """Unit -> keys of the checklist it fulfils (S15, S30, S54)."""

    def number(self, file: CaseFile) -> str:
        """The register number."""
        return number(file, self.book)

    def numbered(self, ref: str) -> str:
        """The register number of a reference."""
        return next((self.number(case.file) for case in self.cases if case.file.ref == ref), ref)
