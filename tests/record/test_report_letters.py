"""Reports go out at the times the book names, once each: to staff whole, to the offices of S86 without small numbers, with files."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from email import message_from_bytes

import openpyxl
import pytest
import seeds
from office_year import lived, office_at, year
from record_office import ZONE
from sqlalchemy import text

from daemon.demo.cast import HANDLER, HEAD, REVIEWER
from daemon.demo.stage import OWN
from daemon.office import Office
from daemon.record import telling
from daemon.writing import Desktop
from db.letters import bytes_of
from db.pen import look
from rules.policy.record import Recipient, ReportPlan
from rules.reading import read
from rules.reports import Period
from rules.reports.due import last_named, sent_on, spoken_of


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2017, month, day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def office(tmp_path) -> Iterator[Office]:
    """The year's office, with one office of S86 in its book; no picture is drawn here."""
    made = at_work(year(tmp_path))
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def june(tmp_path_factory) -> Iterator[Office]:
    """The same office once the reports of 5 June were told, to be looked at."""
    made = at_work(year(tmp_path_factory.mktemp("june")))
    telling.ring(made, at(6, 5, 9))
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def friday() -> seeds.Seed:
    """Its database when the reports up to Friday, 9 June were told."""

    def live(url: str) -> None:
        made = at_work(office_at(url))
        telling.ring(made, at(6, 9, 9))
        made.engine.dispose()

    return seeds.made(live, over=lived())


@pytest.fixture
def monday(friday, tmp_path) -> Iterator[Office]:
    """The office over a copy of it."""
    made = at_work(office_at(seeds.put(tmp_path / "year.db", friday)))
    yield made
    made.engine.dispose()


def at_work(made: Office) -> Office:
    def paper(digest: str) -> bytes:
        with look(made.engine) as cx:
            return bytes_of(cx, digest)

    record = replace(made.book.record, recipients=(Recipient("县委办公室", "xianwei@example.com"),))
    book = replace(made.book, record=record)
    desktop = Desktop(made.rules.speaker, OWN, paper)
    return replace(made, rules=replace(made.rules, book=book), own=OWN, desktop=desktop)


@pytest.fixture(autouse=True, scope="module")
def no_pictures() -> Iterator[None]:
    """Drawing has its own test; starting it for each letter here would only cost time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("daemon.record.reporting.pictures", lambda _charts: "本机没有中文字体，图没有画。")
        yield


def sent(office: Office) -> list[tuple[str, str, bytes]]:
    with look(office.engine) as cx:
        rows = cx.execute(text("SELECT template, to_address, raw FROM outbox ORDER BY id")).all()
    return [(row.template, row.to_address, bytes(row.raw)) for row in rows]


def test_the_week_s_list_goes_on_monday_morning_and_once(monday):
    before = len(sent(monday))
    telling.ring(monday, at(6, 12, 8, 35))
    again = telling.ring(monday, at(6, 12, 13, 35))

    weekly = [(to, read(raw).subject) for template, to, raw in sent(monday)[before:] if template == "report_told"]
    assert again == 0
    assert {to for to, subject in weekly if "超期清单" in subject} == {HEAD.address, HANDLER.address}
    assert all("2017年6月5日至2017年6月11日" in subject for _to, subject in weekly if "超期清单" in subject)


def test_before_the_time_of_day_nothing_goes(monday):
    before = len(sent(monday))

    assert telling.ring(monday, at(6, 12, 8, 0)) == 0
    assert len(sent(monday)) == before > 0


def test_s86_the_monthly_report_goes_to_the_offices_of_the_plan_without_small_numbers(june):
    passed = [raw for template, to, raw in sent(june) if template == "report_passed" and to == "xianwei@example.com"]
    inside = [to for template, to, raw in sent(june) if template == "report_told" and "月报" in read(raw).subject]

    assert len(passed) == 1
    letter = read(passed[0])
    assert "2017年5月1日至2017年5月31日" in letter.subject
    assert "少于3" in letter.text
    assert "件数少于 3 的不列出" in letter.text
    assert set(inside) == {HEAD.address, REVIEWER.address, HANDLER.address}


def test_the_workbook_goes_with_the_letter_and_says_what_the_letter_says(june):
    raw = next(raw for template, _to, raw in sent(june) if template == "report_passed")
    (enclosed,) = [part for part in message_from_bytes(raw).walk() if part.get_filename()]
    book = openpyxl.load_workbook(io.BytesIO(enclosed.get_payload(decode=True)))
    cells = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]

    assert enclosed.get_filename() == "monthly-2017-05-31.xlsx"
    assert "少于3" in {value for sheet in book for row in sheet.iter_rows() for value in (cell.value for cell in row)}
    assert "期初未结" in cells


def test_where_there_is_no_picture_the_letter_says_why(june):
    told = [read(raw).text for template, _to, raw in sent(june) if template.startswith("report")]

    assert ["图没有画" in text for text in told] == [True] * len(told)
    assert told


def test_an_office_that_was_off_for_weeks_tells_the_last_report_alone(office):
    telling.ring(office, at(8, 21, 9))
    monthly = [read(raw).subject for template, _to, raw in sent(office) if template == "report_passed"]

    assert monthly == [subject for subject in monthly if "2017年7月1日至2017年7月31日" in subject]
    assert len(monthly) == 1


def test_a_broken_template_tells_no_report_and_stops_nothing(office):
    from templates.speak import OfficeWords, Speaker

    speaker = Speaker(OfficeWords("某局"), {"report_told": "{{ nothing }}", "report_passed": "{{ nothing }}"})
    broken = replace(office, desktop=Desktop(speaker, OWN, office.desktop.paper))

    assert telling.ring(broken, at(6, 5, 9)) == 0
    assert telling.ring(office, at(6, 5, 9, 30)) > 0


def test_the_day_before_the_office_began_owes_no_report(office):
    fresh = replace(office, start=at(6, 5, 8))

    assert telling.ring(fresh, at(6, 5, 9)) == 0


def plan(on: str) -> ReportPlan:
    return ReportPlan("monthly", on, "08:30", ("head",), organs=False, because="x")


@pytest.mark.parametrize(
    ("on", "today", "named", "period"),
    [
        ("周一", date(2017, 6, 14), date(2017, 6, 12), Period(date(2017, 6, 5), date(2017, 6, 11))),
        ("5日", date(2017, 6, 4), date(2017, 5, 5), Period(date(2017, 4, 1), date(2017, 4, 30))),
        ("5日", date(2017, 1, 9), date(2017, 1, 5), Period(date(2016, 12, 1), date(2016, 12, 31))),
        ("第1月10日", date(2017, 8, 1), date(2017, 7, 10), Period(date(2017, 4, 1), date(2017, 6, 30))),
        ("第3月28日", date(2017, 9, 30), date(2017, 9, 28), Period(date(2017, 4, 1), date(2017, 6, 30))),
        ("第1月10日", date(2017, 1, 10), date(2017, 1, 10), Period(date(2016, 10, 1), date(2016, 12, 31))),
    ],
)
def test_which_day_is_named_and_which_time_it_speaks_of(on, today, named, period):
    assert last_named(plan(on), today) == named
    assert spoken_of(plan(on), named) == period


def test_a_report_due_on_a_holiday_goes_on_the_next_working_day(office):
    assert sent_on(date(2017, 10, 5), office.rules.calendar) == date(2017, 10, 9)
