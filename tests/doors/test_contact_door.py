"""Contact sheets at the door: who may change what, and where a new mailbox counts (traps A16, L47, L48)."""

import dataclasses

import pytest
from desks import (
    HEAD,
    LAND,
    MARKET,
    NOW,
    TOWN,
    UNIT_BOX,
    a_desk,
    a_letter,
    a_question,
    kinds,
    sent,
    staff_writes,
)

from rules.decide import decide
from rules.decision import ContactEntry, Disposition
from rules.desk import CodeHit, Contact, Seen, Sender
from rules.events import OFFICE
from rules.obey import obey
from rules.replies.orders import Order

CONTACT_INBOX = Seen("contact", "inbox", NOW)


def a_sheet(mailbox=UNIT_BOX[LAND], unit=LAND) -> str:
    return (
        "投诉举报电话和联系人信息表\n"
        f"单位：{unit}\n分管领导：孙立\n分管领导职务：副局长\n联系人：陈平\n联系人职务：科员\n"
        f"投诉举报电话：024-40000001\n手机：13800000031\n邮箱：{mailbox}\n"
    )


def from_unit(text, unit=LAND, **given):
    letter = a_letter(text, from_addr=UNIT_BOX[unit], subject="联系人信息表", auth="pass")
    desk = a_desk(seen=CONTACT_INBOX, sender=Sender("unit", unit))
    return decide(dataclasses.replace(letter, **given.pop("letter", {})), dataclasses.replace(desk, **given))


def test_a_units_own_sheet_is_entered_and_answered_from_the_contact_inbox():
    decision = from_unit(a_sheet())

    assert (decision.disposition, kinds(decision)) == (Disposition.CONTACT, ["SheetReceived", "ContactChanged"])
    assert sent(decision) == [("sheet_understood", UNIT_BOX[LAND])]
    assert decision.notices[0].mailbox == "contact"
    (entry,) = decision.contacts
    assert (entry.unit, entry.address, entry.person) == (LAND, UNIT_BOX[LAND], "陈平")


def test_a16_a_new_mailbox_must_answer_and_the_old_one_is_told():
    decision = from_unit(a_sheet("xinxiang@unit.example"))

    assert decision.contacts[0].address == UNIT_BOX[LAND]
    assert sent(decision)[1:] == [
        ("mailbox_confirm", "xinxiang@unit.example"),
        ("mailbox_changed", UNIT_BOX[LAND]),
    ]


@pytest.mark.parametrize("sender", [Sender(), Sender("unit", MARKET)])
def test_a16_a_sheet_of_somebody_else_is_held_and_changes_nothing(sender):
    letter = a_letter(a_sheet(), from_addr="other@unit.example", subject="联系人信息表")

    decision = decide(letter, a_desk(seen=CONTACT_INBOX, sender=sender))

    assert (decision.disposition, kinds(decision), decision.contacts) == (Disposition.HELD, ["Held"], ())
    assert [template for template, _ in sent(decision)] == (["sheet_understood"] if sender.unit else [])


def test_a_held_sheet_is_entered_by_order_of_a_person():
    letter = a_letter(a_sheet("diyi@unit.example", TOWN), from_addr="x@qq.example", subject="联系人信息表")
    desk = a_desk(letter=letter, contacts=(Contact(LAND, UNIT_BOX[LAND]),))

    decision = obey(Order("directory", "", HEAD.name, ("supervision",), "command"), desk, a_question("contact", OFFICE))

    assert [event.kind for event in decision.events][:2] == ["Ordered", "SheetReceived"]
    assert (decision.contacts[0].unit, decision.contacts[0].address) == (TOWN, "diyi@unit.example")


def confirm_hit() -> CodeHit:
    return CodeHit(
        f"mailbox:{LAND}:x", f"unit:{LAND}", f"organ:{LAND}", "xin@unit.example", "mailbox_confirm", "sent", "subject"
    )


@pytest.mark.parametrize("contacts", [(Contact(LAND, UNIT_BOX[LAND], "陈平", "138"),), ()])
def test_a16_a_new_mailbox_that_returns_its_code_is_used_from_now_on(contacts):
    letter = a_letter("收到", from_addr="xin@unit.example")

    decision = decide(letter, a_desk(seen=CONTACT_INBOX, hits=(confirm_hit(),), contacts=contacts))

    person, phone = (contacts[0].person, contacts[0].phone) if contacts else ("", "")
    assert decision.contacts == (ContactEntry(LAND, "xin@unit.example", person, phone, "", letter.sha256),)
    assert decision.spent == (f"mailbox:{LAND}:x",)


@pytest.mark.parametrize("given", [{"from_addr": "evil@qq.example"}, {"auth": "fail"}])
def test_a16_a_code_from_elsewhere_or_unproved_confirms_nothing(given):
    letter = dataclasses.replace(a_letter("收到", from_addr="xin@unit.example"), **given)

    decision = decide(letter, a_desk(seen=CONTACT_INBOX, hits=(confirm_hit(),)))

    assert (decision.disposition, decision.contacts) == (Disposition.HELD, ())


def test_l47_a_complaint_in_the_contact_inbox_is_opened_and_receipted():
    decision = decide(a_letter(), a_desk(seen=CONTACT_INBOX))

    assert decision.disposition is Disposition.OPENED
    assert decision.notices[0].mailbox == "complaint"


def test_l50_a_units_plain_words_to_the_complaint_mailbox_are_held_and_answered_by_nobody():
    decision = from_unit("我是局里的职工，有事想说", seen=Seen("complaint", "inbox", NOW))

    assert (decision.kind, sent(decision)) == ("unit", [])


def test_a_mail_to_the_contact_inbox_without_a_sheet_is_told_so():
    decision = from_unit("你好")

    assert (decision.kind, sent(decision)) == ("contact-doubt", [("sheet_understood", UNIT_BOX[LAND])])


def test_an_order_by_letter_about_a_sheet_is_an_order():
    letter, desk = staff_writes(None, "handler", "通讯录", a_question("contact", OFFICE))

    assert decide(letter, desk).disposition is Disposition.ORDER
