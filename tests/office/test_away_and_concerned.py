"""请假, 代理, 回避: who is asked while somebody is away or concerned, and whose orders count (S11, S35, A45)."""

import dataclasses
from datetime import date

import pytest
from desks import (
    COMPLAINT,
    HANDLER,
    HEAD,
    LAND,
    NOW,
    RECEIVER,
    REVIEWER,
    a_case,
    a_desk,
    a_desk_with,
    a_letter,
    the_book,
)
from office_desks import by, question_of

from rules.asking import ask, letters
from rules.decide import decide
from rules.life import State
from rules.notices.to_staff import QuestionAsked
from rules.obey import obey
from rules.policy.office import Absence
from rules.replies.orders import Order
from rules.shown import day_shown
from rules.staffing import acting_roles, asked_people, away_now, named_in
from rules.wording import wording

say = wording("rules")
TODAY = date(2017, 5, 9)
AWAY = Absence(RECEIVER.name, TODAY, date(2017, 5, 10), HANDLER.name)


def asked_at(desk, role="receiver", **barred):
    """Whom a question to the role goes to."""
    return [person.name for person in asked_people(desk, role, **barred)]


def told(words, role="receiver", **given):
    """Somebody tells an absence."""
    verb = "back" if words.startswith("销假") else "absent"
    return obey(by(role, verb, words.removeprefix("销假").removeprefix("请假").strip()), a_desk(**given), None)


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("请假 5月10日至5月12日 代理 吴强", date(2017, 5, 10), date(2017, 5, 12)),
        ("请假 5月10日—12日，由吴强代理", date(2017, 5, 10), date(2017, 5, 12)),
        ("请假 2017-05-10 至 2017-05-12 吴强", date(2017, 5, 10), date(2017, 5, 12)),
        ("请假 10日 吴强", date(2017, 5, 10), date(2017, 5, 10)),
        ("请假 3天 吴强", TODAY, date(2017, 5, 11)),
        ("请假 1月3日 吴强", date(2017, 1, 3), date(2017, 1, 3)),
    ],
)
def test_an_absence_is_told_in_the_words_people_use(words, since, until):
    decision = told(words)

    event = decision.events[-1]
    assert (event.person, event.since, event.until, event.deputy) == (RECEIVER.name, since, until, HANDLER.name)
    assert day_shown(since) in decision.notices[-1].done


def test_a_day_long_past_is_next_years():
    december = dataclasses.replace(a_desk(), now=NOW.replace(month=12, day=20))

    assert obey(by("receiver", "absent", "1月3日"), december, None).events[-1].since == date(2018, 1, 3)


@pytest.mark.parametrize("words", ["请假", "请假 下周", "请假 5月12日至5月10日", "请假 13月40日"])
def test_an_absence_without_days_is_not_understood(words):
    assert told(words).notices[0].reason == say("order-no-days")


def test_others_absences_are_the_heads_to_tell():
    assert told("请假 郑洁 5月10日").notices[0].reason == say("order-only-head")
    assert told("请假 郑洁 5月10日 代理 周敏", "head").events[-1].person == REVIEWER.name


def test_the_deputy_is_asked_and_gives_the_orders_of_the_one_who_is_away():
    desk = a_desk(absences=(AWAY,))

    assert asked_at(desk) == [HANDLER.name]
    assert "receiver" in acting_roles(desk, HANDLER.name, ("handler",))
    assert "receiver" not in acting_roles(desk, REVIEWER.name, ("reviewer",))


def test_a_deputy_refuses_for_an_absent_head_and_nobody_else_does():
    desk = a_desk_with(a_case(State.REGISTERED), absences=(Absence(HEAD.name, TODAY, TODAY, REVIEWER.name),))
    order = Order("refuse", "N4", REVIEWER.name, ("reviewer",))

    assert obey(order, desk, question_of("grounds")).events[0].warrant.role == "head"
    assert obey(
        dataclasses.replace(order, actor=HANDLER.name, roles=("handler",)), desk, question_of("grounds")
    ).notices[0].reason == say("order-not-yours", role="组长")


@pytest.mark.parametrize(
    ("told_so_far", "away"),
    [
        ((AWAY,), True),
        ((AWAY, Absence(RECEIVER.name, TODAY, date(2017, 5, 8))), False),
        ((Absence(RECEIVER.name, TODAY, date(2017, 5, 8)), AWAY), True),
        ((dataclasses.replace(AWAY, since=date(2017, 5, 10)),), False),
        ((dataclasses.replace(AWAY, person=HEAD.name),), False),
    ],
)
def test_who_is_back_is_back(told_so_far, away):
    assert (away_now(a_desk(absences=told_so_far), RECEIVER.name) is not None) == away


