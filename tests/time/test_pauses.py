"""补正: a clock that stands still keeps the days it had left and gets them back."""

from datetime import date, timedelta

import pytest
from clocked import AFTER, BEFORE, LI, REF, a_case, a_desk, after, running
from hypothesis import given
from hypothesis import strategies as st

from rules.case import CaseFile, fold
from rules.decision import Draft, Warrant, WarrantKind
from rules.desk import CodeHit, Desk, OpenQuestion
from rules.events import Extended
from rules.handling.from_complainant import from_complainant
from rules.handling.status import own_state
from rules.letter import Letter
from rules.life import State
from rules.notices.to_complainant import AcceptanceTold, StatusTold, SupplementReceived
from rules.orders.verbs import VERBS
from rules.remind import remind
from rules.replies.orders import Order
from rules.terms import pause, resume

MONDAY = date(2017, 6, 5)
QUESTION = OpenQuestion("forward:x", "forward", f"case:{REF}", "receiver", (), (("unit", "国土资源局"),), "")
ORDER = Warrant(WarrantKind.ORDER, "q", "somebody", "receiver")


def registered() -> CaseFile:
    return a_case(
        running("accept", MONDAY, 5, AFTER, promised=True),
        running("feedback", MONDAY, 28, AFTER, promised=True),
        state=State.REGISTERED,
        lead="",
        co_units=(),
        round=0,
    )


def desk_on(file: CaseFile, day: date) -> Desk:
    return a_desk(file, day, drafts=(Draft(REF, "拖延办证", "一直不给办理。"),))


def asked(day: date) -> CaseFile:
    """On that day the complainant was asked for facts."""
    file = registered()
    return after(file, VERBS["supplement"](Order("supplement", "时间地点"), desk_on(file, day), QUESTION, ORDER))


def test_the_clocks_that_the_book_names_stand_still_and_only_the_supplements_runs() -> None:
    file = asked(date(2017, 6, 7))

    assert file.state is State.SUPPLEMENT
    assert {clock.clock: clock.left for clock in file.clocks} == {"accept": 3, "feedback": 26, "supplement": None}
    assert file.next_due is not None
    assert file.next_due.clock == "supplement"


def test_the_facts_come_and_every_clock_goes_on_with_the_days_it_had_left() -> None:
    file = asked(date(2017, 6, 7))
    hit = CodeHit(
        f"supplement-request:{REF}", f"case:{REF}", "complainant", LI, "supplement_request", "sent", "subject"
    )
    letter = Letter("1" * 64, 10, from_addr=LI, own_words="6月1日在国土资源局二楼窗口。", text="")

    decision = from_complainant(letter, desk_on(file, date(2017, 6, 20)), hit, file)

    resumed = after(file, decision)
    accept, feedback = resumed.clock("accept"), resumed.clock("feedback")
    assert accept is not None
    assert feedback is not None
    assert (resumed.state, accept.due, accept.left) == (State.REGISTERED, date(2017, 6, 23), None)
    assert feedback.due == AFTER.add_workdays(date(2017, 6, 20), 26).day
    assert dict(resumed.promises) == {"accept": accept.due, "feedback": feedback.due}
    (told,) = decision.notices
    assert isinstance(told, SupplementReceived)
    assert [promise.day for promise in told.promises] == [accept.due, feedback.due]


def test_a_case_forwarded_without_waiting_for_the_facts_has_its_promise_running_again() -> None:
    file = asked(date(2017, 6, 7))

    decision = VERBS["reassign"](Order("reassign", "国土资源局"), desk_on(file, date(2017, 6, 8)), QUESTION, ORDER)

    assigned = after(file, decision)
    feedback = assigned.clock("feedback")
    assert feedback is not None
    assert (assigned.state, feedback.left) == (State.ASSIGNED, None)
    assert {clock.clock for clock in assigned.running} == {"sign", "handle", "feedback"}
    told = next(notice for notice in decision.notices if isinstance(notice, AcceptanceTold))
    assert [promise.day for promise in told.promises] == [feedback.due]


