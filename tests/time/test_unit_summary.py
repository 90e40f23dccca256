"""After days without the daemon a unit gets one list of what is due, not a letter each; every rung counts as it would alone (F85)."""

import dataclasses
from datetime import date

from clocked import AFTER, LAND, TOWN, a_case, a_desk, after, running

from rules.case import CaseFile
from rules.decision import Decision
from rules.desk import Contact, Desk
from rules.remind import remind
from rules.summary import due_at, summed

STARTED, WEEKS_LATER = date(2017, 6, 5), date(2017, 7, 5)
CONTACT = Contact(LAND, "guotu@unit.example", phone="024-40000010")
LED = dataclasses.replace(CONTACT, leader_mailbox="fenguan@unit.example")


def cases(count: int) -> tuple[CaseFile, ...]:
    return tuple(
        dataclasses.replace(a_case(running("handle", STARTED, 15, AFTER)), ref=f"HY2018-{n:05}-XX", serial=n)
        for n in range(1, count + 1)
    )


def at_once(contact: Contact = CONTACT, count: int = 7) -> tuple[Decision, list[Decision], Desk]:
    files = cases(count)
    desk = dataclasses.replace(a_desk(files[0], WEEKS_LATER), files=files, contacts=(contact,))
    alone = [decision for file in files if (decision := remind(file, desk)) is not None]
    return summed(alone, contact, desk), alone, desk


def test_f85_seven_cases_are_one_letter_to_the_unit_and_one_telephone_call():
    decision, alone, _desk = at_once()

    assert [notice.template for notice in decision.notices] == ["unit_summary"]
    assert len(decision.notices[0].rows) == 7
    assert [one.kind for one in decision.questions].count("telephone") == 1
    assert len(alone) == 7


def test_a_list_counts_every_rung_and_every_breach_of_each_case():
    decision, alone, desk = at_once()

    assert list(decision.events) == [event for one in alone for event in one.events]
    assert [event.kind for event in decision.events].count("Breached") == 7
    for file in desk.files:
        mine = Decision(events=tuple(event for event in decision.events if event.about == f"case:{file.ref}"))
        assert remind(after(file, mine), desk) is None


def test_a_known_leader_gets_the_list_once_too():
    decision, _alone, _desk = at_once(LED)

    assert [notice.to.address for notice in decision.notices] == [LED.address, LED.leader_mailbox]
    assert [notice.leader for notice in decision.notices] == [False, True]
    assert "telephone" not in [one.kind for one in decision.questions]


def test_only_clocks_that_run_at_the_unit_put_a_case_on_its_list():
    desk = a_desk(cases(1)[0], WEEKS_LATER)

    assert due_at(cases(1)[0], desk) == LAND
    assert due_at(a_case(running("review", STARTED, 2, AFTER)), desk) == ""
    assert due_at(a_case(running("handle", WEEKS_LATER, 15, AFTER)), desk) == ""
    assert TOWN not in (due_at(file, desk) for file in cases(2))
