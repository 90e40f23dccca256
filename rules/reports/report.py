"""A report as values: tables, pictures, remarks. Letter, workbook, page and `--json` are all made of it, so they cannot differ."""

from dataclasses import dataclass, field

Cell = str | int | None
"""None = nothing to say (a rate of nothing)."""


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` have as many cells as `columns`. `total`: the last row is the sum of those above.

    `balance`: +1, -1 or 0 for each of the first rows, where their sum is nought: whoever knows all but one knows that one too.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: bool = False
    balance: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of bars: labels down the side, values along `axis`; at most a page."""

    title: str
    axis: str
    side: str
    bars: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One report."""

    name: str
    title: str
    period: str
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...] = ()
    remarks: tuple[str, ...] = ()
    key: str = field(default="", compare=False)
    """What makes it due once: name and period."""

    @property
    def one_page(self) -> bool:
        """Whether it is meant to be hung up or filed as one printed page: 考核表 (S77)."""
        return self.name == "scorecard"
