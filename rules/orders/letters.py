"""Orders about a letter: open a case for it, join it to one, call it a machine's, read it again; and about a letter of ours that hangs."""

import dataclasses

from rules.decision import Decision, Disposition, Filing, Settled, Warrant
from rules.desk import Desk, OpenQuestion
from rules.events import (
    REREAD,
    REREAD_GROUP,
    REREAD_NEXT,
    Delivered,
    Joined,
    LetterWithdrawn,
    MachineNoted,
    Noted,
    about_case,
)
from rules.handling.assigning import ask_added
from rules.handling.complaint import opened
from rules.handling.contact import entered
from rules.notices.notice import OfficeText, OwnText, To
from rules.notices.to_organ import UnitAnswered
from rules.orders import breaches, telling
from rules.orders.naming import named_case
from rules.orders.order import Refused
from rules.replies.orders import Order


def open_case(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """登记: the held letter is a new matter."""
    if desk.letter is None or question is None:
        raise Refused("no-letter")
    return _with_next(opened(desk.letter, desk, warrant=warrant), question, warrant)


def join(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """并入 <number>: the held letter belongs to that case; with no number, to the case it was held with."""
    if desk.letter is None or question is None:
        raise Refused("no-letter")
    ref = named_case(order.argument, desk) or question.about.removeprefix("case:")
    file = desk.file(ref)
    if file is None:
        raise Refused("no-case", case=order.argument or ref)
    event = Joined(about=about_case(ref), warrant=warrant, letter=desk.letter.sha256, part="supplement")
    asked = ask_added(desk, file, desk.letter)
    filings = (Filing(ref, "supplement"),)
    return Decision(Disposition.JOINED, "supplement", filings=filings, events=(event,), questions=asked)


def machine(_order: Order, _desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """A person says: advertisement or machine."""
    if question is None or not question.letter:
        raise Refused("no-letter")
    event = MachineNoted(about=question.about, warrant=warrant, letter=question.letter, machine="by-person")
    return _with_next(Decision(Disposition.MACHINE, "by-person", events=(event,)), question, warrant)


def reread(_order: Order, _desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """重读: the letter is kept again with another round, or every letter of its group; `record` does it on this event."""
    if question is None or not question.letter:
        raise Refused("no-letter")
    what = REREAD_GROUP if question.kind == "flood" else REREAD
    return Decision(
        kind="reread", events=(Noted(about=question.about, warrant=warrant, what=what, letter=question.letter),)
    )


def _with_next(decision: Decision, question: OpenQuestion, warrant: Warrant) -> Decision:
    """A group that is looked through letter by letter: with each answer the next of it is read again, and so asked about."""
    if question.kind != "history":
        return decision
    event = Noted(about=question.about, warrant=warrant, what=REREAD_NEXT, letter=question.letter)
    return dataclasses.replace(decision, events=(*decision.events, event))


MORE = {"plea": breaches.upheld, "call": telling.told}
"""Kinds of question whose 知道了 goes by another word and has more behind it."""


def hold(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """知道了: nothing moves; the question is answered and the line stays."""
    if question is None:
        raise Refused("none")
    noted = Noted(about=question.about, warrant=warrant, what="held-by-person", letter=question.letter)
    more = MORE[question.kind](order, desk, question, warrant) if question.kind in MORE else Decision()
    return dataclasses.replace(more, events=(noted, *more.events))


def settle(_order: Order, _desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """已发出: a person knows that the letter arrived, or told its contents another way."""
    if question is None or not question.outbox:
        raise Refused("no-letter")
    event = Delivered(about=question.about, warrant=warrant, occasion=question.outbox, by="person")
    return Decision(events=(event,), settled=(Settled(question.outbox, "sent", "by person"),))


def send_again(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """重发: a new row with a new occasion, Message-ID and code; the old one is withdrawn and never goes (ONE-WAY-OUT)."""
    if question is None or not question.outbox:
        raise Refused("no-letter")
    event = LetterWithdrawn(about=question.about, warrant=warrant, occasion=question.outbox, reason="sent-again")
    return Decision(kind="send-again", events=(event,), settled=(Settled(question.outbox, "withdrawn", desk.cause),))


def directory(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """通讯录: enter the rows of the sheet that was held, as the question showed them."""
    if desk.letter is None or question is None:
        raise Refused("no-letter")
    return entered(order, desk, question, desk.letter, warrant)


def answer_unit(order: Order, desk: Desk, question: OpenQuestion, warrant: Warrant) -> Decision:
    """答复: a unit's question or problem (S4), in the words of the order; it is no case."""
    if not order.argument:
        raise Refused("no-words")
    if desk.letter is None:
        raise Refused("no-letter")
    contact = desk.contact_at(desk.letter.from_addr)
    unit = contact.unit if contact else ""
    told = UnitAnswered(
        to=To(desk.letter.from_addr, f"organ:{unit}", unit),
        about=question.about,
        occasion=f"unit-answered:{desk.letter.sha256[:16]}",
        mailbox="contact",
        asked=OwnText(desk.letter.subject),
        answer=OfficeText(order.argument),
    )
    event = Noted(about=question.about, warrant=warrant, what="unit-answered", letter=question.letter)
    return Decision(events=(event,), notices=(told,))
