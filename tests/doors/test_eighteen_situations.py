"""The eighteen situations of domain §9, each a letter or an hour in which several traps meet, told in one test or a few.

Situations 10 and 11 (contact tables) are told with real sheets in tests/contacts, 14 and 16 on the wire in tests/world, 17 in
tests/stories; here is what the office decides in them.
"""

import dataclasses
from datetime import UTC, date, datetime

import pytest
from desks import (
    COMPLAINT,
    LAND,
    LI,
    REF,
    REPORT,
    TOWN,
    UNIT_BOX,
    a_case,
    a_desk,
    a_desk_with,
    a_letter,
    a_question,
    asked,
    complainant_hit,
    folded,
    kinds,
    sent,
    staff_writes,
    the_book,
    the_calendar,
    unit_hit,
)

from daemon.demo import manners
from daemon.demo.cast import COMPLAINT as TOUSU
from daemon.guarding import guarded
from daemon.mime import Enclosure, Envelope, compose
from rules.case import Running
from rules.contacts import judge_mail
from rules.decide import decide
from rules.decision import Disposition
from rules.desk import Seen, Sender
from rules.letter import Attachment
from rules.life import State
from rules.reading import read
from rules.remind import remind
from rules.shield import Identity

WHEN = datetime(2017, 5, 9, 1, 0, tzinfo=UTC)


def test_situation_1_two_organs_are_complained_of_a_third_was_only_told():
    raw = manners.web_163(
        LI,
        "张镕",
        TOUSU,
        "投诉古城镇国土所不给办证",
        "我投诉古城镇国土所，交了材料三个月不给办证。我已向信访局反映过。",
        WHEN,
    )

    decision = decide(read(raw), a_desk())

    question = decision.questions[0]
    assert "信访局" not in dict(question.proposal).get("unit", "")
    assert "国土" in dict(question.facts).get("proposal", "") + dict(question.proposal).get("unit", "")
    assert read(raw).from_name == "张镕"


def test_situation_2_an_anonymous_two_liner_from_a_telephone_is_a_report_and_never_goes_to_the_reported():
    raw = manners.iphone("x7700@phone.example", TOUSU, "举报", "举报交警大队乱罚款不给票。\n请查处", WHEN)

    decision = decide(read(raw), a_desk())

    file = folded(None, decision.events)
    assert (file.kind, file.anonymous, file.state) == ("report", True, State.REGISTERED)
    assert not any(template == "transfer" for template, _ in sent(decision))
    assert ("receipt", "x7700@phone.example") in sent(decision)


def test_situation_3_who_wrote_to_the_respondent_too_gets_his_receipt_alone_and_the_fact_is_kept():
    decision = decide(a_letter(COMPLAINT, cc=(UNIT_BOX[LAND],)), a_desk())

    assert folded(None, decision.events).disclosed
    assert [address for template, address in sent(decision) if template == "receipt"] == [LI]


def test_situation_4_a_forwarded_exchange_is_read_though_his_own_words_are_two():
    text = '请看下面\n\n-------- 转发邮件信息 --------\n发件人："环保局" <hb@unit.example>\n发送日期：2017-05-01 10:00:00\n收件人：li@web163.example\n主题：关于你反映的问题\n\n你反映环保局乱收费500元不开票据的问题，我局不予处理。'
    letter = read(manners.plain_utf8(LI, "", TOUSU, "转发：关于你反映的问题", text, WHEN))

    assert "乱收费500元" in letter.forwarded
    assert decide(letter, a_desk()).disposition is Disposition.OPENED


def test_situation_5_a_qq_reply_without_a_quote_that_is_not_satisfied_sends_the_case_back():
    file = a_case(State.FEEDBACK)
    raw = manners.qq_reply(
        LI, "", TOUSU, "办理结果：桓营诉〔2017〕12号 [HY2017-00012-K7/0000000C1S]", "不满意，没人联系我", WHEN
    )
    desk = a_desk_with(file, hits=(complainant_hit(file, "result_told"),), sender=Sender("complainant"))

    decision = decide(read(raw), desk)

    assert folded(file, decision.events).state is State.ASSIGNED
    assert ("redo_order", UNIT_BOX[LAND]) in sent(decision)


