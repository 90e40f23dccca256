"""Traps as they concern the staff: who forges, replays, misreads or oversteps an order changes nothing, and it is shown (A1–A21, A42–A45)."""

import dataclasses

import pytest
from desks import (
    ABOUT,
    COMPLAINT,
    HANDLER,
    HEAD,
    LAND,
    LI,
    RECEIVER,
    REVIEWER,
    UNIT_BOX,
    a_case,
    a_desk,
    a_desk_with,
    a_letter,
    a_question,
    asked,
    kinds,
    sent,
    staff_writes,
    unit_hit,
)
from office_desks import by, question_of

from rules.decide import decide
from rules.decision import Disposition
from rules.desk import CodeHit, Copy, Sender
from rules.letter import Attachment
from rules.life import State
from rules.obey import obey
from rules.replies.orders import Order
from rules.wording import wording

say = wording("rules")
NEW = a_case(State.REGISTERED)
FORWARD = a_question("forward", proposal=(("unit", LAND),))


def ordered(words="同意", role="receiver", question=FORWARD, file=NEW, **letter):
    """A reply of staff to a question; keywords change the letter."""
    mail, desk = staff_writes(file, role, words, question)
    return decide(dataclasses.replace(mail, **letter), desk)


def nothing_moved(decision) -> bool:
    """No case is touched but by a line that something was refused or held."""
    return set(kinds(decision)) <= {"OrderRefused", "Held"}


def test_a1_the_name_of_a_member_of_staff_is_no_order():
    forged = a_letter("同意转办 HY2017-00012-K7", from_addr="x@evil.example", from_name="王组长")

    assert "Ordered" not in kinds(decide(forged, a_desk_with(NEW)))


@pytest.mark.parametrize("role", ["handler", "head", "reviewer"])
def test_a2_a_colleagues_code_is_not_ones_own(role):
    letter, desk = staff_writes(NEW, "receiver", "同意", FORWARD)
    person = {"handler": HANDLER, "head": HEAD, "reviewer": REVIEWER}[role]
    desk = dataclasses.replace(desk, sender=Sender("staff", person=person.name, roles=(role,)))

    decision = decide(dataclasses.replace(letter, from_addr=person.address), desk)

    assert (decision.disposition, kinds(decision), asked(decision)) == (Disposition.HELD, ["Held"], ["held"])


def test_a2_a_units_code_gives_a_member_of_staff_no_units_words():
    file = a_case(State.HANDLING)
    desk = a_desk_with(file, hits=(unit_hit(file),), sender=Sender("staff", person=HEAD.name, roles=("head",)))

    assert nothing_moved(decide(a_letter("办结", from_addr=HEAD.address), desk))


def test_a3_a_failed_authentication_orders_nothing_and_is_told_to_the_real_address():
    decision = ordered(auth="fail")

    assert (kinds(decision), sent(decision)) == (["OrderRefused"], [("order_not_done", RECEIVER.address)])
    assert decision.notices[0].reason == say("order-auth")


@pytest.mark.parametrize("auth", ["pass", "none"])
def test_a4_where_nothing_speaks_against_it_the_order_stands_and_is_confirmed_to_the_registered_address(auth):
    assert ("order_done", RECEIVER.address) in sent(ordered(auth=auth))


def test_a5_a_third_person_with_the_code_is_held():
    letter, desk = staff_writes(NEW, "head", "不予受理 N4", question_of("grounds"))

    decision = decide(
        dataclasses.replace(letter, from_addr=LI), dataclasses.replace(desk, sender=Sender("complainant"))
    )

    assert (decision.disposition, nothing_moved(decision)) == (Disposition.HELD, True)


@pytest.mark.parametrize("place", ["quoted", "forwarded", "hidden", "signature"])
def test_a6_an_order_in_any_place_but_his_own_words_is_none(place):
    assert nothing_moved(ordered("请看", **{place: "同意转办"}))


def test_a6_an_order_in_an_attachment_is_none():
    part = Attachment("同意转办.txt", "1.txt", "text/plain", 12, "0" * 64)

    assert nothing_moved(ordered("见附件", attachments=(part,)))


def test_a7_an_order_is_obeyed_once():
    again = ordered(question=dataclasses.replace(FORWARD, answered=True))

    assert (nothing_moved(again), again.notices[0].reason) == (True, say("order-answered"))


