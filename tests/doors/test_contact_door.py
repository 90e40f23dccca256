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

from rules.contacts import Row, kept_rows
from rules.contacts.mail import Earlier
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

    assert (decision.disposition, kinds(decision), decision.contacts) == (
        Disposition.HELD,
        ["Held", "SheetReceived"],
        (),
    )
    assert decision.events[1].accepted is False
    assert sent(decision) == [("sheet_understood", "other@unit.example")]


def test_a_held_sheet_is_entered_by_order_of_a_person():
    decision = ordered("", a_sheet("diyi@unit.example", TOWN))

    assert [event.kind for event in decision.events][:2] == ["Ordered", "SheetReceived"]
    assert (decision.contacts[0].unit, decision.contacts[0].address) == (TOWN, "diyi@unit.example")
    assert sent(decision)[0] == ("sheet_understood", "x@qq.example")


KNOWN = (Contact(LAND, UNIT_BOX[LAND]),)


def ordered(argument: str, text: str, contacts=KNOWN):
    """A stranger's sheet was held; a person orders it into the directory, as the question showed it."""
    letter = a_letter(text, from_addr="x@qq.example", subject="联系人信息表")
    (asked,) = decide(letter, a_desk(seen=CONTACT_INBOX, sender=Sender(), contacts=contacts)).questions
    question = a_question("contact", OFFICE, proposal=asked.proposal, letter=letter.sha256)
    desk = a_desk(letter=letter, contacts=contacts)
    return obey(Order("directory", argument, HEAD.name, ("supervision",), "command"), desk, question)


def test_a_person_names_the_unit_of_a_sheet_that_names_none_or_a_wrong_one():
    decision = ordered("教育局", a_sheet("diyi@unit.example", "参茸交易中心"))

    assert [(entry.unit, entry.address) for entry in decision.contacts] == [("教育局", "diyi@unit.example")]


@pytest.mark.parametrize(
    ("argument", "text", "reason"),
    [
        ("", a_sheet(unit="参茸交易中心"), "no-unit"),
        ("没有的局", a_sheet(), "no-unit"),
        ("", "见附件", "no-rows"),
    ],
)
def test_what_nobody_could_read_or_name_is_not_entered_by_an_order_either(argument, text, reason):
    decision = ordered(argument, text)

    assert (decision.contacts, decision.events[0].reason) == ((), reason)


def test_a_correction_of_one_number_loses_nothing_of_the_sheet():
    before = Row(
        LAND, leader="孙立", contact="陈平", mobile="13800000031", hotline="024-40000001", email=UNIT_BOX[LAND]
    )
    text = f"更正：单位：{LAND}\n联系人：陈平\n手机：13800000099\n"

    decision = from_unit(text, earlier=(Earlier("0" * 64, (LAND,), None, (before,)),))

    (entry,) = decision.contacts
    (row,) = kept_rows(entry.sheet)
    assert (row.mobile, row.leader, row.hotline, entry.public) == (
        "13800000099",
        "孙立",
        "024-40000001",
        "024-40000001",
    )


def test_a16_last_years_table_once_more_is_held():
    before = Earlier("0" * 64, (LAND,), "2017-04-20T01:00:00Z", (Row(LAND, contact="陈平"),))

    decision = from_unit(a_sheet(), letter={"date_utc": "2016-04-20T01:00:00Z"}, earlier=(before,))

    assert (decision.disposition, decision.contacts) == (Disposition.HELD, ())
    assert "分不清以哪份为准" in decision.notices[0].doubts[0]


def test_nobody_gets_more_answers_a_day_than_the_book_allows():
    """NO-LOOP: a machine that answers each of our answers ends in silence, and the letters are still kept and judged."""
    decision = from_unit(a_sheet(), letters_today=7)

    assert (decision.disposition, sent(decision)) == (Disposition.CONTACT, [])


def test_a_forged_stranger_and_one_who_brought_nothing_get_no_answer():
    sheet = a_letter(a_sheet(), from_addr="x@qq.example", subject="联系人信息表", auth="fail")
    nothing = a_letter("你好", from_addr="x@qq.example")

    decisions = [decide(letter, a_desk(seen=CONTACT_INBOX)) for letter in (sheet, nothing)]

    assert [(decision.disposition, sent(decision)) for decision in decisions] == [(Disposition.HELD, [])] * 2


