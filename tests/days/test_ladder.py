"""The ladder of a clock: the highest rung due, once."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import rules
from rules.clocks import Rung, pause, rung_due, rungs, start
from rules.days import load
from rules.policy.terms import Action, Step

FOLDER = Path(rules.__file__ or "").parent / "book" / "calendar"
BOOK = load({path.name: path.read_bytes() for path in FOLDER.glob("*.toml")})
LADDER = (
    Step(-3, Action.REMIND),
    Step(0, Action.REMIND),
    Step(1, Action.REMIND_WRITTEN),
    Step(5, Action.SUPERVISE),
    Step(5, Action.BREACH),
    Step(10, Action.CIRCULAR),
)
ROW = start("handle", date(2017, 6, 5), 15, BOOK)


def test_the_rungs_of_a_ladder_are_counted_in_working_days() -> None:
    assert [(rung.name, rung.day) for rung in rungs(ROW, LADDER, BOOK)] == [
        ("T-3", date(2017, 6, 21)),
        ("T+0", date(2017, 6, 26)),
        ("T+1", date(2017, 6, 27)),
        ("T+5", date(2017, 7, 3)),
        ("T+10", date(2017, 7, 10)),
    ]


@pytest.mark.parametrize(
    ("done", "today", "rung"),
    [
        ("", date(2017, 6, 20), None),
        ("", date(2017, 6, 21), "T-3"),
        ("T-3", date(2017, 6, 23), None),
        ("T-3", date(2017, 6, 26), "T+0"),
        ("T+10", date(2017, 9, 1), None),
    ],
)
def test_a_rung_is_due_once(done: str, today: date, rung: str | None) -> None:
    due = rung_due(replace(ROW, step=done), LADDER, BOOK, today)

    assert (due.name if due else None) == rung


def test_f85_after_ten_days_off_the_highest_rung_is_due_and_the_others_are_only_counted() -> None:
    due = rung_due(replace(ROW, step="T-3"), LADDER, BOOK, date(2017, 7, 5))

    assert due == Rung(5, date(2017, 7, 3), (Action.SUPERVISE, Action.BREACH), (Action.REMIND, Action.REMIND_WRITTEN))


def test_f83_past_a_provisional_day_nothing_is_held_against_anybody() -> None:
    row = replace(ROW, provisional=True)

    due = rung_due(row, LADDER, BOOK, date(2017, 9, 1))

    assert due is not None
    assert due.name == "T+0"


def test_a_clock_that_stands_still_has_no_rung() -> None:
    assert rung_due(pause(ROW, date(2017, 6, 9), "hearing"), LADDER, BOOK, date(2017, 9, 1)) is None
