"""Contacts in running text (domain 4.2): pasted tables, headings with colons, sentences."""

import pytest
from sheet_builders import FLAT, NAMES, only, sheet

from rules.contacts import Context
from rules.contacts.aligned import grids, pieces
from rules.contacts.pairs import before_heading, pairs, spaced
from rules.contacts.prose import sentences
from rules.contacts.understanding import understand_text

FULL = {
    "unit": "教育局",
    "leader": "赵一鸣",
    "leader_title": "副局长",
    "leader_phone": "13900000001",
    "contact": "李二丫",
    "contact_title": "办公室主任",
    "hotline": "024-48000003",
    "office_phone": "024-48000001",
    "mobile": "13900000002",
    "email": "jyj@163.example",
}
TEXTS = {
    "lines": [
        "教育局联系人信息",
        "单位：桓仁县教育局",
        "分管领导：赵一鸣   职务：副局长   电话：13900000001",
        "联系人：李二丫",
        "职务：办公室主任",
        "办公电话：024-48000001",
        "手　机：13900000002",
        "投诉举报电话：024-48000003",
        "邮　箱：jyj@163.example",
    ],
    "numbered": [
        "教育局投诉举报联系人报送",
        "一、投诉举报电话：024-48000003",
        "二、分管领导：赵一鸣（副局长），电话13900000001",
        "三、联系人：李二丫（办公室主任），办公电话024-48000001，手机13900000002",
        "四、电子邮箱：jyj@163.example",
    ],
    "one breath": [
        "县教育局联系人：李二丫，办公室主任，办公电话024-48000001，手机13900000002；分管领导：赵一鸣，副局长，电话13900000001。"
        "投诉举报电话：024-48000003。邮箱：jyj@163.example"
    ],
    "sentence": [
        "督查室：",
        "　　我单位（县教育局）损害营商环境投诉举报电话为024-48000003，分管领导为副局长赵一鸣，电话13900000001；联系人为办公室主任李二丫，"
        "办公电话024-48000001，手机13900000002，邮箱jyj@163.example。",
        "　　特此报送。",
    ],
    "sentences signed": [
        "现将我局信息报送如下：分管领导是副局长赵一鸣，手机13900000001。联系人是李二丫，职务为办公室主任，办公电话为024-48000001，"
        "手机为13900000002。投诉举报电话设为024-48000003，电子邮箱是jyj@163.example。",
        "教育局",
    ],
    "pieces after the name": [
        "我们教育局联系人李二丫，办公室主任，024-48000001、13900000002，jyj@163.example。分管领导赵一鸣副局长，13900000001。投诉举报电话024-48000003"
    ],
}


@pytest.mark.parametrize("name", TEXTS)
def test_however_it_is_told_it_is_the_same_row(name):
    assert only(*TEXTS[name]) == FULL


def test_columns_of_blanks_are_a_table_and_what_stands_under_a_column_belongs_to_it():
    rows = sheet(
        "  古城镇投诉举报联系人",
        "-" * 60,
        "单位      分管领导   联系人    手机           投诉举报电话      邮箱",
        "古城镇    赵一鸣     李二丫    13900000002    024-48000003      a@163.example",
        "                     王小三    13900000005",
        "注：以上信息真实有效。",
    ).rows

    assert [(row.unit, row.leader, row.contact, row.mobile, row.hotline) for row in rows] == [
        ("古城镇", "赵一鸣", "李二丫", "13900000002", "024-48000003"),
        ("古城镇", "赵一鸣", "王小三", "13900000005", "024-48000003"),
    ]


def test_a_piece_alone_under_a_later_column_goes_on_with_the_table():
    text = "单位      分管领导   联系人    手机\n教育局    赵一鸣     李二丫    13900000002\n                               13900000005"

    (row,) = understand_text(text, Context(), NAMES).rows

    assert row.mobile == "13900000002、13900000005"


def test_bars_are_columns():
    text = "|单位|分管领导|联系人|手机|\n|---|---|---|---|\n|教育局|赵一鸣|李二丫|13900000002|"

    assert [row.contact for row in understand_text(text, Context(), NAMES).rows] == ["李二丫"]


def test_a_header_whose_merged_groups_were_lost_is_spread_again():
    text = (
        "序号\t单位\t分管领导\t联系人\t投诉举报电话\t电子邮箱\n姓名\t职务\t电话\t姓名\t职务\t办公电话\t手机\n"
        "1\t县教育局\t赵一鸣\t副局长\t13900000001\t李二丫\t办公室主任\t024-48000001\t13900000002\t024-48000003\tjyj@163.example"
    )

    assert [row.given() for row in understand_text(text, Context(), NAMES).rows] == [FULL]


