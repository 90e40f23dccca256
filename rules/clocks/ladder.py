"""The ladder of a clock: which rung is due now, once, however long the daemon was off (F85)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rules.clocks.row import ClockRow
from rules.days import Calendar
from rules.policy.terms import Action, Step


@dataclass(frozen=True, slots=True)
class Rung:
    """All actions of one day of the ladder; `passed` are those of lower rungs that were never done: they are counted, not written."""

    offset_days: int
    day: date
    actions: tuple[Action, ...]
    passed: tuple[Action, ...] = ()

    @property
    def name(self) -> str:
        """The rung as the row remembers it: T-3, T+0, T+5."""
        return f"T{self.offset_days:+d}"


def rungs(row: ClockRow, ladder: Sequence[Step], calendar: Calendar) -> tuple[Rung, ...]:
    """The ladder's rungs with their days, lowest first; steps of the same day are one rung in the book's order."""
    offsets = sorted({step.offset_days for step in ladder})
    return tuple(
        Rung(offset, _day(row, offset, calendar), tuple(step.action for step in ladder if step.offset_days == offset))
        for offset in offsets
    )


def rung_due(row: ClockRow, ladder: Sequence[Step], calendar: Calendar, today: date) -> Rung | None:
    """The highest rung reached that was not done, or None. While paused none; past a provisional due date none (F83)."""
    if row.paused:
        return None
    reached = [rung for rung in rungs(row, ladder, calendar) if rung.day <= today and _fair(row, rung)]
    names = [rung.name for rung in reached]
    fresh = reached[names.index(row.step) + 1 :] if row.step in names else reached
    if not fresh:
        return None
    highest = fresh[-1]
    passed = tuple(action for rung in fresh[:-1] for action in rung.actions)
    return Rung(highest.offset_days, highest.day, highest.actions, passed)


def _day(row: ClockRow, offset: int, calendar: Calendar) -> date:
    return row.due if offset == 0 else calendar.add_workdays(row.due, offset).day


def _fair(row: ClockRow, rung: Rung) -> bool:
    """What holds a missed day against somebody waits until the day is certain; reminders up to the day itself do not."""
    return rung.offset_days <= 0 or not row.provisional
