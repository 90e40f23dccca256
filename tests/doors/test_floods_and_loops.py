"""Floods, loops, backscatter, and letters for which no person waits: A8, A14, A15, A21, A46–A53; web form and upper office: L45, L58, L59, L67."""

import dataclasses
from collections import Counter

import pytest
from desks import (
    ABOUT,
    COMPLAINT,
    LAND,
    LI,
    REF,
    REPORT,
    UNIT_BOX,
    a_case,
    a_desk,
    a_desk_with,
    a_letter,
    a_question,
    asked,
    complainant_hit,
    complainant_writes,
    folded,
    kinds,
    sent,
    staff_writes,
    the_book,
    unit_writes,
    why,
)

from rules.decide import decide
from rules.decision import Disposition
from rules.desk import Copy, Sender
from rules.handling.webform import fields
from rules.life import State

LIMITS = the_book().limits


# --- floods ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["stranger", "complainant"])
def test_a49_beyond_the_days_number_an_addresss_letters_are_one_group_and_nobody_is_answered(role: str):
    desk = a_desk(sender=Sender(role), letters_today=LIMITS.letters_per_sender_day)

    letters = [decide(a_letter(f"投诉国土资源局第{n}件事不办"), desk) for n in range(5)]

    assert {decision.disposition for decision in letters} == {Disposition.HELD}
    assert len({decision.questions[0].key for decision in letters}) == 1
    assert [sent(decision) for decision in letters] == [[]] * 5


def test_a49_the_last_letter_within_the_number_is_still_a_case_of_its_own():
    assert decide(a_letter(), a_desk(letters_today=LIMITS.letters_per_sender_day - 1)).disposition is Disposition.OPENED


def test_a49_a_unit_with_many_cases_is_no_flood():
    file = a_case(State.ASSIGNED)
    letter, desk = unit_writes(file, "签收", letters_today=LIMITS.letters_per_sender_day - 1)

    assert sent(decide(letter, desk)) == [("unit_confirmation", UNIT_BOX[LAND])]


def test_a8_guessed_numbers_of_one_sender_are_held_in_one_group_and_asked_about_once():
    guesses = [f"HY2017-0000{n}-AA" for n in range(1, 9)]
    desk = a_desk(letters_today=LIMITS.per_address_day)

    held = [decide(a_letter("查询", numbers=(guess,)), desk) for guess in guesses]

    assert {decision.disposition for decision in held} == {Disposition.HELD}
    assert len({decision.questions[0].key for decision in held}) == 1
    assert why(held[0]).startswith("同一发件人大量来信")


def test_a8_hit_and_miss_look_the_same_from_outside():
    file = a_case()
    hit = decide(a_letter("查询", from_addr="guess@qq.example", numbers=(REF,)), a_desk_with(file))
    miss = decide(a_letter("查询", from_addr="guess@qq.example", numbers=("HY2017-00099-AA",)), a_desk())

    assert (hit.disposition, sent(hit)) == (miss.disposition, sent(miss)) == (Disposition.HELD, [])


def test_a50_ten_thousand_senders_are_ten_thousand_cases_and_no_transfer_without_a_person_beyond_one_each():
    decisions = [decide(a_letter(f"你好{n}", from_addr=f"p{n}@people.example"), a_desk()) for n in range(30)]

    assert {decision.disposition for decision in decisions} == {Disposition.OPENED}
    assert not any(template == "transfer" for decision in decisions for template, _ in sent(decision))


def test_a21_thirty_names_against_one_unit_open_thirty_cases_and_none_is_key_supervision_by_count():
    decisions = [
        decide(a_letter(f"{COMPLAINT}第{n}次。", from_addr=f"p{n}@people.example"), a_desk()) for n in range(30)
    ]

    files = [folded(None, [event for event in decision.events if event.about == ABOUT]) for decision in decisions]
    assert Counter(file.handling for file in files).keys() <= {"transfer", ""}
    assert all(("receipt", f"p{n}@people.example") in sent(decision) for n, decision in enumerate(decisions))


def test_l45_thirty_copies_of_a_petition_by_thirty_senders_get_a_receipt_each():
    decisions = [decide(a_letter(COMPLAINT, from_addr=f"p{n}@people.example"), a_desk()) for n in range(5)]

    assert [template for decision in decisions for template, _ in sent(decision) if template == "receipt"] == [
        "receipt"
    ] * 5


# --- loops -------------------------------------------------------------------------------------------------------------


def test_a46_an_office_like_ours_gets_one_receipt_and_then_is_a_machine_to_us():
    receipt = a_letter(
        "您的邮件已经收到", from_addr="tousu@other.example", machine="auto", machine_why="Auto-Submitted"
    )

    assert decide(receipt, a_desk()).disposition is Disposition.MACHINE


