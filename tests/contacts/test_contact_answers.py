"""What the clerk is told: a sentence with a remedy for every word of doubt, and a blank sheet our own reader reads."""

import re
from hashlib import sha256
from importlib.resources import files

import pytest
from sheet_builders import FLAT, NAMES, sheet

from rules.contacts import Context, Remark, Sheet, blank_papers, blank_template, explain, understand
from rules.contacts.blank import as_document, as_workbook, house_files
from rules.contacts.explaining import sentence
from rules.papers import open_paper

WORDS = [
    "file:encrypted",
    "file:scan",
    "file:empty",
    "file:truncated",
    "file:macro",
    "file:bomb",
    "file:xxe",
    "file:blank",
    "file:not-a-table",
    "file:wrong-extension",
    "file:link-only",
    "file:archive",
    "file:tnef",
    "file:long",
    "file:second-only",
    "sheet:hidden",
    "row:hidden",
    "sender:unknown",
    "sender:other-unit",
    "sender:auth-failed",
    "version:conflict",
    "mail:complaint",
    "unit:missing",
    "unit:ambiguous",
    "unit:unknown",
    "unit:conflict",
    "unit:sub-unit",
    "unit:successor",
    "unit:from-filename",
    "unit:from-subject",
    "unit:from-sender",
    "phone:two",
    "phone:extension",
    "phone:scientific",
    "phone:leading-zero-lost",
    "phone:bad-length",
    "phone:abbreviated",
    "phone:public-unknown",
    "area-code:old",
    "area-code:missing",
    "email:missing",
    "email:qq-number",
    "email:fullwidth",
    "email:trailing",
    "email:obfuscated",
    "email:two",
    "email:invalid",
    "email:shared",
    "person:two",
    "cell:ditto",
]


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_doubt_has_a_sentence_with_a_remedy(word):
    told = sentence(Remark(word, "教育局", "原 文\n" + "长" * 100))

    assert told.startswith("教育局：")
    assert re.search(r"请|核实|转|入库", told)
    assert "（原文：原 文 " in told
    assert "\n" not in told


def test_words_in_the_program_and_sentences_agree():
    source = "".join(path.read_text("utf-8") for path in files("rules.contacts").iterdir() if path.name.endswith(".py"))
    used = set(
        re.findall(r'"((?:file|sheet|row|sender|version|mail|unit|phone|area-code|email|person|cell):[a-z-]+)"', source)
    )

    assert used <= {*WORDS, "file:two-readings"}


def test_two_readings_that_differ_are_told_cell_by_cell():
    told = sentence(Remark("file:two-readings", "教育局", "手机：一为13900000002，一为13900000003"))

    assert told == (
        "教育局：这份旧格式的文件用两种程序读，读出来不一样（手机：一为13900000002，一为13900000003）。"
        "由工作人员对照原件核实后才入库；也可另存为 .docx 再发。"
    )


def test_a_sheet_without_doubt_needs_no_explanation():
    assert explain(sheet(FLAT)) == ()


def test_the_last_sentence_says_how_to_correct_by_reply():
    told = explain(Sheet(remarks=(Remark("email:missing", "教育局"), Remark("email:missing", "教育局"))))

    assert told == (
        "教育局：没有填写电子邮箱。没有邮箱就收不到转办件，请补上。",
        "请直接回复本邮件，写明“单位、项目、正确内容”，或者附上改好的表（注明“更正，以此为准”）。",
    )


@pytest.mark.parametrize("number", [0, 1])
def test_the_blank_sheet_is_read_back_as_blank(number):
    paper = blank_papers()[number]
    understood = understand([open_paper(house_files()[paper.sha256], paper.name)], Context(paper.name), NAMES)

    assert (understood.rows, understood.doubts) == ((), ("file:blank",))


@pytest.mark.parametrize("number", [0, 1])
def test_the_blank_sheet_filled_in_is_read_without_doubt(number):
    values = [
        "1",
        "教育局",
        "纪检监察室",
        "赵一鸣",
        "副局长",
        "13900000001",
        "李二丫",
        "科长",
        "024-48000001",
        "13900000002",
        "024-48000003",
        "a@163.example",
        "无",
    ]
    template = blank_template()
    blank = open_paper(house_files()[blank_papers()[number].sha256])
    (table,) = blank.tables
    at = [row[0] for row in table.rows].index("1")
    rows = (*table.rows[:at], tuple(values), *table.rows[at + 1 :])
    changed = type(table)(table.name, rows, merges=table.merges)
    blocks = tuple(changed if block is table else block for block in blank.blocks)

    understood = understand([type(blank)("docx", blocks=blocks, tables=(changed,))], Context(), NAMES)

    assert understood.doubts == ()
    assert [list(row.given().values()) for row in understood.rows] == [
        [
            "教育局",
            "纪检监察室",
            "赵一鸣",
            "副局长",
            "13900000001",
            "李二丫",
            "科长",
            "024-48000003",
            "024-48000001",
            "13900000002",
            "a@163.example",
        ]
    ]
    assert len(template.header) == len(values)


def test_the_blank_files_are_the_same_bytes_every_time():
    assert tuple(house_files()) == tuple(
        sha256(make(blank_template())).hexdigest() for make in (as_document, as_workbook)
    )
    assert [paper.name.rpartition(".")[2] for paper in blank_papers()] == ["docx", "xlsx"]
