"""What becomes of a mail to the contact inbox (domain 4.3.12): traps A16, A62, L47, L48, L50, L78."""

import dataclasses

import pytest
from sheet_builders import COUNTY, EDUCATION, FLAT, REGISTERED, held, judged, mail, paper, part, table

from rules.contacts import Earlier, judge_mail
from rules.letter import FoundCode
from rules.papers import Paper

NO_UNIT = FLAT.replace("单位|", "").replace("教育局|", "")
TWO_UNITS = FLAT + "民政局|钱大|副局长|钱三三|13900000009|024-48000009|b@163.example\n"
COMPLAINT = "领导：我在古城镇办养殖场，去国土所办备案，跑了三趟都不给办，请调查。电话13900009997。"


def short(verdict):
    return verdict.disposition, verdict.units, verdict.doubts


def test_the_registered_address_of_the_unit_changes_its_own_rows():
    verdict = judged(mail(), paper(FLAT, name="教育局.docx"))

    assert (*short(verdict), verdict.rows) == ("contact", ("教育局",), (), (EDUCATION,))
    assert verdict.why == "登记邮箱报来，教育局的信息可以入库。"


def test_the_office_may_send_for_any_unit():
    assert short(judged(mail(from_addr="OFFICE@163.example"), paper(TWO_UNITS))) == (
        "contact",
        ("教育局", "民政局"),
        (),
    )


HELD = {
    "a stranger (A16)": (mail(from_addr="jyj.new@163.example"), "sender:unknown"),
    "nobody": (mail(from_addr=""), "sender:unknown"),
    "another unit": (mail(from_addr="gucheng@163.example"), "sender:other-unit"),
    "a forged address (A13)": (mail(auth="fail"), "sender:auth-failed"),
    "a server that would not say": (mail(auth="none", auth_line="mx; spf=none"), "sender:auth-failed"),
    "two senders (A11)": (mail(auth="none", from_trouble="several"), "sender:auth-failed"),
}


@pytest.mark.parametrize("name", HELD)
def test_anybody_else_is_held_and_the_rows_are_shown(name):
    letter, word = HELD[name]

    verdict = judged(letter, paper(FLAT))

    assert (*short(verdict), verdict.rows) == ("held", ("教育局",), (word,), (EDUCATION,))


def test_a_server_that_writes_no_results_at_all_contradicts_nothing():
    assert judged(mail(auth="none"), paper(FLAT)).disposition == "contact"


def test_one_unit_of_two_is_not_the_senders():
    assert short(judged(mail(), paper(TWO_UNITS))) == ("held", ("教育局", "民政局"), ("sender:other-unit",))


@pytest.mark.parametrize("unit", ["参茸交易中心", "税务局", ""])
def test_a_unit_that_is_not_known_is_never_entered(unit):
    assert judged(mail(from_addr="office@163.example"), paper(FLAT.replace("教育局", unit))).disposition == "held"


def test_two_answers_to_which_unit_are_never_entered():
    assert short(judged(mail(subject="民政局信息表"), paper(FLAT))) == ("held", ("教育局",), ("unit:conflict",))


def test_the_unit_may_come_from_the_subject_or_the_sender():
    assert short(judged(mail(subject="教育局报送"), paper(NO_UNIT))) == ("contact", ("教育局",), ("unit:from-subject",))
    assert short(judged(mail(), paper(NO_UNIT))) == ("contact", ("教育局",), ("unit:from-sender",))


@pytest.mark.parametrize("kind", ["vacation", "bounce", "spam"])
def test_a_machine_is_never_a_contact(kind):
    verdict = judged(mail(machine=kind), paper(FLAT))

    assert (verdict.disposition, verdict.rows, verdict.why) == ("machine", (), f"机器来信（{kind}），不办理。")


def test_a_scan_beside_the_word_copy_is_no_doubt_and_the_same_table_twice_is_one():
    verdict = judged(mail(), held("file:scan", "扫描件.jpg", "jpg"), paper(FLAT), paper(FLAT.replace("副局长", "")))

    assert (*short(verdict), verdict.rows) == ("contact", ("教育局",), (), (EDUCATION,))


def test_of_two_copies_the_fuller_one_counts():
    verdict = judged(mail(), paper(FLAT.replace("副局长", "")), paper(FLAT))

    assert verdict.rows == (EDUCATION,)


def test_two_tables_of_one_unit_that_differ_are_a_question():
    verdict = judged(mail(), paper(FLAT), paper(FLAT.replace("李二丫", "王小三")))

    assert (short(verdict), len(verdict.rows)) == (("held", ("教育局",), ("version:conflict",)), 2)


