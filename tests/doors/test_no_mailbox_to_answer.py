"""告知: a letter to a complainant without a mailbox is said by a person, where anything is known by which to reach him (S19, S25, S83)."""

import pytest
from desks import RECEIVER, a_case, a_desk_with

from rules.calling import to_be_told
from rules.case import CaseFile
from rules.decision import Question
from rules.letterhead import complainant_head
from rules.notices.to_complainant import WithdrawalTold
from rules.shield import Identity

PHONE, NAME = Identity("mobile", "13900000000"), Identity("name", "张三")


def told(*known: Identity, file: CaseFile | None = None) -> Question | None:
    case = file or a_case()
    desk = a_desk_with(case, parties=())
    notice = WithdrawalTold(**complainant_head(desk, case, "", f"withdrawn:{case.ref}"))
    return to_be_told(notice, "您的投诉已经撤回。", desk, known)


def test_the_handler_is_asked_with_telephone_name_and_the_words_of_the_letter():
    question = told(NAME, PHONE)

    assert (question.kind, question.role, question.choices) == ("call", "handler", ("hold",))
    assert dict(question.facts) == {
        "letter": "撤回告知",
        "reached": "13900000000、张三",
        "says": "您的投诉已经撤回。",
    }


def test_a_witness_and_the_person_who_entered_the_matter_are_nobody_to_telephone():
    entered = (Identity("name", RECEIVER.name), Identity("name", RECEIVER.address.partition("@")[0]))

    question = told(PHONE, *entered, Identity("mobile", "13911111111", role="witness"))

    assert dict(question.facts)["reached"] == "13900000000"


@pytest.mark.parametrize("known", [(), (NAME,), (Identity("mobile", "13911111111", role="family"),)])
def test_nobody_is_asked_to_tell_somebody_who_cannot_be_reached(known: tuple[Identity, ...]):
    assert told(*known) is None


def test_a_unit_tells_the_complainant_of_its_own_case_itself():
    assert told(PHONE, file=a_case(handling="unit-direct")) is None
