"""A year of an office in this process: letters of all kinds, ninety units of which two in five are slow, staff who answer each morning.

    year = play_year(folder, letters=10_000)   ->  seconds, milliseconds a letter at the beginning and at the end, what the audit finds

Mailboxes and submission are doubles; reading child, database, decisions, letters, clocks and guard are the real ones. Chance has a seed.
"""

import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from daemon.auditing import audit
from daemon.bench.whole import MORNING
from daemon.bench.year.people import World, grown_book, the_units
from daemon.bench.year.staff import answer_everything
from daemon.demo.indoors import Box, indoor_rounds, without_reports
from daemon.demo.stage import found_office, take_office
from daemon.office import Office, take_rules
from daemon.reader import Reader
from daemon.rounds import Rounds
from db import tables as t
from db.checks import Problem
from db.pen import look

DAYS = 365
AWAY = range(150, 160)
"""Days of the year on which the daemon does not run, though people write."""
QUARTERS = 4
SEED = 2017


@dataclass(frozen=True, slots=True)
class Year:
    """What a year came to; times in seconds, `quarters` in milliseconds a letter."""

    letters: int
    out: int
    cases: int
    ended: int
    seconds: float
    audit_seconds: float
    quarters: tuple[float, ...]
    unanswered: int
    """Questions that no order of the staff could answer, on the day with most of them."""
    problems: tuple[Problem, ...]

    @property
    def growth(self) -> float:
        """What a letter costs in the last quarter, as a multiple of the second's: the first has few cases to remind of."""
        return self.quarters[-1] / self.quarters[1]


def play_year(folder: Path, letters: int, *, days: int = DAYS) -> Year:
    """Play it in an empty folder."""
    rules, url = without_reports(take_rules(chapters=grown_book())), f"sqlite:///{folder / 'huiyin.db'}"
    units = the_units(rules.book)
    found_office(url, MORNING - timedelta(days=1), units, rules)
    office = take_office(url, rules)
    named = tuple(unit.name for unit in rules.book.units if unit.by_rule)
    world = World({"complaint": Box(), "contact": Box(with_sent=False)}, units, named, Random(SEED))  # noqa: S311
    world.boxes["complaint"].with_sent = False
    with Reader() as reader:
        rounds = indoor_rounds(office, world.boxes, world.take, reader)
        began = time.perf_counter()
        quarters, worst = _days(rounds, world, letters, days)
        seconds = time.perf_counter() - began
    return _told(office, world, quarters, worst, seconds, days)


def _days(rounds: Rounds, world: World, letters: int, days: int) -> tuple[list[float], int]:
    """Every day; returns milliseconds a letter of each quarter, and the most questions left unanswered on a day."""
    quarters, worst = [], 0
    rounds.begin(MORNING, vouched=True)
    for quarter in range(QUARTERS):
        began, before = time.perf_counter(), world.written
        for day in range(days * quarter // QUARTERS, days * (quarter + 1) // QUARTERS):
            _letters(world, MORNING + timedelta(days=day), letters * (day + 1) // days)
            if day not in AWAY:
                worst = max(worst, _day(rounds, world, MORNING + timedelta(days=day)))
        quarters.append((time.perf_counter() - began) * 1000 / max(world.written - before, 1))
    return quarters, worst


def _letters(world: World, now: datetime, until: int) -> None:
    """Answers first, then new letters, until so many were written since the beginning."""
    world.today = now.date()
    for _ in world.answers(now, until - world.written):
        pass
    while world.written < until:
        world.new_letter(now)


def _day(rounds: Rounds, world: World, morning: datetime) -> int:
    """One day of the office; returns how many questions nobody could answer."""
    rounds.whole(morning)
    unanswered = 0
    if rounds.office.rules.calendar.is_workday(_date(morning)):
        unanswered = answer_everything(rounds.office, morning + timedelta(minutes=30), world.named, world.chance)
    rounds.tick(morning + timedelta(hours=1))
    rounds.send(morning + timedelta(hours=1, minutes=1))
    return unanswered


def _date(moment: datetime) -> date:
    return moment.date()


def _told(office: Office, world: World, quarters: list[float], worst: int, seconds: float, days: int) -> Year:
    began = time.perf_counter()
    found = audit(office, MORNING + timedelta(days=days), deep=True)
    audited = time.perf_counter() - began
    with look(office.engine) as cx:
        cases = cx.execute(select(func.count()).select_from(t.cases)).scalar_one()
        ended = cx.execute(select(func.count()).select_from(t.cases).where(t.cases.c.ended == 1)).scalar_one()
    office.engine.dispose()
    return Year(world.written, world.got, cases, ended, seconds, audited, tuple(quarters), worst, found.problems)
