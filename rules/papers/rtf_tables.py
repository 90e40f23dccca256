"""The rows of an RTF table, each with its own edges and merge marks, become one table.

An RTF row knows only where its cells end (in twips); rows of one table agree on the edges, so the edges of all rows are its columns.
"""

from dataclasses import dataclass, field, replace

from rules.papers.grid import Cell, make_table
from rules.papers.limits import COLUMNS
from rules.papers.values import Table

SAME_EDGE = 20
"""Twips: edges closer than this are one column."""
DOWN, ACROSS = "d", "a"
"""Marks of a cell that goes on with the one above, or with the one before it."""


@dataclass
class Row:
    """One row as it is being read: the texts of its cells, where each ends, whether it goes on with another."""

    texts: list[str] = field(default_factory=list)
    edges: list[int] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


def table_of(rows: list[Row]) -> Table:
    """The table of these rows."""
    column_at = _columns(sorted({edge for row in rows for edge in row.edges[:COLUMNS]}))
    cells: dict[tuple[int, int], Cell] = {}
    above: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(rows):
        column = 0
        start = (number, 0)
        for at, text in enumerate(row.texts[:COLUMNS]):
            width = max(column_at[row.edges[at]] + 1 - column, 1) if at < len(row.edges) else 1
            mark = row.marks[at] if at < len(row.marks) else ""
            if ACROSS in mark and start in cells:
                cells[start] = replace(cells[start], width=column + width - start[1])
            elif DOWN in mark and column in above:
                top = above[column]
                cells[top] = replace(cells[top], height=number - top[0] + 1)
            else:
                start = above[column] = (number, column)
                cells[start] = Cell(number, column, text, 1, width)
            column += width
    return make_table("", cells.values())


def _columns(edges: list[int]) -> dict[int, int]:
    """Each edge's column, counted from 0; near edges share one."""
    column_at: dict[int, int] = {}
    column, first = -1, -1_000_000
    for edge in edges:
        if edge - first > SAME_EDGE:
            column, first = column + 1, edge
        column_at[edge] = column
    return column_at