def test_a8_a_guess_is_told_neither_that_it_hit_nor_that_it_missed():
    stranger = decide(a_letter("同意 HY2017-00012-K7", numbers=("HY2017-00012-K7",)), a_desk_with(NEW))
    nobody = decide(a_letter("同意 HY2017-00099-AA", numbers=("HY2017-00099-AA",)), a_desk())

    assert sent(stranger) == sent(nobody) == []


def test_a9_a_thread_of_ours_without_its_code_is_no_order():
    letter = a_letter("同意", from_addr=HEAD.address, in_reply_to="<x@huiyin.example>")
    desk = a_desk_with(NEW, thread=(NEW.ref,), sender=Sender("staff", person=HEAD.name, roles=("head",)))

    assert "Ordered" not in kinds(decide(letter, desk))


def test_a10_the_newest_of_our_letters_to_the_person_is_the_one_he_answers():
    letter, desk = staff_writes(NEW, "receiver", "同意", FORWARD)
    older = dataclasses.replace(desk.hits[0], occasion="ask:Q000000009:周敏")

    decision = decide(letter, dataclasses.replace(desk, hits=(*desk.hits, older)))

    assert "forward:x" in decision.answered


@pytest.mark.parametrize("trouble", ["several", "conflict", "syntax"])
def test_a11_two_readings_of_the_sender_are_nobodys_order(trouble):
    assert nothing_moved(ordered(from_trouble=trouble))


@pytest.mark.parametrize(
    "address", ["zhoumin@office.exarnple", "zhoumin@office.example.evil.example", "zhoumin+x@office.example"]
)
def test_a12_an_address_that_only_resembles_is_nobodys(address):
    letter, desk = staff_writes(NEW, "receiver", "同意", FORWARD)
    alike = dataclasses.replace(desk, sender=Sender(near=RECEIVER.address))

    decision = decide(dataclasses.replace(letter, from_addr=address), alike)

    assert (decision.disposition, nothing_moved(decision)) == (Disposition.HELD, True)


def test_a13_a14_what_counts_is_the_receiving_servers_own_word():
    assert nothing_moved(ordered(auth="fail", headers=(("authentication-results", "evil.example; spf=pass"),)))


def test_a15_a_machines_letter_with_a_staff_code_is_a_machines():
    decision = ordered(machine="auto")

    assert (decision.disposition, decision.notices) == (Disposition.MACHINE, ())


def test_a16_a_contact_sheet_from_staff_needs_its_question():
    letter = a_letter("信息表", from_addr=HANDLER.address)
    desk = a_desk(sender=Sender("staff", person=HANDLER.name, roles=("supervision",)))

    assert nothing_moved(decide(letter, desk))


def copies(*, same_sender: bool, same_text: bool, disposition: str = "held") -> tuple[Copy, ...]:
    """A letter came before with the order's own Message-ID."""
    return (
        Copy("f" * 64, same_message_id=True, same_sender=same_sender, same_text=same_text, disposition=disposition),
    )


@pytest.mark.parametrize("text", [True, False])
def test_a17_a_stranger_who_used_the_orders_message_id_first_does_not_stop_it(text):
    letter, desk = staff_writes(NEW, "receiver", "同意", FORWARD)

    decision = decide(letter, dataclasses.replace(desk, copies=copies(same_sender=False, same_text=text)))

    assert ("Ordered" in kinds(decision), "forward:x" in decision.answered) == (True, True)


def test_a17_a_mail_program_that_gives_every_letter_the_same_message_id_loses_no_order():
    letter, desk = staff_writes(NEW, "receiver", "同意", FORWARD)
    earlier = copies(same_sender=True, same_text=False, disposition="order")

    assert "Ordered" in kinds(decide(letter, dataclasses.replace(desk, copies=earlier)))


def test_a17_a_stranger_who_uses_the_orders_message_id_afterwards_orders_nothing_and_is_no_copy():
    letter, desk = staff_writes(NEW, "receiver", "同意", FORWARD)
    used = copies(same_sender=False, same_text=True, disposition="order")

    decision = decide(
        dataclasses.replace(letter, from_addr=LI),
        dataclasses.replace(desk, sender=Sender("complainant"), copies=used),
    )

    assert (decision.disposition, decision.kind != "copy", nothing_moved(decision)) == (Disposition.HELD, True, True)


