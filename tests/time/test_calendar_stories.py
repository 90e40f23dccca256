"""The calendar in the office's day: a notice arrives while cases are open; a notice is missing in November."""

import dataclasses
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from office_time import a_round, asked, book_before, complain, letters_to, story_of, take, the_case

from daemon.auditing import audit
from daemon.books import read_chapters
from daemon.demo.cast import HANDLER, LAND, LI, RECEIVER, filled
from daemon.demo.stage import Stage
from daemon.recounting import recount_all
from daemon.running import Run
from rules.days import SHANGHAI
from templates.speak import Speaker

BEFORE_2020 = datetime(2020, 1, 20, 9, 0, tzinfo=SHANGHAI)
"""The Spring Festival of 2020 was made longer by a later notice; a book without it counts shorter."""


def opened_before_the_notice(stage: Stage) -> None:
    stage.now = BEFORE_2020
    take(stage, book_before(2020))
    complain(stage)


def test_f84_the_notice_arrives_and_those_whose_day_is_another_now_hear_it_once(stage: Stage) -> None:
    opened_before_the_notice(stage)
    old = {clock.clock: clock for clock in the_case(stage).clocks}
    take(stage, book_before())

    assert stage.rounds.recount(stage.now) == 1
    a_round(stage)

    new = {clock.clock: clock for clock in the_case(stage).clocks}
    assert {clock.calendar for clock in new.values()} == {stage.rounds.office.rules.calendar.version}
    assert new["handle"].due > old["handle"].due
    assert new["feedback"].due > old["feedback"].due
    assert not new["handle"].provisional
    assert len(letters_to(stage, LI.address, "期限变更告知")) == 1
    assert len(letters_to(stage, LAND.address, "期限变更")) == 1
    assert {line["clock"]: line["new"] for line in story_of(stage, "Recounted")} == {
        name: clock.due.isoformat() for name, clock in new.items()
    }
    assert stage.rounds.recount(stage.now) == 0
    assert audit(stage.rounds.office, stage.now, deep=True).problems == ()


def test_a_promise_that_the_notice_would_make_earlier_stands_and_nobody_is_told(stage: Stage) -> None:
    take(stage, book_before(2018, 2019))
    complain(stage)
    promised = dict(the_case(stage).promises)
    take(stage, book_before())

    stage.rounds.begin(stage.now)
    a_round(stage)

    assert all(day >= promised[clock] for clock, day in the_case(stage).promises)
    assert {line["calendar"] for line in story_of(stage, "Recounted")} == {stage.rounds.office.rules.calendar.version}


def test_a_shift_that_begins_counts_anew_what_a_notice_put_in_meanwhile_has_moved(stage: Stage) -> None:
    opened_before_the_notice(stage)
    old = the_case(stage).clock("handle")
    take(stage, book_before())

    stage.rounds.begin(stage.now)

    new = the_case(stage).clock("handle")
    assert old is not None
    assert new is not None
    assert new.due > old.due


def test_run_takes_the_new_book_and_counts_anew_at_once(stage: Stage, tmp_path: Path) -> None:
    opened_before_the_notice(stage)
    book = tmp_path / "book"
    for name, data in filled(dict(read_chapters())).items():
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).write_bytes(data)

    Run(stage.rounds, lambda: stage.now, 1.0, tmp_path / "heartbeat", book, settled=0)._new_book()

    assert story_of(stage, "Recounted") != []


def test_f92_a_broken_letter_of_the_book_leaves_the_case_as_it_was(stage: Stage) -> None:
    opened_before_the_notice(stage)
    take(stage, book_before())
    broken = Speaker(stage.rounds.office.desktop.speaker.office, {"term_moved": "{{ nobody_gives_this }}"})
    stage.rounds.office = dataclasses.replace(
        stage.rounds.office, desktop=dataclasses.replace(stage.rounds.office.desktop, speaker=broken)
    )

    assert recount_all(stage.rounds.office, stage.now) == 0

    assert story_of(stage, "Recounted") == []


# --- the notice that is missing -----------------------------------------------------------------------------------------


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2018, month, day, hour, tzinfo=SHANGHAI)


@pytest.fixture
def november(stage: Stage) -> Stage:
    """The office's time is before November 2018 and the notice of 2019 is not there."""
    take(stage, book_before(2019))
    return stage


def test_from_november_on_the_missing_notice_is_asked_for_once_a_week(november: Stage) -> None:
    first = datetime(2019, 11, 1, 9, tzinfo=SHANGHAI)
    take(november, book_before(2020))

    for later in (0, 1, 2, 3, 4):  # Friday to Tuesday: two weeks
        november.rounds.tick(first + timedelta(days=later))
        november.rounds.tick(first + timedelta(days=later, hours=6))
        a_round(november, first + timedelta(days=later, hours=7))

    assert asked(november) == ["calendar"]
    assert len(letters_to(november, RECEIVER.address, "缺少放假通知")) == 2
    assert letters_to(november, HANDLER.address, "缺少放假通知") == []


def test_in_october_nobody_is_asked(stage: Stage) -> None:
    take(stage, book_before(2020))

    stage.rounds.tick(datetime(2019, 10, 31, 9, tzinfo=SHANGHAI))

    assert asked(stage) == []


def test_when_the_notice_has_come_nothing_is_asked_any_more(stage: Stage) -> None:
    take(stage, book_before(2020))
    stage.rounds.tick(datetime(2019, 11, 4, 9, tzinfo=SHANGHAI))
    assert asked(stage) == ["calendar"]
    take(stage, book_before())

    stage.rounds.tick(datetime(2019, 11, 5, 9, tzinfo=SHANGHAI))

    assert asked(stage) == []


def test_a_week_whose_question_was_answered_asks_no_second_time(stage: Stage) -> None:
    take(stage, book_before(2020))
    monday = datetime(2019, 11, 4, 9, tzinfo=SHANGHAI)
    stage.rounds.tick(monday)
    a_round(stage, monday + timedelta(minutes=5))
    stage.order(RECEIVER, "知道了", stage.now)
    a_round(stage, monday + timedelta(hours=1))
    assert asked(stage) == []

    stage.rounds.tick(monday + timedelta(days=1))

    assert asked(stage) == []
