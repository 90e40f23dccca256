"""Sheets of every kind give the same table: what a clerk sees, as text."""

import io
import struct
from typing import Any

import pytest
import xlwt
from papers_made import a_zip, an_xlsx, changed, saved

from rules.papers import Table, kind_of, open_paper
from rules.papers.cells import Shown, shown_number

HEAD = ("单位", "联系人", "联系人")
ROWS = (HEAD, ("单位", "姓名", "手机"), ("古城镇", "张三", "13800000001"))
MERGES = {(0, 0, 1, 0), (0, 1, 0, 2)}


def an_xls(*, hidden: Any = False) -> Any:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("甲")
    sheet.write_merge(0, 1, 0, 0, "单位")
    sheet.write_merge(0, 0, 1, 2, "联系人")
    for row, column, value in ((1, 1, "姓名"), (1, 2, "手机"), (2, 0, "古城镇"), (2, 1, "张三"), (2, 2, 13800000001)):
        sheet.write(row, column, value)
    if hidden:
        sheet.write(3, 0, "李四")
        sheet.row(3).hidden = True
        sheet.write(2, 3, "藏")
        sheet.col(3).hidden = True
        book.add_sheet("乙").write(0, 0, "丙")
        book.get_sheet(1).visibility = 2
    return saved(book)


def a_merged_xlsx() -> Any:
    book = an_xlsx([HEAD[:2], [None, "姓名", "手机"], ["古城镇", "张三", 13800000001]])
    book.active.merge_cells("A1:A2")
    book.active.merge_cells("B1:C1")
    return saved(book)


HTML = (
    "<html><head><meta charset=gb2312></head><body><table><tr><td rowspan=2>单位<td colspan=2>联系人</tr>"
    "<tr><td>姓名<td>手机</tr><tr><td>古城镇<td>张三<td>13800000001</tr></table></body></html>"
)
XML_SHEET = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="甲"><Table><Row>'
    '<Cell ss:MergeDown="1"><Data>单位</Data></Cell><Cell ss:MergeAcross="1"><Data>联系人</Data></Cell></Row>'
    '<Row ss:Index="2"><Cell ss:Index="2"><Data>姓名</Data></Cell><Cell><Data>手机</Data></Cell></Row>'
    "<Row><Cell><Data>古城镇</Data></Cell><Cell><Data>张三</Data></Cell><Cell><Data>13800000001</Data></Cell></Row>"
    '<Row ss:Hidden="1"><Cell><Data>李四</Data></Cell></Row></Table></Worksheet><Worksheet ss:Name="乙"><Table><Row><Cell><Data>丙</Data></Cell></Row>'
    "</Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"
)
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
ODF = (
    f'<o:document-content xmlns:o="{OFFICE}office:1.0" xmlns:t="{OFFICE}table:1.0" xmlns:x="{OFFICE}text:1.0" xmlns:s="{OFFICE}style:1.0" '
    f'xmlns:d="{OFFICE}drawing:1.0"><o:automatic-styles><s:style s:name="h"><s:text-properties x:display="none"/></s:style>'
    '<s:style s:name="ht"><s:table-properties t:display="false"/></s:style></o:automatic-styles><o:body>{}</o:body></o:document-content>'
)
ODS_TABLE = (
    '<t:table t:name="甲"><t:table-header-rows><t:table-row><t:table-cell t:number-rows-spanned="2"><x:p>单位</x:p></t:table-cell>'
    '<t:table-cell t:number-columns-spanned="2"><x:p>联系人</x:p></t:table-cell><t:covered-table-cell/></t:table-row></t:table-header-rows>'
    "<t:table-row><t:covered-table-cell/><t:table-cell><x:p>姓名</x:p></t:table-cell><t:table-cell><x:p>手机</x:p></t:table-cell></t:table-row>"
    "<t:table-row><t:table-cell><x:p>古城镇</x:p></t:table-cell><t:table-cell><x:p>张三</x:p></t:table-cell><t:table-cell><x:p>13800000001</x:p>"
    '</t:table-cell><t:table-cell t:number-columns-repeated="16380"/></t:table-row>'
    '<t:table-row t:visibility="collapse"><t:table-cell><x:p>李四</x:p></t:table-cell></t:table-row>'
    '<t:table-row t:visibility="collapse"><t:table-cell/></t:table-row><t:table-row t:number-rows-repeated="1048572"><t:table-cell/></t:table-row></t:table>'
)