def test_a_header_that_does_not_fit_is_left_as_it_is():
    text = "单位\t分管领导\t联系人\t手机\n教育局\t赵一鸣\t李二丫\t13900000002\t见附页\n民政局\t钱大\t钱三三\t13900000003\t见附页"

    assert [row.mobile for row in understand_text(text, Context(), NAMES).rows] == ["13900000002", "13900000003"]


def test_lines_without_columns_stay_lines():
    assert grids(["教育局", "联系人  李二丫", ""]) == ["教育局", "联系人　李二丫"]
    assert [piece.text for piece in pieces("a  b")] == ["a", "b"]


SILENT = [
    "请问信息表要盖章扫描件还是只要电子版？联系人必须是党员吗？",
    "定于4月26日开会，会议联系人：李二丫，手机13900000002。",
    "联系人是谁？电话13900000002",
    "联系人李二丫，手机另报。",
    "联系人李二丫，电话13900000002。",
    "联系人：",
    "联系人为" + "长" * 30 + "，手机13900000002，邮箱a@163.example",
]


@pytest.mark.parametrize("text", SILENT)
def test_a_question_a_notice_and_a_bare_name_are_no_report(text):
    assert sentences(text) is None


def test_pairs_end_where_the_next_heading_begins():
    found = [
        (item.label.who, sorted(item.label.what), item.text)
        for item in pairs("填表人：李二丫　　审核人：赵一鸣　联系电话：024-48001335")
    ]

    assert found == [("filled", ["name"], "李二丫"), ("filled", ["name"], "赵一鸣"), ("", ["phone"], "024-48001335")]


def test_a_colon_that_is_no_heading_belongs_to_the_value():
    assert [item.text for item in pairs("备注：周一 8:30 上班")] == ["周一 8：30 上班"]
    assert pairs("时刻 8:30") == []


def test_a_heading_glued_to_other_words_is_found_at_their_end():
    assert [item.label.who for item in pairs("我镇的联系人：李二丫")] == ["contact"]
    assert [sorted(item.label.what) for item in pairs("古城镇 邮 箱：a@163.example")] == [["email"]]
    assert (before_heading("县教育局联系人：李二丫"), before_heading("没有冒号"), before_heading("时刻：8")) == (
        "县教育局",
        "",
        "",
    )


CHANGES = {
    "from one to another": "教育局投诉举报联系人由钱三三改为李二丫，手机13900000002，其他不变。",
    "with a rank in brackets": "我局（教育局）联系人由钱三三（科员）变更为李二丫，手机13900000002。",
    "who takes over, the rest in brackets": "原联系人钱三三因病离岗，自5月1日起由李二丫同志接替（办公室主任，电话13900000002），举报电话不变。教育局",
    "who left and who follows": "我局原联系人钱三三已退休，现由李二丫（办公室主任）负责，手机13900000002。教育局",
}


@pytest.mark.parametrize("name", CHANGES)
def test_of_a_change_told_in_a_sentence_the_new_person_counts(name):
    (row,) = understand_text(CHANGES[name], Context("", "", "教育局"), NAMES).rows

    assert (row.contact, row.mobile) == ("李二丫", "13900000002")


def test_headings_without_colons_are_read_where_an_answer_follows():
    lines = ("教育局", "1.联系人 李二丫", "2.手机 13900000002", "3.投诉举报电话 024-48000003", "4.邮箱 jyj@163.example")

    assert only(*lines) == {
        "unit": "教育局",
        "contact": "李二丫",
        "mobile": "13900000002",
        "hotline": "024-48000003",
        "email": "jyj@163.example",
    }
    assert spaced("联系人 信息表") == spaced("联系人") == spaced("职务 科长") == spaced("邮箱 另行报送") == []


def test_a_notice_that_asks_for_sheets_names_no_contact_of_a_unit():
    asks = "请各单位于4月25日前报送。联系人：王某某，电话：024-48009998，邮箱：office@163.example。"

    assert sheet("教育局", asks).rows == ()
    assert sheet("教育局", asks.replace("各单位", "")).rows == ()
    assert [row.contact for row in sheet(asks, FLAT).rows] == ["李二丫"]
    assert only(
        "教育局联系人：李二丫，手机13900000002。请各位领导审阅", "投诉举报电话：024-48000003（请于工作日8:30前后拨打）"
    ) == {
        "unit": "教育局",
        "contact": "李二丫",
        "hotline": "024-48000003",
        "mobile": "13900000002",
    }


@pytest.mark.parametrize("title", ["优化营商环境工作会议报名表", "营商环境工作会议签到表（4月）"])
def test_a_list_of_another_kind_is_no_contact_sheet_though_it_is_about_the_same_matter(title):
    assert sheet(title, FLAT).doubts == ("file:not-a-table",)
    assert sheet("投诉举报联系人登记表", FLAT).rows
