"""重点督办 is proposed, never ordered, by what the register shows (domain §5.3-5): again within the days, not satisfied, many units."""

import dataclasses
from datetime import timedelta

import pytest
from desks import (
    NOW,
    a_case,
    a_desk_with,
    a_letter,
    a_question,
    asked,
    complainant_writes,
    folded,
    staff_writes,
    the_book,
)

from rules.days import local_day
from rules.decide import decide
from rules.decision import Question
from rules.desk import Copy
from rules.judging import Matter, Mode, Quest, judge
from rules.life import State

TODAY = local_day(NOW)
DAYS = the_book().clocks["repeat"].days


def again(file, **given):
    copy = Copy("f" * 64, same_message_id=False, same_sender=True, same_text=True, disposition="opened", case=file.ref)
    return decide(a_letter(), a_desk_with(file, copies=(copy,), **given))


def proposed(decision) -> Question:
    (question,) = decision.questions
    return question


@pytest.mark.parametrize(("ago", "kinds"), [(0, ["steer"]), (DAYS, ["steer"]), (DAYS + 1, [])])
def test_the_same_matter_again_within_the_books_days_is_proposed(ago, kinds):
    assert asked(again(a_case(received=TODAY - timedelta(days=ago)))) == kinds


def test_the_proposal_goes_to_the_head_with_its_reason_and_the_unit_it_has():
    question = proposed(again(a_case(received=TODAY)))

    assert (question.role, question.choices) == ("head", ("key-supervision", "hold"))
    assert "同一事项再次反映" in dict(question.facts)["why"]
    assert question.proposal == (("unit", "国土资源局"),)


def test_it_is_proposed_once_and_not_where_it_is_done_or_cannot_be():
    for file in (
        a_case(received=TODAY, flags=("repeat",)),
        a_case(received=TODAY, handling=Mode.KEY_SUPERVISION.value),
        a_case(State.REPORTED, received=TODAY),
    ):
        assert asked(again(file)) == []


def test_the_office_that_took_the_sign_out_of_its_book_is_not_asked():
    book = dataclasses.replace(the_book(), signs={})

    assert asked(again(a_case(received=TODAY), book=book)) == []


def test_after_its_end_the_person_who_looks_reads_the_proposal():
    question = proposed(again(a_case(State.CLOSED, received=TODAY)))

    assert (question.kind, "重点督办" in dict(question.facts)["proposal"]) == ("repeat", True)


def test_who_is_not_satisfied_gets_his_redo_and_the_head_the_proposal():
    file = a_case(State.FEEDBACK)
    letter, desk = complainant_writes(file, "不满意，300元测绘费没有退。", "result_told")
    decision = decide(letter, desk)

    assert folded(file, decision.events).state is State.ASSIGNED
    assert (asked(decision), "不满意" in dict(proposed(decision).facts)["why"]) == (["steer"], True)


def test_who_is_satisfied_proposes_nothing():
    letter, desk = complainant_writes(a_case(State.FEEDBACK), "满意", "result_told")

    assert asked(decide(letter, desk)) == []


def test_to_agree_is_key_supervision_of_the_unit_it_has():
    file = a_case(received=TODAY)
    put = proposed(again(file))
    question = a_question("steer", put.about, choices=put.choices, proposal=put.proposal)
    decision = decide(*staff_writes(file, "head", "同意", question))

    assert folded(file, decision.events).handling == Mode.KEY_SUPERVISION.value


@pytest.mark.parametrize(("units", "grave"), [("县国土局、县林业局", False), ("县国土局、县林业局、县环保局", True)])
def test_so_many_units_as_the_book_says_are_proposed(units, grave):
    judgement = judge(Matter("", f"{units}乱罚款，互相推诿。"), the_book())

    assert (Quest.SUPERVISE in {query.quest for query in judgement.questions}) is grave
    assert (judgement.mode is Mode.KEY_SUPERVISION) is grave