def test_tables_of_two_units_in_one_mail_are_both_read():
    other = FLAT.replace("教育局", "民政局").replace("jyj@", "b@")

    assert judged(mail(from_addr="office@163.example"), paper(FLAT), paper(other)).units == ("教育局", "民政局")


@pytest.mark.parametrize("word", ["file:macro", "file:bomb", "file:xxe"])
def test_a_hostile_file_beside_a_good_one_is_for_a_person(word):
    assert short(judged(mail(), paper(FLAT), held(word))) == ("held", ("教育局",), (word,))


def test_an_encrypted_file_beside_a_good_one_is_only_said():
    assert short(judged(mail(), paper(FLAT), held("file:encrypted"))) == ("contact", ("教育局",), ("file:encrypted",))


UNREAD = ["file:encrypted", "file:scan", "file:empty", "file:truncated", "file:macro", "file:archive", "file:bomb"]


@pytest.mark.parametrize("word", UNREAD)
def test_a_file_that_cannot_be_read_is_held_with_the_unit_it_is_probably_about(word):
    assert short(judged(mail(), held(word, "信息表.doc"))) == ("held", ("教育局",), (word,))
    assert judged(mail(), held(word, "古城镇.doc")).units == ("古城镇",)


def test_an_unread_file_of_a_stranger_says_so():
    by_words = judged(mail("这是民政局的表", from_addr="x@163.example"), held("file:scan", "表.jpg"))
    of_nobody = judged(mail(from_addr="x@163.example"), held("file:scan", "表.jpg"))
    forged = judged(mail(auth="fail"), held("file:scan", "表.jpg"))

    assert [short(verdict) for verdict in (by_words, of_nobody, forged)] == [
        ("held", ("民政局",), ("file:scan", "sender:unknown")),
        ("held", (), ("file:scan",)),
        ("held", ("教育局",), ("file:scan", "sender:auth-failed")),
    ]


def test_a_link_to_a_big_file_is_asked_for_again_and_never_fetched():
    linked = judged(mail("教育局信息表见附件。", links=("https://mail.example/x",)))
    told = judged(mail("信息表见超大附件"))

    assert [short(verdict) for verdict in (linked, told)] == [("held", ("教育局",), ("file:link-only",))] * 2


def test_a_question_is_for_a_person_and_about_no_unit():
    verdict = judged(mail("请问信息表要盖章扫描件还是只要电子版？"))

    assert (short(verdict), verdict.matter) == (("held", (), ("file:not-a-table",)), "question")


def test_a_complaint_sent_there_by_mistake_never_enters_the_directory():
    """L47, L50: whoever sends it, with or without papers."""
    stranger = judged(mail(COMPLAINT, from_addr="x@163.example", subject="投诉"), held("file:scan", "照片.jpg", "jpg"))
    clerk = judged(mail(COMPLAINT))
    named = judged(mail("见附件", subject="举报信"))

    assert [(short(verdict), verdict.matter) for verdict in (stranger, clerk, named)] == [
        (("held", (), ("mail:complaint",)), "complaint")
    ] * 3


def test_the_words_of_a_sheet_are_no_complaint():
    verdict = judged(mail("我局投诉举报电话和投诉举报联系人已报，请处理。"))

    assert verdict.matter == ""


def test_a_reply_to_a_case_and_a_filing_are_told_apart():
    """L48, S83."""
    coded = judged(mail("已签收", codes=(FoundCode("ABCDEFGHJK", "subject"),)))
    numbered = judged(mail("办理情况如下", numbers=("HY2017-00012-K7",)))
    filing = judged(mail("见附件", subject="直接受理件备案"))

    assert [verdict.matter for verdict in (coded, numbered, filing)] == ["reply", "reply", "filing"]


def test_a_sentence_in_the_mail_is_read_where_no_file_can_be():
    verdict = judged(
        mail("我们教育局的联系人是李二丫，手机13900000002，投诉举报电话024-48000003，分管领导赵一鸣副局长。"),
        held("file:scan", "表.jpg", "jpg"),
    )

    assert (short(verdict), verdict.rows[0].contact) == (("contact", ("教育局",), ("email:missing",)), "李二丫")


def test_a_table_pasted_into_the_mail_is_read_and_one_in_the_history_is_not():
    body = paper(FLAT, kind="html")

    assert short(judged(mail("信息如下"), body=body)) == ("contact", ("教育局",), ())
    assert judged(mail("表已更正，请查收。", quoted="> 旧表"), body=body).rows == ()


