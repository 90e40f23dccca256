"""What the office's own tests share: a case on the desk, orders of people, and what the second person does."""

import dataclasses

from desks import ABOUT, a_desk_with, a_question

from rules.decision import Decision, Question
from rules.desk import Desk, OpenQuestion
from rules.obey import obey
from rules.replies.orders import Order

NAMES = {"receiver": "周敏", "handler": "吴强", "reviewer": "郑洁", "head": "王组长"}


def by(role: str, verb: str, argument: str = "") -> Order:
    """An order of the person who holds the role."""
    return Order(verb, argument, NAMES[role], (role,))


def ordering(order: Order, question: OpenQuestion, file=None, **given: object) -> Decision:
    """The order, at a desk with the case of the question."""
    desk = a_desk_with(file, **given) if file else desk_of(given)
    return obey(order, desk, question)


def desk_of(given: dict[str, object]) -> Desk:
    from desks import a_desk

    return a_desk(**given)


def waiting(question: Question, name: str = "Q000000002") -> OpenQuestion:
    """The question as the store gives it back."""
    return OpenQuestion(
        question.key,
        question.kind,
        question.about,
        question.role,
        question.choices,
        question.proposal,
        question.letter,
        question.outbox,
        id=name,
    )


def question_of(kind: str, about: str = ABOUT, **given: object) -> OpenQuestion:
    """A question that waits."""
    return dataclasses.replace(a_question(kind, about), **given)  # type: ignore[arg-type]
