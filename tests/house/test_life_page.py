"""The page of a case's life is drawn from the table, fresh, and names every state, move and letter that there is."""

from pathlib import Path

import pytest

from daemon.books import read_chapters
from daemon.drawing import page, picture
from rules.life import ANSWERS, FLAGS, LIFE, STANDING, State
from rules.policy import load
from rules.policy.matters import Mode
from templates.speak import house_letters

PAGE = Path(__file__).parents[2] / "docs" / "案件流程.md"
BOOK = load(dict(read_chapters()))


def test_the_page_in_docs_is_what_the_table_draws_today():
    """If this fails: python -m daemon life > docs/案件流程.md"""
    assert PAGE.read_text("utf-8") == page(BOOK)


def test_the_picture_has_every_state_and_every_move_that_leads_elsewhere():
    drawn = list(picture(BOOK))

    assert sum(line.startswith("    state ") for line in drawn) == len(State)
    assert sum(" --> " in line and ": " in line for line in drawn) == sum(
        state is not move.to for (state, _), move in LIFE.items()
    )


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_clock_and_somebody_and_a_letter_that_there_is(state: State):
    standing = STANDING[state]

    assert standing.ended or (standing.clock in BOOK.clocks and standing.owner in BOOK.roles.roles)
    assert set(standing.letters) <= set(house_letters())
    assert standing.letters or state is State.ACCEPTED
    assert BOOK.label("state", state.value)


def test_s80_every_handling_mode_says_who_answers_and_every_flag_has_its_word():
    assert set(ANSWERS) == {mode.value for mode in Mode}
    assert {mode for mode, who in ANSWERS.items() if who == "office"} == {"key-supervision", "direct"}
    assert set(FLAGS) == set(BOOK.labels["flag"])