def test_the_book_may_tell_an_absence_itself():
    book = the_book()
    desk = a_desk(book=dataclasses.replace(book, office=dataclasses.replace(book.office, away=(AWAY,))))

    assert asked_at(desk) == [HANDLER.name]


def test_s35_a_question_always_has_somebody():
    away = tuple(Absence(name, TODAY, TODAY) for name in (RECEIVER.name, HANDLER.name))
    alone = (*away, Absence(REVIEWER.name, TODAY, TODAY), Absence(HEAD.name, TODAY, TODAY))

    assert asked_at(a_desk(absences=away)) == [HEAD.name]
    desk = a_desk(absences=alone)
    assert [letter.to.name for letter in letters(ask(desk, "held", "x", "office"), desk)] == [HEAD.name]


def test_deputies_who_stand_in_for_each_other_end_somewhere():
    ring = (Absence(RECEIVER.name, TODAY, TODAY, HANDLER.name), Absence(HANDLER.name, TODAY, TODAY, RECEIVER.name))

    assert asked_at(a_desk(absences=ring)) == [HEAD.name]


# --- 回避 ------------------------------------------------------------------------------------------------------------


def test_a45_staff_named_in_a_complaint_are_passed_by_in_it():
    decision = decide(a_letter(f"{COMPLAINT}周敏也参与了此事。"), a_desk())

    (recused,) = [event for event in decision.events if event.kind == "Recused"]
    assert (recused.person, recused.why) == (RECEIVER.name, "named")


def test_a45_who_is_passed_by_neither_sees_the_question_nor_answers_it():
    file = a_case(State.REGISTERED, recused=(RECEIVER.name,))
    desk = a_desk_with(file)

    asked = letters(ask(desk, "forward", "x", f"case:{file.ref}"), desk)
    order = obey(by("receiver", "accept"), desk, question_of("forward"))

    assert [letter.to.name for letter in asked] == [HEAD.name]
    assert order.notices[0].reason == say("order-recused")


def test_a45_a_held_letter_that_names_one_of_the_staff_is_not_put_to_him():
    letter = a_letter("周敏收了人家的东西", numbers=("HY2017-00099-XX",))
    desk = a_desk()
    decision = decide(letter, desk)

    (question,) = decision.questions
    assert RECEIVER.name not in [told.to.name for told in letters(question, desk)]
    order = obey(by("receiver", "hold"), a_desk(letter=letter), question_of("held", "office"))
    assert order.notices[0].reason == say("order-recused")


def test_a21_a_letter_that_names_everybody_passes_by_nobody():
    everybody = "、".join({person.name for person in the_book().office.staff})

    decision = decide(a_letter(f"{COMPLAINT}{everybody}"), a_desk())

    assert [event for event in decision.events if event.kind == "Recused"] == []


def test_colleagues_and_units_may_call_staff_by_name():
    desk = a_desk()

    assert named_in(a_letter("周敏同志：", from_addr="guotu@unit.example"), desk) == frozenset()
    assert named_in(a_letter("周敏同志：", from_addr=HEAD.address), desk) == frozenset()
    assert named_in(a_letter("周敏同志："), desk) == {RECEIVER.name}


def test_a_person_passes_himself_by_and_the_question_goes_to_somebody_else_with_the_same_facts():
    file = a_case(State.REGISTERED)
    desk = a_desk_with(file)
    (first,) = letters(ask(desk, "forward", "x", f"case:{file.ref}", words="事实"), desk)
    question = question_of("forward")

    decision = obey(by("receiver", "recuse"), dataclasses.replace(desk, put=((question.id, first),)), question)

    again = decision.notices[0]
    assert isinstance(again, QuestionAsked)
    assert (again.to.name, again.facts, decision.answered) == (HEAD.name, first.facts, ())
    assert [event.kind for event in decision.events] == ["Ordered", "Recused"]


def test_others_are_passed_by_on_the_heads_word_alone():
    desk = a_desk_with(a_case(State.REGISTERED))

    assert obey(by("receiver", "recuse", "吴强"), desk, question_of("forward")).notices[0].reason == say(
        "order-only-head"
    )
    assert obey(by("head", "recuse", "吴强"), desk, question_of("forward")).events[1].person == HANDLER.name


def test_the_deputy_of_a_head_who_is_concerned_acts_for_him():
    book = the_book()
    staff = tuple(
        dataclasses.replace(person, deputy=REVIEWER.name) if person.role == "head" else person
        for person in book.office.staff
    )
    desk = a_desk_with(
        a_case(State.REGISTERED, recused=(HEAD.name,)),
        book=dataclasses.replace(book, office=dataclasses.replace(book.office, staff=staff)),
    )

    assert "head" in acting_roles(desk, REVIEWER.name, ("reviewer",), question_of("grounds"))
    assert LAND not in acting_roles(desk, HANDLER.name, ("handler",), question_of("grounds"))
