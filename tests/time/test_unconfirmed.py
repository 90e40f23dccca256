"""A16: which rung of the book's clock a new mailbox without an answer has reached, and what is done there."""

import dataclasses
from datetime import date

import pytest
from clocked import BEFORE, BOXES, LAND, a_case, a_desk

from rules.desk import Contact
from rules.policy.terms import Action, Step
from rules.unconfirmed import Unconfirmed, step_due, unconfirmed

MONDAY = date(2018, 12, 10)
ASKED = Unconfirmed(LAND, "xin@unit.example", f"mailbox:{LAND}:0123456789abcdef", MONDAY)
AGAIN, CALL = Step(0, Action.REMIND), Step(2, Action.ASK)


@pytest.mark.parametrize(
    ("day", "step"),
    [(date(2018, 12, 12), None), (date(2018, 12, 13), AGAIN), (date(2018, 12, 14), AGAIN), (date(2018, 12, 17), CALL)],
)
def test_the_rungs_are_counted_in_working_days(day: date, step: Step | None):
    assert step_due(ASKED, a_desk(a_case(), day)) == step


def test_f83_a_day_that_is_not_certain_yet_reminds_nobody():
    late = dataclasses.replace(ASKED, sent=date(2018, 12, 27))

    assert step_due(late, a_desk(a_case(), date(2019, 1, 10), BEFORE)) is None


def test_a_book_without_the_clock_reminds_nobody():
    desk = a_desk(a_case(), date(2018, 12, 20))
    clocks = {name: clock for name, clock in desk.book.clocks.items() if name != "new-mailbox"}

    assert step_due(ASKED, dataclasses.replace(desk, book=dataclasses.replace(desk.book, clocks=clocks))) is None


def test_the_second_letter_is_the_same_request_once_more():
    decision = unconfirmed(ASKED, AGAIN, a_desk(a_case(), date(2018, 12, 13)))

    assert decision is not None
    (letter,) = decision.notices
    assert (letter.to.address, letter.occasion, letter.again) == (ASKED.address, f"{ASKED.occasion}:again", True)
    assert [(event.clock, event.step, event.due) for event in decision.events] == [
        ("new-mailbox", "remind@+0", date(2018, 12, 13))
    ]
    assert decision.questions == ()


def test_then_a_person_telephones_and_the_question_names_both_mailboxes():
    decision = unconfirmed(ASKED, CALL, a_desk(a_case(), date(2018, 12, 17)))

    assert decision is not None
    (question,) = decision.questions
    facts = dict(question.facts)
    assert (question.kind, facts["unit"], decision.notices) == ("silent", LAND, ())
    assert ASKED.address in facts["why"]
    assert BOXES[LAND] in facts["why"]


@pytest.mark.parametrize("contacts", [(), (Contact(LAND, "XIN@unit.example"),)])
def test_nothing_is_asked_where_the_mailbox_is_used_already_or_the_unit_is_gone(contacts: tuple[Contact, ...]):
    desk = a_desk(a_case(), date(2018, 12, 17), contacts=contacts)

    assert unconfirmed(ASKED, CALL, desk) is None
