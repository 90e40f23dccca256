"""Whose sheet it is (domain 4.3.5): cell, title, file name, subject, sender, words; two answers are a question."""

from sheet_builders import FLAT, only, sheet

NO_UNIT = FLAT.replace("单位|", "").replace("教育局|", "")


def test_a_fill_in_line_names_the_unit_without_doubt():
    assert only("填报单位（盖章）：县教育局　　填报时间：2017.4.19", NO_UNIT)["unit"] == "教育局"


def test_a_fill_in_line_or_signature_below_the_table_names_it_too():
    assert only(NO_UNIT, "填报单位：教育局")["unit"] == "教育局"
    assert only(NO_UNIT, "古城镇人民政府", "2017年4月20日")["unit"] == "古城镇"


def test_the_file_name_the_subject_and_the_sender_come_next_each_with_its_doubt():
    from_file = sheet(NO_UNIT, name="某夹/教育局.docx", subject="民政局信息表", sender="司法局")
    from_subject = sheet(NO_UNIT, name="新建.docx", subject="民政局信息表", sender="司法局")
    from_sender = sheet(NO_UNIT, subject="信息表", sender="司法局")
    from_words = sheet(NO_UNIT, body="我们司法局的表")

    assert [(found.units, found.doubts) for found in (from_file, from_subject, from_sender, from_words)] == [
        (("教育局",), ("unit:conflict", "unit:from-filename")),
        (("民政局",), ("unit:from-subject",)),
        (("司法局",), ("unit:from-sender",)),
        (("司法局",), ()),
    ]


def test_the_office_is_nobodys_unit():
    understood = sheet(NO_UNIT, sender="督查室", subject="报督查室")

    assert (understood.units, understood.doubts) == ((), ("unit:missing",))


def test_a_unit_no_book_knows_stays_as_written():
    understood = sheet(FLAT.replace("教育局", "参茸交易中心"))

    assert ([row.unit_text for row in understood.rows], understood.doubts) == (["参茸交易中心"], ("unit:unknown",))


def test_a_shared_name_is_nobodys():
    in_cell, in_title = sheet(FLAT.replace("教育局", "税务局")), sheet("税务局联系人", NO_UNIT)

    assert [(found.units, found.rows[0].unit_text) for found in (in_cell, in_title)] == [
        ((), "税务局"),
        ((), "税务局联系人"),
    ]
    assert in_cell.doubts == in_title.doubts == ("unit:ambiguous",)


def test_another_unit_in_the_file_name_is_a_question_and_the_row_keeps_its_own():
    understood = sheet(FLAT, name="民政局信息表.docx")

    assert (understood.units, understood.doubts) == (("教育局",), ("unit:conflict",))


def test_a_notice_that_is_sent_on_is_not_about_its_writer():
    assert sheet(FLAT, subject="转发：民政局关于报送联系人的通知").doubts == ()


def test_the_town_over_its_sub_unit_is_no_second_answer():
    understood = sheet("填报单位：古城镇人民政府", FLAT.replace("教育局", "古城镇国土所"))

    assert (understood.units, understood.rows[0].org, understood.doubts) == (
        ("国土资源局",),
        "古城镇国土所",
        ("unit:sub-unit",),
    )


def test_an_office_inside_the_town_is_named_with_the_town():
    understood = sheet("填报单位：古城镇", FLAT.replace("教育局", "经管站"), name="古城镇.xlsx")

    assert (understood.units, understood.rows[0].org) == (("古城镇",), "古城镇经管站")


def test_many_units_under_one_file_name_are_no_conflict():
    understood = sheet(
        FLAT + "民政局|钱大|副局长|钱三三|13900000009|024-48000009|b@163.example\n", name="司法局汇总.xlsx"
    )

    assert (understood.units, understood.doubts) == (("教育局", "民政局"), ())


def test_one_mailbox_of_two_units_is_said():
    understood = sheet(FLAT + "民政局|钱大|副局长|钱三三|13900000009|024-48000009|jyj@163.example\n")

    assert [(remark.word, remark.unit) for remark in understood.remarks] == [("email:shared", "教育局、民政局")]


def test_a_name_alone_counts_in_a_list_of_units_and_a_unit_alone_does_not():
    understood = sheet(FLAT + "民政局|钱大|||||\n司法局||||||\n")

    assert understood.units == ("教育局", "民政局")
