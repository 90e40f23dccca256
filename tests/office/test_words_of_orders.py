"""What of a reply is an order and what is how its writer signs; words meant for people stay as he wrote them; orders that are the head's (A42, A43)."""

import dataclasses

import pytest
from desks import (
    ABOUT,
    HEAD,
    LAND,
    RECEIVER,
    UNIT_BOX,
    a_case,
    a_desk_with,
    a_letter,
    a_question,
    kinds,
    sent,
    staff_writes,
)
from office_desks import question_of

from rules.asking import ask, letters
from rules.decide import decide
from rules.life import State
from rules.wording import wording

say = wording("rules")
NEW = a_case(State.REGISTERED)
FORWARD = a_question("forward", proposal=(("unit", LAND),))


def done(words):
    """The receiver's reply to the question about the new case."""
    return decide(*staff_writes(NEW, "receiver", words, FORWARD))


SIGNED = "\n郑洁\n营商局审核科\n办公室 024-40000009"


@pytest.mark.parametrize("words", [f"同意{SIGNED}", f"通过{SIGNED}", "同意，情况属实", "同意。请尽快反馈"])
def test_what_somebody_signs_with_or_remarks_behind_a_bare_order_is_no_text_for_the_complainant(words):
    report = a_letter("办结。调查结论：属实。办理情况：已办证。", from_addr=UNIT_BOX[LAND])
    review = question_of("review", letter=report.sha256)
    letter, desk = staff_writes(a_case(State.REPORTED), "reviewer", words, review)

    decision = decide(letter, dataclasses.replace(desk, questioned=((review.id, report),)))

    told = next(notice for notice in decision.notices if notice.audience == "complainant")
    assert str(told.result) == report.own_words


@pytest.mark.parametrize("words", [f"同意转办{SIGNED}", f"同意{SIGNED}"])
def test_the_lines_below_a_bare_order_name_no_unit(words):
    decision = done(words)

    assert ("transfer", UNIT_BOX[LAND]) in sent(decision)


def test_what_is_written_for_people_keeps_its_signs():
    decision = done("改派 桓仁镇\n请于３日内（含节假日）与来信人见面，并报书面情况。")

    transfer = next(notice for notice in decision.notices if notice.audience == "unit")
    assert "请于３日内（含节假日）与来信人见面，并报书面情况。" in str(transfer.requirement)


def test_an_order_that_is_the_heads_goes_to_him_with_what_was_wanted_and_does_nothing():
    question = dataclasses.replace(FORWARD, choices=(*FORWARD.choices, "refuse"))
    (put, *_) = letters(ask(a_desk_with(NEW), "forward", "x", ABOUT, words="来信"), a_desk_with(NEW))
    letter, desk = staff_writes(NEW, "receiver", "不予受理 N4", question)

    decision = decide(letter, dataclasses.replace(desk, put=((question.id, put),)))

    assert (kinds(decision), decision.answered) == (["OrderRefused"], ())
    assert sorted(sent(decision)) == [("order_not_done", RECEIVER.address), ("question_asked", HEAD.address)]
    higher = next(notice for notice in decision.notices if notice.template == "question_asked")
    assert (higher.facts[0].label, higher.facts[0].says) == (say("fact-wants", person=RECEIVER.name), "不予受理 N4")


@pytest.mark.parametrize("words", ["“同意转办”", "“改派 国土资源局”", "“改派 国土资源局”\n请尽快办理。", "“同意”"])
def test_words_copied_with_their_quotation_marks_are_understood(words):
    assert ("transfer", UNIT_BOX[LAND]) in sent(done(words))
