"""A copy to the 分管领导: a second letter where the directory knows his mailbox, else 「请呈分管领导」 and a telephone task for staff."""

import dataclasses
from datetime import UTC, date, datetime

import pytest
from desks import LAND, REF, UNIT_BOX, a_case, a_desk_with, asked, sent

from rules.case import CaseFile, Running
from rules.decision import Decision
from rules.desk import Contact
from rules.remind import remind

LEADER = "fenguan@unit.example"
REACHED = Contact(LAND, UNIT_BOX[LAND], leader_mailbox=LEADER)
UNKNOWN = Contact(LAND, UNIT_BOX[LAND], leader_phone="024-40000011")


def on(day: date, contact: Contact) -> Decision:
    file: CaseFile = dataclasses.replace(
        a_case(), clocks=(Running("handle", date(2017, 5, 9), date(2017, 5, 31), "2017"),)
    )
    desk = a_desk_with(file, now=datetime(day.year, day.month, day.day, 1, tzinfo=UTC), contacts=(contact,))
    decision = remind(file, desk)
    assert decision is not None
    return decision


@pytest.mark.parametrize(
    ("day", "template", "supervised"),
    [(date(2017, 6, 1), "unit_reminder", False), (date(2017, 6, 7), "supervision", True)],
)
def test_a_known_leader_gets_a_letter_of_his_own(day: date, template: str, supervised: bool):
    decision = on(day, REACHED)

    assert sent(decision) == [(template, UNIT_BOX[LAND]), ("leader_copy", LEADER)]
    letter, copy = decision.notices
    assert (letter.copied, copy.supervised, copy.coded) == (True, supervised, False)
    assert "telephone" not in asked(decision)


def test_where_his_mailbox_is_unknown_somebody_telephones_and_the_letter_asks_to_pass_it_on():
    decision = on(date(2017, 6, 1), UNKNOWN)

    assert sent(decision) == [("unit_reminder", UNIT_BOX[LAND])]
    assert not decision.notices[0].copied
    (task,) = decision.questions
    assert (task.kind, task.role) == ("telephone", "handler")
    assert dict(task.facts)["phone"] == "024-40000011"
    assert task.key == f"telephone:{REF}:handle:2017-05-31"


def test_a_friendly_reminder_goes_to_no_leader():
    assert sent(on(date(2017, 5, 31), REACHED)) == [("unit_reminder", UNIT_BOX[LAND])]
