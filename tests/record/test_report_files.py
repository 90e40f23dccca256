"""A report as files: cells that no spreadsheet takes for a formula, pictures with Chinese, a clear word where there are none."""

import io
import struct
from datetime import date

import openpyxl
import pytest
from PIL import Image

from daemon.record import pictures as drawing
from daemon.record.draw import NO_FONT
from daemon.record.pictures import MOST, pictures
from daemon.record.workbook import workbook
from rules.reports import Chart, Report, Table
from rules.reports.figures import by_person
from templates.printed import printed

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
    '=HYPERLINK("http://x","y")',
    '","=1',
    "0012",
    "1E5",
    "=1\r\n=2",
)
CHART = Chart("各类别件数", "件数", "问题类别", (("违法行政", 12), ("作风不实", 7), ("推诿扯皮", 3)))


def a_report(*tables: Table, charts: tuple[Chart, ...] = ()) -> Report:
    return Report("monthly", "月报", "2017年5月1日至2017年5月31日", tables, charts, ("注",))


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("words", HOSTILE)
def test_a70_a_cell_of_words_is_text_and_keeps_its_words(words: str):
    cell = opened(workbook(a_report(Table("表", ("单位", "件数"), ((words, 1),))))).worksheets[0]["A3"]

    assert cell.data_type in ("s", "inlineStr")
    assert "".join(str(cell.value).split()) == "".join(words.split())


@pytest.mark.parametrize("words", ["=1+1", "＝1", " =1", "@x", "-1"])
def test_a70_words_that_look_like_a_formula_stay_words_when_somebody_edits_the_cell(words: str):
    assert opened(workbook(a_report(Table("表", ("单位",), ((words,),))))).worksheets[0]["A3"].quotePrefix


def test_numbers_are_numbers_so_that_they_can_be_added_up():
    sheet = opened(workbook(a_report(Table("表", ("单位", "件数"), (("甲", 3), ("乙", None)))))).worksheets[0]

    assert (sheet["B3"].data_type, sheet["B3"].value, sheet["B4"].value) == ("n", 3, None)


def test_two_tables_are_two_sheets_with_names_a_spreadsheet_takes():
    book = opened(
        workbook(a_report(Table("难点（重复反映）/[1]", ("甲",), ()), Table("难点（重复反映）/[1]", ("甲",), ())))
    )

    assert len(set(book.sheetnames)) == 2
    assert not any(sign in name for name in book.sheetnames for sign in "/[]:*?\\")


@pytest.mark.debian
def test_pictures_are_pngs_that_fit_a_page_however_many_bars_there_are():
    drawn = pictures([CHART, Chart("多", "件数", "单位", tuple((f"单位{n}", n) for n in range(200, 0, -1)))])

    assert not isinstance(drawn, str), drawn
    for picture in drawn:
        width, height = struct.unpack(">II", picture[16:24])
        assert picture.startswith(b"\x89PNG")
        assert 1000 <= width <= 1200
        assert height <= 150 * (1.7 + 0.35 * MOST)


@pytest.mark.debian
def test_chinese_is_drawn_sign_by_sign_and_in_grey_alone():
    """Boxes in place of signs would make two pictures of equally long words the same."""
    drawn = pictures([Chart(title, "件数", "单位", (("桓仁镇", 2),)) for title in ("各单位按时率", "各类别办结数")])
    words = pictures(
        [Chart("各单位按时率", axis, side, (("桓仁镇", 2),)) for axis, side in (("件数", "单位"), ("天数", "类别"))]
    )

    assert not isinstance(drawn, str), drawn
    assert drawn[0] != drawn[1]
    assert words[0] != words[1], "the axes are named"
    with Image.open(io.BytesIO(drawn[0])) as shown:
        assert {max(pixel) - min(pixel) for _count, pixel in shown.convert("RGB").getcolors(1 << 24)} == {0}


def test_nothing_to_draw_draws_nothing():
    assert pictures([Chart("空", "件数", "单位", ())]) == ()


def test_where_no_font_has_chinese_the_report_says_so_and_goes_without(monkeypatch: pytest.MonkeyPatch, tmp_path):
    monkeypatch.setattr(drawing.sys, "executable", str(_a_program(tmp_path, NO_FONT)))

    assert "没有中文字体" in str(pictures([CHART]))


def test_a_drawing_that_dies_leaves_the_tables(monkeypatch: pytest.MonkeyPatch, tmp_path):
    monkeypatch.setattr(drawing.sys, "executable", str(_a_program(tmp_path, 139)))

    assert pictures([CHART]) == "图没有画成，表照常。"


def _a_program(folder, code: int):
    """A python that ends with this code: what a machine without fonts, or a broken library, does."""
    path = folder / "python"
    path.write_text(f"#!/bin/sh\ncat >/dev/null\nexit {code}\n")
    path.chmod(0o755)
    return path


def test_the_printed_page_holds_tables_pictures_and_remarks_and_is_only_text():
    made = a_report(Table("表", ("<b>单位</b>", "件数"), (("<script>", 1),)))

    page = printed("report.html", {"report": made, "pictures": ["a.png"], "missing": "没有中文字体", "office": "某局"})

    assert "<script>" not in page
    assert "&lt;b&gt;单位" in page
    assert 'src="a.png"' in page
    assert "没有中文字体" in page


def test_an_order_that_nobody_asked_for_counts_as_an_order_and_answers_nothing():
    asked = (("forward:x", date(2017, 5, 9)),)
    ordered = (
        ("周敏", "forward:x", date(2017, 5, 10)),
        ("周敏", "", date(2017, 5, 10)),
        ("吴强", "held:y", date(2017, 5, 9)),
    )

    (first, second) = by_person(asked, ordered, 1)

    assert (first.person, first.orders, first.answered, first.prompt) == ("吴强", 1, 0, 0)
    assert (second.person, second.orders, second.answered, second.prompt) == ("周敏", 2, 1, 1)