def an_ods(body: str = ODS_TABLE, **parts: Any) -> Any:
    members = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": ODF.format(f"<o:spreadsheet>{body}</o:spreadsheet>"),
    }
    return a_zip({**members, **parts}, kind=0)


SAME = {
    "xls": an_xls,
    "xlsx": a_merged_xlsx,
    "html": lambda: HTML.encode("gb18030"),
    "xml-sheet": XML_SHEET.encode,
    "ods": an_ods,
}


@pytest.mark.parametrize("kind", SAME)
def test_merged_two_row_headers_are_filled_whatever_the_format(kind: str) -> None:
    paper = open_paper(SAME[kind](), "")
    table = paper.tables[0]
    assert (paper.kind, table.rows, set(table.merges)) == (kind, ROWS, MERGES)
    assert table.lines == ("单位\t联系人", "姓名\t手机", "古城镇\t张三\t13800000001")
    assert (table.origin(1, 0), table.origin(0, 2), table.origin(2, 2)) == ((0, 0), (0, 1), (2, 2))


@pytest.mark.parametrize(
    ("data", "doubts"),
    [
        (an_xls(hidden=True), ("column:hidden", "row:hidden", "sheet:hidden")),
        (XML_SHEET.encode(), ("row:hidden", "sheet:hidden")),
        (
            an_ods(
                ODS_TABLE
                + '<t:table t:style-name="ht"><t:table-row><t:table-cell><x:p>丙</x:p></t:table-cell></t:table-row></t:table>'
            ),
            ("row:hidden", "sheet:hidden"),
        ),
    ],
)
def test_what_is_hidden_is_left_out_and_said(data: bytes, doubts: tuple[str, ...]) -> None:
    paper = open_paper(data, "")
    assert (paper.doubts, paper.tables[0].rows) == (doubts, ROWS)
    assert [table.hidden for table in paper.tables] == [False, True]
    assert "丙" not in paper.text


@pytest.mark.parametrize(
    ("raw", "form", "seen"),
    [
        ("13800138000", "", "13800138000"),
        ("13941400000.0", "", "13941400000"),
        ("1.39414E+10", "", "13941400000"),
        ("2.10522197102140E+17", "", "2.10522E+17"),
        ("210522197102140001", "", "210522197102140001"),
        ("0.1", "", "0.1"),
        ("0.30000000000000004", "", "0.3"),
        ("0", "", "0"),
        ("-5.50", "", "-5.5"),
        ("2448001234", "000-00000000", "024-48001234"),
        ("12345", "0000", "12345"),
        ("7", "00000", "00007"),
        ("-7", "00000", "-7"),
        ("0.155", "0.0%", "15.5%"),
        ("0.15", "0%", "15%"),
        ("42827", "date", "2017-04-02"),
        ("42827.5", "yyyy-mm-dd hh:mm", "2017-04-02 12:00"),
        ("0.5", "h:mm", "12:00"),
        ("42827", '[$-804]yyyy"年"m"月"d"日"', "2017-04-02"),
        ("9999999", "date", "9999999"),
        ("3000", '"共"0"元"', "3000"),
        ("一", "", "一"),
        ("NaN", "", "NaN"),
        ("1e999", "", "1e999"),
        ("5", "General", "5"),
    ],
)
def test_a_number_is_shown_as_a_clerk_sees_it(raw: str, form: str, seen: str) -> None:
    assert shown_number(Shown(raw, form)) == seen


