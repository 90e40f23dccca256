"""四眼: an order for which the book wants two people becomes a question to a second one; only his yes carries it out (NEVER-REFUSE, A43).

order of the first ─▶ SecondAsked, question to the second ─▶ 同意 ─▶ the first one's order on his warrant, below the second's line
                                                          └▶ 不同意 ─▶ nothing but a line; the first question goes on waiting
"""

import dataclasses

from rules.asking import ask
from rules.decision import Decision, Question, Reason, Warrant
from rules.desk import Desk, OpenQuestion
from rules.events import SecondAsked
from rules.orders.order import Refused
from rules.policy.office import Person
from rules.replies.orders import Order
from rules.staffing import asked_people, recused

SECOND = "second"
"""The question kind."""


def needs_second(order: Order, desk: Desk) -> bool:
    """Whether the book wants two people for this order."""
    return order.verb in desk.book.roles.four_eyes


def key_of(question: OpenQuestion) -> str:
    """The key of the second person's question: one for each question, so that it waits once and ends with it."""
    return f"{SECOND}:{question.key}" if question.key else f"{SECOND}:{question.about}"


def ask_second(order: Order, desk: Desk, question: OpenQuestion, warrant: Warrant) -> Decision:
    """The order waits for the second person. Raises Refused where the office has none, or where one is asked already."""
    if any(open_one.key == key_of(question) and not open_one.answered for open_one in desk.questions):
        raise Refused("second-asked")
    second = second_people(desk, question.about, order.actor)
    if not second:
        raise Refused("no-second")
    event = SecondAsked(about=question.about, warrant=warrant, verb=order.verb, question=question.key)
    return Decision(events=(event,), questions=(_question(order, desk, question, warrant, second[0]),))


def second_people(desk: Desk, about: str, first: str) -> tuple[Person, ...]:
    """Who may agree: of the first of the book's roles that has somebody there who is not the first himself, nor concerned."""
    barred = recused(desk, about) | {first}
    for role in desk.book.roles.second:
        people = tuple(person for person in asked_people(desk, role, barred) if may_second(desk, person.name, first))
        if people:
            return people
    return ()


def may_second(desk: Desk, name: str, first: str) -> bool:
    """Another person, with another mailbox, in one of the roles the book names."""
    boxes = {person.mailbox.lower() for person in desk.book.office.staff if person.name == first}
    return name != first and any(
        person.name == name and person.role in desk.book.roles.second and person.mailbox.lower() not in boxes
        for person in desk.book.office.staff
    )


def _question(order: Order, desk: Desk, question: OpenQuestion, warrant: Warrant, second: Person) -> Question:
    asked = ask(
        desk,
        SECOND,
        "",
        question.about,
        first=order.actor,
        proposal=" ".join(filter(None, (desk.book.label("order", order.verb), order.argument))),
        subject=desk.letter.subject if desk.letter else "",
        words=desk.letter.own_words if desk.letter else "",
    )
    kept = {
        "verb": order.verb,
        "argument": order.argument,
        "actor": order.actor,
        "acted": warrant.role,
        "key": question.key,
        "kind": question.kind,
    }
    return dataclasses.replace(
        asked,
        key=key_of(question),
        role=second.role,
        proposal=tuple(kept.items()),
        outbox=question.outbox,
        letter=question.letter,
        barred=(order.actor,),
    )


@dataclasses.dataclass(frozen=True, slots=True)
class First:
    """The order that waited, the question it answers, and the warrant it stands on."""

    order: Order
    question: OpenQuestion
    warrant: Warrant


def first_order(question: OpenQuestion, warrant: Warrant, channel: str) -> First:
    """What the second person agreed to, on the first one's warrant. `warrant`: the second one's own, whose kind it shares."""
    kept = dict(question.proposal)
    order = Order(kept["verb"], kept["argument"], kept["actor"], (kept["acted"],), channel)
    asked = dataclasses.replace(question, kind=kept["kind"], key=kept["key"])
    ref = kept["key"] or question.key
    return First(order, asked, Warrant(warrant.kind, ref, kept["actor"], kept["acted"]))


def declined(question: OpenQuestion) -> Decision:
    """不同意: nothing is done; the line says so, and the first question waits on."""
    return Decision(why=(Reason(f"second-no-{dict(question.proposal)['verb']}"),))
