"""Door 2: an order (指令) of a person. Valid only from his registered mailbox, with the question's own code, for his role, once (WHO-SAYS).

The command line gives the same `Order` with the name of the person at the keyboard; nothing else differs.
"""

import dataclasses

from rules.asking import letters_to
from rules.decision import Decision, Disposition, Reason, Warrant, WarrantKind
from rules.desk import Desk, OpenQuestion
from rules.events import OFFICE, Ordered, OrderRefused
from rules.handling.held import hold
from rules.handling.quoting import unquoted
from rules.letter import Letter
from rules.life import ImpossibleMove
from rules.notices.notice import Label, Notice, Number, To
from rules.notices.to_staff import OrderDone, OrderNotDone
from rules.orders import VERBS
from rules.orders.order import Refused
from rules.policy.office import Person
from rules.replies.orders import Order, understand
from rules.seconding import SECOND, ask_second, declined, first_order, key_of, may_second, needs_second
from rules.shown import number
from rules.staffing import acting_roles, person_named, recused
from rules.wording import wording

say = wording("rules")


def by_letter(letter: Letter, desk: Desk) -> Decision | None:
    """A reply of staff to a question: the code names the question, the address the person (A4, A6)."""
    hit = next((hit for hit in desk.hits if hit.party.startswith("staff:")), None)
    if hit is None:
        return None
    if letter.from_addr.lower() != hit.address.lower() or desk.sender.role != "staff":
        return hold(letter, desk, "not-party")
    verb, argument = understand(unquoted(letter, desk).own_words, desk.book)
    order = Order(verb, argument, desk.sender.person, desk.sender.roles)
    if letter.auth == "fail":
        return _by_letter(_refused(order, desk, None, "auth"))
    asked = hit.occasion.split(":")[1:2]
    question = next((question for question in desk.questions if [question.id] == asked), None)
    if question is None:
        return _by_letter(_refused(order, desk, None, "answered"))
    return _by_letter(obey(order, desk, question))


def _by_letter(decision: Decision) -> Decision:
    """The order's letter is an order, whatever became of the letter it is about; reread and send-again are for the store to do."""
    kind = "" if decision.disposition else decision.kind
    return dataclasses.replace(decision, disposition=Disposition.ORDER, kind=kind or "order")


def obey(order: Order, desk: Desk, question: OpenQuestion | None) -> Decision:
    """What the order does; where it cannot stand, nothing but the line that it was refused and a letter that says why."""
    if question is not None and question.answered:
        return _refused(order, desk, question, "answered")
    order = _proposed(order, question)
    if not _offered(order, question):
        return _refused(order, desk, question, "none")
    if question is not None and order.actor in recused(desk, question.about):
        return _refused(order, desk, question, "recused")
    order = dataclasses.replace(order, roles=acting_roles(desk, order.actor, order.roles))
    try:
        if question is not None and question.kind == SECOND:
            return _seconded(order, desk, question)
        if not _may(order, desk):
            return _refused(order, desk, question, "not-yours")
        return _done(order, desk, question)
    except Refused as refused:
        return _refused(order, desk, question, refused.reason, **refused.words)
    except ImpossibleMove:
        return _refused(order, desk, question, "changed")


def _done(order: Order, desk: Desk, question: OpenQuestion | None) -> Decision:
    """The order is carried out, or waits for the second person. Raises Refused, ImpossibleMove."""
    ref = question.key if question and question.key else desk.cause
    warrant = Warrant(WarrantKind.ORDER, ref, order.actor, _role(order, desk))
    done = VERBS[order.verb](order, desk, question, warrant)  # what cannot stand is not put to anybody else
    if needs_second(order, desk):
        waiting = ask_second(order, desk, question or nobody_asked(desk), warrant)
        return _with(
            waiting, _told(order, desk, question, "", say("second-asked", person=_asked_second(waiting, desk)))
        )
    return _finished(done, order, desk, question, warrant)


def nobody_asked(desk: Desk) -> OpenQuestion:
    """An order that answers no question: it is about the case on the desk, or about the office."""
    about = f"case:{desk.files[0].ref}" if desk.files else OFFICE
    return OpenQuestion("", "order", about, "", tuple(VERBS), (), desk.letter.sha256 if desk.letter else "")


def _asked_second(waiting: Decision, desk: Desk) -> str:
    """The names of the people who are asked for their yes."""
    (asked,) = waiting.questions
    return "、".join(person.name for person in letters_to(asked, desk))


def _seconded(order: Order, desk: Desk, question: OpenQuestion) -> Decision:
    """The second person's word: his yes carries out the first one's order, in one decision with two lines of two people."""
    actor = dict(question.proposal).get("actor", "")
    if not actor or not may_second(desk, order.actor, actor):
        raise Refused("not-second", person=actor)
    own = Warrant(WarrantKind.ORDER, question.key, order.actor, _second_role(order, desk))
    line = Ordered(about=question.about, warrant=own, verb=order.verb, question=question.key, channel=order.channel)
    if order.verb != "consent":
        told = (*_told(order, desk, question, "", ""), *_told_first(order, desk, question))
        decision = dataclasses.replace(declined(question), events=(line,), answered=(question.key,))
        return _with(decision, told)
    first = first_order(question, own, order.channel)
    done = VERBS[first.order.verb](first.order, desk, first.question, first.warrant)
    finished = _finished(done, first.order, desk, first.question, first.warrant)
    decision = dataclasses.replace(
        finished, events=(line, *finished.events), answered=(*finished.answered, question.key)
    )
    return _with(decision, _told(order, desk, first.question, _unit(done), desk.book.label("order", first.order.verb)))