def test_the_answer_carries_the_blank_sheet_twice():
    names = [paper.name for paper in from_unit(a_sheet()).notices[0].papers]

    assert names == ["lianxiren-xinxibiao.docx", "lianxiren-xinxibiao.xlsx"]


def confirm_hit(**given) -> CodeHit:
    hit = CodeHit(
        f"mailbox:{LAND}:x", f"unit:{LAND}", f"organ:{LAND}", "xin@unit.example", "mailbox_confirm", "sent", "subject"
    )
    return dataclasses.replace(hit, **given)


NEWEST = {"new_mailboxes": (f"mailbox:{LAND}:x", f"mailbox:{LAND}:earlier")}


@pytest.mark.parametrize("contacts", [(Contact(LAND, UNIT_BOX[LAND], "陈平", "138", "12345"),), ()])
def test_a16_a_new_mailbox_that_returns_its_code_is_used_from_now_on(contacts):
    letter = a_letter("收到", from_addr="xin@unit.example")

    decision = decide(letter, a_desk(seen=CONTACT_INBOX, hits=(confirm_hit(),), contacts=contacts, **NEWEST))

    rest = ("陈平", "138", "12345") if contacts else ("", "", "")
    assert decision.contacts == (ContactEntry(LAND, "xin@unit.example", *rest, letter.sha256),)
    assert decision.spent == NEWEST["new_mailboxes"]


@pytest.mark.parametrize(
    "hit",
    [confirm_hit(spent=True), confirm_hit(occasion=f"mailbox:{LAND}:earlier")],
    ids=["spent", "an earlier request"],
)
def test_a16_only_the_newest_code_counts_and_only_once(hit):
    letter = a_letter("收到", from_addr="xin@unit.example")

    decision = decide(letter, a_desk(seen=CONTACT_INBOX, hits=(hit,), **NEWEST))

    assert (decision.disposition, decision.contacts) == (Disposition.HELD, ())


def test_a16_a_word_from_the_old_mailbox_stops_the_change_and_calls_a_person():
    hit = confirm_hit(occasion=f"mailbox-old:{LAND}:x", address=UNIT_BOX[LAND], template="mailbox_changed")
    desk = a_desk(seen=CONTACT_INBOX, sender=Sender("unit", LAND), hits=(hit,), **NEWEST)

    decision = decide(a_letter("不是我们", from_addr=UNIT_BOX[LAND]), desk)

    assert (decision.disposition, decision.spent) == (Disposition.HELD, NEWEST["new_mailboxes"])
    assert "变更已经停止" in dict(decision.questions[0].facts)["why"]


@pytest.mark.parametrize(
    ("subject", "text", "reason"),
    [
        ("执行中遇到的问题", "我局没有独立的投诉电话，与政务大厅共用，如何填报？", "unit-problem"),
        ("信息表", "请问信息表要盖章扫描件还是只要电子版？", "unit-question"),
    ],
)
def test_s4_a_units_problem_is_put_to_a_person_and_answered_in_his_words(subject, text, reason):
    decision = from_unit(text, letter={"subject": subject})

    assert (decision.disposition, decision.kind, sent(decision)) == (Disposition.HELD, reason, [])
    (asked,) = decision.questions
    desk = a_desk(letter=a_letter(text, from_addr=UNIT_BOX[LAND], subject=subject))
    order = Order("answer", "可以填共用的号码。", HEAD.name, ("receiver",), "command")
    answered = obey(order, desk, a_question("unit-letter", asked.about))
    assert sent(answered)[0] == ("unit_answered", UNIT_BOX[LAND])
    assert (answered.notices[0].answer, answered.notices[0].mailbox) == ("可以填共用的号码。", "contact")


def test_s4_an_answer_without_words_is_none():
    order = Order("answer", "", HEAD.name, ("receiver",), "command")

    assert obey(order, a_desk(letter=a_letter("x")), a_question("unit-letter", OFFICE)).events[0].reason == "no-words"


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


def test_l45_thirty_copies_of_one_petition_sent_there_by_mistake_are_thirty_cases():
    """Thirty senders, one text: each has its case, none enters the directory; a person alone makes one 集体 case of them."""
    petitions = [a_letter(from_addr=f"villager{number}@qq.example") for number in range(30)]

    decisions = [decide(letter, a_desk(seen=CONTACT_INBOX)) for letter in petitions]

    assert {decision.disposition for decision in decisions} == {Disposition.OPENED}
    assert all(decision.contacts == () for decision in decisions)