@pytest.mark.parametrize("which", ["auto_today", "auto_domain"])
def test_a47_a_responder_without_machine_headers_stops_at_the_number_of_the_book(which: str):
    limit = LIMITS.per_address_day if which == "auto_today" else LIMITS.per_domain_day
    letter = a_letter("Ticket Received - [#117904] 您的请求已收到，我们会尽快处理", subject="Ticket Received")

    decision = decide(letter, a_desk(**{which: limit}))

    assert sent(decision) == []
    assert [event.reason for event in decision.events if event.kind == "NoReceipt"] == ["daily-limit"]


def test_a47_an_echo_of_our_own_code_is_thanked_no_more_and_a_person_is_told_once_a_day():
    file = a_case()
    echoes = [
        decide(
            *complainant_writes(file, f"自动答复第{n}次：您好，来信收到，我会处理。", auto_today=LIMITS.per_address_day)
        )
        for n in range(5)
    ]

    assert [sent(decision) for decision in echoes] == [[]] * 5
    assert {decision.disposition for decision in echoes} == {Disposition.JOINED}
    assert len({question.key for decision in echoes for question in decision.questions}) == 1


def test_a47_a_real_opinion_beyond_the_number_still_closes_its_case():
    file = a_case(State.FEEDBACK)
    letter, desk = complainant_writes(file, "满意", "result_told", auto_today=LIMITS.per_address_day)

    assert folded(file, decide(letter, desk).events).state is State.CLOSED


def test_a48_a_units_automatic_forward_with_our_code_from_an_unknown_mailbox_signs_nothing():
    file = a_case(State.ASSIGNED)
    letter, desk = unit_writes(file, "已收到")
    forward = dataclasses.replace(letter, from_addr="archive@elsewhere.example")

    decision = decide(forward, dataclasses.replace(desk, sender=Sender()))

    assert (decision.disposition, kinds(decision), sent(decision)) == (Disposition.HELD, ["Held"], [])


@pytest.mark.parametrize("address", ["victim@elsewhere.example", UNIT_BOX[LAND]])
def test_a51_a_forged_sender_gets_nothing_before_a_person_opened_the_letter(address: str):
    decision = decide(a_letter(COMPLAINT, from_addr=address, auth="fail"), a_desk())

    assert (decision.disposition, sent(decision)) == (Disposition.HELD, [])


def test_a51_a_second_letter_of_the_same_subject_gets_no_second_receipt():
    decision = decide(a_letter(), a_desk(receipts_same=LIMITS.receipts_same_subject))

    assert not any(template == "receipt" for template, _ in sent(decision))


def test_a51_a_unit_never_gets_a_receipt_as_a_complainant():
    decision = decide(
        a_letter("我投诉市场监督管理局乱罚款500元，不开票据。", from_addr=UNIT_BOX[LAND]),
        a_desk(sender=Sender("unit", LAND)),
    )

    assert not any(template == "receipt" for template, _ in sent(decision))


@pytest.mark.parametrize("field", ["subject", "from_name"])
def test_a52_an_advertisement_in_subject_or_name_is_echoed_nowhere(field: str):
    letter = a_letter(COMPLAINT, **{field: "中奖 http://prize.example 点击领取"})

    receipt = next(notice for notice in decide(letter, a_desk()).notices if notice.template == "receipt")

    assert "prize" not in repr(receipt)
    assert "中奖" not in repr(receipt)


@pytest.mark.parametrize(
    "reply_to", ["victim@elsewhere.example", UNIT_BOX[LAND], ", ".join(f"v{n}@x.example" for n in range(100))]
)
def test_a53_the_receipt_goes_to_from_alone_whatever_reply_to_asks(reply_to: str):
    decision = decide(a_letter(reply_to=reply_to), a_desk())

    assert [address for template, address in sent(decision) if template == "receipt"] == [LI]


def test_a14_a_pass_is_never_enough_alone():
    """A smuggled letter with spf=pass and no code touches no case."""
    file = a_case()
    letter = a_letter("HY2017-00012-K7 已办结", from_addr=UNIT_BOX[LAND], auth="pass", numbers=(REF,))

    decision = decide(letter, a_desk_with(file, sender=Sender("unit", LAND)))

    assert folded(file, [event for event in decision.events if event.about == ABOUT]) == file
    assert sent(decision) == []


@pytest.mark.parametrize("machine", ["auto", None])
def test_a15_a_verification_mail_with_a_case_code_in_it_moves_nothing_and_goes_to_nobody(machine: str | None):
    file = a_case()
    letter = a_letter(
        f"Your verification code 884213. Re: {REF}",
        from_addr="noreply@service.example",
        machine=machine,
        numbers=(REF,),
    )

    decision = decide(letter, a_desk_with(file, hits=(complainant_hit(file),)))

    assert decision.disposition in (Disposition.MACHINE, Disposition.HELD)
    assert sent(decision) == []
    assert "OpinionGiven" not in kinds(decision)