def test_cells_of_every_type_are_read() -> None:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = (
        '<c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r><rPh><t>jia</t></rPh></is></c><c t="b"><v>1</v></c>'
        '<c t="e"><v>#N/A</v></c><c s="1"><v>0.5</v></c><c s="2"><v>42827</v></c><c s="9"><v>1</v></c><c t="s"><v>99</v></c><c t="inlineStr"/><c/>'
        "<c r='?'><v>2</v></c><c><f>1+1</f></c>"
    )
    sheet = f'<worksheet {space}><cols><col min="1" max="1" width="9"/><col min="x"  hidden="1"/><col min="30" max="31" width="0"/></cols><sheetData><row>{cells}</row></sheetData><mergeCells><mergeCell ref="A1"/></mergeCells></worksheet>'
    styles = (
        f'<styleSheet {space}><numFmts><numFmt numFmtId="170" formatCode="0.0%"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    texts = f"<sst {space}><si><t>单位_x000D_</t></si></sst>"
    data = changed(
        saved(an_xlsx([["x"]])),
        xl__worksheets__sheet1_dot_xml=sheet,
        xl__styles_dot_xml=styles,
        xl__sharedStrings_dot_xml=texts,
    )
    (row,) = open_paper(data, "").tables[0].rows
    assert row == ("单位", "甲乙", "1", "#N/A", "50.0%", "2017-04-02", "1", "2")
    bare = changed(saved(an_xlsx([[1]])), xl__styles_dot_xml=None, xl__sharedStrings_dot_xml=None)
    assert open_paper(bare, "").text == "1"


def test_a_sheet_without_its_parts_is_broken() -> None:
    assert open_paper(changed(a_merged_xlsx(), xl__workbook_dot_xml="<x"), "").why_not == "file:truncated"
    assert open_paper(changed(a_merged_xlsx(), xl__worksheets__sheet1_dot_xml="<x><y>"), "").why_not == "file:truncated"


def records(data: bytes, *extra: Any) -> Any:
    """The workbook's records of an .xls with some changed."""
    for old, new in extra:
        data = data.replace(old, new)
    return data


def test_an_old_sheet_that_is_locked_far_flung_or_broken_is_refused() -> None:
    locked = records(an_xls(), (struct.pack("<HH", 0x5C, 112), struct.pack("<HH", 0x2F, 112)))
    assert open_paper(locked, "").why_not == "file:encrypted"
    book = xlwt.Workbook()
    sheet = book.add_sheet("x")
    sheet.write(0, 0, "a")
    sheet.write(65535, 255, "b")
    paper = open_paper(saved(book), "")
    assert (paper.tables[0].rows, paper.doubts) == ((("a",),), ("file:long",))
    assert open_paper(an_xls()[:3000], "").why_not == "file:truncated"


def test_an_open_document_that_is_locked_or_carries_macros_is_refused() -> None:
    assert open_paper(an_ods(**{"META-INF/manifest.xml": "<x><encryption-data/></x>"}), "").why_not == "file:encrypted"
    assert open_paper(an_ods(**{"Basic/Standard/M.xml": "x", "Basic/script-lc.xml": "x"}), "").why_not == "file:macro"
    empty = a_zip({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ODF.format("")}, kind=0)
    assert open_paper(empty, "").why_not == "file:truncated"


def test_repeated_rows_of_an_open_document_are_bounded() -> None:
    row = '<t:table><t:table-row t:number-rows-repeated="1048576"><t:table-cell t:number-columns-repeated="16384"><x:p>甲</x:p></t:table-cell></t:table-row></t:table>'
    (table,) = open_paper(an_ods(row), "").tables
    assert len(table.rows) * len(table.rows[0]) <= 300_000


def test_several_sheets_keep_their_order_and_names() -> None:
    tables = open_paper(saved(an_xlsx([["甲"]], 二=[["乙"]], 三=[["丙"]])), "").tables
    assert tables == (Table("Sheet", (("甲",),)), Table("二", (("乙",),)), Table("三", (("丙",),)))


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (
            "序号,单位,手机\n1,公安局,1.39E+10\n".encode("gb18030"),
            (("序号", "单位", "手机"), ("1", "公安局", "1.39E+10")),
        ),
        ('\ufeff单位;手机;x\n"财政\n局";1;2\n'.encode(), (("单位", "手机", "x"), ("财政\n局", "1", "2"))),
        ("单位\t手机\tx\n财政局\t1\t2\n".encode("utf-16"), (("单位", "手机", "x"), ("财政局", "1", "2"))),
    ],
)
def test_comma_separated_tables_are_read_in_any_charset_and_delimiter(data: bytes, rows: Any) -> None:
    paper = open_paper(data, "x.csv")
    assert (paper.kind, paper.tables[0].rows, paper.doubts) == ("csv", rows, ())


