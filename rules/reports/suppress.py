"""Small numbers are not told outside the office: 0 < n < small becomes 少于3 (R10), and where the sum would give one away, a second goes too.

LIMITS: one table is looked at by itself, as it is the only one of its figures that goes out.
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
    columns = [_column([row[at] for row in table.rows], small, total=table.total) for at in range(len(table.columns))]
    rows = tuple(zip(*columns, strict=True)) if table.rows else ()
    return dataclasses.replace(table, rows=rows)


def _column(cells: Sequence[Cell], small: int, *, total: bool) -> list[Cell]:
    shown = list(cells)
    hidden = [at for at, cell in enumerate(cells) if isinstance(cell, int) and 0 < cell < small]
    if total and len(hidden) == 1 and hidden[0] < len(cells) - 1:
        others = [at for at, cell in enumerate(cells[:-1]) if isinstance(cell, int) and cell >= small]
        hidden += [min(others, key=lambda at: _number(cells[at]))] if others else [len(cells) - 1]
    for at in hidden:
        shown[at] = say("fewer", small=small) if _number(cells[at]) < small else say("withheld")
    return shown


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _chart(chart: Chart, small: int) -> Chart:
    """Bars that are too small are left away."""
    return dataclasses.replace(chart, bars=tuple(bar for bar in chart.bars if not 0 < bar[1] < small))
