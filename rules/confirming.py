"""What a person hears of his order: number, unit and what was done (A42), or why nothing was and what to do."""

from rules.decision import Decision, Reason, Warrant, WarrantKind
from rules.desk import Desk, OpenQuestion
from rules.events import OFFICE, OrderRefused, Registered, ref_of
from rules.letterhead import to_staff
from rules.notices.notice import Label, Number
from rules.notices.to_staff import OrderDone, OrderNotDone
from rules.numbers import register_number
from rules.policy.office import Person
from rules.replies.orders import Order
from rules.shown import number, signs
from rules.staffing import person_named
from rules.wording import wording

say = wording("rules")
LONGEST_DEED = 60


def done(order: Order, desk: Desk, question: OpenQuestion | None, decision: Decision) -> tuple[OrderDone, ...]:
    """The confirmation; nobody who is not in the book gets one."""
    person = person_named(desk, order.actor)
    if person is None:
        return ()
    unit = next((event.unit for event in decision.events if getattr(event, "unit", "")), "")  # type: ignore[attr-defined]
    asked = question is not None and question.kind not in ("", "order", "task", "sample")
    confirmation = OrderDone(
        to=to_staff(person),
        about=question.about if question else OFFICE,
        occasion=f"done:{desk.cause}:{person.name}",
        number=_registered(decision, desk) or _number(desk, question),
        what=Label(say(f"question-{question.kind}") if question and asked else desk.book.label("order", order.verb)),
        done=Label(decision.deed or _deed(order, desk, unit)),
        unit=Label(unit),
    )
    return (confirmation,)


def _deed(order: Order, desk: Desk, unit: str) -> str:
    """The order's word, and what was written behind it where that is no unit."""
    words = order.argument.splitlines()[0] if order.argument and not unit else ""
    return f"{desk.book.label('order', order.verb)} {words[:LONGEST_DEED]}".strip()


def refused(order: Order, desk: Desk, question: OpenQuestion | None, reason: str, **words: str) -> Decision:
    """The order did nothing: one line in the ledger, and a letter that says why."""
    about = question.about if question else OFFICE
    event = OrderRefused(about=about, warrant=Warrant(WarrantKind.RULE, "order"), verb=order.verb, reason=reason)
    person = person_named(desk, order.actor)
    if person is None:
        return Decision(events=(event,), why=(Reason(f"order-{reason}"),))
    choices = "、".join(desk.book.label("order", verb) for verb in (question.choices if question else ()))
    role = "、".join(role.label for role in desk.book.roles.roles.values() if order.verb in role.may)
    says = say(f"order-{reason}", **{"choices": choices, "role": role, **words})
    notice = not_done(person, desk, question, says)
    return Decision(events=(event,), notices=(notice,), why=(Reason(f"order-{reason}"),))


def not_done(person: Person, desk: Desk, question: OpenQuestion | None, reason: str) -> OrderNotDone:
    """Why nothing was done."""
    return OrderNotDone(
        to=to_staff(person),
        about=question.about if question else OFFICE,
        occasion=f"not-done:{desk.cause}:{person.name}",
        number=_number(desk, question),
        reason=Label(reason),
    )


def _registered(decision: Decision, desk: Desk) -> Number:
    """The number of the case that the order opened."""
    made = next((event for event in decision.events if isinstance(event, Registered)), None)
    return Number(register_number(made.year, made.serial, signs(desk.book))) if made else Number("")


def _number(desk: Desk, question: OpenQuestion | None) -> Number:
    file = desk.file(ref_of(question.about)) if question else None
    return number(file, desk.book) if file else Number("")
