"""The rows of a table as a reader's eye takes them: merged areas filled for the columns below, each text once for the row itself.

Work is bounded by ROWS, COLUMNS and SPANS whatever a table claims (A65).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.contacts.labels import Label, label
from rules.contacts.people import is_title
from rules.papers import Table

ROWS = 3000
COLUMNS = 60
SPANS = 100_000
FORM = 4
"""A row of so few texts may be one of a form."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `full` has merged texts in every column they cover, `seen` only where they begin."""

    full: tuple[str, ...]
    seen: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the row, from left to right."""
        return tuple(text for text in self.seen if text)

    @property
    def labels(self) -> tuple[Label | None, ...]:
        """The meaning of each cell of `seen` that is a heading."""
        found = [label(text) if text else None for text in self.seen]
        if len(self.texts) <= FORM:
            found = [None if _is_value(self.seen, found, at) else meaning for at, meaning in enumerate(found)]
        return tuple(found)

    @property
    def counts(self) -> tuple[int, int]:
        """How many cells are headings, how many are something else."""
        headings = sum(1 for found in self.labels if found)
        return headings, len(self.texts) - headings

    @property
    def label_first(self) -> bool:
        """The first thing in the row is a heading."""
        return next((found is not None for text, found in zip(self.seen, self.labels, strict=True) if text), False)

    @property
    def heading_like(self) -> bool:
        """Nearly nothing but headings stands in the row."""
        headings, others = self.counts
        return headings >= 2 and others * 3 <= headings

    def without(self, marks: frozenset[str]) -> "Line":
        """The row, the cells that are only a mark left blank."""
        full, seen = (tuple("" if text in marks else text for text in texts) for texts in (self.full, self.seen))
        return Line(full, seen)


def lines_of(table: Table) -> list[Line]:
    """The rows of a table."""
    covered = _covered(table)
    lines = []
    for number, row in enumerate(table.rows[:ROWS]):
        full = tuple(text.strip() for text in row[:COLUMNS])
        seen = tuple("" if (number, column) in covered else text for column, text in enumerate(full))
        lines.append(Line(full, seen))
    return lines


def lines_of_cells(rows: Sequence[Sequence[str]]) -> list[Line]:
    """Rows of a table that was cut out of a text."""
    width = min(max(map(len, rows), default=0), COLUMNS)
    padded = [tuple(text.strip() for text in (*row[:width], *[""] * (width - len(row)))) for row in rows[:ROWS]]
    return [Line(row, row) for row in padded]


def turned(lines: Sequence[Line]) -> list[Line]:
    """The table with rows and columns exchanged; a text merged over several columns stands in each of the rows it becomes."""
    width = max((len(line.full) for line in lines), default=0)
    columns = [tuple(line.full[at] if at < len(line.full) else "" for line in lines) for at in range(width)]
    return [Line(column, column) for column in columns]


def _is_value(seen: tuple[str, ...], found: list[Label | None], at: int) -> bool:
    """职务 | 工作人员: a heading word beside the heading 职务 is somebody's title."""
    before = found[at - 1] if at else None
    return before is not None and before.what == {"title"} and found[at] is not None and is_title(seen[at])


def _covered(table: Table) -> set[tuple[int, int]]:
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in table.merges:
        if len(covered) > SPANS:
            break
        for row in range(top, min(bottom, ROWS) + 1):
            covered.update((row, column) for column in range(left + 1, min(right, COLUMNS) + 1))
    return covered
