"""A sheet as its file describes it (true rows and columns, hidden ones, merged areas) becomes the table a clerk sees.

Rows the file leaves out are closed up; hidden rows and columns are taken away, merged areas keep covering what is left.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from rules.papers.grid import Cell, make_table
from rules.papers.limits import COLUMNS
from rules.papers.values import Table


@dataclass
class Spread:
    """One sheet: texts by row and column, merged areas by their first cell, the rows that are shown, the columns that are not."""

    name: str
    hidden: bool = False
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)

    def hides_a_column(self) -> bool:
        """A hidden column holds something."""
        return any(column in self.gone and text for (_, column), text in self.texts.items())

    def table(self) -> Table:
        """The table of what is shown."""
        rows = sorted(set(self.rows))
        columns = sorted(self._columns() - self.gone)
        row_at = {row: at for at, row in enumerate(rows)}
        column_at = {column: at for at, column in enumerate(columns)}
        for start in self.spans:
            self.texts.setdefault(start, "")
        cells = []
        for (row, column), text in self.texts.items():
            if row in row_at and column in column_at:
                span = self.spans.get((row, column))
                if span is None:
                    cells.append(Cell(row_at[row], column_at[column], text))
                else:
                    height = bisect_right(rows, span[0]) - bisect_left(rows, row)
                    width = bisect_right(columns, span[1]) - bisect_left(columns, column)
                    cells.append(Cell(row_at[row], column_at[column], text, max(height, 1), max(width, 1)))
        return make_table(self.name, cells, hidden=self.hidden)

    def _columns(self) -> set[int]:
        used = {column for _, column in self.texts}
        for (_, left), (_, right) in self.spans.items():
            used |= set(range(left, min(right, COLUMNS) + 1))
        return {column for column in used if column < COLUMNS}
