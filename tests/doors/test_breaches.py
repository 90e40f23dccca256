"""失职线索 (S66–S68): names unit and person, is answered by the unit, lifted by an order with a reason, and never deleted."""

import dataclasses
from datetime import UTC, date, datetime

from desks import (
    ABOUT,
    LAND,
    UNIT_BOX,
    a_case,
    a_desk_with,
    a_question,
    asked,
    folded,
    kinds,
    order_by,
    sent,
    unit_writes,
)

from rules import events as ev
from rules.case import CaseFile, Running
from rules.decide import decide
from rules.desk import Contact, Desk
from rules.evidence.clues import Limits, clues
from rules.evidence.lines import Line
from rules.life import State
from rules.obey import obey
from rules.remind import remind
from rules.replies.orders import Order

DUE = date(2017, 5, 31)
BREACH = ev.Breached(about=ABOUT, clock="handle", unit=LAND, due=DUE, person="样例联系人")
HEAD = Order("lift", "防汛抢险，人员全部在外", "王组长", ("head",), "command")


def late(state: State = State.HANDLING, clock: str = "handle") -> CaseFile:
    return dataclasses.replace(a_case(state), clocks=(Running(clock, date(2017, 5, 9), DUE, "2017"),))


def breached() -> CaseFile:
    return folded(late(), [BREACH])


def two_weeks_later(file: CaseFile) -> Desk:
    contacts = (Contact(LAND, UNIT_BOX[LAND], person="样例联系人"),)
    return a_desk_with(file, now=datetime(2017, 6, 14, 1, tzinfo=UTC), contacts=contacts)


def test_s66_a_units_breach_names_the_unit_and_its_contact_person():
    file = late()

    (breach,) = (event for event in remind(file, two_weeks_later(file)).events if isinstance(event, ev.Breached))

    assert (breach.unit, breach.person, breach.due) == (LAND, "样例联系人", DUE)


def test_s67a_the_offices_own_breach_names_the_staff_whose_clock_it_is():
    file = late(State.ACCEPTED, "assign")

    (breach,) = (event for event in remind(file, two_weeks_later(file)).events if isinstance(event, ev.Breached))

    assert (breach.unit, breach.person) == ("", "周敏")


def test_a_unit_answers_a_breach_and_the_head_is_asked():
    decision = decide(*unit_writes(breached(), "申辩：五月底防汛抢险，人员全部在外，故未能按期办结。"))

    assert "BreachAnswered" in kinds(decision)
    assert asked(decision) == ["plea"]
    assert ("unit_confirmation", UNIT_BOX[LAND]) in sent(decision)
    assert folded(breached(), decision.events).breaches == (("handle", DUE, "answered"),)


def test_an_answer_to_no_breach_only_joins():
    decision = decide(*unit_writes(a_case(), "申辩：没有超期。"))

    assert "BreachAnswered" not in kinds(decision)
    assert asked(decision) == ["unclear"]


def test_the_head_lifts_it_with_a_reason_that_the_unit_reads():
    decision = obey(HEAD, a_desk_with(breached()), a_question("plea"))

    (lifted,) = (event for event in decision.events if isinstance(event, ev.BreachLifted))
    assert (lifted.clock, lifted.due, lifted.warrant.role) == ("handle", DUE, "head")
    (told,) = (notice for notice in decision.notices if notice.template == "breach_lifted")
    assert (told.to.address, told.reason) == (UNIT_BOX[LAND], "防汛抢险，人员全部在外")


def test_a_breach_is_lifted_by_nobody_else_without_a_reason_never_and_once():
    desk, question = a_desk_with(breached()), a_question("plea")

    assert "OrderRefused" in kinds(obey(dataclasses.replace(HEAD, argument=""), desk, question))
    assert "OrderRefused" in kinds(obey(dataclasses.replace(HEAD, roles=("handler",)), desk, question))
    after = folded(breached(), obey(HEAD, desk, question).events)
    assert "OrderRefused" in kinds(obey(HEAD, a_desk_with(after), question))


def test_a_breach_that_stands_is_told_to_the_unit_with_a_reason_or_without():
    desk, question = a_desk_with(breached()), a_question("plea")

    with_reason = obey(dataclasses.replace(HEAD, verb="hold", argument="防汛只有两天"), desk, question)
    (told,) = (notice for notice in with_reason.notices if notice.template == "breach_lifted")
    assert (told.to.address, told.lifted, told.reason) == (UNIT_BOX[LAND], False, "防汛只有两天")
    assert "BreachLifted" not in kinds(with_reason)

    without = obey(dataclasses.replace(HEAD, verb="hold", argument=""), desk, question)
    (told,) = (notice for notice in without.notices if notice.template == "breach_lifted")
    assert (told.lifted, told.reason) == (False, "")


def test_a_lifted_breach_stays_a_clue_that_says_so():
    registered = ev.Registered(about=ABOUT, year=2017, serial=12, kind_of="complaint", received=date(2017, 5, 9))
    lifted = ev.BreachLifted(about=ABOUT, warrant=order_by(), clock="handle", unit=LAND, due=DUE)
    lines = [
        Line(seq, datetime(2017, 6, 10 + seq, 4, tzinfo=UTC), event, "{}")
        for seq, event in enumerate((registered, BREACH, lifted), 1)
    ]

    (clue,) = clues(lines, date(2017, 6, 20), {"handle": "办理"}, Limits())

    assert clue.seqs == (2,)
    assert "申辩成立" in clue.what
    assert "2017-06-13" in clue.what
