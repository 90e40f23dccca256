"""The calendar changes while cases are open: what moves, what must not, and who is told (domain §3.3, 3; F83, F84)."""

from datetime import date

import pytest
from clocked import AFTER, BEFORE, BOXES, LAND, LI, REF, TOWN, a_case, a_desk, after, calendar, running
from hypothesis import given
from hypothesis import strategies as st

from rules.case import fold
from rules.events import Recounted, revive
from rules.notices.to_complainant import PromiseMoved
from rules.notices.to_unit import TermMoved
from rules.recount import WARRANT, outdated, recount

FRIDAY = date(2018, 12, 28)
EARLY = date(2020, 1, 22)
SHORT = calendar(2020)
"""Before anybody knew that the Spring Festival of 2020 would be longer."""


def test_f84_a_units_day_that_the_notice_makes_earlier_moves_and_both_units_are_told() -> None:
    file = a_case(running("handle", FRIDAY, 1))

    decision = recount(file, a_desk(file, FRIDAY))

    assert decision is not None
    assert decision.events == (
        Recounted(
            about=f"case:{REF}",
            warrant=WARRANT,
            clock="handle",
            old=date(2018, 12, 31),
            new=date(2018, 12, 29),
            calendar=AFTER.version,
            why="earlier",
        ),
    )
    told = [(type(notice), notice.to.address, notice.acts_until_round) for notice in decision.notices]
    assert told == [(TermMoved, BOXES[LAND], 1), (TermMoved, BOXES[TOWN], 1)]
    clock = after(file, decision).clock("handle")
    assert clock is not None
    assert (clock.due, clock.calendar, clock.provisional) == (date(2018, 12, 29), AFTER.version, False)


def test_a_promise_is_never_earlier_and_nobody_is_told_that_nothing_changed() -> None:
    file = a_case(running("feedback", FRIDAY, 1, promised=True))

    decision = recount(file, a_desk(file, FRIDAY))

    assert decision is not None
    (event,) = decision.events
    assert isinstance(event, Recounted)
    assert (event.old, event.new, event.why) == (date(2018, 12, 31), date(2018, 12, 31), "kept-promise")
    assert decision.notices == ()


@pytest.mark.parametrize("clock", ["supplement", "opinion"])
def test_a_day_that_a_letter_told_the_complainant_is_held_to_like_a_promise(clock: str) -> None:
    file = a_case(running(clock, FRIDAY, 1))

    assert after(file, recount(file, a_desk(file, FRIDAY))).clocks[0].due == date(2018, 12, 31)


def test_f84_nobody_becomes_overdue_by_the_notice() -> None:
    file = a_case(running("handle", FRIDAY, 1))

    moved = after(file, recount(file, a_desk(file, date(2018, 12, 30))))

    assert moved.clocks[0].due == date(2019, 1, 2)


def test_a_promise_that_moves_later_is_told_to_the_complainant_with_the_new_day() -> None:
    file = a_case(running("feedback", EARLY, 8, SHORT, promised=True), promises=(("feedback", date(2020, 2, 3)),))
    before = file.clocks[0].due

    decision = recount(file, a_desk(file, EARLY))

    assert decision is not None
    (told,) = decision.notices
    assert isinstance(told, PromiseMoved)
    assert told.to.address == LI
    assert [(promise.clock, promise.day) for promise in told.promises] == [("反馈", AFTER.add_workdays(EARLY, 8).day)]
    assert told.promises[0].day > before
    assert after(file, decision).promises == (("feedback", told.promises[0].day),)


def test_an_anonymous_complainants_promise_moves_all_the_same() -> None:
    file = a_case(running("feedback", EARLY, 8, SHORT, promised=True))

    decision = recount(file, a_desk(file, EARLY, parties=()))

    assert decision is not None
    assert not any(notice.to.address for notice in decision.notices)
    assert after(file, decision).clocks[0].due > file.clocks[0].due


