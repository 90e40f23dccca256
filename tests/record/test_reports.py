"""Every number of a report is counted a second way over a whole office year: by SQL, by a naive loop, or by the sums that must hold."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from office_year import CASES, UNITS, year
from recount import Recount
from sqlalchemy import text

from daemon.auditing import audit
from daemon.office import Office
from daemon.record.reporting import standing
from db import files, promises
from db.moment import read
from db.pen import look
from rules.case import CaseFile
from rules.days import local_day
from rules.reports import BUILT, Period, Report, Standing, Table, suppressed
from rules.reports import report as made_of
from rules.reports.facts import History
from rules.reports.figures import figures
from rules.reports.report import Cell

YEAR = Period(date(2017, 1, 1), date(2017, 12, 31))
MONTHS = [Period(date(2017, month, 1), date(2017, month % 12 + 1, 1) - timedelta(days=1)) for month in range(1, 12)]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = year(tmp_path_factory.mktemp("year"))
    yield made
    made.engine.dispose()


LOOKED: dict[Period, Standing] = {}


def looked(office: Office, period: Period = YEAR) -> Standing:
    """Read once a period: the year does not change."""
    if period not in LOOKED:
        with look(office.engine) as cx:
            LOOKED[period] = standing(cx, office, period)
    return LOOKED[period]


def report(office: Office, name: str, period: Period = YEAR, unit: str = "") -> Report:
    return made_of(name, looked(office, period), unit)


def table(made: Report, title: str) -> Table:
    return next(table for table in made.tables if table.title == title)


def cell(made: Report, title: str, row: str, column: int = 1) -> Cell:
    return next(cells[column] for cells in table(made, title).rows if cells[0] == row)


SPOKEN = {
    "sqlite": ("datetime(at, '+8 hours')", r"json_extract(body, '$.\1')"),
    "postgresql": ("CAST(CAST(at AS timestamptz) AT TIME ZONE 'Etc/GMT-8' AS text)", r"(CAST(body AS json) ->> '\1')"),
}
"""How each database says the office's time of a line (OURS), and what a field of its body holds (BODY.name)."""


def sql(office: Office, words: str, **given: object) -> list[tuple[object, ...]]:
    ours, field = SPOKEN[office.engine.dialect.name]
    with look(office.engine) as cx:
        spoken = re.sub(r"\bBODY\.(\w+)", field, re.sub(r"\bOURS\b", lambda _found: ours, words))
        return [tuple(row) for row in cx.execute(text(spoken), given)]


KIND = "SELECT count(*) FROM ledger WHERE kind = :kind AND OURS >= :first AND OURS < :after"


def lines(office: Office, kind: str, period: Period) -> int:
    found = sql(
        office, KIND, kind=kind, first=f"{period.first} 00:00:00", after=f"{period.last + timedelta(days=1)} 00:00:00"
    )
    return int(str(found[0][0]))


WEEKS = [Period(date(2017, 3, 20), date(2017, 3, 26)), Period(date(2017, 8, 14), date(2017, 8, 20))]
QUARTER = Period(date(2017, 4, 1), date(2017, 6, 30))
LIVED = Period(date(2017, 1, 1), date(2018, 6, 30))
SECOND: dict[Period, Recount] = {}


def second_way(office: Office, period: Period) -> Recount:
    """Counted once a period, by a loop over the ledger's JSON."""
    if period not in SECOND:
        SECOND[period] = Recount(office, period.first, period.last)
    return SECOND[period]


@pytest.mark.parametrize(
    "period", [YEAR, LIVED, QUARTER, *WEEKS, *MONTHS], ids=lambda period: f"{period.first}..{period.last}"
)
@pytest.mark.parametrize("name", sorted(BUILT))
def test_every_figure_of_every_report_is_what_a_second_count_of_the_ledger_finds(office, name, period):
    """Whole tables and pictures: a figure that the second count does not know fails here, and so does one it misses."""
    made, second = report(office, name, period), second_way(office, period)

    assert {shown.title: sorted(map(str, shown.rows)) for shown in made.tables} == {
        title: sorted(map(str, rows)) for title, rows in second.tables(name).items()
    }
    assert {chart.title: dict(chart.bars) for chart in made.charts} == second.charts(name)
    for shown in made.tables:
        assert all(len(row) == len(shown.columns) for row in shown.rows)


