"""When a report of the book is due, and what time it speaks of: the last day it names that has come, moved to a working day."""

import calendar
from datetime import date, timedelta

from rules.days import Calendar
from rules.policy.record import ReportPlan
from rules.reports.facts import Period

WEEKDAYS = "一二三四五六日"
LOOK_BACK = 100


def last_named(plan: ReportPlan, today: date) -> date:
    """The last day up to today that the plan names."""
    return next(day for back in range(LOOK_BACK) if _named(plan.on, day := today - timedelta(days=back)))


def sent_on(named: date, days: Calendar) -> date:
    """The day itself, or the next working day."""
    while not days.is_workday(named):
        named += timedelta(days=1)
    return named


def _named(on: str, day: date) -> bool:
    if on.startswith("周"):
        return WEEKDAYS[day.weekday()] == on[1]
    if on.startswith("第"):
        month, _, rest = on[1:].partition("月")
        return (day.month - 1) % 3 + 1 == int(month) and day.day == int(rest.removesuffix("日"))
    return day.day == int(on.removesuffix("日"))


def spoken_of(plan: ReportPlan, due: date) -> Period:
    """The week, month or quarter before the day that the plan names."""
    if plan.on.startswith("周"):
        return Period(due - timedelta(days=7), due - timedelta(days=1))
    if plan.on.startswith("第"):
        first = month_before(due.replace(day=1), (due.month - 1) % 3 + 3)
        return Period(first, month(month_before(first, -2)).last)
    return month(month_before(due.replace(day=1), 1))


def month_before(first: date, count: int) -> date:
    """The first day of the month so many months earlier."""
    months = first.year * 12 + first.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def month(first: date) -> Period:
    """The whole month of the day."""
    return Period(first.replace(day=1), first.replace(day=calendar.monthrange(first.year, first.month)[1]))
