"""The ladder of a clock in the book: which rungs are due now, once, however long the daemon was off."""

import dataclasses
from datetime import date

import pytest
from clocked import AFTER, LAND, REF, a_case, a_desk, after, running

from rules.remind import due_steps, remind

MONDAY = date(2017, 6, 5)
HANDLE = running("handle", MONDAY, 15, AFTER)
"""Due on 2017-06-26; rungs at T-3, T, T+1, T+5 (two), T+10."""


def rungs(done: str, day: date, **given: object) -> list[str]:
    clock = dataclasses.replace(HANDLE, step=done, **given)  # type: ignore[arg-type]
    return [f"{step.action}@{step.offset_days:+d}" for step in due_steps(clock, a_desk(a_case(clock), day))]


@pytest.mark.parametrize(
    ("done", "day", "due"),
    [
        ("", date(2017, 6, 20), []),
        ("", date(2017, 6, 21), ["remind@-3"]),
        ("remind@-3", date(2017, 6, 23), []),
        ("remind@-3", date(2017, 6, 26), ["remind@+0"]),
        ("remind@+0", date(2017, 6, 27), ["remind-written@+1"]),
        ("circular@+10", date(2017, 9, 1), []),
    ],
)
def test_a_rung_is_due_once_on_a_day_counted_in_working_days(done: str, day: date, due: list[str]) -> None:
    assert rungs(done, day) == due


def test_f85_after_ten_days_off_one_letter_goes_and_what_counts_counts() -> None:
    file = a_case(dataclasses.replace(HANDLE, step="remind@-3"))

    decision = remind(file, a_desk(file, date(2017, 7, 5)))

    assert decision is not None
    assert [event.kind for event in decision.events] == ["Reminded", "Breached"]
    assert [notice.template for notice in decision.notices] == ["supervision"]
    again = after(file, decision)
    assert remind(again, a_desk(again, date(2017, 7, 5))) is None


def test_f83_on_and_past_a_provisional_day_nothing_is_held_against_anybody() -> None:
    assert rungs("", date(2017, 9, 1), provisional=True) == ["remind@-3"]


def test_a_recounted_later_day_is_reminded_of_again() -> None:
    file = a_case(dataclasses.replace(HANDLE, due=date(2017, 7, 3), step=""))

    decision = remind(file, a_desk(file, date(2017, 6, 28)))

    assert decision is not None
    (told,) = decision.notices
    assert (told.about, told.to.name) == (f"case:{REF}", LAND)
