"""Cells with a place and a span become a table: merged areas filled, empty edges kept so that places stay true.

Shared by every reader that knows tables; bounded by `limits` whatever the spans claim (A65).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.papers.limits import CELLS, COLUMNS, MERGES, ROWS
from rules.papers.values import Table

Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell where its text was written; `height` and `width` count the rows and columns it covers."""

    row: int
    column: int
    text: str
    height: int = 1
    width: int = 1


def make_table(name: str, cells: Iterable[Cell], *, hidden: bool = False) -> Table:
    """The table of these cells. Where two cells claim one place the first keeps it."""
    kept = [cell for cell in cells if cell.row < ROWS and cell.column < COLUMNS]
    if not kept:
        return Table(name, (), hidden)
    height = max(cell.row for cell in kept) + 1
    width = max(min(cell.column + cell.width, COLUMNS) for cell in kept)
    height = min(height, max(CELLS // width, 1))
    merges = tuple(
        area for cell in kept if (cell.height > 1 or cell.width > 1) and (area := _area(cell, height, width))
    )[:MERGES]
    rows = _filled(kept, merges, height, width)
    return Table(name, tuple(tuple(row) for row in rows), hidden, merges)


def _area(cell: Cell, height: int, width: int) -> Area | None:
    bottom, right = min(cell.row + cell.height, height) - 1, min(cell.column + cell.width, width) - 1
    return (
        (cell.row, cell.column, bottom, right)
        if bottom > cell.row or (bottom == cell.row and right > cell.column)
        else None
    )


def _filled(cells: list[Cell], merges: tuple[Area, ...], height: int, width: int) -> list[list[str]]:
    rows: list[list[str | None]] = [[None] * width for _ in range(height)]
    for cell in cells:
        if cell.row < height and rows[cell.row][cell.column] is None:
            rows[cell.row][cell.column] = cell.text
    left_over = CELLS
    for top, left, bottom, right in merges:
        left_over -= (bottom - top + 1) * (right - left + 1)
        if left_over < 0:  # overlapping areas beyond all use
            break
        text = rows[top][left] or ""
        for row in rows[top : bottom + 1]:
            for column in range(left, right + 1):
                row[column] = row[column] or text
    return [[text or "" for text in row] for row in rows]
