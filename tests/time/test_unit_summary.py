"""After days without the daemon a unit gets one list of what is due, not a letter each; every rung counts as it would alone (F85)."""

import dataclasses
from datetime import date

from clocked import AFTER, LAND, TOWN, a_case, a_desk, after, running

from rules.case import CaseFile
from rules.decision import Decision
from rules.desk import Contact, Desk
from rules.notices.to_unit import Supervision
from rules.remind import remind
from rules.summary import due_at, for_the_list, summed
from rules.urging import CIRCULAR_LATE

STARTED, WEEKS_LATER, LONG_AFTER = date(2017, 6, 5), date(2017, 7, 5), date(2017, 7, 12)
CONTACT = Contact(LAND, "guotu@unit.example", phone="024-40000010")
LED = dataclasses.replace(CONTACT, leader_mailbox="fenguan@unit.example")


def cases(count: int, step: str = "") -> tuple[CaseFile, ...]:
    clock = dataclasses.replace(running("handle", STARTED, 15, AFTER), step=step)
    return tuple(dataclasses.replace(a_case(clock), ref=f"HY2018-{n:05}-XX", serial=n) for n in range(1, count + 1))


def at_once(
    contact: Contact = CONTACT, count: int = 7, step: str = "", day: date = WEEKS_LATER
) -> tuple[Decision, list[Decision], Desk]:
    files = cases(count, step)
    desk = dataclasses.replace(a_desk(files[0], day), files=files, contacts=(contact,))
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


def test_the_list_says_by_when_what_is_supervised_must_be_done():
    decision, alone, _desk = at_once()

    (listed,) = decision.notices
    supervisions = [notice for one in alone for notice in one.notices if isinstance(notice, Supervision)]
    assert (listed.supervised, listed.urged) == (True, False)
    assert listed.answer_by == supervisions[0].answer_by


def test_s62_one_circular_is_proposed_for_all_the_cases_a_unit_is_long_late_with():
    decision, _alone, desk = at_once(step="breach@+5", day=LONG_AFTER)

    (asked,) = [one for one in decision.questions if one.kind == CIRCULAR_LATE]
    text = dict(asked.proposal)["text"]
    assert dict(asked.facts)["circular"] == text
    assert f"{LAND}承办的下列7件" in text
    assert all(f"{n}．桓营诉〔2018〕{n}号件" in text for n in range(1, 8))
    assert asked.about == f"case:{desk.files[0].ref}"


def test_s62_a_circular_of_one_case_alone_reads_as_one():
    decision, _alone, _desk = at_once(count=1, step="breach@+5", day=LONG_AFTER)

    (asked,) = [one for one in decision.questions if one.kind == CIRCULAR_LATE]
    assert "下列" not in dict(asked.proposal)["text"]


def test_the_head_finds_what_is_due_at_a_unit_in_his_hand_over_and_gets_no_letter_for_each():
    decision, alone, desk = at_once()

    asked = [one for one in decision.questions if one.kind == "escalated"]
    assert [one.listed for one in asked] == [True] * 7
    assert not any(one.listed for decision in alone for one in decision.questions)
    few, _alone, _desk = at_once(count=2)
    assert not any(one.listed for one in few.questions)
    assert all(one.listed == (one.kind == "escalated") for one in for_the_list(alone[0]).questions)
    assert desk.book.office.day.summary < 7


def test_nobody_is_named_to_all_units_for_what_he_was_never_urged_to_do():
    """The daemon slept through the whole ladder: the unit is put under supervision, and no 通报 says that it was urged."""
    decision, _alone, _desk = at_once(day=LONG_AFTER)

    assert decision.notices[0].supervised
    assert CIRCULAR_LATE not in [one.kind for one in decision.questions]


def test_only_clocks_that_run_at_the_unit_put_a_case_on_its_list():
    desk = a_desk(cases(1)[0], WEEKS_LATER)

    assert due_at(cases(1)[0], desk) == LAND
    assert due_at(a_case(running("review", STARTED, 2, AFTER)), desk) == ""
    assert due_at(a_case(running("handle", WEEKS_LATER, 15, AFTER)), desk) == ""
    assert TOWN not in (due_at(file, desk) for file in cases(2))