def _second_role(order: Order, desk: Desk) -> str:
    return next((role for role in order.roles if role in desk.book.roles.second), "")


def _told_first(order: Order, desk: Desk, question: OpenQuestion) -> tuple[OrderNotDone, ...]:
    """The first hears that the second did not agree."""
    person = person_named(desk, dict(question.proposal)["actor"])
    if person is None:
        return ()
    reason = Label(say("second-declined", person=order.actor, words=order.argument))
    return (_not_done(person, desk, question, reason),)


def _with(decision: Decision, told: tuple[Notice, ...]) -> Decision:
    return dataclasses.replace(decision, notices=(*decision.notices, *told))


def _proposed(order: Order, question: OpenQuestion | None) -> Order:
    """同意: whatever the question proposes, with its arguments."""
    if order.verb != "agree" or question is None or not question.choices:
        return order if order.verb != "agree" else dataclasses.replace(order, verb="")
    first = question.choices[0]
    given = dict(question.proposal).get(PROPOSES.get(first, ""), "")
    return dataclasses.replace(order, verb=first, argument=order.argument or given)


PROPOSES = {"forward": "unit", "reassign": "unit", "refuse": "ground", "extend": "days"}
"""Order -> which argument of the question's proposal is its own; other orders take none from there (a unit's name is no answer)."""


def _offered(order: Order, question: OpenQuestion | None) -> bool:
    return order.verb in VERBS and (question is None or order.verb in question.choices)


def _may(order: Order, desk: Desk) -> bool:
    """One of his roles may give it; the head may give whatever the question offers."""
    return any(desk.book.roles.may(role, order.verb) for role in order.roles) or "head" in order.roles


def _role(order: Order, desk: Desk) -> str:
    """The role he acts in: head where he holds it, else the first that may."""
    if "head" in order.roles:
        return "head"
    return next((role for role in order.roles if desk.book.roles.may(role, order.verb)), "")


def _finished(done: Decision, order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    about = question.about if question else (done.events[0].about if done.events else OFFICE)
    event = Ordered(
        about=about, warrant=warrant, verb=order.verb, question=question.key if question else "", channel=order.channel
    )
    told = _told(order, desk, question, _unit(done), desk.book.label("order", order.verb))
    subject = question.letter if question else ""
    return dataclasses.replace(
        done,
        why=(*done.why, Reason(f"order-{order.verb}")),
        filings=tuple(dataclasses.replace(filing, letter=subject) for filing in done.filings),
        events=(event, *done.events),
        notices=(*done.notices, *told),
        answered=(*done.answered, *((question.key, key_of(question)) if question and question.key else ())),
    )


def _unit(done: Decision) -> str:
    return next((event.unit for event in done.events if getattr(event, "unit", "")), "")  # type: ignore[attr-defined]


def _told(order: Order, desk: Desk, question: OpenQuestion | None, unit: str, done: str) -> tuple[OrderDone, ...]:
    """The confirmation repeats number, unit and what was done (A42)."""
    person = person_named(desk, order.actor)
    if person is None:
        return ()
    asked = f"question-{question.kind}" if question and question.kind != "order" else ""
    confirmation = OrderDone(
        to=To(person.mailbox, f"staff:{person.name}", person.name),
        about=question.about if question else OFFICE,
        occasion=f"done:{desk.cause}:{person.name}",
        number=_number(desk, question),
        what=Label(say(asked) if asked else desk.book.label("order", order.verb)),
        done=Label(done or desk.book.label("order", order.verb)),
        unit=Label(unit),
    )
    return (confirmation,)


def _number(desk: Desk, question: OpenQuestion | None) -> Number:
    file = desk.file(question.about.removeprefix("case:")) if question else None
    return number(file, desk.book) if file else Number("")


def _refused(order: Order, desk: Desk, question: OpenQuestion | None, reason: str, **words: str) -> Decision:
    about = question.about if question else OFFICE
    event = OrderRefused(about=about, warrant=Warrant(WarrantKind.RULE, "order"), verb=order.verb, reason=reason)
    person = person_named(desk, order.actor)
    if person is None:
        return Decision(events=(event,), why=(Reason(f"order-{reason}"),))
    choices = "、".join(desk.book.label("order", verb) for verb in (question.choices if question else ()))
    role = "、".join(role.label for role in desk.book.roles.roles.values() if order.verb in role.may)
    says = Label(say(f"order-{reason}", **{"choices": choices, "role": role, **words}))
    notice = _not_done(person, desk, question, says)
    return Decision(events=(event,), notices=(notice,), why=(Reason(f"order-{reason}"),))


def _not_done(person: Person, desk: Desk, question: OpenQuestion | None, reason: Label) -> OrderNotDone:
    return OrderNotDone(
        to=To(person.mailbox, f"staff:{person.name}", person.name),
        about=question.about if question else OFFICE,
        occasion=f"not-done:{desk.cause}:{person.name}",
        number=_number(desk, question),
        reason=reason,
    )
