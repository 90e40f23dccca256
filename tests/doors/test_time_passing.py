"""Time passing: the highest rung once, on every ladder of the book (traps F83, F85, A79; DUE)."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest
from desks import (
    LAND,
    REF,
    UNIT_BOX,
    a_case,
    a_desk_with,
    a_question,
    asked,
    folded,
    kinds,
    sent,
    staff_writes,
    the_book,
)

from rules.asking import letters
from rules.case import Running
from rules.decide import decide
from rules.decision import WarrantKind
from rules.life import State
from rules.policy.terms import Action, Step
from rules.remind import ACTIONS, remind
from rules.shield import Identity
from rules.stale import pressing_for, stale


def on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def running(clock, due, **given) -> Running:
    return Running(clock, date(2017, 5, 9), due, "2017", **given)


def passed(file, day, **given):
    return remind(file, a_desk_with(file, now=on(day), **given))


SIGN = running("sign", date(2017, 5, 10))
HANDLE = running("handle", date(2017, 5, 31))


def test_nothing_is_said_before_its_day():
    assert passed(a_case(State.ASSIGNED, clocks=(SIGN, HANDLE)), date(2017, 5, 9)) is None


def test_the_unit_is_reminded_on_the_day_and_only_once():
    file = a_case(State.ASSIGNED, clocks=(SIGN,))

    decision = passed(file, date(2017, 5, 10))

    assert (kinds(decision), sent(decision), asked(decision)) == (
        ["Reminded"],
        [("unit_reminder", UNIT_BOX[LAND])],
        [],
    )
    assert decision.events[0].warrant.kind is WarrantKind.CLOCK
    assert (decision.notices[0].late, decision.notices[0].written) == (0, False)
    assert passed(folded(file, decision.events), date(2017, 5, 10)) is None


def test_a_rung_before_the_due_day_is_reached_by_working_days():
    decision = passed(a_case(clocks=(HANDLE,)), date(2017, 5, 25))

    assert (decision.events[0].step, decision.notices[0].due) == ("remind@-3", date(2017, 5, 31))


def test_the_next_rung_is_a_written_reminder():
    file = folded((start := a_case(State.ASSIGNED, clocks=(SIGN,))), passed(start, date(2017, 5, 10)).events)

    decision = passed(file, date(2017, 5, 11))

    assert (decision.notices[0].written, decision.notices[0].late) == (True, 1)


def test_f85_after_ten_days_off_one_letter_goes_and_every_breach_counts():
    file = a_case(clocks=(running("handle", date(2017, 5, 9)),))

    decision = passed(file, date(2017, 5, 16))

    assert (kinds(decision), sent(decision), asked(decision)) == (
        ["Reminded", "Breached"],
        [("supervision", UNIT_BOX[LAND])],
        ["telephone", "escalated"],
    )


def test_f83_a_provisional_day_is_held_against_nobody():
    file = a_case(clocks=(running("handle", date(2017, 5, 9), provisional=True),))

    decision = passed(file, date(2017, 6, 30))

    assert (kinds(decision), asked(decision)) == (["Reminded"], [])


def test_f83_a_due_day_in_a_year_without_a_calendar_is_provisional_and_no_fault():
    from rules.terms import due_in

    desk = a_desk_with(a_case(), now=datetime(2026, 12, 20, tzinfo=UTC))

    day, provisional = due_in(desk, 15)

    assert (day.year, provisional) == (2027, True)


LONG_LATE = a_case(clocks=(running("handle", date(2017, 5, 9), step="breach@+5"),))


def test_s62_of_a_unit_that_is_long_late_the_head_gets_a_circular_to_agree_to_and_no_other_unit_hears_yet():
    decision = passed(LONG_LATE, date(2017, 5, 23))

    (question,) = decision.questions
    text = dict(question.proposal)["text"]
    assert (question.kind, question.role, sent(decision)) == ("circular-late", "head", [])
    assert "国土资源局承办的桓营诉〔2017〕12号件" in text
    assert "至今已超期10个工作日" in text
    (told, *_) = letters(question, a_desk_with(LONG_LATE))
    assert {str(fact.label): str(fact.says) for fact in told.facts}["通报稿"] == text
    assert [str(choice.write) for choice in told.choices] == ["同意", "通报：改写后的通报内容", "不通报"]
    assert str(told.choices[0].does).endswith("……”")


def test_s62_a_circular_of_delay_goes_to_every_unit_where_two_people_agree_and_the_case_is_still_late():
    text = "国土资源局承办的桓营诉〔2017〕12号件，至今已超期10个工作日，仍未办结。现予通报。"
    question = a_question("second", proposal=tuple(kept("circular", text, "circular-late").items()))

    letter, desk = staff_writes(LONG_LATE, "reviewer", "同意", question, now=on(date(2017, 5, 24)), identities=KNOWN)
    decision = decide(letter, desk)

    assert {to for template, to in sent(decision) if template == "circular"} == set(UNIT_BOX.values())
    assert all(notice.overdue for notice in decision.notices if notice.template == "circular")
    reported = dataclasses.replace(LONG_LATE, state=State.REPORTED, clocks=())
    letter, desk = staff_writes(reported, "reviewer", "同意", question, now=on(date(2017, 5, 24)), identities=KNOWN)
    assert "circular" not in [template for template, _ in sent(decide(letter, desk))]


KNOWN = ((REF, (Identity("name", "李明远"),)),)


def kept(verb: str, argument: str, kind: str) -> dict[str, str]:
    """What a second person's question remembers of the first one's order."""
    return {
        "verb": verb,
        "argument": argument,
        "actor": "王组长",
        "acted": "head",
        "key": f"{kind}:x",
        "kind": kind,
    }


def test_what_the_unit_is_urged_to_do_is_what_its_clock_waits_for():
    """督办 of a case that nobody signed for demanded the result of a case whose own day was weeks ahead."""
    unsigned = passed(a_case(State.ASSIGNED, clocks=(SIGN, HANDLE)), date(2017, 5, 15))
    late = passed(a_case(clocks=(HANDLE,)), date(2017, 6, 8))

    assert [str(one.wanted) for one in (unsigned.notices[0], late.notices[0])] == [
        "回复“签收”并开始办理",
        "办结并回复本邮件",
    ]


def test_whoever_is_waited_for_in_two_matters_is_named_once():
    waiting = tuple(a_question("telephone", id=f"Q{n:09}", key=f"telephone:{n}") for n in range(2))

    decision = passed(a_case(clocks=(HANDLE,)), date(2017, 6, 8), questions=waiting)

    escalated = next(one for one in decision.questions if one.kind == "escalated")
    assert dict(escalated.facts)["waits"].count("请打电话报告分管领导") == 1


@pytest.mark.parametrize("given", [{"lead": ""}, {}])
def test_where_no_unit_can_be_written_to_a_person_is(given):
    file = a_case(clocks=(running("handle", date(2017, 5, 9)),), **given)

    decision = passed(file, date(2017, 5, 16), contacts=())

    assert (sent(decision), asked(decision)) == ([], ["escalated"])
    assert asked(passed(a_case(State.ASSIGNED, clocks=(SIGN,), **given), date(2017, 5, 10), contacts=())) == [
        "escalated"
    ]


def test_supervision_of_signing_names_the_day_of_assignment():
    file = a_case(State.ASSIGNED, clocks=(SIGN,))

    assert passed(file, date(2017, 5, 15)).notices[0].assigned == date(2017, 5, 9)


def test_an_undecided_complaint_is_deemed_accepted():
    file = a_case(State.REGISTERED, clocks=(running("accept", date(2017, 5, 9), promised=True),))

    decision = passed(file, date(2017, 5, 11))

    after = folded(file, decision.events)
    assert (after.state, [clock.clock for clock in after.clocks]) == (State.ACCEPTED, ["assign"])
    assert kinds(decision) == ["Reminded", "Accepted", "ClockStopped", "PromiseMeasured", "ClockStarted", "Breached"]


def test_a_case_accepted_meanwhile_is_not_accepted_again():
    file = a_case(State.ACCEPTED, clocks=(running("accept", date(2017, 5, 9), promised=True),))

    assert "Accepted" not in kinds(passed(file, date(2017, 5, 11)))


def test_l73_no_opinion_in_time_closes_as_unrated_and_not_as_satisfied():
    file = a_case(State.FEEDBACK, clocks=(running("opinion", date(2017, 5, 23)),))

    after = folded(file, passed(file, date(2017, 5, 23)).events)

    assert (after.state, after.outcome, after.opinion) == (State.CLOSED, "none", "")


def test_an_opinion_clock_in_another_state_closes_nothing():
    file = a_case(State.ASSIGNED, clocks=(running("opinion", date(2017, 5, 23)),))

    assert kinds(passed(file, date(2017, 5, 23))) == ["Reminded"]


def test_the_offices_own_clocks_go_to_the_head():
    file = a_case(State.REPORTED, clocks=(running("review", date(2017, 5, 11)),))

    decision = passed(file, date(2017, 5, 11))

    assert (sent(decision), decision.questions[0].role) == ([], "head")


def test_every_action_of_the_book_is_known():
    assert set(ACTIONS) == set(Action)


def test_a79_reminders_follow_the_due_day_however_busy_the_unit_is():
    file = a_case(clocks=(dataclasses.replace(HANDLE, due=date(2017, 5, 9)),))
    said = []

    for day in range(10, 25):
        decision = passed(file, date(2017, 5, 1) + timedelta(days=day - 1))
        if decision:
            file = folded(file, decision.events)
            said.append(decision.events[0].step)

    assert said == ["remind-written@+1", "breach@+5", "circular@+10"]


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (a_case(State.CLOSED), "case-ended"),
        (a_case(clocks=(HANDLE,)), ""),
        (a_case(), "clock-moved"),
        (None, ""),
    ],
)
def test_f78_a_reminder_that_waited_too_long_says_nothing_any_more(file, why):
    assert stale(f"remind:{REF}:1:handle:2017-05-31", file) == why


def test_f78_a_receipt_goes_however_late_and_so_does_a_unit_s_list():
    looked_at = [
        pressing_for(template, about)
        for template, about in (
            ("unit_reminder", f"case:{REF}"),
            ("receipt", f"case:{REF}"),
            ("unit_reminder", "unit:国土资源局"),
        )
    ]

    assert looked_at == [REF, "", ""]


def test_a_rung_that_would_name_a_unit_asks_the_head_where_it_is_the_office_that_is_late():
    book = the_book()
    accept = dataclasses.replace(book.clocks["accept"], steps=(Step(3, Action.CIRCULAR),))
    clocks = (running("accept", date(2017, 5, 16)),)

    decision = passed(
        a_case(State.REGISTERED, clocks=clocks),
        date(2017, 5, 31),
        book=dataclasses.replace(book, clocks={**book.clocks, "accept": accept}),
    )

    assert asked(decision) == ["escalated"]
