"""Domain §2.8 at the doors, by its numbers: a unit's words wait for a person (R7), who wrote to the respondent too is noted (R8)."""

import dataclasses

from desks import LAND, LI, REPORT, UNIT_BOX, a_case, a_desk, a_desk_with, a_letter, unit_hit

from rules.decide import decide
from rules.desk import Sender


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
