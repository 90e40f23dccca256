"""A year's file: the notice's days off and make-up days, checked against each other and the week."""

import re
from collections.abc import Sequence
from datetime import date

from rules.days.calendar import DECEMBER, SATURDAY, Mark
from rules.days.sheet import Sheet, say

YEAR_FILE = re.compile(r"(20\d{2})\.toml")
STATUTORY_DAYS = 10
"""The fewest days off of a year since 1999 (11 since 2008): a file with fewer is a torn one."""
YEAR_BLOCK = ("name", "off", "work", "notice", "published", "source")
KEYS = ("year", "notice", "published", "source", "title", "days")


def read_year(sheet: Sheet) -> tuple[int, dict[date, Mark]]:
    """Year and marks of the file; faults go on the sheet's list."""
    sheet.known(*KEYS)
    found = YEAR_FILE.fullmatch(sheet.file)
    year = int(found[1]) if found else 0
    if sheet.table.get("year") != year:
        sheet.says("other-year", at="year", year=sheet.table.get("year", ""))

    marks: dict[date, Mark] = {}
    for block in sheet.blocks(YEAR_BLOCK):
        _block(block, year, _notice(block, sheet), marks)
    _enough(sheet, marks)
    return year, marks


def _notice(block: Sheet, sheet: Sheet) -> str:
    """The notice's number; where it is not known, the day it was published."""
    number = block.text("notice") or ("" if "published" in block.table else sheet.text("notice"))
    published = block.table.get("published", sheet.table.get("published", ""))
    return number or say("notice-without-number", published=published)


def _block(block: Sheet, year: int, notice: str, marks: dict[date, Mark]) -> None:
    name = block.text("name")
    off, work = block.dates("off"), block.dates("work")
    if not off and not work:
        block.says("empty-block", name=name)
    _dates(block, year, off, work, marks)
    marks |= dict.fromkeys(off, Mark(off=True, name=name, notice=notice))
    marks |= dict.fromkeys(work, Mark(off=False, name=name, notice=notice))


def _dates(block: Sheet, year: int, off: Sequence[date], work: Sequence[date], marks: dict[date, Mark]) -> None:
    seen: set[date] = set()
    for day in (*off, *work):
        if day.year != year and (day.year, day.month) != (year - 1, DECEMBER):
            block.says("wrong-year", at=day.isoformat(), day=day, year=year)
        elif (day in off and day in work) or (day in marks and marks[day].off is not (day in off)):
            if day not in seen:
                block.says("both", at=day.isoformat(), day=day)
        elif day in seen or day in marks:
            block.says("twice", at=day.isoformat(), day=day)
        elif day in work and day.weekday() < SATURDAY:
            block.says("weekday-work", at=day.isoformat(), day=day)
        seen.add(day)


def _enough(sheet: Sheet, marks: dict[date, Mark]) -> None:
    """An empty `days` is not a year without holidays (F84)."""
    off = sum(mark.off for mark in marks.values())
    if not marks:
        sheet.says("no-days", at="days")
    elif off < STATUTORY_DAYS:
        sheet.says("too-few", at="days", count=off, least=STATUTORY_DAYS)
