"""Questions that time brings, over real IMAP and SMTP: to the right person, answered by reply, with the effect in somebody's mailbox."""

import dataclasses
from datetime import timedelta

import pytest
from office_day import Day

from daemon.books import read_chapters
from daemon.demo.cast import CONTACT, HANDLER, HEAD, LAND, LI, NAMELESS, RECEIVER, REVIEWER, TOWN, UNITS, filled
from daemon.office import take_rules
from rules.trouble import WorldTrouble
from rules.wording import wording

say = wording("rules")
demo = wording("daemon.demo")


@pytest.fixture
def at_land(day: Day) -> Day:
    """A complaint lies with the unit."""
    day.writes(LI, demo("subject-complaint"), demo("text-complaint"))
    assert day.states == ["assigned"]
    return day


def test_somebody_telephones_the_leader_whose_mailbox_nobody_knows(at_land: Day):
    """telephone: the written reminder says 请呈分管领导, and the handler says that he called."""
    at_land.until(5, 11)
    put = at_land.asked("telephone", HANDLER)
    assert "签收期限为2017年5月10日" in put
    assert "已打电话" in put
    assert "同意" not in put.partition("第一行写")[2]
    at_land.decides("telephone", HANDLER, "已打电话")

    assert (at_land.questions(), at_land.clean()) == ([], True)


def test_a_unit_of_which_nothing_is_heard_is_telephoned(at_land: Day):
    """silent: once for the silence, whatever else is due (S67c)."""
    at_land.until(5, 16)
    put = at_land.asked("silent", HANDLER)
    assert "1件转给该单位" in put
    at_land.decides("silent", HANDLER, "已打电话，对方换了联系人")

    assert "silent" not in at_land.questions()
    at_land.until(5, 17)
    assert "silent" not in at_land.questions()
    assert at_land.clean()


def test_a_term_that_nears_is_put_to_the_head_with_whom_it_waits_for(day: Day):
    """escalated: he sees which colleague was asked what, and may order himself."""
    day.writes(NAMELESS, "", demo("text-unclear"))
    day.until(5, 12)
    put = day.asked("escalated", HEAD)
    assert "受理告知" in put
    assert f"{RECEIVER.name}：{say('question-incomplete')}" in put
    day.decides("escalated", HEAD, "改派 桓仁镇")

    assert (day.states, day.questions()) == (["assigned"], [])
    assert day.clean()


def test_a_unit_long_late_is_named_to_every_unit_where_two_people_agree(at_land: Day):
    """circular-late: the ladder's last rung; the head reads the draft, the second person it too, and the units hear it (S62)."""
    at_land.until(6, 7)  # 督办
    at_land.until(6, 14)
    put = at_land.asked("circular-late", HEAD)
    assert "至今已超期10个工作日，经催办、督办仍未办结。现予通报。" in put
    at_land.answers(HEAD, "同意", say("question-circular-late"))
    assert at_land.got(TOWN) == []
    at_land.decides("second", REVIEWER, "同意")

    for unit in UNITS:
        assert "关于投诉举报件逾期未办结的通报" in at_land.stage.latest(unit, "通报").text
    assert "circular-late" not in at_land.questions()
    assert at_land.clean()


def test_a_circular_that_the_head_does_not_want_goes_to_nobody(at_land: Day):
    at_land.until(6, 7)  # 督办
    at_land.until(6, 14)
    at_land.decides("circular-late", HEAD, "不通报，已经当面约谈")

    assert not any("通报" in subject for unit in UNITS for subject in at_land.got(unit))
    assert at_land.clean()


def test_a_case_that_stood_still_for_thirty_days_is_looked_at_by_the_head(at_land: Day):
    """suspended: it goes on by his word, and both sides hear it."""
    at_land.stage.reply(LAND, demo("text-signed"), at_land.stage.now, manner="master")
    at_land.round()
    at_land.writes(HEAD, str(at_land.cases[0]["reference"]), "要下指令")
    at_land.decides("steer", HEAD, "中止：等待司法鉴定结论")
    at_land.until(6, 22)
    assert "中止" in at_land.asked("suspended", HEAD)
    at_land.decides("suspended", HEAD, "恢复")

    assert at_land.states == ["handling"]
    assert "恢复办理" in at_land.told(LAND)
    assert "恢复" in at_land.told(LI)
    assert at_land.clean()


def test_the_notice_of_next_years_holidays_is_asked_for_each_week(day: Day):
    """calendar: the week's question ends with 知道了; the next week asks anew (domain §3.3)."""
    chapters = {name: raw for name, raw in filled(dict(read_chapters())).items() if name != "calendar/2018.toml"}
    day.stage.rounds.office = dataclasses.replace(day.stage.rounds.office, rules=take_rules(chapters=chapters))
    day.until(11, 1)
    assert "2018年的放假通知" in day.asked("calendar", RECEIVER)
    day.decides("calendar", RECEIVER, "知道了")

    day.until(11, 3)
    assert day.questions() == []
    day.until(11, 6)
    assert day.questions() == ["calendar"]
    assert day.clean()


def test_a_mailbox_that_cannot_be_read_is_a_question_until_somebody_knows(day: Day):
    """trouble: told once to the person on duty, by the road that is left; what he says of it ends it (S20)."""
    day.stage.host.set_password(CONTACT, "another")
    day.stage.rounds.mailboxes["contact"].close()
    day.round()
    assert day.questions() == ["trouble"]
    assert "授权码" in day.asked("trouble", RECEIVER)
    day.decides("trouble", RECEIVER, "知道了")

    day.round()
    assert day.questions() == []
    assert day.clean()


def test_a_clock_that_jumps_stops_all_reminders_until_a_person_has_looked(at_land: Day):
    """clock: nobody is reminded of anything while the time is doubted; 知道了 lets it go on (F79, F80)."""
    right = at_land.stage.now
    with pytest.raises(WorldTrouble):
        at_land.stage.rounds.tick(right - timedelta(days=1))
    at_land.round()
    assert "系统时间异常" in at_land.got(RECEIVER)[-1]
    at_land.decides("clock", RECEIVER, "知道了")

    at_land.until(5, 11)
    assert any("催办" in subject for subject in at_land.got(LAND))
    assert at_land.clean()