def test_a_long_csv_is_read_in_its_first_part() -> None:
    from rules.papers.limits import ROWS as MOST

    paper = open_paper(b"a,b,c\n" * (MOST + 9), "x.csv")
    assert (len(paper.tables[0].rows), paper.doubts) == (MOST, ("file:long",))
    assert open_paper(b"a,b,c\n" * 400_000, "x.csv").why_not == "file:long"
    assert open_paper(b"abc\n" * 600_000, "x.txt").why_not == "file:long"


def test_an_empty_sheet_is_blank() -> None:
    assert open_paper(saved(an_xlsx([])), "x.xlsx").why_not == "file:blank"
    assert kind_of(io.BytesIO(an_xls()).read()) == "xls"


def a_record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def an_old_book(
    cells: bytes,
    *,
    shared: tuple[bytes, ...] = (),
    wide: bool = True,
    extra: bytes = b"",
    name: str = "Workbook",
    kind: int = 0,
) -> bytes:
    """An .xls of one sheet whose records are given; `shared` are the texts with their continuations."""
    begin = a_record(0x809, struct.pack("<HH", 0x600 if wide else 0x500, 5) + bytes(12))
    texts = b"".join(a_record(0xFC if number == 0 else 0x3C, piece) for number, piece in enumerate(shared))
    title = b"\x01\x00S" if wide else b"\x01S"
    listed = len(begin) + len(texts) + len(extra) + 4 + 6 + len(title) + 4
    head = begin + texts + extra + a_record(0x85, struct.pack("<IBB", listed, 0, kind) + title) + a_record(0x0A, b"")
    from test_papers_docs import an_ole

    return an_ole(**{name: head + begin + cells + a_record(0x0A, b"")})


def at(column: int, style: int = 0, row: int = 0) -> bytes:
    return struct.pack("<HHH", row, column, style)


