"""Why a date is what it is: every day counted and skipped, with the notice that says so (`why-date`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rules.days.calendar import SATURDAY, Calendar
from rules.wording import wording

say = wording("rules.days")
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Counted:
    """One day on the way. `number` is its place in the count, 0 where it is skipped."""

    day: date
    number: int
    why: str
    """start, workday, weekend, off (放假), make-up (调休上班), local, statutory."""
    name: str = ""
    notice: str = ""
    provisional: bool = False


def explain(calendar: Calendar, start: date, days: int) -> tuple[Counted, ...]:
    """The start (not counted) and every day up to the due date, `days` >= 0 working days later."""
    end = calendar.add_workdays(start, days).day
    counted, number = [_counted(calendar, start, 0, first=days > 0)], 0
    for offset in range(1, (end - start).days + 1):
        day = start + timedelta(days=offset)
        number += calendar.is_workday(day)
        counted.append(_counted(calendar, day, number if calendar.is_workday(day) else 0))
    return tuple(counted)


def _counted(calendar: Calendar, day: date, number: int, *, first: bool = False) -> Counted:
    marked = calendar.mark(day)
    provisional = not calendar.certain(day)
    if first:
        return Counted(day, 0, "start", provisional=provisional)
    if marked is None:
        return Counted(day, number, "weekend" if day.weekday() >= SATURDAY else "workday", provisional=provisional)
    why = {"notice": "off", "local": "local"}.get(marked.origin, "statutory") if marked.off else "make-up"
    return Counted(day, number, why, marked.name, marked.notice, provisional)


def lines(counted: Sequence[Counted]) -> tuple[str, ...]:
    """The explanation in the clerk's words, one line a day and the due date at the end."""
    last = counted[-1]
    note = say("provisional-end") if any(day.provisional for day in counted[1:]) else ""
    return (*map(_line, counted), say("due", day=_date(last.day), note=note))


def _line(day: Counted) -> str:
    number = say("number", number=day.number) if day.number else say("skipped")
    note = say("provisional") if day.provisional else ""
    return say(f"day-{day.why}", day=_date(day.day), number=number, name=day.name, notice=day.notice, note=note)


def _date(day: date) -> str:
    return say("date", day=day.isoformat(), weekday=WEEKDAYS[day.weekday()])