@pytest.mark.parametrize("unit", UNITS)
def test_every_figure_of_a_units_own_inspection_sheet_is_counted_a_second_time(office, unit):
    made = report(office, "inspection", QUARTER, unit)

    assert {shown.title: sorted(map(str, shown.rows)) for shown in made.tables} == {
        title: sorted(map(str, rows)) for title, rows in second_way(office, QUARTER).tables("inspection", unit).items()
    }


def test_the_second_count_has_something_to_count_everywhere(office):
    """No table of the year is empty, and what is rare happened too: late, provisional, standing still, mended late, handed over."""
    second = second_way(office, YEAR)
    for name in BUILT:
        assert all(second.tables(name).values()), name
    running = [clock for case in second.cases.values() for clock in case.clocks.values()]
    assert {"迟签", "迟报结", "超期"} <= {what for counts in second.units.values() for what in counts if counts[what]}
    assert any(clock.provisional for clock in running)
    assert any(clock.still for clock in running)
    assert {case.outcome for case in second.cases.values()} >= {"handed-over", "refused", "withdrawn", "none", ""}


def test_the_year_is_an_office_that_the_audit_finds_whole(office):
    """What the reports count is what the audit vouches for: an unbroken chain, and rows that its replay makes."""
    found = audit(office, datetime(2018, 1, 2, tzinfo=UTC), deep=True)

    assert not {"LEDGER", "DUE"} & {problem.invariant for problem in found.problems}
    assert sql(office, "SELECT count(*) FROM cases") == [(CASES,)]


FLOWS = {
    "本期登记": "Registered",
    "受理": "Accepted",
    "分办（次）": "Assigned",
    "退回重办（次）": "Redone",
    "延期（次）": "Extended",
    "失职线索（次）": "Breached",
}


@pytest.mark.parametrize("period", [YEAR, *MONTHS], ids=lambda period: str(period.first))
@pytest.mark.parametrize(("row", "kind"), FLOWS.items())
def test_each_flow_of_the_monthly_report_is_what_sql_counts_in_the_ledger(office, period, row, kind):
    assert cell(report(office, "monthly", period), "总的情况", row) == lines(office, kind, period)


@pytest.mark.parametrize("period", [YEAR, *MONTHS], ids=lambda period: str(period.first))
def test_what_was_open_and_what_came_is_what_ended_and_what_is_open(office, period):
    made = report(office, "monthly", period)
    before, came, ended, after = (
        cell(made, "总的情况", row) for row in ("期初未结", "本期登记", "本期办结", "期末未结")
    )

    assert before + came == ended + after


def test_one_months_end_is_the_next_ones_beginning(office):
    ends = [cell(report(office, "monthly", month), "总的情况", "期末未结") for month in MONTHS]
    begins = [cell(report(office, "monthly", month), "总的情况", "期初未结") for month in MONTHS]

    assert ends[:-1] == begins[1:]


def test_the_months_add_up_to_the_year(office):
    months = [*MONTHS, Period(date(2017, 12, 1), date(2017, 12, 31))]
    for row in FLOWS:
        parts = [cell(report(office, "monthly", month), "总的情况", row) for month in months]
        assert sum(parts) == cell(report(office, "monthly"), "总的情况", row)


def the_rows(office: Office) -> list[CaseFile]:
    """The rows of the cases, which `record` wrote and no report reads."""
    with look(office.engine) as cx:
        return [files.load(str(body)) for (body,) in cx.execute(text("SELECT body FROM cases")).all()]


END = Period(date(2017, 1, 1), date(2018, 12, 31))


