"""四眼: what two people must want is done only when a second one says yes (NEVER-REFUSE, A43)."""

import dataclasses

import pytest
from desks import HEAD, LI, REVIEWER, a_case, a_desk_with, folded, kinds, sent, the_book
from office_desks import by, ordering, question_of, waiting

from rules.decision import WarrantKind
from rules.life import State
from rules.obey import obey
from rules.replies.orders import understand
from rules.wording import wording

say = wording("rules")
NEW = a_case(State.REGISTERED)


def first():
    """The head refuses the complaint on ground N4."""
    return ordering(by("head", "refuse", "N4"), question_of("grounds"), NEW)


def second(order, asked=None):
    """Somebody answers the question that followed."""
    return ordering(order, waiting(asked or first().questions[0]), NEW)


def test_a_refusal_waits_for_a_second_person_and_tells_the_first_so():
    decision = first()

    (question,) = decision.questions
    assert (kinds(decision), question.kind, question.role) == (["SecondAsked"], "second", "reviewer")
    assert (decision.answered, sent(decision)) == ((), [("order_done", HEAD.address)])
    assert decision.notices[0].done == say("second-asked", person=REVIEWER.name)


def test_the_second_persons_yes_carries_out_the_firsts_order_with_both_names_in_the_ledger():
    decision = second(by("reviewer", "consent"))

    after = folded(NEW, decision.events)
    assert (after.state, after.ground) == (State.REFUSED, "N4")
    lines = [(event.kind, event.warrant.actor, event.warrant.role) for event in decision.events]
    assert lines == [
        ("Ordered", REVIEWER.name, "reviewer"),
        ("Ordered", HEAD.name, "head"),
        ("NotAccepted", HEAD.name, "head"),
    ]
    assert all(event.warrant.kind is WarrantKind.ORDER for event in decision.events)
    assert sent(decision) == [("refusal_told", LI), ("order_done", HEAD.address), ("order_done", REVIEWER.address)]
    assert {"grounds:x", "second:grounds:x"} <= set(decision.answered)


def test_the_second_persons_no_does_nothing_and_the_first_question_waits_on():
    decision = second(by("reviewer", "hold", "理由不够"))

    assert (folded(NEW, decision.events).state, decision.answered) == (State.REGISTERED, ("second:grounds:x",))
    assert sent(decision) == [("order_done", REVIEWER.address), ("order_not_done", HEAD.address)]
    assert "理由不够" in decision.notices[-1].reason


@pytest.mark.parametrize("words", ["不同意：理由不够", "不同意 理由不够"])
def test_a_no_keeps_its_reason(words):
    assert understand(words, the_book()) == ("hold", "理由不够")


def test_nobody_agrees_with_himself():
    decision = second(by("head", "consent"))

    assert (kinds(decision), folded(NEW, decision.events[:0] or [_noted()]).state) == (
        ["OrderRefused"],
        State.REGISTERED,
    )
    assert decision.notices[0].reason == say("order-not-second", person=HEAD.name)


def _noted():
    from rules.events import Noted

    return Noted(about=f"case:{NEW.ref}", what="x")


def test_one_person_with_two_names_and_one_mailbox_is_one_person():
    book = the_book()
    staff = tuple(
        dataclasses.replace(person, mailbox=HEAD.address) if person.role == "reviewer" else person
        for person in book.office.staff
    )
    desk = a_desk_with(NEW, book=dataclasses.replace(book, office=dataclasses.replace(book.office, staff=staff)))

    decision = obey(by("head", "refuse", "N4"), desk, question_of("grounds"))

    assert decision.questions[0].role == "handler"


def test_where_the_office_has_no_second_person_the_order_cannot_stand():
    book = the_book()
    alone = tuple(person for person in book.office.staff if person.role == "head")
    desk = a_desk_with(NEW, book=dataclasses.replace(book, office=dataclasses.replace(book.office, staff=alone)))

    decision = obey(by("head", "refuse", "N4"), desk, question_of("grounds"))

    assert (kinds(decision), decision.notices[0].reason) == (["OrderRefused"], say("order-no-second"))


def test_the_same_order_again_is_told_that_it_waits():
    asked = waiting(first().questions[0])

    decision = ordering(by("head", "refuse", "N4"), question_of("grounds"), NEW, questions=(asked,))

    assert decision.notices[0].reason == say("order-second-asked")


def test_an_order_that_cannot_stand_is_put_to_nobody():
    decision = ordering(by("head", "refuse", "N99"), question_of("grounds"), NEW)

    assert (kinds(decision), decision.questions) == (["OrderRefused"], ())


def test_f34_a_case_decided_otherwise_meanwhile_takes_the_second_question_with_it():
    decision = ordering(by("head", "accept"), question_of("grounds"), NEW)

    assert "second:grounds:x" in decision.answered


def test_f34_a_yes_that_comes_too_late_is_told_that_the_case_has_changed():
    asked = waiting(first().questions[0])

    decision = ordering(by("reviewer", "consent"), asked, a_case(State.HANDLING))

    assert (kinds(decision), decision.notices[0].reason) == (["OrderRefused"], say("order-changed"))


def test_the_book_says_which_orders_need_two():
    book = the_book()
    desk = a_desk_with(
        NEW, book=dataclasses.replace(book, roles=dataclasses.replace(book.roles, four_eyes=frozenset()))
    )

    assert folded(NEW, obey(by("head", "refuse", "N4"), desk, question_of("grounds")).events).state is State.REFUSED
