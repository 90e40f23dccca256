"""Collecting the sheets (S15, S30, S32, S54): who stands how on which day, who is written to, and what 督查室 reads."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from desks import a_desk, the_book

from rules.collecting import (
    TO_STAFF,
    TO_UNITS,
    Came,
    Known,
    Standing,
    Status,
    due_step,
    reminder,
    report,
    standing,
)
from rules.contacts import Row
from rules.policy.collecting import Round, YearDay

ROUND = Round(date(2017, 4, 1), date(2017, 4, 24))
FULL = Row(
    "教育局",
    org="纪检监察室",
    leader="赵一鸣",
    leader_title="副局长",
    contact="李二丫",
    hotline="024-48000003",
    mobile="13900000002",
    email="jyj@163.example",
)
APRIL_20, APRIL_25 = date(2017, 4, 20), date(2017, 4, 25)


def test_an_office_that_collects_no_sheets_misses_none():
    assert standing(replace(the_book(), collecting=None), ROUND, [sheet(APRIL_20)], {}) == ()


def on(day: date):
    return a_desk(now=datetime(day.year, day.month, day.day, 1, tzinfo=UTC))


def stands(*came: Came, rows=(FULL,), address="jyj@163.example") -> Standing:
    found = standing(the_book(), ROUND, came, {"教育局": Known(address, rows)})
    return next(one for one in found if one.unit == "教育局")


def sheet(day: date, *, accepted=True, doubts=()) -> Came:
    return Came("教育局", day, accepted, doubts)


@pytest.mark.parametrize(
    ("came", "status", "late"),
    [
        ([sheet(APRIL_20)], Status.REPORTED, False),
        ([sheet(date(2017, 4, 24))], Status.REPORTED, False),
        ([sheet(APRIL_25)], Status.LATE, True),
        ([sheet(APRIL_20), sheet(APRIL_25)], Status.REPORTED, False),
        ([sheet(APRIL_20, accepted=False, doubts=("file:scan",))], Status.WRONG, False),
        ([sheet(APRIL_20, accepted=False), sheet(APRIL_25)], Status.LATE, True),
        ([sheet(date(2017, 3, 31))], Status.MISSING, False),
        ([], Status.MISSING, False),
    ],
)
def test_a_unit_has_reported_late_wrongly_or_not_at_all(came, status, late):
    one = stands(*came)

    assert (one.status, one.late) == (status, late)


@pytest.mark.parametrize(
    ("gap", "lacks"),
    [
        ({"org": ""}, (("工作机制", "工作机构"),)),
        ({"hotline": ""}, (("工作机制", "投诉举报电话"),)),
        ({"leader": "", "leader_title": ""}, (("领导机制", "分管领导"), ("领导机制", "分管领导职务"))),
        ({"mobile": ""}, (("责任机制", "联系电话"),)),
        ({"mobile": "", "office_phone": "024-48000001"}, ()),
        ({"email": ""}, ()),
    ],
)
def test_s15_s30_s54_a_sheet_with_gaps_is_incomplete_and_the_mechanism_is_named(gap, lacks):
    """A mailbox that is registered counts as given."""
    one = stands(sheet(APRIL_20), rows=(replace(FULL, **gap),))

    assert (one.lacks, one.status) == (lacks, Status.INCOMPLETE if lacks else Status.REPORTED)


def test_a_unit_without_any_mailbox_lacks_it():
    assert stands(sheet(APRIL_20), rows=(replace(FULL, email=""),), address="").lacks == (("责任机制", "邮箱"),)


def test_townships_and_departments_must_report_and_the_office_itself_need_not():
    names = {one.unit for one in standing(the_book(), ROUND, (), {})}

    assert {"古城镇", "教育局"} <= names
    assert not names & {"县营商环境建设监督局", "县法院", "督查室"}


@pytest.mark.parametrize(
    ("day", "to_units", "to_staff"),
    [
        (date(2017, 4, 14), "", ""),
        (date(2017, 4, 17), "remind@-5", ""),
        (date(2017, 4, 20), "remind@-5", ""),
        (date(2017, 4, 21), "remind@-1", "escalate@-1"),
        (date(2017, 4, 24), "remind@-1", "escalate@-1"),
        (date(2017, 4, 25), "remind-written@+1", "escalate@+1"),
        (date(2017, 5, 2), "remind-written@+5", "escalate@+5"),
        (date(2017, 12, 1), "remind-written@+5", "escalate@+5"),
    ],
)
def test_f85_the_highest_step_that_is_reached_speaks(day, to_units, to_staff):
    """Working days: 29 April to 1 May 2017 were a holiday."""
    steps = [due_step(on(day), ROUND, actions) for actions in (TO_UNITS, TO_STAFF)]

    assert [step.name if step else "" for step in steps] == [to_units, to_staff]


def reminded(one: Standing, day: date):
    desk = on(day)
    return reminder(desk, ROUND, one, due_step(desk, ROUND, TO_UNITS))


def test_a_reminder_says_the_day_the_gaps_and_the_reason_and_brings_the_blank_sheet():
    early = reminded(stands(), date(2017, 4, 17)).notices[0]
    late = reminded(stands(sheet(APRIL_20, accepted=False, doubts=("file:scan", "phone:two"))), APRIL_25).notices[0]
    gaps = reminded(stands(sheet(APRIL_20), rows=(replace(FULL, org=""),)), APRIL_25).notices[0]

    assert (early.late, early.nothing, early.due, len(early.papers)) == (0, True, ROUND.due, 2)
    assert (late.late, late.nothing, late.doubts) == (1, False, ("附件是扫描件或照片",))
    assert (gaps.lacks, gaps.mailbox) == (("工作机构",), "contact")


@pytest.mark.parametrize(
    "one", [stands(sheet(APRIL_20)), stands(sheet(APRIL_25)), stands(address="")], ids=["in time", "late", "no mailbox"]
)
def test_who_has_reported_or_cannot_be_written_to_gets_no_reminder(one):
    assert reminded(one, APRIL_25) is None


def test_the_list_to_the_supervision_names_everybody_who_is_not_in_time():
    standings = (
        Standing("古城镇", Status.REPORTED),
        Standing("教育局", Status.LATE, "a@163.example", APRIL_25, late=True),
        Standing("民政局", Status.INCOMPLETE, "b@163.example", APRIL_25, late=True, lacks=(("工作机制", "工作机构"),)),
        Standing("财政局", Status.MISSING),
    )
    desk = on(APRIL_25)
    decision = report(desk, ROUND, standings, due_step(desk, ROUND, TO_STAFF))

    (letter,) = decision.notices
    assert (letter.to.name, letter.total) == ("吴强", 4)
    assert letter.counts == ("已报1个", "迟报1个", "漏报1个", "未报1个")
    assert [row.cells[:2] for row in letter.rows] == [("教育局", "迟报"), ("民政局", "漏报、迟报"), ("财政局", "未报")]
    assert letter.rows[2].cells[-1] == "没有登记邮箱，请打电话"


def test_a_round_of_every_year_is_the_latest_that_began():
    collecting = replace(the_book().collecting, begins=YearDay(4, 1), due=YearDay(4, 24))

    assert collecting.round_on(date(2018, 4, 2)) == Round(date(2018, 4, 1), date(2018, 4, 24))
    assert collecting.round_on(date(2018, 3, 1)) == ROUND
    assert the_book().collecting.round_on(date(2017, 3, 31)) is None
    assert the_book().collecting.round_on(date(2019, 1, 1)) == ROUND


def test_an_excused_unit_is_not_expected():
    collecting = replace(the_book().collecting, excused=("信访局",))

    assert "信访局" not in {unit.name for unit in collecting.must_report(the_book().units)}
