"""Every rung of every ladder in the book is reached on its day, once, and speaks to whom it should (S37, S66; F85)."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest
from desks import LAND, UNIT_BOX, a_case, a_desk_with, asked, folded, kinds, sent, the_book, the_calendar

from rules.case import CaseFile, Running
from rules.decision import Decision
from rules.life import STANDING, State
from rules.policy.terms import Action
from rules.remind import remind
from rules.urging import AT_UNIT

DUE = date(2017, 6, 14)
RUNGS = [
    (clock.name, step.offset_days, step.action)
    for clock in the_book().clocks.values()
    for step in clock.steps
    if any(standing.clock == clock.name for standing in STANDING.values()) or clock.name == "feedback"
]
STATE = {standing.clock: state for state, standing in STANDING.items() if standing.clock} | {"feedback": State.HANDLING}


def day_of(offset: int) -> date:
    """So many working days from the due day."""
    calendar, step, day = the_calendar(), timedelta(days=1 if offset > 0 else -1), DUE
    for _ in range(abs(offset)):
        day += step
        while not calendar.is_workday(day):
            day += step
    return day


def standing_case(clock: str) -> CaseFile:
    state = STATE[clock]
    file = a_case(state, disclosed=state is State.COPY)
    return dataclasses.replace(file, clocks=(Running(clock, date(2017, 5, 9), DUE, "2017"),))


def on(file: CaseFile, day: date) -> Decision | None:
    return remind(file, a_desk_with(file, now=datetime(day.year, day.month, day.day, 1, tzinfo=UTC)))


@pytest.mark.parametrize(("clock", "offset", "action"), RUNGS)
def test_a_rung_is_reached_on_its_working_day_and_spoken_once(clock: str, offset: int, action: Action):
    file = standing_case(clock)

    decision = on(file, day_of(offset))

    assert decision is not None
    assert any(event.kind == "Reminded" and event.step.endswith(f"{offset:+d}") for event in decision.events)
    after = folded(file, decision.events)
    assert after.ended or after.clock(clock) is None or on(after, day_of(offset)) is None


@pytest.mark.parametrize(
    ("clock", "offset", "action"),
    [
        rung
        for rung in RUNGS
        if rung[2] in (Action.REMIND, Action.REMIND_WRITTEN, Action.SUPERVISE) and rung[0] in AT_UNIT
    ],
)
def test_a_rung_at_the_unit_is_a_letter_to_the_unit(clock: str, offset: int, action: Action):
    decision = on(standing_case(clock), day_of(offset))

    template = "supervision" if action is Action.SUPERVISE else "unit_reminder"
    assert (template, UNIT_BOX[LAND]) in sent(decision)


@pytest.mark.parametrize(
    ("clock", "offset", "action"), [rung for rung in RUNGS if rung[0] not in AT_UNIT and rung[2] is Action.ESCALATE]
)
def test_a_rung_of_the_offices_own_is_a_question_to_the_head(clock: str, offset: int, action: Action):
    decision = on(standing_case(clock), day_of(offset))

    assert asked(decision)
    assert all(question.role == "head" for question in decision.questions)
    assert [template for template, _ in sent(decision)] == []


@pytest.mark.parametrize(("clock", "offset", "action"), [rung for rung in RUNGS if rung[2] is Action.BREACH])
def test_s66_a_breach_is_an_event_that_names_the_unit(clock: str, offset: int, action: Action):
    assert "Breached" in kinds(on(standing_case(clock), day_of(offset)))


def test_the_whole_ladder_of_handling_told_day_by_day():
    """提醒 → 到期催办 → 书面催办 → 督办 + 失职线索 → 通报: what the unit and the head hear in five weeks of silence."""
    file, heard = standing_case("handle"), []
    for offset in range(-4, 12):
        decision = on(file, day_of(offset)) if offset else on(file, DUE)
        if decision:
            heard.append((offset, [template for template, _ in sent(decision)], asked(decision)))
            file = folded(file, decision.events)

    assert heard == [
        (-3, ["unit_reminder"], []),
        (0, ["unit_reminder"], []),
        (1, ["unit_reminder"], ["telephone"]),
        (5, ["supervision"], ["telephone", "escalated"]),
        (10, [], ["circular-late"]),
    ]
    assert file.reminded == 5


def test_f85_a_daemon_that_slept_through_the_ladder_speaks_the_highest_rung_alone():
    decision = on(standing_case("handle"), day_of(7))

    assert [template for template, _ in sent(decision)] == ["supervision"]
    assert kinds(decision).count("Breached") == 1