def test_situation_6_received_and_working_on_it_is_a_signature_and_no_result():
    file = a_case(State.ASSIGNED)
    raw = manners.master_reply(UNIT_BOX[LAND], LAND, TOUSU, "转办单", "已收到，马上办理", WHEN, "请回复“办结”")
    desk = a_desk_with(file, hits=(unit_hit(file),), sender=Sender("unit", LAND))

    assert folded(file, decide(read(raw), desk).events).state is State.HANDLING


@pytest.mark.parametrize("state", [State.COPY, State.HANDLING])
def test_situation_7_l68_a_result_sent_to_him_with_the_office_in_copy_closes_the_wait_when_a_person_enters_it(
    state: State,
):
    file = a_case(state, disclosed=True, clocks=(Running("copy", date(2017, 5, 9), date(2017, 5, 12), "2017"),))
    letter = a_letter(REPORT, from_addr=UNIT_BOX[LAND], to=(LI,), cc=(TOUSU,), numbers=(REF,))
    desk = a_desk_with(file, sender=Sender("unit", LAND))

    joined = decide(letter, desk)
    assert (joined.disposition, kinds(joined), asked(joined)) == (Disposition.JOINED, ["Joined"], ["copy"])

    order, staff_desk = staff_writes(file, "handler", "同意", a_question("copy"), letter=letter)
    entered = decide(order, staff_desk)
    after = folded(file, entered.events)
    assert (after.state, after.clock("copy"), asked(entered)) == (State.REPORTED, None, ["review"])


def test_situation_8_a_vacation_answer_signs_nothing_and_silence_is_noticed_the_next_working_day():
    file = a_case(State.ASSIGNED, clocks=(Running("sign", date(2017, 5, 9), date(2017, 5, 10), "2017"),))
    letter = read(manners.qq_vacation(UNIT_BOX[LAND], LAND, TOUSU, "转办单", WHEN))

    decision = decide(letter, a_desk_with(file, hits=(unit_hit(file),), sender=Sender("unit", LAND)))
    later = remind(file, a_desk_with(file, now=datetime(2017, 5, 10, 1, tzinfo=UTC)))

    assert (decision.disposition, letter.machine) == (Disposition.MACHINE, "vacation")
    assert "SignedFor" not in kinds(decision)
    assert sent(later) == [("unit_reminder", UNIT_BOX[LAND])]


def test_situation_9_a_bounced_transfer_alarms_at_once_with_the_address_that_failed():
    file = a_case(State.ASSIGNED)
    letter = read(manners.bounce_163(TOUSU, UNIT_BOX[LAND], "转办单", WHEN, "<x@huiyin.example>"))

    decision = decide(letter, a_desk_with(file, hits=(unit_hit(file, where="bounce"),)))

    assert (letter.bounced_addr, asked(decision), decision.questions[0].urgent) == (UNIT_BOX[LAND], ["bounce"], True)


def test_situation_10_a_contact_sheet_from_an_unknown_mailbox_changes_nothing_before_a_person_looked():
    letter = a_letter(
        "单位：古城镇\n联系人：张三\n电话：13900000000\n邮箱：gucheng@qq.example",
        from_addr="somebody@qq.example",
        subject="信息表",
    )
    desk = a_desk(seen=Seen("contact", "inbox", WHEN))

    decision = decide(letter, desk)

    assert decision.contacts == ()
    assert decision.disposition in (Disposition.HELD, Disposition.CONTACT)
    assert not any(event.kind == "ContactChanged" for event in decision.events)


def test_situation_11_a_scan_alone_is_told_to_be_unreadable_and_the_words_prevail_next_day():
    scan = Attachment("信息表.jpg", "attachment-1.jpg", "image/jpeg", 1000, "1" * 64)
    letter = a_letter("见附件", from_addr=UNIT_BOX[TOWN], subject="信息表", attachments=(scan,))

    verdict = judge_mail(letter, (), {TOWN: UNIT_BOX[TOWN]}, the_book().units)

    assert verdict.rows == ()