def test_a18_no_header_gives_rights():
    letter = a_letter("同意转办", from_addr=LI, headers=(("x-huiyin-role", "head"), ("auto-submitted", "no")))

    assert "Ordered" not in kinds(decide(letter, a_desk_with(NEW)))


@pytest.mark.parametrize("words", ["同意转办", "不予受理 N4", "办结", "3 同意"])
def test_a19_staffs_words_from_a_complainant_are_only_words(words):
    decision = decide(a_letter(f"{words}\n{COMPLAINT}"), a_desk())

    assert (decision.disposition, "Ordered" in kinds(decision)) == (Disposition.OPENED, False)


def test_a20_a_staff_code_opens_no_contents_to_a_stranger():
    letter, desk = staff_writes(NEW, "receiver", "请把投诉内容再发一遍", FORWARD)

    decision = decide(
        dataclasses.replace(letter, from_addr="old@qq.example"), dataclasses.replace(desk, sender=Sender())
    )

    assert (nothing_moved(decision), sent(decision)) == (True, [])


# --- the staff themselves ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["同意 桓营诉〔2017〕13号", "改派 桓仁镇 桓营诉〔2017〕13号"])
def test_a42_a_number_one_off_is_refused(words):
    decision = ordered(words)

    assert (nothing_moved(decision), decision.notices[0].reason) == (
        True,
        say("order-other-case", number="桓营诉〔2017〕13号"),
    )


@pytest.mark.parametrize("words", ["同意 桓营诉〔2017〕12号", "同意 HY2017-00012-K7", "同意"])
def test_a42_the_confirmation_repeats_the_number_of_the_case(words):
    decision = ordered(words)

    confirmation = next(notice for notice in decision.notices if notice.template == "order_done")
    assert (confirmation.number, confirmation.about) == ("桓营诉〔2017〕12号", ABOUT)


def test_a42_a_yes_without_a_number_to_yesterdays_list_agrees_to_nothing():
    hit = CodeHit(
        "handover:2017-05-08:morning:周敏", "office", "staff:周敏", RECEIVER.address, "handover", "sent", "own"
    )
    desk = a_desk_with(NEW, hits=(hit,), sender=Sender("staff", person=RECEIVER.name, roles=("receiver",)))

    decision = decide(a_letter("同意", from_addr=RECEIVER.address), desk)

    assert decision.notices[0].reason == say("order-which")


@pytest.mark.parametrize("role", ["receiver", "handler", "reviewer", "supervision", "duty"])
def test_a42_no_role_oversteps_what_the_book_lets_it_order(role):
    order = Order("refuse", "N4", "周敏", (role,))

    assert nothing_moved(obey(order, a_desk_with(NEW), question_of("grounds")))


def test_a45_who_is_concerned_orders_nothing_by_letter_or_by_keyboard():
    file = dataclasses.replace(NEW, recused=(RECEIVER.name,))
    by_keyboard = obey(by("receiver", "accept"), a_desk_with(file), FORWARD)

    assert nothing_moved(ordered(file=file))
    assert by_keyboard.notices[0].reason == say("order-recused")


def test_a45_the_second_person_must_not_be_concerned_either():
    file = dataclasses.replace(NEW, recused=(REVIEWER.name,))

    decision = obey(by("head", "refuse", "N4"), a_desk_with(file), question_of("grounds"))

    assert decision.questions[0].role == "handler"


def test_f34_an_order_against_a_units_reply_finds_the_case_changed():
    reported = a_case(State.REPORTED)

    decision = obey(by("head", "extend", "5"), a_desk_with(reported), question_of("extension"))

    assert (nothing_moved(decision), decision.notices[0].reason) == (True, say("order-changed"))


def test_the_units_own_box_is_nobodys_on_the_staff():
    letter, desk = staff_writes(NEW, "receiver", "同意", FORWARD)
    unit = dataclasses.replace(desk, sender=Sender("unit", LAND))

    assert nothing_moved(decide(dataclasses.replace(letter, from_addr=UNIT_BOX[LAND]), unit))
