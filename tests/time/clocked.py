"""Builders for tests of time: the real book filled in, the calendar with or without some years' notices, a case with clocks, a desk on a day."""

import dataclasses
from datetime import UTC, date, datetime
from functools import cache

from daemon.books import read_chapters
from daemon.demo.cast import filled
from rules.case import CaseFile, Running, fold
from rules.days import Calendar
from rules.days import load as load_calendar
from rules.decision import Decision
from rules.desk import Contact, Desk
from rules.life import State
from rules.policy import Book, load

REF = "HY2018-00012-EN"
LAND, TOWN = "国土资源局", "桓仁镇"
LI = "limingyuan@web163.example"
BOXES = {LAND: "guotu@unit.example", TOWN: "huanrenzhen@unit.example"}


@cache
def the_book() -> Book:
    return load(filled(dict(read_chapters())))


@cache
def calendar(*missing: int) -> Calendar:
    """The book's calendar as it was before the notices of these years."""
    chapters = {
        name.removeprefix("calendar/"): raw for name, raw in read_chapters().items() if name.startswith("calendar/")
    }
    return load_calendar({name: raw for name, raw in chapters.items() if name not in {f"{y}.toml" for y in missing}})


BEFORE = calendar(2018, 2019)
"""Nobody knows yet that Saturday 2018-12-29 is worked and Monday 12-31 is off."""
AFTER = calendar()


def running(clock: str, started: date, workdays: int, by: Calendar = BEFORE, **given: object) -> Running:
    """A clock of so many working days by that calendar."""
    due = by.add_workdays(started, workdays)
    made = Running(clock, started, due.day, by.version, due.provisional, days=workdays)
    return dataclasses.replace(made, **given)  # type: ignore[arg-type]


def a_case(*clocks: Running, state: State = State.HANDLING, **given: object) -> CaseFile:
    base = CaseFile(
        ref=REF,
        year=2018,
        serial=12,
        state=state,
        kind="complaint",
        received=date(2018, 12, 3),
        lead=LAND,
        co_units=(TOWN,),
        handling="transfer",
        round=1,
        clocks=clocks,
    )
    return dataclasses.replace(base, **given)  # type: ignore[arg-type]


def a_desk(file: CaseFile, day: date, by: Calendar = AFTER, **given: object) -> Desk:
    base = Desk(
        now=datetime(day.year, day.month, day.day, 2, tzinfo=UTC),
        book=the_book(),
        calendar=by,
        cause="test",
        files=(file,),
        parties=((REF, "complainant", LI), *((REF, f"unit:{unit}", box) for unit, box in BOXES.items())),
        contacts=tuple(Contact(unit, box) for unit, box in BOXES.items()),
        year=day.year,
    )
    return dataclasses.replace(base, **given)  # type: ignore[arg-type]


def after(file: CaseFile, decision: Decision | None) -> CaseFile:
    """The case once the decision is recorded."""
    for event in decision.events if decision else ():
        file = fold(file, event)
    return file
