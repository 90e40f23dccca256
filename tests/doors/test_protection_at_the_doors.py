"""Domain §2.8 at the doors, by its numbers: a unit's words wait for a person (R7), who wrote to the respondent too is noted (R8)."""

import dataclasses

import pytest
from desks import LAND, LI, REPORT, UNIT_BOX, a_case, a_desk, a_desk_with, a_letter, asked, sent, unit_hit

from rules.decide import decide
from rules.desk import Contact, Sender


def test_r7_a_units_report_is_relayed_by_nobody_before_a_person_released_its_words():
    file = a_case()
    desk = dataclasses.replace(a_desk_with(file), hits=(unit_hit(file),), sender=Sender("unit", LAND))
    decision = decide(a_letter(REPORT, from_addr=UNIT_BOX[LAND]), desk)
    assert [notice for notice in decision.notices if notice.audience == "complainant"] == []
    assert decision.questions


def test_r8_who_wrote_to_the_respondent_too_is_noted_and_answered_alone():
    decision = decide(a_letter(cc=(UNIT_BOX[LAND],), reply_to=UNIT_BOX[LAND]), a_desk())
    assert [event.what for event in decision.events if event.kind == "Noted"] == ["disclosed-by-sender"]
    assert {notice.to.address for notice in decision.notices if notice.audience == "complainant"} == {LI}


READERS = (Contact(LAND, UNIT_BOX[LAND], "陈志平", leaders=("韩立新", "韩副局长")),)


@pytest.mark.parametrize("called", ["陈志平", "陈 志 平", "韩立新", "韩副局长"])
def test_r3_a_complaint_about_the_contact_person_or_the_leader_in_charge_goes_to_his_unit_by_no_rule(called):
    decision = decide(a_letter(f"我投诉县国土资源局{called}，2月6日申请登记，一直不给办。"), a_desk(contacts=READERS))

    assert "transfer" not in {template for template, _ in sent(decision)}
    (question,) = decision.questions
    assert (question.kind, question.role) == ("ourselves", "head")
    assert "unit" not in dict(question.proposal)
    assert f"“{''.join(called.split())}”" in dict(question.facts)["why"]


def test_r3_the_same_complaint_about_nobody_who_opens_the_units_letters_goes():
    decision = decide(a_letter(), a_desk(contacts=READERS))

    assert (asked(decision), "transfer" in {template for template, _ in sent(decision)}) == ([], True)
