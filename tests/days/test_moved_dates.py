"""A changed calendar moves open due dates: never earlier for a promise, never retroactively overdue (domain §3.3, 3)."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
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


MONDAY = date(2017, 6, 5)


@pytest.mark.parametrize("today", [date(2017, 6, 5), date(2017, 9, 1)])
def test_the_same_calendar_moves_nothing(today: date) -> None:
    assert moved(Term(MONDAY, 5, AFTER.add_workdays(MONDAY, 5)), AFTER, today).why == "same"


def test_the_days_a_notice_changes_are_named_those_of_december_before_it_too() -> None:
    known = load({name: raw for name, raw in TEXTS.items() if name != "2019.toml"})

    changed = changed_days(known, AFTER)

    assert changed[:3] == (date(2018, 12, 29), date(2018, 12, 31), date(2019, 2, 2))
    assert changed_days(AFTER, AFTER) == ()
