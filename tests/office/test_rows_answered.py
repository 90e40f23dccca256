"""Every numbered row of the hand-over can be answered by its number in the very words that stand behind it (S20, A42)."""

import dataclasses
from datetime import date

import pytest
from desks import ABOUT, HANDLER, HEAD, LAND, NOW, RECEIVER, REVIEWER, a_case, a_desk, a_desk_with
from stranger import filled
from test_hand_over_letter import due_on, standing, written

from rules.asking import ASKINGS, ask, letters
from rules.case import Running
from rules.desk import OpenQuestion
from rules.events import OrderRefused
from rules.handover.standing import Waiting
from rules.life import OPEN, STANDING, State
from rules.obey import nobody_asked, obey
from rules.replies.orders import Order, understand

PEOPLE = {"receiver": RECEIVER, "handler": HANDLER, "reviewer": REVIEWER, "head": HEAD}
PEOPLE |= {"supervision": HANDLER, "duty": RECEIVER}
TODAY, LATER = date(2017, 5, 9), date(2017, 6, 1)
SHOWN = 6
"""So many words find room on the row of a question."""


def put(kind: str) -> Waiting:
    """A question of the kind about the case on the desk."""
    desk = a_desk_with(a_case(State.HANDLING))
    asked = ask(desk, kind, "x", ABOUT, unit=LAND, subject="投诉拖延办证")
    asked = dataclasses.replace(asked, proposal=(("unit", LAND),), role="reviewer" if kind == "second" else asked.role)
    question = OpenQuestion(
        asked.key, kind, ABOUT, asked.role, asked.choices, asked.proposal, "", id="Q000000001", asked=NOW
    )
    return Waiting(question, letters(asked, desk)[0])


def row_of(waiting: Waiting):
    """Its row in the letter of whoever is asked."""
    state = standing(due_on(LATER, State.HANDLING), questions=(waiting,))
    return written(state, who=PEOPLE[waiting.question.role]).items[0]


@pytest.mark.parametrize("kind", sorted(ASKINGS))
def test_what_stands_behind_a_questions_number_is_understood_as_one_of_its_orders(kind):
    waiting = put(kind)

    said = {understand(filled(words), a_desk().book)[0] for words in row_of(waiting).answers.split("；")}

    shown = SHOWN - ("agree" in said)
    assert said - {"agree"} == set(waiting.question.choices[:shown])


def test_a_questions_row_says_which_unit_and_what_of_it():
    assert row_of(put("bounce")).what == f"信件被退回，没有送达：{LAND}，投诉拖延办证"


def a_row(state: State, who, **given):
    """The row of a case that is due today, in the letter of whoever answers for it."""
    clock = Running(STANDING[state].clock, TODAY, TODAY, "2017")
    case = a_case(state, clocks=(clock,), **given)
    rows = written(standing(case), who=who).items
    return case, rows[0] if rows else None


@pytest.mark.parametrize("state", sorted(OPEN))
def test_what_stands_behind_a_cases_number_can_be_done_in_its_state_by_who_reads_it(state):
    owner = STANDING[state].owner
    case, row = a_row(state, PEOPLE[owner])
    desk = a_desk_with(case)
    roles = tuple(one.role for one in desk.book.office.staff if one.name == PEOPLE[owner].name)

    for words in row.answers.split("；"):
        verb, argument = understand(filled(words), desk.book)
        decision = obey(Order(verb, argument, PEOPLE[owner].name, roles), desk, nobody_asked(desk, ABOUT, "list#1"))
        refusals = [event.reason for event in decision.events if isinstance(event, OrderRefused)]
        assert refusals == [], (state, words)


@pytest.mark.parametrize("kind", ["consult", "suggestion", "thanks"])
def test_a_letter_that_wants_an_answer_is_answered_from_the_list(kind):
    _, row = a_row(State.REGISTERED, RECEIVER, kind=kind)

    assert row.answers.startswith("答复 D1")


def test_a_question_that_is_late_stands_on_the_heads_list_too():
    waiting = put("incomplete")
    late = dataclasses.replace(waiting, question=dataclasses.replace(waiting.question, asked=NOW.replace(month=4)))

    assert written(standing(due_on(LATER), questions=(waiting,)), who=HEAD).items == ()
    assert [item.target for item in written(standing(due_on(LATER), questions=(late,)), who=HEAD).items] == [
        "question:Q000000001"
    ]


def test_a_question_beside_the_course_hides_no_overdue_case_from_who_follows_it():
    overdue = due_on(date(2017, 5, 8), State.HANDLING)

    rows = written(standing(overdue, questions=(put("files"),)), who=HANDLER).items

    assert [item.target for item in rows] == [ABOUT]
    assert written(standing(overdue, questions=(put("extension"),)), who=HANDLER).items == ()