def test_cells_of_every_type_of_an_old_sheet_are_read() -> None:
    styles = a_record(0x41E, struct.pack("<HHB", 164, 4, 0) + b"0.0%") + b"".join(
        a_record(0xE0, struct.pack("<HH", 0, form) + bytes(16)) for form in (0, 164, 14)
    )
    first = (
        struct.pack("<II", 3, 3)
        + struct.pack("<HBHI", 2, 0x0D, 1, 2)
        + "甲乙".encode("utf-16-le")
        + bytes(6)
        + struct.pack("<HB", 4, 1)
        + "丙".encode("utf-16-le")
    )
    rest = b"\x00abc" + struct.pack("<HB", 2, 0) + b"de"
    cells = (
        a_record(0xFD, at(0) + struct.pack("<I", 0))
        + a_record(0xFD, at(1) + struct.pack("<I", 1))
        + a_record(0xFD, at(2) + struct.pack("<I", 99))
        + a_record(0x204, at(3) + struct.pack("<HB", 1, 1) + "丁".encode("utf-16-le"))
        + a_record(0x27E, at(4, 1) + struct.pack("<I", (50 << 2) | 3))
        + a_record(
            0xBD,
            struct.pack("<HH", 0, 5)
            + struct.pack("<HI", 0, (7 << 2) | 2)
            + struct.pack("<HI", 0, (0xFFFFFFFF << 2 & 0xFFFFFFFF) | 2)
            + struct.pack("<H", 6),
        )
        + a_record(0x203, at(7, 2) + struct.pack("<d", 42827.0))
        + a_record(0x06, at(8) + struct.pack("<d", 2.5) + bytes(8))
        + a_record(0x06, at(9) + b"\0\0\0\0\0\0\xff\xff" + bytes(8))
        + a_record(0x207, struct.pack("<HB", 2, 0) + b"ok")
        + a_record(0x06, at(10) + b"\1\0\1\0\0\0\xff\xff" + bytes(8))
        + a_record(0x06, at(11) + b"\2\0\x2a\0\0\0\xff\xff" + bytes(8))
        + a_record(0x205, at(12) + b"\x07\x01")
        + a_record(0x205, at(13) + b"\x00\x00")
        + a_record(0x205, at(14) + b"\x01\x00")
        + a_record(0x27E, at(15) + struct.pack("<I", int.from_bytes(struct.pack("<d", 0.5)[4:], "little")))
        + a_record(0x207, b"")
        + a_record(0x27E, at(16))
        + a_record(0x203, b"")
        + a_record(0x204, at(17) + struct.pack("<H", 9))
        + a_record(0x204, at(501) + struct.pack("<HB", 0, 0) + b"x")
        + a_record(0x204, at(500) + struct.pack("<HB", 1, 0) + b"x")
        + a_record(0x7D, struct.pack("<HHHHH", 300, 301, 0, 0, 0))
    )
    paper = open_paper(an_old_book(cells, shared=(first, rest), extra=styles), "")
    assert paper.tables[0].rows == (
        (
            "甲乙",
            "丙abc",
            "丁",
            "50.0%",
            "7",
            "-1",
            "2017-04-02",
            "2.5",
            "ok",
            "TRUE",
            "#N/A",
            "#DIV/0!",
            "FALSE",
            "TRUE",
        ),
    )
    assert paper.doubts == ("file:long",)


def test_a_sheet_of_excel_95_is_read_in_gbk() -> None:
    cells = a_record(0x204, at(0) + struct.pack("<H", 4) + "古城".encode("gb18030"))
    paper = open_paper(an_old_book(cells, wide=False, name="Book"), "")
    assert (paper.kind, paper.tables[0].rows) == ("xls", (("古城",),))


def test_shared_texts_without_end_are_not_held() -> None:
    from rules.papers.limits import TEXT

    body = struct.pack("<II", 1, 1) + struct.pack("<HB", 8000, 0) + b"x" * 8000
    more = (b"",) * 0 + tuple(struct.pack("<HB", 8000, 0) + b"x" * 8000 for _ in range(TEXT * 4 // 8000 + 1))
    assert open_paper(an_old_book(b"", shared=(body, *more)), "").why_not == "file:long"


def test_an_old_sheet_with_macros_or_none_is_told() -> None:
    from test_papers_docs import an_ole

    answers = [
        open_paper(data, "").why_not
        for data in (
            an_old_book(b"", kind=1),
            an_old_book(b"", kind=2),
            an_ole(Workbook=b"x" * 9000),
            an_ole(Workbook=b"", _VBA_PROJECT=b"x"),
            an_ole(x=struct.pack("<10H", *b"Workbook", 0, 0)),
        )
    ]
    assert answers == ["file:macro", "file:blank", "file:truncated", "file:macro", "file:truncated"]


def test_of_many_old_sheets_the_first_are_read() -> None:
    book = xlwt.Workbook()
    for number in range(70):
        book.add_sheet(str(number)).write(0, 0, "x")
    paper = open_paper(saved(book), "")
    assert (len(paper.tables), paper.doubts) == (64, ("file:long",))
