"""The office's day: how long a hand-over letter is, how many letters of machines a person looks at, what recurs over the year."""

from dataclasses import dataclass
from enum import StrEnum


class Every(StrEnum):
    """How often a task recurs."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Task:
    """例行工作: something the plan asks for again and again (S16, S22, S52, S60)."""

    name: str
    every: Every
    month: int
    """Of a yearly task; of a quarterly one the month in its quarter (1, 2, 3); 0 for a monthly one."""
    day: int
    """The last day in time; the month's last where the month has no such day."""
    lead: int
    """Working days before it at which staff begin to see it."""
    role: str
    """Who sees it and reports it done."""
    because: str


@dataclass(frozen=True, slots=True)
class OfficeDay:
    """The table `[day]` of office.toml."""

    items: int
    """Numbers on one hand-over letter: one screen."""
    soon: int
    """Working days that count as 即将到期."""
    sample: int
    """Letters of machines shown to a person each week, so that a complaint judged wrongly is found."""
    tasks: tuple[Task, ...]
    summary: int = 4
    """Cases of one unit due at once from which on it gets one list of them instead of a letter each (F85)."""
