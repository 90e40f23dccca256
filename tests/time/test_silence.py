"""Silence is an event that rings once: of a unit that answers nothing, of a mailbox with unusually few letters for that weekday."""

from datetime import date

import pytest
from clocked import AFTER, LAND, a_case, a_desk, running

from rules.policy.office import Limits
from rules.silence import Quiet, few_letters, too_quiet, unit_silent

MONDAY = date(2018, 12, 10)
LIMITS = Limits(6, 200, 1, 24, "", {})


@pytest.mark.parametrize(("day", "quiet"), [(date(2018, 12, 14), False), (date(2018, 12, 17), True)])
def test_a_unit_is_silent_after_the_books_working_days(day: date, quiet: bool):
    desk = a_desk(a_case(running("handle", MONDAY, 15, AFTER)), day)

    assert too_quiet(Quiet(LAND, 3, MONDAY), desk) is quiet


def test_a_silent_unit_is_a_line_and_a_telephone_call_that_name_no_case():
    desk = a_desk(a_case(running("handle", MONDAY, 15, AFTER)), date(2018, 12, 17))

    decision = unit_silent(Quiet(LAND, 3, MONDAY), desk)

    (event,) = decision.events
    assert (event.about, event.what, event.where) == (f"unit:{LAND}", "unit-silent", "2018-12-10")
    (task,) = decision.questions
    assert (task.kind, task.role, task.key) == ("silent", "handler", f"silent:{LAND}:2018-12-10")
    assert decision.notices == ()


def test_another_silence_of_the_same_unit_is_another_cause():
    assert Quiet(LAND, 3, MONDAY).cause != Quiet(LAND, 3, date(2018, 12, 11)).cause
    assert Quiet(LAND, 3, MONDAY).cause == Quiet(LAND, 5, MONDAY).cause


@pytest.mark.parametrize(
    ("count", "before", "rings"),
    [
        (0, (20, 22, 18, 24), True),
        (4, (20, 22, 18, 24), True),
        (6, (20, 22, 18, 24), False),
        (0, (2, 3, 1, 2), False),
        (0, (20, 22, 18), False),
        (0, (), False),
    ],
)
def test_few_letters_are_few_beside_the_same_weekday_of_weeks_before(count: int, before: tuple[int, ...], rings: bool):
    assert bool(few_letters(MONDAY, count, before, LIMITS)) is rings
