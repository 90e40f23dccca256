"""告知: a letter to a complainant without a mailbox is said by a person, where anything is known by which to reach him (S19, S25, S83)."""

import dataclasses

import pytest
from desks import RECEIVER, a_case, a_desk, a_desk_with, order_by

from rules.asking import LONGEST_FACT, letters
from rules.calling import with_calls
from rules.case import CaseFile
from rules.decision import Decision, Question
from rules.events import Untold
from rules.letterhead import complainant_head
from rules.notices.to_complainant import WithdrawalTold
from rules.obey import unasked
from rules.orders.order import Refused
from rules.orders.telling import reach
from rules.replies.orders import Order
from rules.shield import Identity

PHONE, NAME = Identity("mobile", "13900000000"), Identity("name", "张三")


WORDS = "您的投诉已经撤回。"


def due(*known: Identity, file: CaseFile | None = None) -> Decision:
    case = file or a_case()
    desk = a_desk_with(case, parties=())
    notice = WithdrawalTold(**complainant_head(desk, case, "", f"withdrawn:{case.ref}"))
    return with_calls(Decision(), [(notice, WORDS)], desk, {case.ref: known})


def told(*known: Identity) -> Question:
    (question,) = due(*known).questions
    return question


def test_the_handler_is_asked_with_telephone_name_and_the_words_of_the_letter():
    question = told(NAME, PHONE)

    assert (question.kind, question.role, question.choices) == ("call", "handler", ("hold",))
    assert dict(question.facts) == {
        "letter": "撤回告知",
        "reached": "13900000000、张三",
        "says": WORDS,
    }


def test_a_long_result_is_told_to_its_end():
    (put, *_) = letters(
        dataclasses.replace(told(PHONE), facts=(("says", "说" * 5000), ("words", "信" * 5000))), a_desk()
    )

    assert [len(fact.says) for fact in put.facts] == [5000, LONGEST_FACT]


def test_a_witness_and_the_person_who_entered_the_matter_are_nobody_to_telephone():
    entered = (Identity("name", RECEIVER.name), Identity("name", RECEIVER.address.partition("@")[0]))

    question = told(PHONE, *entered, Identity("mobile", "13911111111", role="witness"))

    assert dict(question.facts)["reached"] == "13900000000"


@pytest.mark.parametrize("known", [(), (NAME,), (Identity("mobile", "13911111111", role="family"),)])
def test_of_whom_nothing_is_known_the_letter_is_kept_and_the_handler_asked_for_a_way(known: tuple[Identity, ...]):
    decision = due(*known)

    assert [type(event) for event in decision.events] == [Untold]
    assert decision.texts == (WORDS,)
    (question,) = decision.questions
    assert (question.kind, question.key, question.role) == ("untold", f"untold:{a_case().ref}", "handler")
    assert question.choices == ("reach", "hold")
    assert dict(question.facts) == {"letter": "撤回告知", "says": WORDS}


def test_with_the_letters_behind_it_nobody_is_asked_again():
    decision = due(file=a_case(untold=(("receipt:x", "receipt", "0" * 64),)))

    assert [type(event) for event in decision.events] == [Untold]
    assert decision.questions == ()


def test_a_unit_tells_the_complainant_of_its_own_case_itself():
    assert due(PHONE, file=a_case(handling="unit-direct")) == Decision()


def found(words: str, *, kept: bool = True) -> Decision:
    case = a_case(untold=(("receipt:x", "receipt", "0" * 64),))
    desk = a_desk_with(case, parties=(), unsaid=(("0" * 64, WORDS),) if kept else ())
    return reach(Order("reach", words), desk, unasked(case.about), order_by())


def test_a_way_that_a_person_found_is_his_from_now_on_and_what_was_due_is_told():
    decision = found("13900000000 张三")

    assert decision.identities == ((a_case().ref, (PHONE, NAME)),)
    (question,) = decision.questions
    assert dict(question.facts) == {"reached": "13900000000、张三", "letter": "收件回执", "says": WORDS}
    assert decision.answered == (f"untold:{a_case().ref}",)


def test_words_that_were_erased_are_told_by_nobody():
    assert found("住址：桓仁镇东关村3组12号", kept=False).questions == ()


def test_a_way_by_which_nobody_is_reached_is_none():
    with pytest.raises(Refused, match="no-way"):
        found("张三，不知道住在哪里")
