"""改类: a person says what a letter is; its case goes on as such, and his word is kept for those who improve the rules."""

import dataclasses
from datetime import date

import pytest
from desks import ABOUT, COMPLAINT, LAND, RECEIVER, a_case, a_desk_with, a_letter, asked, folded, kinds, sent
from office_desks import by, question_of

from rules.casefile import Running
from rules.life import State
from rules.obey import obey, unasked
from rules.wording import wording

say = wording("rules")
LETTER = a_letter(COMPLAINT)
PROMISED = Running("answer", date(2017, 5, 9), date(2017, 5, 11), "2017", promised=True)
CONSULT = a_case(State.REGISTERED, kind="consult", clocks=(PROMISED,))
FORWARD = question_of("forward", letter=LETTER.sha256, proposal=(("unit", LAND),))
ASKED_BY_NOBODY = unasked(ABOUT)
ANSWER = question_of("answer", letter=LETTER.sha256)


def sorted_as(words, file=None, question=FORWARD, role="receiver", **given):
    """The order, at a desk with the case and its complaint."""
    desk = a_desk_with(file or a_case(State.REGISTERED), questions=(question,), questioned=((ABOUT, LETTER),), **given)
    return obey(by(role, "kind", words), desk, question)


def corrections(decision):
    return [(e.letter, e.was, e.now) for e in decision.events if e.kind == "Corrected"]


def refusal(decision):
    """Why nothing was done."""
    assert kinds(decision) == ["OrderRefused"]
    return decision.notices[0].reason


@pytest.mark.parametrize("words", ["咨询", "咨询。", "咨询：只是问手续", "咨询\n周敏  受理岗"])
def test_the_kind_stands_in_the_first_line(words):
    assert folded(a_case(State.REGISTERED), sorted_as(words).events).kind == "consult"


def test_what_must_be_handled_and_is_a_question_only_is_asked_about_as_one():
    decision = sorted_as("咨询")

    assert folded(a_case(State.REGISTERED), decision.events).kind == "consult"
    assert (asked(decision), "forward:x" in decision.answered) == (["answer"], True)
    assert corrections(decision) == [(LETTER.sha256, "kind:complaint", "kind:consult")]
    assert ("order_done", RECEIVER.address) in sent(decision)


def test_a_question_that_is_a_complaint_is_proposed_to_its_unit_by_the_day_an_answer_was_promised():
    decision = sorted_as("投诉", CONSULT, ANSWER)

    file = folded(CONSULT, decision.events)
    (question,) = decision.questions
    assert (question.kind, dict(question.proposal)["unit"], question.letter) == ("forward", LAND, LETTER.sha256)
    assert dict(question.facts)["draft"] == "一直不给办理登记。"
    assert [(clock.clock, clock.due, clock.promised) for clock in file.clocks] == [("accept", date(2017, 5, 11), True)]
    assert ANSWER.key in decision.answered


def test_a_report_instead_of_a_complaint_leaves_its_question_waiting():
    decision = sorted_as("举报")

    assert folded(a_case(State.REGISTERED), decision.events).kind == "report"
    assert (decision.questions, decision.answered) == ((), ())


@pytest.mark.parametrize("state", [State.HANDLING, State.FEEDBACK, State.CLOSED])
def test_the_category_may_be_corrected_at_any_time(state):
    file = a_case(state, categories=("其他",))

    decision = sorted_as("推诿扯皮、中梗阻", file, ASKED_BY_NOBODY)

    categories = folded(file, decision.events).categories
    assert set(categories) == {"推诿扯皮", "中梗阻"}
    assert corrections(decision) == [(LETTER.sha256, "category:其他", f"category:{'、'.join(categories)}")]


def test_a_case_at_its_unit_is_no_question_any_more():
    assert refusal(sorted_as("咨询", a_case(State.HANDLING), ASKED_BY_NOBODY)) == say("order-kind-late")


@pytest.mark.parametrize("words", ["", "什么", "广告", "咨询 什么"])
def test_a_word_that_is_no_kind_is_answered_with_those_there_are(words):
    assert "改类 咨询" in refusal(sorted_as(words))


def test_nothing_is_corrected_where_nothing_differs():
    assert refusal(sorted_as("投诉")) == say("order-same-kind")


def test_only_who_receives_complaints_or_the_head_may_correct():
    assert "受理人" in refusal(sorted_as("咨询", role="handler"))
    assert "Reclassified" in kinds(sorted_as("咨询", role="head"))


def test_a_case_that_came_by_no_letter_is_corrected_and_teaches_nothing():
    desk = a_desk_with(a_case(State.REGISTERED, channel="visit"), questions=(FORWARD,))

    decision = obey(by("receiver", "kind", "咨询"), desk, FORWARD)

    assert (kinds(decision), asked(decision)) == (["Ordered", "Reclassified"], ["answer"])


def test_a_second_person_is_not_asked_any_more_about_what_the_kind_has_ended():
    second = question_of("second", key="second:grounds:x", proposal=(("key", "grounds:x"),))
    grounds = dataclasses.replace(question_of("grounds", letter=LETTER.sha256), key="grounds:x")
    desk = a_desk_with(a_case(State.REGISTERED), questions=(grounds, second), questioned=((ABOUT, LETTER),))

    decision = obey(by("head", "kind", "咨询"), desk, grounds)

    assert {"grounds:x", "second:grounds:x"} <= set(decision.answered)