# --- the web form, the upper office ----------------------------------------------------------------------------------------


FORM = the_book().forms[0]
FILLED = (
    "姓名：孙丽\n电话：13912345678\n邮箱：sunli@qq.example\n被投诉单位：国土资源局\n标题：办证拖延\n"
    "内容：2017年2月6日交了材料，窗口承诺15个工作日办结，\n到今天不给办理登记。请求依法办理。"
)


def a_form(text: str = FILLED, **given: object):
    return a_letter("", from_addr=FORM.sender, subject="软环境在线：新的来信", text=text, **{"auth": "pass", **given})


def test_l58_s17_a_forms_letter_is_its_writers_and_the_receipt_goes_to_the_mailbox_in_the_form():
    decision = decide(a_form(), a_desk())

    file = folded(None, [event for event in decision.events if event.about == ABOUT])
    assert (file.channel, file.kind, file.anonymous) == ("web", "complaint", False)
    assert sent(decision)[0] == ("receipt", "sunli@qq.example")
    assert {identity.value for identity in decision.identities[0][1]} >= {"孙丽", "13912345678", "sunli@qq.example"}
    assert "孙丽" not in decision.drafts[0].text


@pytest.mark.parametrize("auth", ["none", "fail"])
def test_l58_a51_a_form_that_is_not_authenticated_goes_to_a_person_and_nobody_gets_a_receipt(auth: str):
    decision = decide(a_form(auth=auth), a_desk())

    assert (decision.disposition, sent(decision)) == (Disposition.HELD, [])


@pytest.mark.parametrize("mailbox", ["", "没有", "a@b", "x@y.example, z@y.example"])
def test_l58_a_form_without_a_usable_mailbox_is_registered_and_answered_to_nobody(mailbox: str):
    decision = decide(a_form(FILLED.replace("sunli@qq.example", mailbox)), a_desk())

    assert decision.disposition is Disposition.OPENED
    assert not any(template == "receipt" for template, _ in sent(decision))


def test_s17_a_field_goes_on_until_the_next_label_and_a_label_in_the_content_is_content():
    filled = fields(f"{FILLED}\n姓名：不是我", FORM)

    assert filled["姓名"] == "孙丽"
    assert filled["内容"].endswith("姓名：不是我")


def test_l67_a_report_that_names_the_complainant_reaches_him_only_through_a_persons_release():
    file = a_case()
    decision = decide(*unit_writes(file, f"{REPORT}\n已与李明远本人见面。"))

    assert (asked(decision), [template for template, _ in sent(decision)]) == (["review"], ["unit_confirmation"])


def a_copy() -> Copy:
    return Copy("f" * 64, same_message_id=False, same_sender=True, same_text=True, disposition="opened", case=REF)


# --- 重复件 ------------------------------------------------------------------------------------------------------------


def test_the_same_complaint_sent_anew_is_joined_flagged_and_answered_with_its_state():
    file = a_case()
    desk = a_desk_with(file, copies=(a_copy(),))

    decision = decide(a_letter(), desk)

    assert (decision.disposition, sent(decision)) == (Disposition.JOINED, [("status_told", LI)])
    assert folded(file, decision.events).flags == ("repeat",)


def test_the_same_complaint_sent_anew_after_its_end_is_looked_at_by_a_person():
    decision = decide(a_letter(), a_desk(copies=(a_copy(),)))

    assert (decision.disposition, asked(decision)) == (Disposition.HELD, ["repeat"])


# --- 咨询 --------------------------------------------------------------------------------------------------------------


def test_s51_a_question_is_answered_by_the_number_that_staff_choose_from_the_book():
    opened = decide(a_letter("请问怎样投诉？需要准备什么材料？"), a_desk())
    answer = next(answer for answer in the_book().answers if answer.number == "D1")
    assert dict(opened.questions[0].proposal)["answer"] == "D1"
    assert answer.text in dict(opened.questions[0].facts)["answers"]

    file = folded(None, opened.events)
    for words in ("答复 D1", "同意"):
        order, desk = staff_writes(file, "receiver", words, a_question("answer", proposal=opened.questions[0].proposal))
        told = decide(order, desk).notices[0]
        assert (told.template, told.answer) == ("answer_told", answer.text)


def test_l46_two_words_sent_twice_to_an_open_case_are_a_copy_and_no_repeated_complaint():
    file = a_case()
    joined = dataclasses.replace(a_copy(), disposition="joined")

    decision = decide(a_letter("收到"), a_desk_with(file, copies=(joined,)))

    assert (kinds(decision), sent(decision)) == (["Joined"], [])


def test_s17_what_stands_above_the_first_label_of_a_form_belongs_to_no_field():
    assert fields("您有一封新的来信\n\n姓名：孙丽\n", FORM) == {"姓名": "孙丽"}
