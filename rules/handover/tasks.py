"""例行工作 (S16, S22, S52, S60): which of the book's recurring tasks stand on today's list."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.desk import Desk
from rules.policy.day import Every, Task
from rules.terms import today

TASKS = "tasks"
"""The file that done tasks are told in."""
QUARTERS = (1, 4, 7, 10)


@dataclass(frozen=True, slots=True)
class DueTask:
    """One turn of a task."""

    name: str
    due: date
    role: str
    because: str

    @property
    def key(self) -> str:
        """Names the turn: it is done once."""
        return f"{self.name}:{self.due.isoformat()}"


def due_tasks(desk: Desk, done: frozenset[str], since: date) -> tuple[DueTask, ...]:
    """The latest turn of each task that staff must see by now and that nobody has reported done; none from before the office began."""
    found = (_turn(task, desk) for task in desk.book.office.day.tasks)
    return tuple(
        sorted(
            (turn for turn in found if turn is not None and turn.key not in done and turn.due >= since),
            key=lambda turn: (turn.due, turn.name),
        )
    )


def _turn(task: Task, desk: Desk) -> DueTask | None:
    day = today(desk)
    too_far = desk.calendar.add_workdays(day, task.lead + 1).day
    seen = [due for due in _days(task, day) if due < too_far]
    return DueTask(task.name, max(seen), task.role, task.because) if seen else None


def _days(task: Task, near: date) -> Iterator[date]:
    """The task's days from a year before to a year after."""
    for year in (near.year - 1, near.year, near.year + 1):
        for month in _months(task):
            yield date(year, month, min(task.day, monthrange(year, month)[1]))


def _months(task: Task) -> tuple[int, ...]:
    if task.every is Every.YEAR:
        return (task.month,)
    if task.every is Every.QUARTER:
        return tuple(first + task.month - 1 for first in QUARTERS)
    return tuple(range(1, 13))
