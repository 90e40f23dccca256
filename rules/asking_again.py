"""A question that waits is put again: to those asked when it is due, to the head when it is late, to others when one is passed by.

The words are those of the first letter; the letter has a code of its own, and whoever answers first has answered.
"""

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any

from rules.desk import Desk, OpenQuestion
from rules.letterhead import to_staff
from rules.notices.notice import Label, Number, OfficeText, OwnText, To
from rules.notices.to_staff import Choice, Fact, QuestionAsked
from rules.policy.office import Person
from rules.staffing import asked_people, concerned
from rules.wording import wording

say = wording("rules")


def asked_letter(words: Mapping[str, Any]) -> QuestionAsked:
    """The letter as the outbox keeps its words."""
    return QuestionAsked(
        to=To(**words["to"]),
        about=words["about"],
        occasion=words["occasion"],
        number=Number(words["number"]),
        what=Label(words["what"]),
        facts=tuple(Fact(Label(fact["label"]), OwnText(fact["says"])) for fact in words["facts"]),
        choices=tuple(Choice(OfficeText(one["write"]), OfficeText(one["does"])) for one in words["choices"]),
        due=date.fromisoformat(words["due"]) if words["due"] not in (None, "None") else None,
        urgent=bool(words["urgent"]),
    )


def put_again(
    question: OpenQuestion, desk: Desk, barred: tuple[str, ...] = (), step: str = ""
) -> tuple[QuestionAsked, ...]:
    """To everybody the question goes to now; the head, blind to its facts, where everybody is concerned (S35, A45)."""
    shut = concerned(desk, question) | frozenset(barred)
    people = asked_people(desk, question.role, shut)
    return to_people(question, desk, people or desk.book.office.holders("head"), step, blind=not people)


def put_higher(question: OpenQuestion, desk: Desk, actor: str, words: str) -> tuple[QuestionAsked, ...]:
    """To the head, with what somebody would order who may not: () where no letter put the question, or the head was asked."""
    shut = concerned(desk, question)
    asked = {person.name for person in asked_people(desk, question.role, shut)}
    heads = tuple(person for person in asked_people(desk, "head", shut) if person.name not in asked | {actor})
    said = Fact(Label(say("fact-wants", person=actor)), OwnText(words))
    return tuple(
        dataclasses.replace(letter, facts=(said, *letter.facts))
        for letter in to_people(question, desk, heads, "higher")
    )


def to_people(
    question: OpenQuestion, desk: Desk, people: tuple[Person, ...], step: str, *, blind: bool = False
) -> tuple[QuestionAsked, ...]:
    """The first letter again, to these."""
    first = dict(desk.put).get(question.id)
    if first is None:
        return ()
    return tuple(
        dataclasses.replace(
            first,
            to=to_staff(person),
            occasion=f"again:{question.id}:{person.name}:{step}",
            facts=() if blind else first.facts,
            step=Label(say(f"step-{step}")),
        )
        for person in people
    )
