"""A changed calendar moves open due dates: never earlier for a promise, never retroactively overdue (domain §3.3, 3)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from rules.clocks import ClockRow, extend, pause, resume, start
from rules.clocks import moved as moved_row
from rules.days import Due, Moved, Term, changed_days, load, moved

FOLDER = Path(rules.__file__ or "").parent / "book" / "calendar"
TEXTS = {path.name: path.read_bytes() for path in FOLDER.glob("*.toml")}
BEFORE = load({name: raw for name, raw in TEXTS.items() if name not in ("2018.toml", "2019.toml")})
AFTER = load(TEXTS)
FRIDAY = date(2018, 12, 28)
"""By the notice of 2018-12-06 the Saturday after it is worked and 12-31 is off; nobody knew before."""


def a_term(days: int, *, promised: bool = False) -> Term:
    return Term(FRIDAY, days, BEFORE.add_workdays(FRIDAY, days), promised)


def test_f84_a_day_that_the_notice_makes_earlier_moves_and_is_told() -> None:
    change = moved(a_term(1), AFTER, FRIDAY)

    assert change == Moved(Due(date(2018, 12, 31), provisional=True), Due(date(2018, 12, 29)), "earlier")
    assert change.tell


def test_a_promise_to_the_complainant_is_never_earlier() -> None:
    change = moved(a_term(1, promised=True), AFTER, FRIDAY)

    assert change == Moved(Due(date(2018, 12, 31), provisional=True), Due(date(2018, 12, 31)), "kept-promise")
    assert not change.tell


def test_nobody_becomes_overdue_by_the_notice() -> None:
    change = moved(a_term(1), AFTER, date(2018, 12, 30))

    assert change == Moved(Due(date(2018, 12, 31), provisional=True), Due(date(2019, 1, 2)), "kept-in-time")


def test_who_was_overdue_already_is_not_more_so() -> None:
    assert moved(a_term(1), AFTER, date(2019, 1, 4)).why == "kept-overdue"


def test_a_later_day_moves_even_a_promise() -> None:
    term = Term(date(2020, 1, 22), 3, Due(date(2020, 1, 31)), promised=True)

    assert moved(term, AFTER, date(2020, 1, 28)) == Moved(Due(date(2020, 1, 31)), Due(date(2020, 2, 4)), "later")


def test_a_provisional_day_that_the_notice_confirms_is_certain_and_nobody_is_told() -> None:
    term = Term(date(2018, 12, 24), 1, Due(date(2018, 12, 25), provisional=True))

    change = moved(term, AFTER, date(2018, 12, 24))

    assert change == Moved(Due(date(2018, 12, 25), provisional=True), Due(date(2018, 12, 25)), "same")


@given(
    st.dates(date(2018, 11, 20), date(2019, 1, 10)),
    st.integers(0, 30),
    st.dates(date(2018, 12, 1), date(2019, 2, 10)),
    st.booleans(),
)
def test_f84_a_new_calendar_breaks_no_promise_and_makes_nobody_late(
    started: date, days: int, today: date, promised: bool
) -> None:
    old = BEFORE.add_workdays(started, days)

    new = moved(Term(started, days, old, promised), AFTER, today).new

    assert not (promised and new.day < old.day)
    assert not (old.day >= today > new.day)


def test_a_row_moves_with_its_pauses_and_names_the_new_calendar() -> None:
    row = start("handle", date(2018, 12, 20), 5, BEFORE)
    row = resume(pause(row, date(2018, 12, 21), "hearing"), date(2018, 12, 25), BEFORE)

    after, change = moved_row(row, AFTER, date(2018, 12, 26))

    assert (row.due, after.due, change.why) == (date(2018, 12, 31), date(2018, 12, 29), "earlier")
    assert (row.calendar, after.calendar) == (BEFORE.version, AFTER.version)


MONDAY = date(2017, 6, 5)


def test_a_pause_gives_back_the_days_that_were_left() -> None:
    row = pause(start("handle", MONDAY, 5, AFTER), date(2017, 6, 7), "supplement")

    assert row.paused
    assert resume(row, date(2017, 6, 20), AFTER).due == date(2017, 6, 23)  # two of five days had run


def test_a_pause_of_one_day_costs_nothing_and_an_earlier_end_is_that_day() -> None:
    row = start("handle", MONDAY, 5, AFTER)

    assert resume(pause(row, date(2017, 6, 7), "hearing"), date(2017, 6, 7), AFTER).due == row.due
    assert resume(pause(row, date(2017, 6, 7), "hearing"), date(2017, 6, 1), AFTER).due == row.due


def test_two_pauses_and_an_extension_add_up() -> None:
    row = start("handle", MONDAY, 5, AFTER)
    row = resume(pause(row, date(2017, 6, 6), "supplement"), date(2017, 6, 12), AFTER)
    row = resume(pause(row, date(2017, 6, 13), "hearing"), date(2017, 6, 19), AFTER)

    assert row.due == date(2017, 6, 22)
    assert extend(row, 10, AFTER).due == date(2017, 7, 6)


def test_what_stands_still_cannot_be_late_and_what_is_over_cannot_be_paused() -> None:
    row = start("handle", MONDAY, 1, AFTER)
    still = pause(row, date(2017, 6, 6), "hearing")

    assert not still.overdue(date(2017, 7, 1))
    assert row.overdue(date(2017, 6, 7))
    assert not row.overdue(date(2017, 6, 6))
    assert pause(row, date(2017, 6, 7), "hearing") == row
    assert pause(still, date(2017, 6, 6), "supplement") == still
    assert resume(row, date(2017, 6, 6), AFTER) == row


def test_an_extension_during_a_pause_counts_when_it_ends() -> None:
    row = pause(start("handle", MONDAY, 5, AFTER), date(2017, 6, 7), "hearing")

    row = extend(row, 2, AFTER)

    assert row.paused
    assert resume(row, date(2017, 6, 20), AFTER).due == date(2017, 6, 27)


def test_f83_nobody_is_overdue_on_a_provisional_day() -> None:
    assert not ClockRow("handle", MONDAY, 1, date(2027, 1, 4), "2026-x", provisional=True).overdue(date(2027, 1, 6))


def test_a_term_counted_over_a_provisional_day_stays_so_through_a_pause() -> None:
    row = start("handle", date(2026, 11, 27), 5, AFTER)

    row = resume(pause(row, date(2026, 12, 2), "hearing"), date(2027, 1, 5), load(TEXTS))

    assert row.provisional


@given(st.integers(1, 30), st.lists(st.integers(0, 9), min_size=2, max_size=8))
def test_a_pause_never_makes_a_term_shorter(days: int, gaps: list[int]) -> None:
    row, day = start("handle", MONDAY, days, AFTER), MONDAY
    for number, gap in enumerate(gaps):
        day += timedelta(gap)
        before = row
        row = pause(row, day, "hearing") if number % 2 == 0 else resume(row, day, AFTER)
        assert row.due >= before.due
    assert AFTER.is_workday(row.due)


@pytest.mark.parametrize("today", [date(2017, 6, 5), date(2017, 9, 1)])
def test_the_same_calendar_moves_nothing(today: date) -> None:
    assert moved(Term(MONDAY, 5, AFTER.add_workdays(MONDAY, 5)), AFTER, today).why == "same"


def test_the_days_a_notice_changes_are_named_those_of_december_before_it_too() -> None:
    known = load({name: raw for name, raw in TEXTS.items() if name != "2019.toml"})

    changed = changed_days(known, AFTER)

    assert changed[:3] == (date(2018, 12, 29), date(2018, 12, 31), date(2019, 2, 2))
    assert changed_days(AFTER, AFTER) == ()
