"""The traps of the contact inbox by their numbers (A16 and A70 stand with the doors and the commands): files as they come, read by content.

Every file is opened by the real readers and judged as its mail would be.
"""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import timedelta
from time import monotonic

import openpyxl
import pytest
from sheet_builders import COUNTY, REGISTERED, mail

from daemon.publishing import harmless
from daemon.reader import Died, Reader
from rules.contacts import Context, UnitNames, Verdict, explain, judge_mail, understand
from rules.papers import Paper, Table, open_paper
from rules.papers.rebuild import document_of, workbook_of

NAMES = UnitNames(COUNTY)
HEAD = ("单位", "分管领导", "联系人", "手机", "投诉举报电话", "邮箱")
ROW = ("教育局", "赵一鸣", "李二丫", "13900000002", "024-48000003", "jyj@163.example")
GOOD = workbook_of([Table("Sheet1", (HEAD, ROW))])
WORD = document_of([Table("", (HEAD, ROW))])


def sent(*files: tuple[str, bytes], **given: object) -> Verdict:
    """The verdict on a mail of the education office with these files."""
    papers = [open_paper(data, name) for name, data in files]
    return judge_mail(mail(**given), papers, REGISTERED, COUNTY)  # type: ignore[arg-type]


def a_zip(members: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", kind) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()


def changed(package: bytes, **parts: str) -> bytes:
    """The package with members replaced or added; `__` stands for a slash, `_dot_` for a dot."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members |= {name.replace("__", "/").replace("_dot_", "."): text.encode() for name, text in parts.items()}
    return a_zip(members)


def quickly(work: Callable[[], Verdict]) -> Verdict:
    """The work done within the issue's ten seconds of one file (a busy machine included)."""
    began = monotonic()
    verdict = work()
    assert timedelta(seconds=monotonic() - began) < timedelta(seconds=10)
    return verdict


EVIL_NAMES = [
    "../../etc/cron.d/x",
    "C:\\windows\\x.xlsx",
    "/abs/信息表.xlsx",
    "a/b.xlsx",
    ".",
    "",
    "CON",
    "aux.txt",
    "表.xlsx.",
    "长" * 300,
    "gpj\u202exslx.exe",
    "表\u200b.htaccess",
]


@pytest.mark.parametrize("name", EVIL_NAMES)
def test_a62_a_files_name_is_only_text_and_its_content_decides(name: str):
    verdict = sent((name, GOOD))

    assert (verdict.disposition, verdict.units, verdict.rows[0].contact) == ("contact", ("教育局",), "李二丫")
    assert not any(".." in says or "\u202e" in says for says in explain(verdict))


def nested(depth: int) -> bytes:
    data = a_zip({"x": b"0" * (30 << 20)})
    for _ in range(depth):
        data = a_zip({f"{number}.zip": data for number in range(8)})
    return data


ZIPS = {
    "a bomb of a bomb": nested(2),
    "10,000 members": a_zip({f"{number}.xlsx": b"" for number in range(10_000)}, zipfile.ZIP_STORED),
    "a lying size": GOOD.replace(struct.pack("<I", len("")), struct.pack("<I", 0), 1)[:-60] + b"\0" * 60,
    "an absolute member": a_zip({"/etc/passwd": b"x", "../../x": b"y"}),
    "gz": b"\x1f\x8b\x08" + b"\0" * 200,
    "7z": b"7z\xbc\xaf\x27\x1c" + b"\0" * 200,
    "rar": b"Rar!\x1a\x07\x01\0" + b"\0" * 200,
}


@pytest.mark.parametrize("name", ZIPS)
def test_a63_a_bomb_ends_at_its_limit_and_the_clerk_is_asked_for_the_sheet(name: str):
    verdict = quickly(lambda: sent(("信息表.zip", ZIPS[name])))

    assert (verdict.disposition, verdict.rows) == ("held", ())
    assert any("请" in says for says in explain(verdict))


WML = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
ENTITIES = {
    "an entity bomb": changed(
        WORD,
        word__document_dot_xml=f'<!DOCTYPE w [<!ENTITY a0 "ha">{LAUGHS}]><w:document {WML}><w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>',
    ),
    "an entity of a local file": changed(
        WORD,
        word__document_dot_xml=f'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document {WML}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>',
    ),
}


@pytest.mark.parametrize("name", ENTITIES)
def test_a64_no_entity_is_expanded_and_no_other_file_read(name: str):
    verdict = quickly(lambda: sent(("教育局.docx", ENTITIES[name])))

    assert (verdict.disposition, verdict.doubts, verdict.rows) == ("held", ("file:xxe",), ())


def test_a64_what_lies_outside_is_not_fetched_and_the_rest_is_read():
    outside = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        'Target="http://192.0.2.1/t.dotm" TargetMode="External"/></Relationships>'
    )

    assert sent(("教育局.docx", changed(WORD, word___rels__settings_dot_xml_dot_rels=outside))).units == ("教育局",)


