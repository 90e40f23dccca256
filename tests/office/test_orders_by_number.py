"""A list is answered by number: each line once, in order, each at the desk that the one before left (A42, A7)."""

import dataclasses

import pytest
from desks import (
    HEAD,
    LAND,
    RECEIVER,
    REF,
    TOWN,
    UNIT_BOX,
    a_case,
    a_desk_with,
    a_letter,
    folded,
    kinds,
    sent,
    the_book,
)
from office_desks import question_of

from rules.decide import decide
from rules.decision import Disposition
from rules.desk import AgendaItem, CodeHit, Sender
from rules.life import State
from rules.replies.numbered import numbered
from rules.wording import wording

say = wording("rules")
LIST = "handover:2017-05-10:morning:周敏"


def replied(words, *, file=None, items=(), questions=(), person=RECEIVER, roles=("receiver",), **letter):
    """The person answers the list."""
    hit = CodeHit(LIST, "office", f"staff:{person.name}", person.address, "handover", "sent", "subject")
    desk = a_desk_with(
        file or a_case(State.REGISTERED),
        hits=(hit,),
        sender=Sender("staff", person=person.name, roles=roles),
        questions=questions,
        agenda=items,
    )
    return decide(a_letter(words, from_addr=person.address, **letter), desk)


FORWARD = question_of("forward", id="Q1", proposal=(("unit", LAND),))
HELD = question_of("held", "office", id="Q2", key="held:y")
ITEMS = (
    AgendaItem(1, f"case:{REF}"),
    AgendaItem(2, "question:Q2"),
    AgendaItem(3, "question:Q1"),
)


def told(decision):
    """What the person's one letter says of each order."""
    (letter,) = [notice for notice in decision.notices if notice.template == "orders_done"]
    return [(row.item, row.done, row.says) for row in letter.rows]


def test_a_number_names_its_question():
    decision = replied("3 同意", items=ITEMS, questions=(FORWARD, HELD))

    assert decision.disposition is Disposition.ORDER
    assert folded(a_case(State.REGISTERED), decision.events).lead == LAND
    assert "forward:x" in decision.answered
    assert ("order_done", RECEIVER.address) in sent(decision)


def test_several_lines_are_several_orders_and_one_letter_tells_of_all():
    decision = replied("3 改派 桓仁镇\n2、暂存", items=ITEMS, questions=(FORWARD, HELD))

    assert folded(a_case(State.REGISTERED), decision.events).lead == TOWN
    assert {"forward:x", "held:y"} <= set(decision.answered)
    assert told(decision) == [(3, True, "改派"), (2, True, "暂存")]
    assert ("transfer", UNIT_BOX[TOWN]) in sent(decision)


def test_f34_the_second_order_on_one_case_finds_it_changed():
    twice = dataclasses.replace(FORWARD, id="Q3", key="forward:z")
    items = (*ITEMS, AgendaItem(4, "question:Q3"))

    decision = replied("3 同意\n4 补正", items=items, questions=(FORWARD, twice))

    assert kinds(decision)[-1] == "OrderRefused"
    assert {"forward:x", "forward:z"} <= set(decision.answered)
    assert told(decision)[1] == (4, False, say("order-answered"))


def test_one_question_ordered_on_twice_in_a_letter_is_decided_once():
    decision = replied("3 同意\n3 改派 桓仁镇", items=ITEMS, questions=(FORWARD,))

    assert folded(a_case(State.REGISTERED), decision.events).lead == LAND
    assert told(decision)[1] == (3, False, say("order-answered"))


