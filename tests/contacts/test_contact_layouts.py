"""Layouts of contact sheets (domain 4.1, 4.3): each reads to the same row, whatever the form."""

import pytest
from sheet_builders import EDUCATION, FLAT, only, paper, sheet, table

from rules.contacts import Row
from rules.contacts.people import unit_and_title

FULL = {
    "unit": "教育局",
    "leader": "赵一鸣",
    "leader_title": "副局长",
    "leader_phone": "13900000001",
    "contact": "李二丫",
    "contact_title": "科长",
    "hotline": "024-48000003",
    "office_phone": "024-48000001",
    "mobile": "13900000002",
    "email": "jyj@163.example",
}
TWO_ROWS = """
信息情况表||||||||||
序号|单位|分管领导|||联系人||||投诉举报电话|电子邮箱
||姓名|职务|电话|姓名|职务|办公电话|手机||
1|县教育局|赵一鸣|副局长|13900000001|李二丫|科长|024-48000001|13900000002|024-48000003|jyj@163.example
填表人：李二丫||||||||||
"""
THREE_ROWS = """
单位名称|人员情况||||||投诉举报|
|分管领导|||联系人|||||
|姓名|职务|电话|姓名|职务|办公电话|手机|电话|邮箱
"""
OTHER_ORDER = """
联络员|联系人职务|手机|座机|电子信箱|投诉电话|单位|主管领导|领导职务|领导电话
李二丫|科长|13900000002|024-48000001|jyj@163.example|024-48000003|教育局|赵一鸣|副局长|13900000001
"""
FORM = """
单位名称|教育局
分管领导|赵一鸣
职务|副局长
联系电话|13900000001
联系人|李二丫
职务|科长
办公电话|024-48000001
手机|13900000002
投诉举报电话|024-48000003
电子邮箱|jyj@163.example
备注|
"""
PAIRS = """
单位名称|教育局|填报时间|2017.4.20
分管领导|赵一鸣|职务|副局长
领导电话|13900000001|投诉举报电话|024-48000003
联系人|李二丫|职务|科长
办公电话|024-48000001|手机|13900000002
电子邮箱|jyj@163.example|备注|
填表人|李二丫|审核人|赵一鸣
"""
ROW_GROUPS = """
单位名称|教育局|教育局
分管领导|姓名|赵一鸣
|职务|副局长
|电话|13900000001
联系人|姓名|李二丫
|职务|科长
|办公电话|024-48000001
|手机|13900000002
投诉举报电话|024-48000003|
邮箱|jyj@163.example|
"""
BY_PEOPLE = """
教育局投诉举报联系人|||
类别|姓名|职务|电话
分管领导|赵一鸣|副局长|13900000001
联系人|李二丫|科长|024-48000001 13900000002
投诉举报电话|024-48000003|邮箱|jyj@163.example
"""
BY_PEOPLE_WITH_UNIT = """
序号|单位|人员类别|姓名|职务|联系电话
1|教育局|分管领导|赵一鸣|副局长|13900000001
2|教育局|联系人|李二丫|科长|024-48000001/13900000002
3|教育局|投诉举报电话|||024-48000003
4|教育局|电子邮箱|||jyj@163.example
"""
NO_HEADER = """
教育局投诉举报联系人|||
分管领导|赵一鸣|副局长|13900000001
联系人|李二丫|科长|024-48000001、13900000002
投诉举报电话|024-48000003||
邮箱|jyj@163.example||
"""
BLOCKS = """
单位|教育局||
分管领导|职务|联系电话|
赵一鸣|副局长|13900000001|
联系人|职务|手机|办公电话
李二丫|科长|13900000002|024-48000001
投诉举报电话|024-48000003|邮箱|jyj@163.example
"""
CELLS_WITH_COLONS = """
单位：教育局|分管领导：赵一鸣
职务：副局长|电话：13900000001
联系人：李二丫|职 务：科长
办公电话：024-48000001|手机：13900000002
投诉举报电话：024-48000003|邮箱：jyj@163.example
"""
GLUED = """
单位|分管领导姓名及职务|领导电话|联系人姓名、职务、电话|投诉举报电话|邮箱
教育局|赵一鸣 副局长|13900000001|李二丫（科长）024-48000001 13900000002|024-48000003|jyj@163.example
"""
BOTH_LEADERS = """
单位|主要负责人|电话|分管领导|职务|电话|联系人|职务|电话|手机|投诉举报电话|邮箱
教育局|孙老大|13900000009|赵一鸣|副局长|13900000001|李二丫|科长|024-48000001|13900000002|024-48000003|jyj@163.example
"""
LAYOUTS = {
    "two rows": TWO_ROWS,
    "other order": OTHER_ORDER,
    "form": FORM,
    "pairs": PAIRS,
    "row groups": ROW_GROUPS,
    "by people": BY_PEOPLE,
    "by people with unit": BY_PEOPLE_WITH_UNIT,
    "no header": NO_HEADER,
    "blocks": BLOCKS,
    "cells with colons": CELLS_WITH_COLONS,
    "glued": GLUED,
    "both leaders": BOTH_LEADERS,
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_reads_to_the_same_row(name):
    assert only(LAYOUTS[name]) == FULL


def test_a_header_of_three_rows_with_merged_groups_is_one_header():
    rows = [line.split("|") for line in THREE_ROWS.strip().split("\n")]
    rows.append(
        [
            "教育局",
            "赵一鸣",
            "副局长",
            "13900000001",
            "李二丫",
            "科长",
            "024-48000001",
            "13900000002",
            "024-48000003",
            "jyj@163.example",
        ]
    )
    width = len(rows[-1])
    rows[0] = ["单位名称", *["人员情况"] * 7, *["投诉举报"] * 2]
    rows[1] = ["单位名称", *["分管领导"] * 3, *["联系人"] * 4, *["投诉举报"] * 2]
    rows[2] = ["单位名称", "姓名", "职务", "电话", "姓名", "职务", "办公电话", "手机", "电话", "邮箱"]
    merges = ((0, 0, 2, 0), (0, 1, 0, 7), (0, 8, 1, 9), (1, 1, 1, 3), (1, 4, 1, 7))
    assert {len(row) for row in rows} == {width}

    assert only(table("\n".join("|".join(row) for row in rows), merges=merges)) == FULL


SIDEWAYS = """
{corner}|教育局|民政局
分管领导|赵一鸣|钱大
联系人|李二丫|钱三
手机|13900000002|13900000004
投诉举报电话|024-48000003|024-48000005
邮箱|a@163.example|b@163.example
"""


@pytest.mark.parametrize("corner", ["单位", "项目", ""])
def test_a_table_on_its_side_has_a_record_in_every_column(corner):
    rows = sheet(SIDEWAYS.format(corner=corner)).rows

    assert [(row.unit, row.leader, row.contact, row.email) for row in rows] == [
        ("教育局", "赵一鸣", "李二丫", "a@163.example"),
        ("民政局", "钱大", "钱三", "b@163.example"),
    ]


def test_a_table_on_its_side_with_two_contacts_of_one_unit_needs_no_unit_column():
    text = "\n教育局信息表||\n项目|第一联系人|第二联系人\n联系人|李二丫|王小三\n职务|科长|科员\n手机|13900000002|13900000004\n"

    assert [(row.unit, row.contact) for row in sheet(text).rows] == [("教育局", "李二丫"), ("教育局", "王小三")]


def test_a_second_contact_below_takes_unit_leader_and_hotline_from_above():
    rows = sheet(TWO_ROWS.replace("填表人：李二丫||||||||||", "|||||王小三|科员|024-48000004|13900000005||")).rows

    assert [row.given() for row in rows] == [
        FULL,
        {**FULL, "contact": "王小三", "contact_title": "科员", "office_phone": "024-48000004", "mobile": "13900000005"},
    ]


def test_without_a_unit_column_a_second_contact_is_known_by_its_missing_leader():
    text = "\n分管领导|联系人|手机|投诉举报电话|邮箱\n赵一鸣|李二丫|13900000002|024-48000003|jyj@163.example\n|王小三|13900000005||\n"

    rows = sheet("教育局", text).rows

    assert [(row.unit, row.leader, row.contact, row.hotline) for row in rows] == [
        ("教育局", "赵一鸣", "李二丫", "024-48000003"),
        ("教育局", "赵一鸣", "王小三", "024-48000003"),
    ]


def test_two_contacts_in_columns_are_two_rows():
    text = "\n单位|联系人1|联系人2|联系电话1|联系电话2|举报电话|邮箱\n教育局|李二丫|王小三|13900000002|13900000005|024-48000003|a@163.example\n"

    assert [(row.contact, row.mobile) for row in sheet(text).rows] == [
        ("李二丫", "13900000002"),
        ("王小三", "13900000005"),
    ]


def test_ditto_marks_repeat_the_row_above_and_are_doubted():
    understood = sheet(FLAT.strip("\n").join("\n\n") + "同上|〃|同上|王小三|13900000005|″|同上\n")

    assert understood.rows == (EDUCATION, Row(**{**EDUCATION.given(), "contact": "王小三", "mobile": "13900000005"}))
    assert understood.doubts == ("cell:ditto",)


def test_sections_totals_samples_and_repeated_headers_are_no_rows():
    header, row = FLAT.strip().split("\n")
    text = "\n".join(
        [
            "",
            header,
            "例：××局|张三|副局长|李四|13800000000|024-12345678|example@163.example",
            "一、县直部门||||||",
            row,
            "",
            header,
            "合计|1个单位|||||",
            "",
        ]
    )

    assert sheet(text).rows == (EDUCATION,)


def test_a_sample_is_known_by_its_names_too():
    assert sheet(FLAT + "民政局|张三|副局长|李四|13800000000|024-48000009|b@163.example\n").rows == (EDUCATION,)


def test_a_unit_in_a_section_row_is_the_unit_of_the_rows_below_it():
    text = "\n分管领导|联系人|手机|投诉举报电话|邮箱\n教育局||||\n赵一鸣|李二丫|13900000002|024-1|a@163.example\n民政局||||\n钱大|钱三|13900000004|024-2|b@163.example\n"

    assert [(row.unit, row.contact) for row in sheet(text).rows] == [("教育局", "李二丫"), ("民政局", "钱三")]


def test_each_sheet_of_a_workbook_may_be_a_unit():
    one = "\n分管领导|联系人|手机|投诉举报电话|邮箱\n赵一鸣|李二丫|13900000002|024-48000003|a@163.example\n"

    rows = sheet(table(one, "教育局"), table(one.replace("a@", "b@"), "民政局")).rows

    assert [row.unit for row in rows] == ["教育局", "民政局"]


def test_a_hidden_sheet_is_left_out():
    shown = table(FLAT)
    hidden = type(shown)("2016", table(FLAT.replace("李二丫", "钱三三")).rows, hidden=True)

    assert sheet(hidden, shown).rows == (EDUCATION,)


def test_a_table_per_unit_ends_where_the_next_begins():
    text = BY_PEOPLE + "|||\n" + BY_PEOPLE.strip("\n").replace("教育局", "民政局").replace("李二丫", "钱三三")

    assert [(row.unit, row.contact) for row in sheet(text).rows] == [("教育局", "李二丫"), ("民政局", "钱三三")]


def test_halves_of_a_record_in_two_tables_are_one_row():
    leader = "\n分管领导|职务|领导电话\n赵一鸣|副局长|13900000001\n"
    contact = "\n联系人|职务|办公电话|手机|投诉举报电话|邮箱\n李二丫|科长|024-48000001|13900000002|024-48000003|jyj@163.example\n"

    assert only("教育局联系人信息表", "一、分管领导", leader, "二、联系人", contact) == FULL


def test_a_list_of_the_leading_group_beside_the_sheet_is_left_out():
    group = "\n职务|姓名|电话\n组长|孙老大|13900000009\n成员|李二丫|13900000002\n"

    assert sheet("教育局领导小组成员", group, "联系人信息表", FLAT).rows == (EDUCATION,)


def test_a_sheet_of_the_leading_group_alone_is_read():
    assert only("教育局领导小组成员", "\n姓名|职务|电话\n孙老大|科长|13900000009\n") == {
        "unit": "教育局",
        "contact": "孙老大",
        "contact_title": "科长",
        "mobile": "13900000009",
    }


def test_a_title_beside_its_heading_is_no_heading_of_its_own():
    assert only(FORM.replace("职务|科长", "职务|工作人员"))["contact_title"] == "工作人员"


def test_people_with_their_part_in_a_column_of_duties():
    text = "\n教育局||||\n姓名|职务|分工|手机|邮箱\n赵一鸣|副局长|分管领导|13900000001|\n李二丫|科长|联系人|13900000002|a@163.example\n"

    assert only(text) == {
        "unit": "教育局",
        "leader": "赵一鸣",
        "leader_title": "副局长",
        "leader_phone": "13900000001",
        "contact": "李二丫",
        "contact_title": "科长",
        "mobile": "13900000002",
        "email": "a@163.example",
    }


def test_a_wrapped_number_alone_in_its_row_is_no_title():
    assert only(FLAT + "||||13900000009||\n") == {**EDUCATION.given(), "mobile": "13900000002、13900000009"}


def test_a_row_of_one_heading_sets_whom_the_next_rows_are_about():
    text = "\n分管领导||\n姓名|赵一鸣|\n电话|13900000001|\n联系人||\n姓名|李二丫|\n手机|13900000002|\n"

    assert only("教育局", text) == {
        "unit": "教育局",
        "leader": "赵一鸣",
        "leader_phone": "13900000001",
        "contact": "李二丫",
        "mobile": "13900000002",
    }


BLANKS = {
    "header only": "\n单位|分管领导|联系人|手机\n",
    "numbered": "\n序号|单位|联系人|手机\n1|||\n2|||\n注：请填写。|||\n",
    "unit filled in": "\n单位|分管领导|联系人|手机|邮箱\n教育局||||\n",
    "form": "\n单位名称||工作机构|\n分管领导||职务|\n联系人||手机|\n邮箱||备注|\n",
    "only the sample": "\n单位|联系人|手机|邮箱\n例|李四|13800000000|a@163.example\n",
}


@pytest.mark.parametrize("name", BLANKS)
def test_a_template_nobody_filled_in_is_blank(name):
    assert (sheet(BLANKS[name]).rows, sheet(BLANKS[name]).doubts) == ((), ("file:blank",))


OTHERS = {
    "duty": ("4月份值班安排表", "\n日期|带班领导|值班人员|值班电话\n4月24日|王红霞|郭玉莹|024-48003312\n"),
    "attendance": ("会议签到表", "\n单位|姓名|职务|电话\n教育局|赵一鸣|副局长|13900000001\n"),
    "notice": ("关于召开会议的通知", "请各单位分管领导准时参加。联系电话：024-48009999。"),
    "tasks": ("工作安排", "\n姓名|职务|职责\n赵一鸣|副局长|受理登记\n"),
    "other": ("\n甲|乙\n1|2\n",),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_papers_are_no_sheets(name):
    assert (sheet(*OTHERS[name]).rows, sheet(*OTHERS[name]).doubts) == ((), ("file:not-a-table",))


def test_a_very_long_form_is_cut_into_pieces_and_read_in_time():
    rows = "\n".join(f"手机|139{number:08}" for number in range(2000))

    (row,) = sheet("\n单位|教育局\n联系人|李二丫\n" + rows + "\n").rows

    assert (row.unit, row.contact, row.mobile[:11]) == ("教育局", "李二丫", "13900000000")
    assert len(row.mobile.split("、")) < 2000


def test_many_rows_of_headings_do_not_go_deep():
    assert sheet("\n" + "单位|联系人|手机\n" * 2000).doubts == ("file:blank",)


def test_overlapping_merges_beyond_all_use_are_bounded():
    wide = table(FLAT, merges=tuple((0, 0, 3000, 60) for _ in range(5)))

    assert sheet(wide).doubts == ("file:not-a-table",)


def test_a_paper_with_an_archive_is_read_file_by_file():
    from sheet_builders import NAMES

    from rules.contacts import Context, understand
    from rules.papers import Paper

    inner = (paper(FLAT, name="a/教育局.docx"), Paper("jpg", doubts=("file:scan",), why_not="file:scan", name="a.jpg"))
    understood = understand([Paper("zip", inner=inner, name="表.zip", doubts=("file:tnef",))], Context(), NAMES)

    assert (understood.rows, understood.doubts) == ((EDUCATION,), ())
    assert understand([], Context(), NAMES).doubts == ("file:empty",)


@pytest.mark.parametrize("corner", ["项目", ""])
def test_a_table_of_people_in_columns_is_read_by_its_captions(corner):
    text = f"""
{corner}|分管领导|联系人
姓名|赵一鸣|李二丫
职务|副局长|科长
手机|13900000001|13900000002
办公电话||024-48000001
"""

    assert only("教育局", text, "投诉举报电话：024-48000003", "邮箱：jyj@163.example") == FULL


SECTIONS = """
姓名|职务|手机
赵一鸣|副局长|13900000001
"""
CONTACTS = """
姓名|职务|办公电话|手机
李二丫|科长|024-48000001|13900000002
"""


def test_a_heading_over_a_table_says_whose_names_stand_in_it():
    reach = ("三、投诉举报电话：024-48000003", "四、电子邮箱：jyj@163.example")

    assert only("教育局", "一、分管领导", SECTIONS, "二、联系人", CONTACTS, *reach) == FULL


def test_a_group_that_names_office_and_person_asks_for_the_person_below_it():
    headings = "单位|责任股室、具体经办人||投诉举报电话|邮箱（外网）"

    row = only(f"\n{headings}\n|姓名|职务|||\n教育局|李二丫|科长|024-48000003|jyj@163.example\n")

    assert (row["contact"], row["contact_title"]) == ("李二丫", "科长")


def test_a_cell_with_headings_of_its_own_belongs_to_the_person_beside_it():
    form = """
单位|教育局
分管领导|姓名：赵一鸣~职务：副局长~电话：13900000001
联系人|李二丫 职务：科长~办公电话：024-48000001~手机：13900000002
投诉举报电话|024-48000003
邮箱|jyj@163.example
"""

    assert only(form) == FULL


def test_a_person_under_a_word_of_no_list_is_not_the_leader():
    headings = "单位|分管领导|职务|手机|材料报送人|职务|座机|手机|投诉举报电话|邮箱"
    cells = "教育局|赵一鸣|副局长|13900000001|李二丫|科长|024-48000001|13900000002|024-48000003|jyj@163.example"

    assert only(f"\n{headings}\n{cells}\n") == FULL
    assert "contact" not in only(f"\n{headings.replace('材料报送人', '甲乙丙丁戊己庚')}\n{cells}\n")


def test_an_office_and_a_mobile_number_in_one_cell_for_both_are_no_two_numbers():
    said = sheet("\n单位|联系人|办公电话/手机|邮箱\n教育局|李二丫|024-48000001/13900000002|jyj@163.example\n")

    assert [(row.office_phone, row.mobile) for row in said.rows] == [("024-48000001", "13900000002")]
    assert said.doubts == ()


CHANGED = {
    "columns": "\n项目|变更前|变更后\n联系人|钱三三|李二丫\n职务|科员|科长\n手机|13900000009|13900000002\n",
    "rows": "\n情况|联系人|职务|手机\n变更前|钱三三|科员|13900000009\n变更后|李二丫|科长|13900000002\n",
    "headings": "\n单位|原联系人|手机|现联系人|职务|手机\n教育局|钱三三|13900000009|李二丫|科长|13900000002\n",
    "in the cell": "\n单位|联系人|职务|手机\n教育局|由钱三三改为李二丫|科长|13900000009变更为13900000002\n",
}


@pytest.mark.parametrize("name", CHANGED)
def test_of_a_change_only_what_counts_now_is_read(name):
    row = only("教育局联系人变更表", CHANGED[name])

    assert {key: row[key] for key in ("contact", "contact_title", "mobile")} == {
        "contact": "李二丫",
        "contact_title": "科长",
        "mobile": "13900000002",
    }


def test_a_heading_with_its_answer_in_the_row_below_it():
    title = "\n教育局|||\n姓名|职务|办公电话|手机\n李二丫|科长|024-48000001|13900000002\n"

    row = only(f"{title}三、投诉举报电话|||\n024-48000003|||\n四、邮箱|||\njyj@163.example|||\n")

    assert (row["hotline"], row["email"]) == ("024-48000003", "jyj@163.example")


def test_a_title_and_a_number_in_one_bracket_behind_the_name():
    row = only(
        "\n单位|分管领导（职务、电话）|联系人|邮箱\n教育局|赵一鸣（副局长、13900000001）|李二丫（科长，党组成员）|jyj@163.example\n"
    )

    assert (row["leader"], row["leader_title"], row["leader_phone"]) == ("赵一鸣", "副局长", "13900000001")
    assert (row["contact"], row["contact_title"]) == ("李二丫", "科长,党组成员")


def test_the_comrade_who_does_the_work_is_the_contact():
    row = only(
        "\n单位（公章）|分管领导|职务|具体负责同志|所在股室|手机\n教育局|赵一鸣|副局长|李二丫|科长|13900000002\n"
    )

    assert (row["unit"], row["leader"], row["contact"], row["mobile"]) == ("教育局", "赵一鸣", "李二丫", "13900000002")


def test_a_sheet_of_a_workbook_that_shows_how_to_fill_in_another_is_no_record():
    shown = FLAT.replace("教育局", "民政局")

    assert [row.unit for row in sheet(table(FLAT, "填报表"), table(shown, "填写样例")).rows] == ["教育局"]
    assert [row.unit for row in sheet(table(FLAT, "填写样例")).rows] == ["教育局"]


def test_unit_and_title_in_one_cell_and_the_part_in_the_matter_in_the_remarks():
    people = """
序号|姓名|单位及职务|手机|备注
1|赵一鸣|教育局副局长|13900000001|分管领导
2|李二丫|教育局办公室主任|13900000002|联系人
"""

    row = only(people)

    assert (row["unit"], row["leader"], row["leader_title"]) == ("教育局", "赵一鸣", "副局长")
    assert (row["contact"], row["contact_title"], row["mobile"]) == ("李二丫", "办公室主任", "13900000002")
    assert unit_and_title("科员") == ("", "科员")
