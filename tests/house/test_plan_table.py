"""The table of the plan says of each line S1–S87 where it is met, and every place it names is there."""

import re
from pathlib import Path

import pytest

from daemon.__main__ import commands

HOUSE = Path(__file__).parents[2]
LINES = [line for line in (HOUSE / "docs" / "方案对照.md").read_text("utf-8").splitlines() if line.startswith("| S")]
ROWS = {cells[0]: cells[1:] for line in LINES if (cells := [cell.strip() for cell in line.strip("|").split("|")])}
NUMBERS = [f"S{n}" for n in range(1, 88) if n != 67] + [f"S67{part}" for part in "abcdefg"]
PLACES = sorted({place for cells in ROWS.values() for place in re.findall(r"`([^`]+)`", cells[2])})
NOT_ASKED, NOT_YET = "不涉及：", "尚未："
MOST_NOT_ASKED = 10
MOST_NOT_YET = 0
"""The number only ever falls."""


def test_every_line_of_the_plan_has_its_row_once():
    assert sorted(ROWS) == sorted(NUMBERS)
    assert len(LINES) == len(ROWS)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_row_names_a_place_or_says_why_there_is_none(number: str):
    _, how, where = ROWS[number]

    assert bool(where) != how.startswith((NOT_ASKED, NOT_YET))
    assert how


def test_few_lines_ask_nothing_of_software_and_few_are_not_met_yet():
    assert sum(cells[1].startswith(NOT_ASKED) for cells in ROWS.values()) <= MOST_NOT_ASKED
    assert sum(cells[1].startswith(NOT_YET) for cells in ROWS.values()) <= MOST_NOT_YET


@pytest.mark.parametrize("place", PLACES)
def test_every_place_that_the_table_names_is_there(place: str):
    if place.startswith("python -m daemon "):
        assert place.rsplit(" ", 1)[1] in commands()
        return
    file, _, name = place.partition("::")
    path = HOUSE / file

    assert path.is_file()
    assert not name or f"def {name}(" in path.read_text("utf-8")