def test_f83_a_provisional_day_that_the_notice_confirms_is_certain_from_now_on_and_nobody_is_told() -> None:
    file = a_case(running("handle", date(2018, 12, 24), 1))
    assert file.clocks[0].provisional

    decision = recount(file, a_desk(file, date(2018, 12, 24)))

    assert decision is not None
    assert decision.notices == ()
    clock = after(file, decision).clocks[0]
    assert (clock.due, clock.provisional, clock.calendar) == (date(2018, 12, 25), False, AFTER.version)


def test_the_office_that_knows_no_mailbox_of_the_unit_writes_to_nobody() -> None:
    file = a_case(running("handle", FRIDAY, 1))

    decision = recount(file, a_desk(file, FRIDAY, contacts=()))

    assert decision is not None
    assert decision.notices == ()


def test_a_case_is_counted_anew_once_a_calendar() -> None:
    file = a_case(running("handle", FRIDAY, 1), running("feedback", FRIDAY, 6, promised=True))
    assert outdated(file, AFTER.version)

    recounted = after(file, recount(file, a_desk(file, FRIDAY)))

    assert not outdated(recounted, AFTER.version)
    assert recount(recounted, a_desk(recounted, FRIDAY)) is None


def test_what_stands_still_is_not_counted_until_it_goes_on() -> None:
    file = a_case(running("accept", FRIDAY, 5, left=3))

    assert not outdated(file, AFTER.version)
    assert recount(file, a_desk(file, FRIDAY)) is None


def test_a_later_day_begins_its_ladder_anew_and_an_earlier_one_does_not() -> None:
    later = a_case(running("handle", EARLY, 8, SHORT, step="remind@-3"))
    earlier = a_case(running("handle", FRIDAY, 1, step="remind@-3"))

    assert after(later, recount(later, a_desk(later, EARLY))).clocks[0].step == ""
    assert after(earlier, recount(earlier, a_desk(earlier, FRIDAY))).clocks[0].step == "remind@-3"


def test_a_clock_of_an_old_line_that_says_no_days_keeps_its_length() -> None:
    file = a_case(running("handle", date(2018, 12, 3), 5, days=0))

    assert after(file, recount(file, a_desk(file, FRIDAY))).clocks[0].due == file.clocks[0].due


def test_a_line_about_a_clock_that_has_ended_changes_nothing() -> None:
    event = Recounted(about=f"case:{REF}", clock="sign", old=FRIDAY, new=FRIDAY, calendar="x", why="same")

    assert fold(a_case(), event) == a_case()


def test_the_ledger_gives_the_line_back_as_it_was() -> None:
    event = Recounted(about=f"case:{REF}", clock="handle", old=FRIDAY, new=EARLY, calendar="2019-x", why="later")

    assert revive("Recounted", event.about, event.warrant, event.body()) == event


@given(st.integers(1, 25), st.dates(date(2018, 12, 1), date(2019, 2, 10)), st.booleans())
def test_f84_no_promise_is_earlier_and_nobody_in_time_is_late(days: int, today: date, promised: bool) -> None:
    file = a_case(running("handle", date(2018, 11, 30), days, promised=promised))

    new = after(file, recount(file, a_desk(file, today))).clocks[0].due

    old = file.clocks[0].due
    assert not (promised and new < old)
    assert not (old >= today > new)
    assert AFTER.is_workday(new) or new == old


def test_a_calendar_taken_back_moves_what_may_move_and_keeps_the_promise() -> None:
    file = a_case(running("handle", EARLY, 8, SHORT), running("feedback", EARLY, 8, SHORT, promised=True))
    later = after(file, recount(file, a_desk(file, EARLY)))

    back = after(later, recount(later, a_desk(later, EARLY, SHORT)))

    assert back.clocks[0].due == file.clocks[0].due
    assert back.clocks[1].due == later.clocks[1].due > file.clocks[1].due
    assert BEFORE.version != SHORT.version
