"""Small numbers are not told outside the office: 0 < n < small becomes 少于3 (R10), and where a sum would give them away, another goes too.

A sum gives away what is hidden where one number alone is, and where all of them must be the least or the most that 少于3 can mean.
LIMITS: one table is looked at by itself: who lays the tables of two months side by side may reckon more.
"""

import dataclasses
from collections.abc import Sequence

from rules.reports.report import Cell, Chart, Report, Table
from rules.wording import wording

say = wording("rules.reports")


def suppressed(report: Report, small: int) -> Report:
    """The report as it may leave the office."""
    return dataclasses.replace(
        report,
        tables=tuple(_table(table, small) for table in report.tables),
        charts=tuple(_chart(chart, small) for chart in report.charts),
        remarks=(*report.remarks, say("suppressed", small=small)) if small > 1 else report.remarks,
    )


def _table(table: Table, small: int) -> Table:
    signs = _signs(table)
    columns = [_column([row[at] for row in table.rows], small, signs) for at in range(len(table.columns))]
    rows = tuple(zip(*columns, strict=True)) if table.rows else ()
    return dataclasses.replace(table, rows=rows)


def _signs(table: Table) -> tuple[int, ...]:
    """How each row counts in the sum that the table shows; all 0 where it shows none."""
    if table.total:
        return (*(1 for _ in table.rows[:-1]), -1)
    return (*table.balance, *(0 for _ in table.rows[len(table.balance) :]))


def _column(cells: Sequence[Cell], small: int, signs: Sequence[int]) -> list[Cell]:
    shown = list(cells)
    hidden = [at for at, cell in enumerate(cells) if isinstance(cell, int) and 0 < cell < small]
    summed = [at for at in hidden if signs[at]]
    if summed and _given_away([signs[at] for at in summed], [_number(cells[at]) for at in summed], small):
        hidden += _another(cells, small, signs)
    for at in hidden:
        shown[at] = say("fewer", small=small) if _number(cells[at]) < small else say("withheld")
    return shown


def _given_away(signs: Sequence[int], numbers: Sequence[int], small: int) -> bool:
    """Whether what is left of the sum can be made in one way only."""
    left = sum(sign * number for sign, number in zip(signs, numbers, strict=True))
    least, most = (sum(sign * (end if sign > 0 else small - end) for sign in signs) for end in (1, small - 1))
    return len(signs) == 1 or left in (least, most)


def _another(cells: Sequence[Cell], small: int, signs: Sequence[int]) -> list[int]:
    """The smallest number of the sum that still stands, the last one where several are as small; the sum itself goes last."""
    standing = [at for at, cell in enumerate(cells) if signs[at] and isinstance(cell, int) and cell >= small]
    parts = [at for at in standing if at < len(cells) - 1] or standing
    return [min(parts, key=lambda at: (_number(cells[at]), -at))] if parts else []


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _chart(chart: Chart, small: int) -> Chart:
    """Bars that are too small are left away."""
    return dataclasses.replace(chart, bars=tuple(bar for bar in chart.bars if not 0 < bar[1] < small))