def test_open_ended_and_outcomes_are_those_of_the_case_rows(office):
    made, rows = report(office, "monthly", END), the_rows(office)

    assert cell(made, "总的情况", "期末未结") == sum(not file.ended for file in rows)
    assert cell(made, "总的情况", "本期办结") == sum(file.ended for file in rows)
    words = {
        "satisfied": "满意",
        "rather": "基本满意",
        "unsatisfied": "不满意",
        "none": "未评价",
        "refused": "不予受理",
        "withdrawn": "撤回",
        "handed-over": "移送",
    }
    outcomes = Counter(words[file.outcome] for file in rows if file.ended)
    assert {row[0]: row[1] for row in table(made, "办结结果").rows} == {**outcomes, "合计": sum(outcomes.values())}


def test_kinds_channels_and_categories_are_those_of_the_register(office):
    made = report(office, "monthly")
    registered = [json.loads(str(body)) for (body,) in sql(office, "SELECT body FROM ledger WHERE kind = 'Registered'")]
    registered = [body for body in registered if body["received"] <= "2017-12-31"]
    kinds = Counter(office.book.label("kind", body["kind_of"]) for body in registered)
    categories = Counter(category for body in registered for category in body["categories"])
    channels = Counter({"mailbox": "信箱", "phone": "电话", "visit": "来访"}[body["channel"]] for body in registered)

    assert dict(table(made, "来件种类").rows[:-1]) == kinds
    assert dict(table(made, "问题类别").rows) == categories
    assert dict(table(made, "来件渠道").rows[:-1]) == channels


@pytest.mark.parametrize("period", [YEAR, *MONTHS[4:7]], ids=lambda period: str(period.first))
def test_promises_are_those_of_the_ledger_and_of_the_command(office, period):
    made = report(office, "monthly", period)
    measured = sql(
        office,
        "SELECT CAST(BODY.kept AS text) IN ('1', 'true') FROM ledger WHERE kind = 'PromiseMeasured' AND substr(OURS, 1, 10) BETWEEN :first AND :last",
        first=str(period.first),
        last=str(period.last),
    )

    assert cell(made, "总的情况", "承诺按期兑现（次）") == sum(bool(kept) for (kept,) in measured)
    assert cell(made, "总的情况", "承诺未按期（次）") == sum(not kept for (kept,) in measured)


def test_promises_of_all_time_are_those_that_the_promises_command_counts(office):
    with look(office.engine) as cx:
        row = promises.counted(cx, office.book, datetime(2019, 1, 1, tzinfo=UTC))[0]

    made = report(office, "monthly", END)
    assert (cell(made, "总的情况", "承诺按期兑现（次）"), cell(made, "总的情况", "承诺未按期（次）")) == (
        row["kept"],
        row["broken"],
    )


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("分办", "Assigned"),
        ("签收", "SignedFor"),
        ("报结", "ResultReported"),
        ("退回重办", "Redone"),
        ("延期", "Extended"),
        ("失职线索", "Breached"),
    ],
)
@pytest.mark.parametrize("unit", UNITS)
def test_each_units_deeds_are_what_sql_counts(office, unit, column, kind):
    made = report(office, "monthly", END)
    place = table(made, "各单位办理情况").columns.index(column)
    counted = sql(
        office,
        "SELECT count(*) FROM ledger WHERE kind = :kind AND BODY.unit = :unit",
        kind=kind,
        unit=unit,
    )

    assert cell(made, "各单位办理情况", unit, place) == counted[0][0]


def test_the_totals_of_the_units_are_the_offices(office):
    made = report(office, "monthly")
    units = table(made, "各单位办理情况")

    for column, row in (
        ("分办", "分办（次）"),
        ("退回重办", "退回重办（次）"),
        ("延期", "延期（次）"),
        ("失职线索", "失职线索（次）"),
    ):
        assert units.rows[-1][units.columns.index(column)] == cell(made, "总的情况", row)
    assert units.total
    for place in range(1, len(units.columns)):
        assert units.rows[-1][place] == sum(row[place] for row in units.rows[:-1])