def test_a_case_accepted_while_it_waits_has_nothing_standing_still() -> None:
    file = asked(date(2017, 6, 7))

    accepted = after(file, VERBS["accept"](Order("accept", ""), desk_on(file, date(2017, 6, 8)), QUESTION, ORDER))

    assert {clock.clock for clock in accepted.clocks} == {"assign", "feedback"}
    assert accepted.running == accepted.clocks


def test_who_asks_meanwhile_is_told_no_day_that_does_not_count() -> None:
    file = asked(date(2017, 6, 7))
    letter = Letter("1" * 64, 10, from_addr=LI, own_words="查询", text="查询")

    decision = own_state(letter, desk_on(file, date(2017, 6, 8)))

    assert decision is not None
    (told,) = decision.notices
    assert isinstance(told, StatusTold)
    assert told.promises == ()


def test_a_clock_that_stands_still_has_no_rung() -> None:
    file = a_case(running("handle", MONDAY, 5, AFTER, left=2))

    assert remind(file, a_desk(file, date(2017, 9, 1))) is None


def test_a_pause_of_one_day_costs_nothing() -> None:
    file = registered()
    desk = a_desk(file, date(2017, 6, 7))
    for event in pause(file, desk, ORDER, "supplement"):
        file = fold(file, event)

    for event in resume(file, desk, ORDER):
        file = fold(file, event)

    assert [clock.due for clock in file.clocks] == [clock.due for clock in registered().clocks]


def test_what_the_book_does_not_name_runs_on() -> None:
    file = a_case(running("sign", MONDAY, 1, AFTER))

    assert pause(file, a_desk(file, MONDAY), ORDER, "supplement") == ()


def test_a_promise_that_stood_still_over_a_changed_calendar_is_not_earlier() -> None:
    file = a_case(running("feedback", date(2018, 12, 28), 1, BEFORE, promised=True, left=1))

    (event,) = resume(file, a_desk(file, date(2018, 12, 28)), ORDER)

    assert event.due == date(2018, 12, 31)


def test_a_late_clock_comes_back_as_due_today_and_no_later_than_that() -> None:
    file = registered()
    for event in pause(file, a_desk(file, date(2017, 6, 20)), ORDER, "supplement"):
        file = fold(file, event)

    accept = next(event for event in resume(file, a_desk(file, date(2017, 6, 26)), ORDER) if event.clock == "accept")

    assert (accept.days, accept.due) == (0, date(2017, 6, 26))


@given(st.integers(1, 30), st.integers(0, 40), st.integers(0, 40))
def test_a_pause_never_makes_a_term_shorter(days: int, ran: int, rested: int) -> None:
    file = a_case(running("handle", MONDAY, days, AFTER))
    desk = a_desk(file, MONDAY + timedelta(ran))
    paused = file
    for event in pause(file, desk, ORDER, "hearing"):
        paused = fold(paused, event)

    (again,) = resume(paused, a_desk(paused, MONDAY + timedelta(ran + rested)), ORDER)

    assert again.due >= file.clocks[0].due
    assert AFTER.is_workday(again.due)


@pytest.mark.parametrize(("days", "total"), [(5, 9), (0, 0)])
def test_an_extension_adds_its_days_and_names_the_calendar_it_was_counted_by(days: int, total: int) -> None:
    file = a_case(
        running("handle", MONDAY, 5, BEFORE, days=days, step="remind@-3"), running("feedback", MONDAY, 9, AFTER)
    )
    due = date(2017, 6, 16)

    extended = fold(
        file,
        Extended(
            about=f"case:{REF}", warrant=ORDER, unit="国土资源局", days=4, due=due, provisional=True, calendar="x"
        ),
    )

    clock = extended.clock("handle")
    assert clock is not None
    assert (clock.due, clock.days, clock.provisional, clock.calendar, clock.step) == (due, total, True, "x", "")
    assert extended.clock("feedback") == file.clock("feedback")
