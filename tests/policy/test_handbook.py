"""The handbook tells every condition and every chapter there is (an undocumented one fails here)."""

from importlib.resources import files
from pathlib import Path

from test_conditions_of_clerks import CONDITIONS as TRIED

from rules.judging.conditions import CHECKS
from rules.policy.chapters.conditions import PLACES, SENDERS
from rules.policy.load import CHAPTERS, FOLDERS

TEXT = files("rules.book").joinpath("HANDBOOK.md").read_text("utf-8")
CONDITIONS = TEXT.partition("## 条件")[2].partition("\n## ")[0]


def test_every_condition_stands_in_the_handbook():
    told = {line.split("`")[1] for line in CONDITIONS.splitlines() if line.startswith("| `")}
    assert told == {*CHECKS, "in", "negated"}


def test_every_place_and_sender_stands_in_the_handbook():
    assert all(f"`{word}`" in CONDITIONS for word in (*PLACES, *SENDERS))


def test_every_chapter_stands_in_the_handbook():
    assert all(f"`{name}`" in TEXT for name in (*CHAPTERS, *FOLDERS))


def test_the_handbook_stands_among_the_documents_too():
    assert (Path(__file__).parents[2] / "docs" / "规则手册.md").read_text("utf-8") == TEXT


def test_every_condition_has_an_example_that_is_tried():
    """The list is more than names: each condition is tried on letters in test_conditions_of_clerks."""
    tried = " ".join(when for when, *_ in TRIED)
    assert all(f"{name} =" in tried for name in {*CHECKS, "in", "negated"})