def moment(at: str) -> datetime:
    return read(at)


def test_overdue_cases_at_the_end_are_those_of_the_rows(office):
    rows = [file for file in the_rows(office) if not file.ended]

    assert figures(looked(office, END).cases, END).overdue == sum(
        any(clock.due < END.last and not clock.provisional for clock in file.running) for file in rows
    )


def test_satisfaction_and_days_of_the_scorecard_are_recounted_by_hand(office):
    made = table(report(office, "scorecard", END), "各单位")
    rows = the_rows(office)
    for unit, on_time, _days, content, reported, _redone, _breached in made.rows:
        rated = [
            file.outcome
            for file in rows
            if file.lead == unit and file.outcome in ("satisfied", "rather", "unsatisfied")
        ]
        good = sum(value != "unsatisfied" for value in rated)
        assert content == (round(100 * good / len(rated)) if rated else None)
        assert 0 <= on_time <= 100
        assert reported > 0


def test_repeat_counts_are_those_sql_finds_in_the_ledger(office):
    record, last = office.book.record, date(2017, 12, 31)
    words = (
        "SELECT about, 1 + sum(CASE WHEN kind = 'Flagged' AND BODY.flag IN ('repeat', 'group') THEN 1 ELSE 0 END) AS times, max(at) AS moved"
        " FROM ledger WHERE about LIKE 'case:%' AND substr(OURS, 1, 10) <= :last GROUP BY about"
    )
    first = last - timedelta(days=record.hotspot_days - 1)
    expected = Counter(
        times
        for _about, times, moved in sql(office, words, last=str(last))
        if times >= record.hotspot_repeats and local_day(moment(str(moved))) >= first
    )
    made = table(report(office, "hotspots", Period(date(2017, 12, 1), last)), "难点（重复反映）")

    assert expected
    assert Counter(row[2] for row in made.rows) == expected


def test_the_scorecard_counts_each_persons_orders_and_how_soon_he_answered(office):
    made = table(report(office, "scorecard", END), "工作人员")
    orders = Counter(str(actor) for (actor,) in sql(office, "SELECT actor FROM ledger WHERE kind = 'Ordered'"))
    prompt: Counter[str] = Counter()
    asked = {
        json.loads(str(body))["key"]: moment(str(at))
        for body, at in sql(office, "SELECT body, at FROM ledger WHERE kind = 'Asked'")
    }
    for actor, body, at in sql(office, "SELECT actor, body, at FROM ledger WHERE kind = 'Ordered'"):
        prompt[str(actor)] += (moment(str(at)) - asked[json.loads(str(body))["question"]]).days <= 1

    assert {row[0]: row[1:] for row in made.rows} == {
        name: (count, count, prompt[name]) for name, count in orders.items()
    }


def test_hot_spots_are_what_a_naive_loop_finds(office):
    record = office.book.record
    made = report(office, "hotspots", MONTHS[7])
    last = MONTHS[7].last
    leads: dict[str, str] = {}
    born: dict[str, tuple[date, list[str]]] = {}
    for about, kind, body, at in sql(office, "SELECT about, kind, body, at FROM ledger ORDER BY seq"):
        day, said = local_day(moment(str(at))), json.loads(str(body))
        if kind == "Registered" and last - timedelta(days=record.hotspot_days) < day <= last:
            born[str(about)] = (day, said["categories"])
        if kind == "Assigned" and day <= last:
            leads[str(about)] = said["unit"]
    met = Counter(
        (leads[about], category)
        for about, (_day, categories) in born.items()
        if about in leads
        for category in categories
    )
    expected = {key: count for key, count in met.items() if count >= record.hotspot_cases}

    assert expected
    assert {(row[0], row[1]): row[2] for row in table(made, "热点").rows} == expected
    assert all(len(str(row[3]).split("、")) == row[2] for row in table(made, "热点").rows)


def test_repeated_matters_are_the_flagged_ones(office):
    made = report(office, "hotspots", Period(date(2017, 12, 1), date(2017, 12, 31)))

    for row in table(made, "难点（重复反映）").rows:
        assert row[2] == 3
    assert table(made, "难点（重复反映）").rows


