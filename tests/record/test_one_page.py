"""The 考核表 is one printed page, from a handful of units to every unit of the book (S77): printed by a browser and counted."""

import base64
import io
import shutil
import subprocess
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from office_year import year
from pypdf import PageObject, PdfReader

from daemon.books import read_book
from daemon.record.reporting import built, drawn
from db.pen import look
from rules.reports import Chart, Period, Report, Table
from templates.printed import printed

UNITS = [unit.name for unit in read_book().units]
COLUMNS = ("单位", "按时率％", "平均天数", "满意率％", "报结", "退回重办", "失职线索")
PEOPLE = ("工作人员", "指令", "答复待定事项", "次日内答复")
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="  # one grey dot
)


def scorecard(units: int) -> Report:
    rows = tuple((name, 95, 12, 88, 30, 2, 1) for name in UNITS[:units])
    people = tuple((f"工作人员{number}", 120, 100, 98) for number in range(8))
    chart = Chart("按时率", "％", "单位", ())
    remark = "按时率＝期按期报结数÷报结数；满意率＝（满意＋基本满意）÷已评价数；没有报结或没有评价的不计。"
    tables = (Table("各单位", COLUMNS, rows), Table("工作人员", PEOPLE, people))
    return Report("scorecard", "考核表", "2017年1月1日至2017年3月31日", tables, (chart,), (remark,))


def page_of(report: Report) -> str:
    words = {"report": report, "pictures": ["bars.png"], "missing": "", "office": "桓仁满族自治县营商环境建设监督局"}
    return printed("report.html", words)


def printed_by_a_browser(folder: Path, name: str) -> list[PageObject]:
    """The pages of the HTML file, as Debian's Chromium prints it."""
    browser = shutil.which("chromium")
    assert browser, "Debian's chromium is not installed"
    told = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    told += [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={folder / 'card.pdf'}"]
    subprocess.run([*told, f"file://{folder / name}"], check=True, capture_output=True, timeout=120)
    return list(PdfReader(io.BytesIO((folder / "card.pdf").read_bytes())).pages)


@pytest.mark.debian
def test_the_scorecard_of_a_year_with_its_real_picture_is_one_page(tmp_path):
    office = year(tmp_path)
    period = Period(date(2017, 4, 1), date(2017, 6, 30))
    with look(office.engine) as cx:
        made = drawn(built(cx, office, "scorecard", period), office, period.last)
    office.engine.dispose()
    for name, data in made.files.items():
        (tmp_path / name).write_bytes(data)
    (page,) = printed_by_a_browser(tmp_path, "scorecard-2017-06-30.html")

    assert made.missing == ""
    assert len(page.images) == 1
    told = unicodedata.normalize("NFKC", page.extract_text())  # a PDF calls some signs by their radical's name
    for words in ("考核评议表", "按时率", "环境保护局", "工作人员"):
        assert words in told


@pytest.mark.debian
@pytest.mark.parametrize("units", [6, 24, 36, len(UNITS)])
def test_the_scorecard_is_one_page_however_many_units_it_has(tmp_path, units):
    (tmp_path / "bars.png").write_bytes(base64.b64decode(PIXEL))
    picture = 'style="width:180mm;height:300mm" src="bars.png"'  # as tall as a chart may be before it is fitted
    (tmp_path / "card.html").write_text(page_of(scorecard(units)).replace('src="bars.png"', picture), "utf-8")
    pages = printed_by_a_browser(tmp_path, "card.html")

    assert len(pages) == 1
    assert "".join("".join(page.extract_text() for page in pages).split()).count("9512") == units


def test_other_reports_are_not_squeezed():
    report = scorecard(6)

    assert ".tables { columns" not in page_of(report)
    assert "12mm 12mm" not in page_of(Report("monthly", "月报", "", report.tables))
