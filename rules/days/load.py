"""Calendar files in, `Calendar` out: every fault of every file at once, or none (F84).

A year's file holds what the State Council's notice says, block by block:

    year = 2017
    notice = "国办发明电〔2016〕17号"
    published = 2016-12-01
    [[days]]
    name = "春节"
    off = [2017-01-27, 2017-01-28]
    work = [2017-01-22]

A block may name its own notice where the year was changed later (2019 劳动节). A notice may speak of December of the year before.
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from rules.days.calendar import Calendar, Mark
from rules.days.sheet import Sheet, fault, say
from rules.days.year import YEAR_BLOCK, YEAR_FILE, read_year
from rules.policy.faults import BookRefused, Fault

LOCAL = "local.toml"
STATUTORY = "statutory.toml"
MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")


def load(texts: Mapping[str, bytes]) -> Calendar:
    """The calendar of these files (name -> bytes). Raises BookRefused with every fault."""
    faults: list[Fault] = []
    sheets = [sheet for name in sorted(texts) if (sheet := _sheet(name, texts[name], faults))]
    years: dict[int, dict[date, Mark]] = {}
    laws: dict[date, Mark] = {}
    yearly: dict[tuple[int, int], Mark] = {}
    for sheet in sheets:
        if sheet.file == STATUTORY:
            _read_law(sheet, laws, yearly)
        elif sheet.file == LOCAL:
            _read_local(sheet, laws, yearly)
        else:
            year, marks = read_year(sheet)
            years[year] = marks
    for sheet in sheets:
        if sheet.file not in (STATUTORY, LOCAL):
            _complete(sheet, sheets)
    if faults:
        raise BookRefused(tuple(faults))
    local = {day: mark for day, mark in laws.items() if mark.origin == "local"}
    marks = {day: mark for year in sorted(years) for day, mark in years[year].items()} | local
    return Calendar(_version(years, marks, laws, yearly), frozenset(years), marks, laws, yearly)


def _sheet(name: str, raw: bytes, faults: list[Fault]) -> Sheet | None:
    if not YEAR_FILE.fullmatch(name) and name not in (LOCAL, STATUTORY):
        faults.append(fault(name, 1, "stranger"))
        return None
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        return Sheet(name, text, tomllib.loads(text), faults)
    except UnicodeDecodeError:
        faults.append(fault(name, 1, "not-utf8"))
    except tomllib.TOMLDecodeError as trouble:
        found = re.search(r"line (\d{1,9})", str(trouble))
        faults.append(fault(name, int(found[1]) if found else text.count("\n") + 1, "not-toml"))
    return None


def _read_law(sheet: Sheet, laws: dict[date, Mark], yearly: dict[tuple[int, int], Mark]) -> None:
    """The law's own days: fixed ones every year, lunar ones from the table."""
    notice = sheet.text("because") or say("statutory-notice")
    sheet.known("because", "days")
    for block in sheet.blocks(("name", "every", "off", "since")):
        mark = Mark(off=True, name=block.text("name"), notice=notice, origin="statutory")
        yearly |= dict.fromkeys(_yearly(block), mark)
        laws |= dict.fromkeys(block.dates("off"), mark)


def _complete(year: Sheet, sheets: Sequence[Sheet]) -> None:
    """A notice names every holiday of the law: in a year's file without one of them days off would count as workdays (F84)."""
    written = "".join(block.text("name") for block in _quiet(year).blocks(YEAR_BLOCK))
    said = year.table.get("year")
    for sheet in sheets:
        if sheet.file != STATUTORY or not written or not isinstance(said, int):
            continue
        for block in _quiet(sheet).blocks(("name", "every", "off", "since")):
            name, since = block.text("name"), block.table.get("since", 0)
            if isinstance(since, int) and since <= said and name.removesuffix("节") not in written:
                year.says("lacks-holiday", at="days", name=name, year=said)


def _quiet(sheet: Sheet) -> Sheet:
    """The sheet once more, its faults told already."""
    return replace(sheet, faults=[])


def _read_local(sheet: Sheet, laws: dict[date, Mark], yearly: dict[tuple[int, int], Mark]) -> None:
    """The county's own days off (民族自治地方): every year on a day, or on single dates."""
    sheet.known("days")
    for block in sheet.blocks(("name", "every", "off", "because")):
        mark = Mark(
            off=True, name=block.text("name"), notice=block.text("because") or say("local-notice"), origin="local"
        )
        if not (block.table.get("every") or block.table.get("off")):
            block.says("empty-block", name=mark.name)
        yearly |= dict.fromkeys(_yearly(block), mark)
        laws |= dict.fromkeys(block.dates("off"), mark)


def _yearly(block: Sheet) -> list[tuple[int, int]]:
    """Days of every year, written "10-01"; the 29th of February counts in the years that have it."""
    days = []
    for written in block.words("every"):
        found = MONTH_DAY.fullmatch(written)
        try:
            day = date(2000, int(found[1]), int(found[2])) if found else None
        except ValueError:
            day = None
        if day is None:
            block.says("wrong-type", key="every")
        else:
            days.append((day.month, day.day))
    return days


def _version(
    years: Mapping[int, object],
    marks: Mapping[date, Mark],
    laws: Mapping[date, Mark],
    yearly: Mapping[tuple[int, int], Mark],
) -> str:
    """A name for what the days mean: comments and the order of blocks never change it."""
    said = [
        sorted(years),
        *(sorted((str(day), mark.off, mark.origin) for day, mark in table.items()) for table in (marks, laws, yearly)),
    ]
    return f"{max(years, default=0)}-{hashlib.sha256(repr(said).encode()).hexdigest()[:12]}"