def test_the_inspection_sheet_names_every_unit_and_what_it_reported(office):
    made = report(office, "inspection")
    checks = {row[0]: row[1:] for row in table(made, "机制建立情况").rows}

    assert set(checks) == {unit.name for unit in office.book.units}
    assert checks["国土资源局"] == ("未报", "未报", "有", "有", "有", "有", "有")


def test_the_inspection_sheet_of_one_unit_has_that_unit_alone(office):
    made = report(office, "inspection", unit="古城镇")

    assert [row[0] for row in table(made, "机制建立情况").rows] == ["古城镇"]
    assert {row[0] for row in table(made, "各单位办理情况").rows} == {"古城镇", "合计"}


def test_a_report_of_the_past_does_not_change_with_what_came_later(office):
    """The same period, asked of a ledger that ends with it: nothing later is looked at."""
    whole = looked(office, MONTHS[5])
    cut = tuple(History(tuple(turn for turn in case.turns if turn.told.day <= MONTHS[5].last)) for case in whole.cases)

    assert figures(whole.cases, MONTHS[5]) == figures(cut, MONTHS[5])


def test_r10_small_numbers_do_not_leave_the_office(office):
    made = suppressed(report(office, "monthly", MONTHS[3]), 3)

    for shown in made.tables:
        assert not [value for row in shown.rows for value in row if isinstance(value, int) and 0 < value < 3]
    assert any("少于 3" in remark for remark in made.remarks)


def test_r10_a_sum_does_not_give_the_small_number_away():
    plain = Table("各类", ("类别", "件数"), (("甲", 1), ("乙", 9), ("丙", 12), ("合计", 22)), total=True)
    hidden = suppressed(Report("monthly", "月报", "五月", (plain,)), 3).tables[0]

    assert hidden.rows == (("甲", "少于3"), ("乙", "不列"), ("丙", 12), ("合计", 22))


def test_r10_where_nothing_else_can_be_hidden_the_sum_is():
    plain = Table("各类", ("类别", "件数"), (("甲", 2), ("乙", 0), ("合计", 2)), total=True)
    hidden = suppressed(Report("monthly", "月报", "五月", (plain,)), 3).tables[0]

    assert [row[1] for row in hidden.rows] == ["少于3", 0, "少于3"]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((1, 1, 9, 11), ["少于3", "少于3", "不列", 11]),  # 2 can only be 1 + 1
        ((2, 2, 9, 13), ["少于3", "少于3", "不列", 13]),  # 4 can only be 2 + 2
        ((1, 2, 9, 12), ["少于3", "少于3", 9, 12]),  # 3 can be either way round
    ],
)
def test_r10_two_small_numbers_that_can_add_up_in_one_way_only_hide_a_third(counts, shown):
    rows = tuple(zip(("甲", "乙", "丙", "合计"), counts, strict=True))
    hidden = suppressed(Report("monthly", "月报", "五月", (Table("各类", ("类别", "件数"), rows, total=True),)), 3)

    assert [row[1] for row in hidden.tables[0].rows] == shown


@pytest.mark.parametrize("name", ["monthly", "weekly"])
def test_r10_what_was_open_came_and_ended_does_not_give_the_small_one_away(office, name):
    """Over all months of the year: whoever adds and subtracts the rows that stand finds no row that does not."""
    for month in MONTHS:
        plain, hidden = report(office, name, month), suppressed(report(office, name, month), 12)
        before, shown = ([row[1] for row in table(made, "总的情况").rows[:4]] for made in (plain, hidden))
        gone = [at for at in range(4) if isinstance(shown[at], str)]
        assert len(gone) != 1, month
        assert [shown[at] for at in range(4) if at not in gone] == [before[at] for at in range(4) if at not in gone]


def test_r10_with_one_nothing_is_hidden(office):
    made = report(office, "monthly")

    assert suppressed(made, 1).tables == made.tables
