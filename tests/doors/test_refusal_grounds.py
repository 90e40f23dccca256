"""A story for each ground N1–N11 (domain §2.4): the rule only asks, a person decides, the complainant hears why and where to go instead."""

import pytest
from desks import (
    HEAD,
    LI,
    PEOPLE,
    a_desk,
    a_desk_with,
    a_letter,
    a_question,
    asked,
    folded,
    kinds,
    order_by,
    sent,
    staff_writes,
    the_book,
)

from rules.decide import decide
from rules.decision import Decision, Disposition
from rules.life import State
from rules.orders.cases import refuse
from rules.replies.orders import Order

LETTERS = {
    "N1": "我投诉国土资源局不给办证。我已向法院起诉，下月开庭，请你们也管一管。",
    "N2": "举报国土资源局窗口工作人员收受红包，他收了三万元回扣，有受贿嫌疑。",
    "N3": "投诉桓仁镇政府拖欠补偿款。县信访局已受理，出了信访答复意见，我还是要投诉。",
    "N4": "投诉乙公司欠货款二十万元不给，打了几次电话都不接，请帮我要回来。",
    "N5": "我再次投诉国土资源局。你局已答复，但我不服，再次投诉。",
    "N6": "你们都是坏人。",
    "N7": "邻居纠纷请你们管，他家的墙占了我家的地，吵了好几年。",
    "N8": "匿名举报：运管所乱收费，每辆车多收二百元，不开票据，请查处。",
    "N9": "投诉国土资源局。附件是机密文件，请你们看看他们怎么批的地。",
    "N10": "山洪把厂房冲了，损失三十万元，请政府赔偿我们的损失。",
    "N11": "厂里起火了，快来人！消防通道被国土资源局的车堵住了。",
}
ASKED = {"N6": "incomplete", "N8": None, "N11": None}
"""Grounds that propose something else than a refusal."""


def ordered(decision: Decision, role: str, words: str, kind: str) -> Decision:
    file = folded(None, decision.events)
    order, desk = staff_writes(file, role, words, a_question(kind, f"case:{file.ref}", **proposal(decision)))
    return decide(order, desk)


def proposal(decision: Decision) -> dict[str, object]:
    return {"proposal": decision.questions[0].proposal, "choices": decision.questions[0].choices}


@pytest.mark.parametrize("ground", LETTERS)
def test_l53_never_refuse_every_ground_opens_a_case_with_a_receipt_and_only_asks(ground: str):
    decision = decide(a_letter(LETTERS[ground]), a_desk())

    assert decision.disposition is Disposition.OPENED
    assert "NotAccepted" not in kinds(decision)
    assert ("receipt", LI) in sent(decision)
    assert not any(template == "transfer" for template, _ in sent(decision))
    assert len(asked(decision)) == 1
    assert ASKED.get(ground, "grounds") in (None, asked(decision)[0])


@pytest.mark.parametrize("ground", [ground for ground in LETTERS if ground not in ASKED])
def test_a_refusal_tells_ground_basis_and_where_to_go_instead(ground: str):
    file = folded(None, decide(a_letter(LETTERS[ground]), a_desk()).events)
    book = the_book().grounds[ground]
    question = a_question("grounds", f"case:{file.ref}")

    refused = refuse(Order("refuse", ground), a_desk_with(file), question, order_by("head"))

    (told,) = refused.notices
    assert (told.template, told.to.address) == ("refusal_told", LI)
    assert (told.ground, told.because, told.elsewhere) == (book.name, f"本局不予受理的情形 {ground}", book.guide)
    assert folded(file, refused.events).state is State.REFUSED


@pytest.mark.parametrize("ground", ["N1", "N4"])
def test_never_refuse_the_heads_refusal_waits_for_a_second_person_where_the_book_asks_it(ground: str):
    decision = decide(a_letter(LETTERS[ground]), a_desk())
    assert "refuse" in the_book().roles.four_eyes

    waiting = ordered(decision, "head", f"不予受理 {ground}", "grounds")

    assert (asked(waiting), "NotAccepted" in kinds(waiting)) == (["second"], False)


@pytest.mark.parametrize("ground", LETTERS)
@pytest.mark.parametrize("role", [role for role in PEOPLE if role != "head"])
def test_never_refuse_nobody_but_the_head_refuses_on_any_ground(ground: str, role: str):
    decision = decide(a_letter(LETTERS[ground]), a_desk())

    assert "NotAccepted" not in kinds(ordered(decision, role, f"不予受理 {ground}", "grounds"))


def test_n2_is_handed_over_and_not_refused():
    decision = decide(a_letter(LETTERS["N2"]), a_desk())
    assert the_book().grounds["N2"].proposal == "移送"

    moved = ordered(decision, "head", "移送 县纪委监委", "grounds")

    assert folded(folded(None, decision.events), moved.events).state is State.HANDED_OVER
    assert sent(moved)[0] == ("handed_over_told", LI)


def test_n6_is_asked_to_be_completed_first():
    decision = decide(a_letter(LETTERS["N6"]), a_desk())

    more = ordered(decision, "receiver", "同意", "incomplete")

    assert folded(folded(None, decision.events), more.events).state is State.SUPPLEMENT
    assert sent(more)[0] == ("supplement_request", LI)


def test_n8_an_anonymous_lead_is_registered_all_the_same():
    file = folded(None, decide(a_letter(LETTERS["N8"]), a_desk()).events)

    assert (file.anonymous, file.state) == (True, State.REGISTERED)


def test_l54_n11_the_receipt_says_whom_to_call_and_duty_hears_at_once():
    decision = decide(a_letter(LETTERS["N11"]), a_desk())

    assert decision.notices[0].urgent
    assert decision.questions[0].urgent


def test_a_refusal_of_somebody_who_cannot_be_written_to_writes_to_nobody():
    file = folded(None, decide(a_letter(LETTERS["N7"]), a_desk()).events)
    order, desk = staff_writes(file, "head", "移送 县信访局", a_question("grounds"))
    desk = a_desk_with(file, parties=(), hits=desk.hits, sender=desk.sender, questions=desk.questions)

    assert sent(decide(order, desk)) == [("order_done", HEAD.address)]
