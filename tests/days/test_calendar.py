"""The working-day calendar: the notices' dates typed by hand, chinesecalendar for every day, and a day-by-day count."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from rules.days import Calendar, Due, Mark, Received, explain, lines, load, local_day, received_at
from rules.trouble import BookTrouble

FOLDER = Path(rules.__file__ or "").parent / "book" / "calendar"
TEXTS = {path.name: path.read_bytes() for path in FOLDER.glob("*.toml")}
BOOK = load(TEXTS)
OFF_2017 = "01-01 01-02 01-27 01-28 01-29 01-30 01-31 02-01 02-02 04-02 04-03 04-04 05-01 05-28 05-29 05-30 10-01 10-02 10-03 10-04 10-05 10-06 10-07 10-08"
WORK_2017 = "01-22 02-04 04-01 05-27 09-30"
MISSED_BY_THE_PACKAGE = {date(2005, 12, 31)}
"""国办发明电〔2005〕35号 says 12月31日上班; chinesecalendar 1.11 lacks it."""

days = st.dates(date(2004, 1, 2), date(2026, 8, 31))


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def texts_without(*names: str) -> dict[str, bytes]:
    return {name: raw for name, raw in TEXTS.items() if name not in names}


def test_2017_is_exactly_the_notice_of_2016_12_01() -> None:
    off = {date.fromisoformat(f"2017-{day}") for day in OFF_2017.split()}
    work = {date.fromisoformat(f"2017-{day}") for day in WORK_2017.split()}

    worked = {day for day in every_day(date(2017, 1, 1), date(2017, 12, 31)) if BOOK.is_workday(day)}

    assert worked == {
        day
        for day in every_day(date(2017, 1, 1), date(2017, 12, 31))
        if (day.weekday() < 5 or day in work) and day not in off
    }
    assert {mark.notice for day, mark in BOOK.marks.items() if day.year == 2017} == {"国办发明电〔2016〕17号"}


def test_every_day_from_2004_to_2026_is_as_chinesecalendar_has_it() -> None:
    differing = {
        day
        for day in every_day(date(2004, 1, 1), date(2026, 12, 31))
        if BOOK.is_workday(day) is not chinese_calendar.is_workday(day)
    }

    assert differing == MISSED_BY_THE_PACKAGE


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2017, 5, 25), 5, date(2017, 6, 2)),
        (date(2017, 9, 25), 15, date(2017, 10, 20)),
        (date(2017, 5, 26), 1, date(2017, 5, 27)),  # a working Saturday
        (date(2017, 9, 29), 1, date(2017, 9, 30)),  # the Friday before 国庆
        (date(2017, 9, 30), 1, date(2017, 10, 9)),
        (date(2020, 2, 28), 1, date(2020, 3, 2)),  # 2020-02-29 is a plain Saturday
        (date(2018, 12, 28), 1, date(2018, 12, 29)),  # the notice of 2019 touches December
        (date(2018, 12, 31), 1, date(2019, 1, 2)),
        (date(2019, 4, 30), 1, date(2019, 5, 5)),  # changed mid-year
        (date(2020, 1, 23), 1, date(2020, 2, 3)),
        (date(2017, 6, 3), 0, date(2017, 6, 5)),
        (date(2017, 6, 2), 0, date(2017, 6, 2)),
        (date(2017, 6, 2), -5, date(2017, 5, 25)),
    ],
)
def test_f82_the_day_of_receipt_does_not_count(start: date, days: int, due: date) -> None:
    assert BOOK.add_workdays(start, days) == Due(due)


@given(days, st.integers(1, 60))
def test_f82_a_due_date_equals_a_day_by_day_count(start: date, days: int) -> None:
    day, left = start, days
    while left:
        day += timedelta(1)
        left -= chinese_calendar.is_workday(day) or day in MISSED_BY_THE_PACKAGE

    assert BOOK.add_workdays(start, days).day == day
    assert BOOK.workdays_between(start, day) == days
    assert BOOK.workdays_between(day, start) == -sum(map(BOOK.is_workday, every_day(start, day - timedelta(1))))


@given(days, st.integers(-40, 40))
def test_a_due_date_is_always_a_working_day(start: date, days: int) -> None:
    assert BOOK.is_workday(BOOK.add_workdays(start, days).day)


def test_f83_a_term_into_an_unpublished_year_is_provisional_by_the_law_alone() -> None:
    due = BOOK.add_workdays(date(2026, 11, 24), 30)

    assert due == Due(date(2027, 1, 6), provisional=True)
    assert not BOOK.is_workday(date(2027, 2, 5))  # 除夕 from the table
    assert not BOOK.is_workday(date(2027, 10, 1))
    assert BOOK.is_workday(date(2027, 10, 4))  # the rest of 国庆 waits for the notice
    assert BOOK.is_workday(date(2051, 3, 1))


def test_december_of_the_last_known_year_is_provisional() -> None:
    assert BOOK.add_workdays(date(2026, 11, 27), 1) == Due(date(2026, 11, 30))
    assert BOOK.add_workdays(date(2026, 11, 30), 1) == Due(date(2026, 12, 1), provisional=True)
    assert BOOK.add_workdays(date(2026, 12, 1), 0) == Due(date(2026, 12, 1), provisional=True)
    assert BOOK.add_workdays(date(2025, 12, 1), 1) == Due(date(2025, 12, 2))


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2026, 10, 31), None), (date(2026, 11, 1), 2027), (date(2027, 1, 4), 2027), (date(2025, 11, 5), None)],
)
def test_a_missing_notice_is_asked_for_from_november(today: date, year: int | None) -> None:
    assert BOOK.notice_wanted(today) == year


def test_a_local_holiday_goes_before_the_notice() -> None:
    texts = TEXTS | {
        "local.toml": '[[days]]\nname = "县庆日"\nevery = ["09-20", "02-29"]\noff = [2017-09-30]\nbecause = "县人大常委会决定"\n'.encode()
    }

    calendar = load(texts)

    assert not calendar.is_workday(date(2017, 9, 20))
    assert not calendar.is_workday(date(2026, 9, 20))  # a make-up Sunday by the notice
    assert not calendar.is_workday(date(2027, 9, 20))
    assert calendar.mark(date(2017, 9, 30)) == Mark(off=True, name="县庆日", notice="县人大常委会决定", origin="local")
    assert calendar != BOOK


def test_the_version_names_the_meaning_and_not_the_wording() -> None:
    reworded = TEXTS | {"2017.toml": TEXTS["2017.toml"] + "# 已核对\n".encode()}
    shorter = texts_without("2026.toml")

    assert load(reworded) == BOOK
    assert hash(load(reworded)) == hash(BOOK)
    assert BOOK.version.startswith("2026-")
    assert load(shorter).version.startswith("2025-")
    assert BOOK.__eq__(BOOK.version) is False


def test_why_date_tells_every_day_counted_and_skipped_with_its_notice() -> None:
    assert lines(explain(BOOK, date(2017, 5, 25), 5)) == (
        "2017-05-25（周四）　起算之日，不计",
        "2017-05-26（周五）　第1个工作日",
        "2017-05-27（周六）　端午节调休上班，第2个工作日（国办发明电〔2016〕17号）",
        "2017-05-28（周日）　端午节放假，不计（国办发明电〔2016〕17号）",
        "2017-05-29（周一）　端午节放假，不计（国办发明电〔2016〕17号）",
        "2017-05-30（周二）　端午节放假，不计（国办发明电〔2016〕17号）",
        "2017-05-31（周三）　第3个工作日",
        "2017-06-01（周四）　第4个工作日",
        "2017-06-02（周五）　第5个工作日",
        "到期日：2017-06-02（周五）",
    )


def test_why_date_marks_provisional_days_and_the_laws_and_the_countys_holidays() -> None:
    local = load(TEXTS | {"local.toml": '[[days]]\nname = "县庆日"\nevery = ["12-30"]\n'.encode()})

    told = lines(explain(local, date(2026, 12, 29), 1))

    assert told == (
        "2026-12-29（周二）　起算之日，不计（暂定）",
        "2026-12-30（周三）　县庆日，地方假日，不计（县里规定）（暂定）",
        "2026-12-31（周四）　第1个工作日（暂定）",
        "到期日：2026-12-31（周四）（暂定：放假通知未齐，通知到后重算）",
    )
    assert (
        "元旦法定放假，不计（全国年节及纪念日放假办法，调休待通知）（暂定）"
        in lines(explain(local, date(2026, 12, 31), 1))[1]
    )


def test_a_term_of_no_days_is_due_the_day_it_begins_or_the_next_working_day() -> None:
    assert [counted.why for counted in explain(BOOK, date(2017, 6, 2), 0)] == ["workday"]
    assert [counted.why for counted in explain(BOOK, date(2017, 6, 3), 0)] == ["weekend", "weekend", "workday"]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("2027.toml", "year = 2027\ndays = []\n", "2027.toml 第 2 行：没有写一天放假或上班"),
        (
            "2027.toml",
            'year = 2027\n[[days]]\nname = "元旦"\noff = [2027-01-01]\n',
            "全年放假只有 1 天，少于法定的 10 天",
        ),
        ("2027.toml", 'year = 2026\n[[days]]\nname = "元旦"\noff = [2027-01-01]\n', "year 写的是 2026，与文件名不符"),
        (
            "2027.toml",
            'year = 2027\n[[days]]\nname = "元旦"\noff = [2026-01-01]\n',
            "2027.toml 第 4 行：2026-01-01 不是 2027 年",
        ),
        (
            "2027.toml",
            'year = 2027\n[[days]]\nname = "春节"\noff = [2027-02-06]\nwork = [2027-02-06]\n',
            "2027-02-06 既写了放假又写了上班",
        ),
        (
            "2027.toml",
            'year = 2027\n[[days]]\nname = "春节"\noff = [2027-02-06]\n[[days]]\nname = "元宵"\nwork = [2027-02-06]\n',
            "2027.toml 第 7 行：2027-02-06 既写了放假又写了上班",
        ),
        ("2027.toml", 'year = 2027\n[[days]]\nname = "春节"\noff = [2027-02-06, 2027-02-06]\n', "2027-02-06 写了两次"),
        ("2027.toml", 'year = 2027\n[[days]]\nname = "春节"\nwork = [2027-02-08]\n', "2027-02-08 本来就是工作日"),
        ("2027.toml", 'year = 2027\n[[days]]\nname = "春节"\n', "“春节”没有写日期"),
        ("2027.toml", "year = 2027\n[[days]]\noff = [2027-02-06]\n", "缺少 name"),
        ("2027.toml", "year = 2027\n[[days]]\nname = 3\nfrom = 4\n", "不认识“from”"),
        ("2027.toml", 'year = 2027\n[[days]]\nname = "春节"\noff = ["2027-02-06"]\n', "off 的写法不对"),
        ("2027.toml", "year = 2027\ndays = 3\n", "days 的写法不对"),
        ("2027.toml", "year = 2027\n\ndays = [", "2027.toml 第 3 行：写法不对"),
        ("2027.toml", 'year = 2027\nname = "', "写法不对"),
        ("2027.toml", "year = 2027\n拾 = 3\n", "2027.toml 第 2 行：写法不对"),
        ("holidays.toml", "", "不认识的文件名"),
        ("local.toml", '[[days]]\nname = "县庆日"\nevery = ["9月20日"]\n', "every 的写法不对"),
        ("local.toml", '[[days]]\nname = "县庆日"\nevery = ["02-30"]\n', "every 的写法不对"),
        ("local.toml", '[[days]]\nname = "县庆日"\nevery = [920]\n', "every 的写法不对"),
        ("local.toml", '[[days]]\nname = "县庆日"\n', "“县庆日”没有写日期"),
    ],
)
def test_f84_a_faulty_file_is_refused_with_its_place_and_a_remedy(name: str, text: str, told: str) -> None:
    with pytest.raises(BookTrouble) as trouble:
        load(TEXTS | {name: text.encode()})

    assert told in str(trouble.value)


def test_f84_all_faults_of_all_files_are_told_at_once() -> None:
    with pytest.raises(BookTrouble) as trouble:
        load({"2027.toml": "二〇二七".encode("gb18030"), "2028.toml": b"year = 2028\n", "x.toml": b""})

    assert str(trouble.value).count("\n") == 3


def test_the_blocks_of_an_inline_array_are_read_as_well() -> None:
    text = "year = 2027\ndays = [{ name = '元旦', off = [2027-01-01, 2027-01-01] }]\n"

    with pytest.raises(BookTrouble, match="2027-01-01 写了两次"):
        load({"2027.toml": text.encode()})


def test_a_year_without_a_number_is_named_by_the_day_of_its_notice() -> None:
    assert BOOK.marks[date(2012, 1, 22)].notice == "国务院办公厅2011-12-06通知"
    assert BOOK.marks[date(2019, 5, 1)].notice == "国办发明电〔2019〕3号"


def test_a_calendar_without_any_file_counts_weekdays_and_is_provisional() -> None:
    assert load({}).add_workdays(date(2026, 9, 30), 1) == Due(date(2026, 10, 1), provisional=True)
    assert Calendar("empty", frozenset()) != BOOK


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2017, 5, 25, 15, 59, 59, tzinfo=UTC), date(2017, 5, 25)),
        (datetime(2017, 5, 25, 16, 0, 0, tzinfo=UTC), date(2017, 5, 26)),
        (datetime(2017, 12, 31, 11, 30, tzinfo=timezone(timedelta(hours=-5))), date(2018, 1, 1)),
    ],
)
def test_f81_f82_a_moment_has_its_day_in_shanghai(moment: datetime, day: date) -> None:
    assert local_day(moment) == day


def test_a_moment_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_day(datetime(2017, 5, 25))  # noqa: DTZ001


KEPT = datetime(2017, 5, 25, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("internaldate", "received"),
    [
        (None, Received(KEPT, guessed=True)),
        (datetime(1970, 1, 1, tzinfo=UTC), Received(KEPT, guessed=True)),
        (datetime(2099, 1, 1, tzinfo=UTC), Received(KEPT, guessed=True)),
        (datetime(2017, 5, 24), Received(KEPT, guessed=True)),  # noqa: DTZ001
        (
            datetime(2017, 5, 24, 20, 0, tzinfo=timezone(timedelta(hours=-7))),
            Received(datetime(2017, 5, 25, 3, 0, tzinfo=UTC)),
        ),
    ],
)
def test_f60_a_clock_starts_from_the_time_of_keeping_where_the_servers_date_cannot_be(
    internaldate: datetime | None, received: Received
) -> None:
    assert received_at(internaldate, KEPT) == received
    assert received_at(internaldate, KEPT).day == date(2017, 5, 25)


@pytest.mark.parametrize("name", ["国庆节", "中秋节", "元旦"])
def test_f84_a_notice_that_lacks_a_holiday_of_the_law_is_refused_with_its_name(name: str) -> None:
    blocks = TEXTS["2017.toml"].decode().split("[[days]]")
    torn = "[[days]]".join(block for block in blocks if f'name = "{name}"' not in block)

    with pytest.raises(BookTrouble) as refused:
        load({**TEXTS, "2017.toml": torn.encode()})

    assert f"2017年没有写“{name}”；请把通知里的这一节补上" in str(refused.value)


def test_f84_holidays_that_run_together_may_stand_in_one_block_and_those_before_2008_were_fewer() -> None:
    load(TEXTS)

    assert "国庆节、中秋节" in TEXTS["2020.toml"].decode()
    assert "清明节" not in TEXTS["2007.toml"].decode()