def far_corner() -> bytes:
    book = openpyxl.Workbook()
    for row in (HEAD, ROW):
        book.active.append(row)
    book.active.cell(1_048_576, 16_384, "x")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def many_sheets() -> bytes:
    return workbook_of([Table("Sheet1", (HEAD, ROW)), *(Table(f"S{number}", (("x",),)) for number in range(300))])


def many_rows() -> bytes:
    return workbook_of([Table("Sheet1", (HEAD, ROW, *((("", "", "", "", "", ""),) * 20_000)))])


@pytest.mark.parametrize("made", [far_corner, many_sheets, many_rows])
def test_a65_a_sheet_without_end_is_read_in_its_first_part(made: Callable[[], bytes]):
    verdict = quickly(lambda: sent(("教育局.xlsx", made())))

    assert verdict.rows[0].contact == "李二丫"


MACRO = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ACTIVE = {
    "vba in xlsx": changed(GOOD, xl__vbaProject_dot_bin="x"),
    "vba in docx": changed(WORD, word__vbaProject_dot_bin="x"),
    "lnk": b"L\0\0\0\x01\x14\x02\0" + b"\0" * 200,
    "exe": b"MZ" + b"\0" * 200,
    "script": b"<script>location='ms-msdt:/id'</script>",
}


@pytest.mark.parametrize("name", ACTIVE)
def test_a66_what_could_run_is_never_run_and_never_entered(name: str):
    verdict = sent(("教育局.xlsx", ACTIVE[name]))

    assert verdict.disposition == "held"
    assert set(verdict.doubts) & {"file:macro", "file:not-a-table"}


def test_a66_a_dde_field_is_words_to_ask_about_and_would_leave_as_text():
    row = ("教育局", "赵一鸣", "=cmd|'/C calc'!A0", "13900000002", "024-48000003", "jyj@163.example")

    verdict = sent(("教育局.xlsx", workbook_of([Table("Sheet1", (HEAD, row))])))

    assert (verdict.rows[0].contact, verdict.doubts) == ("cmd、C、calc、A", ("person:two",))
    assert harmless(row[2]).startswith("'=")


@pytest.mark.parametrize("data", [b"%PDF-1.4\n" + GOOD, b"GIF89a" + GOOD, b"\0\1\2\3" + GOOD, b"<html>" + GOOD])
def test_a67_a_file_that_is_two_things_is_what_its_first_bytes_say(data: bytes):
    verdict = sent(("教育局.xlsx", data))

    assert (verdict.disposition, verdict.rows) == ("held", ())


def test_a67_type_name_and_content_may_all_differ():
    verdict = sent(("信息表.pdf", WORD))

    assert (verdict.disposition, verdict.doubts) == ("contact", ("file:wrong-extension",))


PICTURES = {
    "png of 50,000 x 50,000": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
    + struct.pack(">II", 50_000, 50_000)
    + b"\x08\2\0\0\0"
    + b"\0" * 99,
    "gif of many frames": b"GIF89a" + b"\xff" * 6 + b"!\xf9\4\0\0\0\0\0,\0\0\0\0\1\0\1\0\0" * 10_000,
    "broken tiff": b"II*\0" + b"\xff" * 99,
    "heic": b"\0\0\0\x18ftypheic" + b"\0" * 99,
    "jpeg": b"\xff\xd8\xff\xe0" + b"\0" * 99,
}


@pytest.mark.parametrize("name", PICTURES)
def test_a68_no_picture_is_decoded_and_the_clerk_is_asked_for_a_table(name: str):
    verdict = quickly(lambda: sent(("教育局.jpg", PICTURES[name])))

    assert (verdict.disposition, verdict.doubts[0]) == ("held", "file:scan")
    assert "请另发电子表格" in explain(verdict)[0]