def test_a_case_is_ordered_on_by_its_number_once():
    file = a_case(State.REGISTERED)
    order = replied("1 受理", file=file, items=ITEMS)
    again = replied("1 受理", file=file, items=(AgendaItem(1, f"case:{REF}", done=True),))

    assert folded(file, order.events).state is State.ACCEPTED
    assert order.events[0].question == f"{LIST}#1"
    assert (kinds(again), again.notices[0].reason) == (["OrderRefused"], say("order-answered"))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("同意", "order-which"),
        ("全部同意", "order-which"),
        ("1 同意", "order-no-proposal"),
        ("9 同意", "order-no-number"),
        ("2 同意转办", "order-none"),
    ],
)
def test_a42_what_names_nothing_agrees_to_nothing(words, reason):
    decision = replied(words, items=ITEMS, questions=(FORWARD, HELD))

    assert kinds(decision) == ["OrderRefused"]
    assert decision.notices[0].reason[:6] == say(reason, number=9, choices="", role="")[:6]


def test_a6_a_forged_reply_to_a_list_does_nothing_and_is_shown_to_the_real_address():
    decision = replied("3 同意", items=ITEMS, questions=(FORWARD,), auth="fail")

    assert (kinds(decision), sent(decision)) == (["OrderRefused"], [("order_not_done", RECEIVER.address)])


def test_never_refuse_a_number_gives_no_role():
    decision = replied("3 不予受理 N4", items=ITEMS, questions=(FORWARD,))

    assert decision.notices[0].reason == say("order-not-yours", role="组长")


def test_a_refusal_by_number_waits_for_the_second_person():
    grounds = question_of("grounds", id="Q4", proposal=(("ground", "N4"),))

    decision = replied(
        "1 同意", items=(AgendaItem(1, "question:Q4"),), questions=(grounds,), person=HEAD, roles=("head",)
    )

    assert (kinds(decision), decision.answered) == (["SecondAsked"], ())


@pytest.mark.parametrize(
    ("words", "orders"),
    [
        ("3 同意", [((3,), "同意")]),
        ("3、5 暂存", [((3, 5), "暂存")]),
        ("2-4 同意", [((2, 3, 4), "同意")]),
        ("第3项：同意", [((3,), "同意")]),
        ("３．延期 5 天", [((3,), "延期 5 天")]),
        ("3 答复：您好\n请到窗口办理。\n4 暂存", [((3,), "答复：您好\n请到窗口办理。"), ((4,), "暂存")]),
        ("5月10日请假", [((), "5月10日请假")]),
        ("2017-05-10 至 2017-05-12 请假", [((), "2017-05-10 至 2017-05-12 请假")]),
    ],
)
def test_how_numbers_are_written(words, orders):
    assert [(order.numbers, order.words) for order in numbered(words)] == orders


def test_a_letter_orders_on_no_more_than_a_page_of_items():
    assert len(numbered("\n".join(f"{n} 暂存" for n in range(1, 90)))) == 20
    assert len(numbered("1-99 暂存")[0].numbers) == 20


def test_the_book_knows_other_words_for_an_order():
    from rules.replies.orders import understand

    assert understand("审核通过", the_book())[0] == "approve-result"


TURN = "开展宣传:2017-05-28"


@pytest.mark.parametrize("words", ["1 已办\n1 已办", "1、1 已办", "1 已办\n2 已办"])
def test_a_recurring_task_reported_twice_in_one_letter_is_one_line(words):
    """The second number is another task's that does not wait any more."""
    items = (AgendaItem(1, f"task:{TURN}"), AgendaItem(2, "task:明察暗访:2017-03-25", done=True))
    decision = replied(words, items=items, roles=("duty",))

    assert kinds(decision).count("TaskDone") == 1


def test_a_recurring_task_that_a_colleague_reported_this_morning_is_not_reported_again():
    items = (AgendaItem(1, f"task:{TURN}", done=True),)
    decision = replied("1 已办", items=items, roles=("duty",))

    assert (kinds(decision), decision.notices[0].reason) == (["OrderRefused"], say("order-answered"))


def test_the_form_may_be_asked_for_in_answer_to_the_list():
    decision = replied("登记表", items=ITEMS)

    assert sent(decision) == [("intake_form", RECEIVER.address)]
