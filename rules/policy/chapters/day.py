"""Reader of what office.toml says of the day: `[day]` and `[[task]]`."""

import re

from rules.policy.day import Every, OfficeDay, Task
from rules.policy.sheet import Sheet

EVERY = {"每月": Every.MONTH, "每季": Every.QUARTER, "每年": Every.YEAR}
ON = {
    Every.MONTH: re.compile(r"(?P<day>[0-3]?\d)日"),
    Every.QUARTER: re.compile(r"第(?P<month>[123])月(?P<day>[0-3]?\d)日"),
    Every.YEAR: re.compile(r"(?P<month>1?\d)月(?P<day>[0-3]?\d)日"),
}
LONGEST_MONTH, MONTHS = 31, 12


def office_day(sheet: Sheet) -> OfficeDay:
    """The office's day."""
    shelf = sheet.sheet("day")
    value = OfficeDay(
        items=shelf.number("items", low=5, high=60),
        soon=shelf.number("soon", low=1, high=20),
        sample=shelf.number("sample", low=0, high=60),
        summary=shelf.number("summary", 4, low=2, high=100),
        tasks=tuple(_task(entry) for entry in sheet.sheets("task")),
    )
    shelf.done()
    return value


def _task(sheet: Sheet) -> Task:
    every = sheet.choice("every", Every, EVERY)
    on = sheet.text("on")
    found = ON[every].fullmatch(on)
    month = int(found.groupdict().get("month") or 0) if found else 1
    day = int(found["day"]) if found else 1
    if found is None or not 1 <= day <= LONGEST_MONTH or month > MONTHS or (month == 0) != (every is Every.MONTH):
        sheet.says("on", "task-day", word=on)
    task = Task(
        sheet.text("name"),
        every,
        month,
        day,
        sheet.number("lead", low=0, high=60),
        sheet.text("role"),
        sheet.text("because"),
    )
    sheet.done()
    return task