def test_a_forward_with_nothing_written_above_it_is_read():
    words = "联系人是李二丫，手机13900000002，邮箱jyj@163.example，我们教育局报送。"

    assert short(judged(mail(forwarded=words))) == ("contact", ("教育局",), ())


def test_a_logo_inside_the_mail_is_no_sheet():
    verdict = judged(
        mail("请问怎么填？", attachments=(part("logo.png", inline=True),)), held("file:scan", "logo.png", "png")
    )

    assert verdict.doubts == ("file:not-a-table",)


DAY = "2017-04-{}T01:00:00Z"


def dated(day, **fields):
    return mail(date_utc=DAY.format(day), **fields)


def test_a_newer_sheet_supersedes_the_last_one_of_its_unit():
    before = (
        Earlier("1.eml", ("教育局",), DAY.format("18")),
        Earlier("2.eml", ("古城镇",)),
        Earlier("3.eml", ("教育局", "民政局")),
    )

    assert judged(dated("20"), paper(FLAT), earlier=before).supersedes == "3.eml"
    assert judged(dated("20"), paper(FLAT)).supersedes == ""


def test_a_sheet_dated_before_the_one_in_force_is_held():
    """A16: last year's table once more."""
    verdict = judged(dated("10"), paper(FLAT), earlier=(Earlier("1.eml", ("教育局",), DAY.format("18")),))

    assert short(verdict) == ("held", ("教育局",), ("version:conflict",))


def test_two_sheets_within_days_without_a_word_are_asked_about_and_the_newest_counts():
    before = (Earlier("1.eml", ("教育局",), DAY.format("18"), (dataclasses.replace(EDUCATION, contact="王小三"),)),)

    silent = judged(dated("20"), paper(FLAT), earlier=before)
    spoken = judged(dated("20", subject="更正，以此为准"), paper(FLAT), earlier=before)
    later = judged(mail(date_utc="2017-09-20T01:00:00Z"), paper(FLAT), earlier=before)
    same = judged(dated("20"), paper(FLAT), earlier=(Earlier("1.eml", ("教育局",), DAY.format("18"), (EDUCATION,)),))
    undated = judged(mail(), paper(FLAT), earlier=before)

    assert [(verdict.disposition, verdict.doubts) for verdict in (silent, spoken, later, same, undated)] == [
        ("contact", ("version:conflict",)),
        *[("contact", ())] * 4,
    ]


def test_the_same_mail_is_judged_the_same_whatever_the_file_is_called():
    """A62: a name is text only."""
    names = ["../../etc/cron.d/x", "C:\\x\\教育局.docx", "/abs/a.docx", "", ".", "CON", "a" * 300]

    assert {judged(mail(), paper(FLAT, name=name)).rows for name in names} == {(EDUCATION,)}


def test_a_mailbox_registered_for_two_units_may_speak_for_both():
    registered = {**REGISTERED, "民政局": "JYJ@163.example"}

    assert judge_mail(mail(), [paper(TWO_UNITS)], registered, COUNTY).disposition == "contact"
    assert judge_mail(mail(), [paper(NO_UNIT)], registered, COUNTY).doubts == ("unit:missing",)


def test_a_mail_of_nothing_is_held():
    assert short(judged(mail())) == ("held", (), ("file:not-a-table",))
    assert judged(mail(), Paper("zip", inner=())).disposition == "held"


def test_a_table_is_a_table_wherever_it_came_from():
    assert judged(mail(), paper(table(FLAT, "Sheet1"), kind="xlsx")).rows == (EDUCATION,)


TOLD = "教育局分管领导：赵一鸣（副局长），联系人：{contact}，手机13900000002，投诉举报电话024-48000003，邮箱jyj@163.example"


def test_a_mail_that_tells_otherwise_than_its_attachment_is_a_question():
    same, other = (judged(mail(TOLD.format(contact=name)), paper(FLAT)) for name in ("李二丫", "钱三三"))

    assert (*short(same), same.rows) == ("contact", ("教育局",), (), (EDUCATION,))
    assert short(other) == ("held", ("教育局",), ("version:conflict",))
    assert {row.contact for row in other.rows} == {"李二丫", "钱三三"}


def test_a_clerk_who_signs_with_his_number_is_no_second_sheet():
    verdict = judged(mail("报表见附件。\n联系人：钱三三\n电话：13900000009\n邮箱：qian@163.example"), paper(FLAT))

    assert (*short(verdict), verdict.rows) == ("contact", ("教育局",), (), (EDUCATION,))
