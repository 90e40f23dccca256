"""更正: where a person decides otherwise than the rules proposed, the letter and his word are kept, for `book learn` to read."""

from rules.decision import Decision, Disposition
from rules.desk import OpenQuestion
from rules.events import OFFICE, Corrected, Event, Registered
from rules.replies.orders import Order

SAMPLE = "sample"
"""The weekly sample's question: the rules said machine."""
MACHINE = "kind:machine"


def corrected(order: Order, question: OpenQuestion, decision: Decision) -> tuple[Event, ...]:
    """() where he agreed with the rules, or corrected nothing that can be learned."""
    if not question.letter:
        return ()
    was, now = _said(order, question, decision)
    warrant = decision.events[0].warrant
    return (Corrected(about=OFFICE, warrant=warrant, letter=question.letter, was=was, now=now),) if now else ()


def _said(order: Order, question: OpenQuestion, decision: Decision) -> tuple[str, str]:
    """(what the rules said, what he says)."""
    if decision.disposition is Disposition.MACHINE and question.kind != SAMPLE:
        return f"kind:{question.kind}", MACHINE
    if question.kind == SAMPLE and order.verb in ("open", "join"):
        kind = next((event.kind_of for event in decision.events if isinstance(event, Registered)), "supplement")
        return MACHINE, f"kind:{kind}"
    proposed = dict(question.proposal).get("unit", "")
    lead = next((getattr(event, "unit", "") for event in decision.events if event.kind == "Assigned"), "")
    if order.verb == "reassign" and proposed and lead and lead not in proposed.split("、"):
        return f"unit:{proposed}", f"unit:{lead}"
    return "", ""