def test_situation_12_the_clock_runs_from_the_servers_day_a_working_saturday_and_over_the_festival():
    """A Date header in CST says nothing; INTERNALDATE 2017-05-27 is a worked Saturday, 28–30 are the festival."""
    saturday = datetime(2017, 5, 27, 2, 0, tzinfo=UTC)
    letter = dataclasses.replace(a_letter(), date_utc="2017-05-09T15:00:00Z")

    file = folded(None, decide(letter, a_desk(now=saturday, seen=Seen("complaint", "inbox", saturday))).events)

    assert file.received == date(2017, 5, 27)
    assert the_calendar().add_workdays(file.received, 1).day == date(2017, 5, 31)


def test_situation_13_a_day_in_a_year_without_a_calendar_is_provisional_and_nobodys_fault():
    december = datetime(2026, 12, 21, 2, 0, tzinfo=UTC)
    decision = decide(a_letter(), a_desk(now=december, seen=Seen("complaint", "inbox", december), year=2026))
    promise = folded(None, decision.events).clock("feedback")
    assert promise is not None
    assert (promise.due.year, promise.provisional) == (2027, True)

    late = a_case(State.HANDLING, clocks=(dataclasses.replace(promise, clock="handle", promised=False),))
    told = remind(late, a_desk_with(late, now=datetime(2027, 3, 1, 2, tzinfo=UTC)))
    assert [event.kind for event in told.events] == ["Reminded"]
    assert told.events[0].step == "remind@-3"


def test_situation_14_a_letter_with_everything_broken_opens_its_case():
    raw = (
        b"From: =?x-unknown?B?1cXI/Q==?= <li@web163.example>\r\nTo: tousu@huiyin.example\r\nMessage-ID: <[x@y]>\r\n"
        b"Subject: =?gbk?B?zba9?= =?gbk?B?z7PLsA==?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n"
        b"--q\r\nContent-Type: text/plain; charset=x-klingon\r\n\r\n\xcd\xb6\xcb\xdf\xb9\xfa\xcd\xc1\xbe\xd6\xb2\xbb\xb0\xec\xd6\xa4\r\n"
        b'--q\r\nContent-Type: application/octet-stream; name="a.doc"\r\n\r\n\r\n--q--\r\n'
    )

    decision = decide(read(raw), a_desk())

    assert decision.disposition is Disposition.OPENED
    assert ("receipt", "li@web163.example") in sent(decision)


def test_situation_15_the_complainants_telephone_in_a_finished_letter_to_a_unit_stops_it():
    envelope = Envelope(TOUSU, "监督局", UNIT_BOX[LAND], "转办单", "<m@huiyin.example>", WHEN)
    papers = (Enclosure("attachment-1.txt", "text/plain", "联系电话：139 4140 0000".encode()),)
    raw = compose(envelope, "请办理。", "<p>请办理。</p>", papers)

    assert guarded(raw, "unit", f"case:{REF}", (Identity("mobile", "13941400000"),))
    assert not guarded(
        compose(envelope, "请办理。", "<p>请办理。</p>"),
        "unit",
        f"case:{REF}",
        (Identity("mobile", "13941400000"),),
    )


def test_situation_18_a_complaint_about_the_office_itself_is_the_heads_and_goes_to_no_unit():
    decision = decide(a_letter("我投诉县营商环境建设监督局，窗口人员推诿扯皮，三个月不给答复。"), a_desk())

    assert (asked(decision), decision.questions[0].role) == (["ourselves"], "head")
    assert not any(notice.audience == "unit" for notice in decision.notices)


def test_the_draft_of_a_case_never_holds_his_name():
    decision = decide(a_letter(f"{COMPLAINT}我叫张镕，电话13941400000。", from_name="张镕"), a_desk())

    (draft,) = decision.drafts
    assert "张镕" not in draft.text + draft.subject
    assert "13941400000" not in draft.text
