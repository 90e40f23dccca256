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


def to_the_unit(words: str) -> str:
    """办理要求 of the transfer that the order brings about."""
    transfer = next(notice for notice in done(words).notices if notice.audience == "unit")
    return str(transfer.requirement)


OWN = f"{RECEIVER.name}\n营商局接件科\n办公室 024-40000009"


@pytest.mark.parametrize(
    ("words", "goes"),
    [
        (f"改派 桓仁镇\n{OWN}", ""),
        (f"改派 桓仁镇\n请与来信人见面。\n\n{OWN}", "请与来信人见面。"),
        (f"改派 桓仁镇\n联系人：\n{OWN}", f"联系人：\n{OWN}"),
        (f"改派 桓仁镇\n{RECEIVER.name}\n请他到现场看一看。", f"{RECEIVER.name}\n请他到现场看一看。"),
        (f"改派 桓仁镇\n{RECEIVER.name}" + "\n第一条\n第二条\n第三条\n第四条\n第五条", None),
    ],
)
def test_how_he_signs_below_an_assignment_is_no_word_to_the_unit(words, goes):
    """His name opens the few lines that end the letter; where it stands in the middle of something, it stays."""
    assert to_the_unit(words) == (words.partition("\n")[2] if goes is None else goes)


def test_the_question_says_that_lines_below_go_to_the_unit_and_the_confirmation_shows_them():
    (put, *_) = letters(ask(a_desk_with(NEW), "forward", "x", ABOUT, words="来信"), a_desk_with(NEW))
    offered = {choice.write.split()[0]: choice.does for choice in put.choices}
    for order in ("改派", "交办"):
        assert "下面另起一行写的，作为办理要求一并发给单位" in offered[order]

    told = next(notice for notice in done("改派 桓仁镇\n请与来信人见面。").notices if notice.template == "order_done")
    assert (told.unit, told.done) == ("桓仁镇", "改派，下面写的作为办理要求一并发给单位：请与来信人见面。")
    plain = next(notice for notice in done("改派 桓仁镇").notices if notice.template == "order_done")
    assert plain.done == "改派"


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
