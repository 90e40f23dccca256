"""When the calendar changes: which open due dates move, and which must not (domain §3.3, 3; F83, F84).

- a date promised to a complainant may move later (with a notice), never earlier;
- nobody becomes overdue by the change: who was in time today stays in time today;
- who was overdue already stays so only where the new calendar agrees, or would be even stricter (then nothing changes).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from rules.days.calendar import Calendar, Due


@dataclass(frozen=True, slots=True)
class Term:
    """An open term as it stands: so many working days after the start, due on the day that was told."""

    started: date
    days: int
    due: Due
    promised: bool = False
    """Told to the complainant."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The term's new due date; `why` = same, later, earlier, kept-promise, kept-in-time, kept-overdue."""

    old: Due
    new: Due
    why: str

    @property
    def tell(self) -> bool:
        """Whether those concerned must hear of it: the day itself changed."""
        return self.old.day != self.new.day


def moved(term: Term, calendar: Calendar, today: date) -> Moved:
    """The term recomputed with the new calendar, seen from today."""
    fresh = calendar.add_workdays(term.started, term.days)
    return redated(term.due, fresh, calendar, today, promised=term.promised)


def redated(old: Due, fresh: Due, calendar: Calendar, today: date, *, promised: bool) -> Moved:
    """The old due date against a freshly counted one, held to the promises above."""
    if fresh.day == old.day:
        return Moved(old, fresh, "same")
    if fresh.day > old.day:
        return Moved(old, fresh, "later")
    if promised:
        return Moved(old, Due(old.day, fresh.provisional), "kept-promise")
    if fresh.day >= today:
        return Moved(old, fresh, "earlier")
    if old.day >= today:
        return Moved(old, Due(calendar.add_workdays(today, 0).day, fresh.provisional), "kept-in-time")
    return Moved(old, Due(old.day, fresh.provisional), "kept-overdue")


def changed_days(old: Calendar, new: Calendar) -> tuple[date, ...]:
    """Days that are worked by one calendar and not by the other, in every year of which they say different things."""
    differing = {day.year for day in old.marks.keys() | new.marks.keys() if old.marks.get(day) != new.marks.get(day)}
    years = sorted(differing | (old.years ^ new.years))
    days = (date(year, 1, 1) + timedelta(n) for year in years for n in range(366))
    return tuple(sorted({day for day in days if old.is_workday(day) is not new.is_workday(day)}))
