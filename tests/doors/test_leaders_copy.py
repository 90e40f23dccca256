"""A copy to the 分管领导: a second letter where the directory knows his mailbox, else 「请呈分管领导」 and a telephone task for staff."""

import dataclasses
from datetime import UTC, date, datetime

import pytest
from desks import LAND, REF, UNIT_BOX, a_case, a_desk_with, asked, sent

from rules.case import CaseFile, Running
from rules.decision import Decision
from rules.desk import Contact
from rules.remind import remind
from rules.urging import reminded
from templates.speak import OfficeWords, Speaker

LEADER = "fenguan@unit.example"
REACHED = Contact(LAND, UNIT_BOX[LAND], leader_mailbox=LEADER)
UNKNOWN = Contact(LAND, UNIT_BOX[LAND], leader_phone="024-40000011")
HANDLE = Running("handle", date(2017, 5, 9), date(2017, 5, 31), "2017")
OFFICE = OfficeWords("某县营商环境建设监督局", "024-40000000")


def on(day: date, contact: Contact) -> Decision:
    file: CaseFile = dataclasses.replace(a_case(), clocks=(HANDLE,))
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


def test_a_leader_is_told_of_no_lateness_where_the_unit_is_urged_by_order_before_its_day():
    file = dataclasses.replace(a_case(), clocks=(HANDLE,))
    _letter, copy = reminded(file, a_desk_with(file, contacts=(REACHED,)), HANDLE, REACHED, "remind:x").notices
    words = {field.name: getattr(copy, field.name) for field in dataclasses.fields(copy)}
    said = Speaker(OFFICE).speak("leader_copy", {**words, "today": date(2017, 5, 10)}).text

    assert "办理期限为2017年5月31日（星期三）。我局已于今日" in said
    assert "超期" not in said


def test_a_friendly_reminder_goes_to_no_leader():
    assert sent(on(date(2017, 5, 31), REACHED)) == [("unit_reminder", UNIT_BOX[LAND])]