def test_a69_a_reading_that_hangs_costs_only_itself(tmp_path):
    """No converter runs; what would hang is the reading, and it ends with its child."""
    with Reader(tmp_path, wall=0.0) as impatient:
        died = impatient.paper(GOOD, "教育局.xlsx")
    with Reader(tmp_path) as reader:
        read = reader.paper(GOOD, "教育局.xlsx")

    assert died == Died("time")
    assert isinstance(read, Paper)
    assert list(tmp_path.iterdir()) == []


def workbook(*rows: tuple[object, ...], merge: str = "", hidden: tuple[tuple[object, ...], ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for span in merge.split():
        book.active.merge_cells(span)
    if hidden:
        sample = book.create_sheet("样表")
        sample.sheet_state = "hidden"
        for row in hidden:
            sample.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


TWO_ROWS = (("单位", "分管领导", "", "联系人", "", "邮箱"), ("", "姓名", "职务", "姓名", "手机", ""))
ONE = ("教育局", "赵一鸣", "副局长", "李二丫", "13900000002", "jyj@163.example")
MERGED = "A1:A2 B1:C1 D1:E1 F1:F2"


def only(data: bytes, name: str = "信息表.xlsx"):
    return understand([open_paper(data, name)], Context(name), NAMES)


def test_l78_a_header_of_two_rows_with_merged_cells():
    (row,) = only(workbook(*TWO_ROWS, ONE, merge=MERGED)).rows

    assert (row.leader, row.leader_title, row.contact, row.mobile) == ("赵一鸣", "副局长", "李二丫", "13900000002")


def test_l78_a_unit_cell_merged_over_its_people():
    rows = only(workbook(*TWO_ROWS, ONE, ("", "", "", "王小三", "13900000003", ""), merge=f"{MERGED} A3:A4")).rows

    assert [(row.unit, row.contact) for row in rows] == [("教育局", "李二丫"), ("教育局", "王小三")]


def test_l78_a_hidden_sheet_with_a_sample_is_left_out_and_said():
    sheet = only(workbook(HEAD, ROW, hidden=(HEAD, ("民政局", "张三", "李四", "13800000000", "", ""))))

    assert ([row.unit for row in sheet.rows], sheet.doubts) == (["教育局"], ("sheet:hidden",))


def test_l78_digits_that_excel_lost_are_never_guessed():
    sheet = only(workbook(HEAD, ("教育局", "赵一鸣", "李二丫", "1.39414E+10", "024-48000003", "jyj@163.example")))

    assert (sheet.rows[0].mobile, sheet.doubts) == ("", ("phone:scientific",))


def test_l78_a_number_that_excel_made_of_a_telephone_is_a_telephone_again():
    sheet = only(workbook(HEAD, ("教育局", "赵一鸣", "李二丫", 13900000002.0, "024-48000003", "jyj@163.example")))

    assert (sheet.rows[0].mobile, sheet.doubts) == ("13900000002", ())


def test_l78_two_people_in_a_cell_are_both_told_and_asked_about():
    sheet = only(
        workbook(HEAD, ("教育局", "赵一鸣", "李二丫、王小三", "13900000002", "024-48000003", "jyj@163.example"))
    )

    assert (sheet.rows[0].contact, sheet.doubts) == ("李二丫、王小三", ("person:two",))


def test_l78_a_form_that_nobody_filled_in_is_blank():
    assert (only(workbook(*TWO_ROWS, merge=MERGED)).rows, only(workbook(HEAD)).doubts) == ((), ("file:blank",))


def test_l78_a_picture_alone_is_held_and_asked_for_again():
    assert sent(("教育局.jpg", PICTURES["jpeg"])).disposition == "held"


def test_l78_the_sheet_that_shall_count_comes_after_the_picture():
    verdict = sent(("教育局.xlsx", GOOD), subject="信息表更正，以此为准")

    assert (verdict.disposition, verdict.doubts) == ("contact", ())


def test_l78_two_units_in_one_sheet_are_the_offices_to_send():
    other = ("民政局", "钱大", "钱三三", "13900000009", "024-48000009", "b@163.example")

    verdict = sent(("汇总.xlsx", workbook(HEAD, ROW, other)))
    assert (verdict.disposition, verdict.units, verdict.doubts) == (
        "held",
        ("教育局", "民政局"),
        ("sender:other-unit",),
    )


def test_l78_a_files_name_that_names_another_unit_is_a_question():
    verdict = sent(("民政局.xlsx", GOOD))

    assert (verdict.disposition, verdict.doubts) == ("held", ("unit:conflict",))
