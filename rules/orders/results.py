"""Orders about a case at a unit: review (approve, redo), extension, signature by telephone, closure."""

import re
from datetime import date

from rules.case import CaseFile
from rules.decision import Decision, Warrant
from rules.desk import Desk, OpenQuestion
from rules.events import Closed, Event, Extended, Progressed, ResultApproved, SendBackRefused, SignedFor
from rules.handling.closing import redone
from rules.life import State, walk
from rules.notices.notice import Approved, Label, Notice, Ref, To, UnitName
from rules.notices.to_complainant import ResultTold
from rules.notices.to_unit import ExtensionAnswer, SendBackAnswer
from rules.orders.order import Refused, case_of
from rules.replies.orders import Order
from rules.shown import number
from rules.terms import about_case, due_in, start, stop
from rules.wording import wording

say = wording("rules")


def approve(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """通过: the unit's own report, released by a person, goes to the complainant from the office: the unit answers without knowing whom."""
    file = case_of(desk, question)
    walk(file.state, "ResultApproved", warrant)
    words = order.argument or (desk.letter.own_words if desk.letter else "")
    if not words:
        raise Refused("no-words")
    about = about_case(file.ref)
    clock = start(desk, about, "opinion", warrant)
    events: tuple[Event, ...] = (
        ResultApproved(about=about, warrant=warrant, unit=file.lead),
        *stop(file, "feedback", warrant),
        clock,
    )
    return Decision(events=events, notices=_told(desk, file, Approved(words), clock.due, provisional=clock.provisional))


def _told(desk: Desk, file: CaseFile, words: Approved, due: date, *, provisional: bool) -> tuple[Notice, ...]:
    address = desk.complainant(file.ref)
    if not address:
        return ()
    told = ResultTold(
        to=To(address, "complainant"),
        about=about_case(file.ref),
        occasion=f"result:{file.ref}:{file.round}",
        number=number(file, desk.book),
        ref=Ref(file.ref),
        unit=UnitName(file.lead),
        finding=Label(say(f"finding-{file.finding or 'none'}")),
        result=words,
        opinion_due=due,
        provisional=provisional,
        acts_until_round=file.round,
    )
    return (told,)


def redo(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """退回重办：reason. Words of the order go to the unit; what the report lacks is named."""
    file = case_of(desk, question)
    if file.state is State.SENT_BACK:
        return _goes_on(desk, file, warrant)
    walk(file.state, "Redone", warrant)
    reason = (
        "unsatisfied"
        if question and question.kind in ("unsatisfied", "opinion")
        else "incomplete"
        if file.missing
        else "reviewed"
    )
    events, notices = redone(desk, file, warrant, reason, missing=file.missing, remark=Approved(order.argument))
    stops = tuple(event for clock in ("review", "opinion") for event in stop(file, clock, warrant, "redone"))
    return Decision(events=(*stops, *events), notices=notices)


def _goes_on(desk: Desk, file: CaseFile, warrant: Warrant) -> Decision:
    """不同意退办: the unit goes on, with a new code and its days anew."""
    about = about_case(file.ref)
    handle = start(desk, about, "handle", warrant)
    answer = SendBackAnswer(
        to=To(_address(desk, file), f"unit:{file.lead}", file.lead),
        about=about,
        occasion=f"not-sent-back:{file.ref}:{file.round}:{desk.cause}",
        number=number(file, desk.book),
        ref=Ref(file.ref),
        unit=UnitName(file.lead),
        due_report=handle.due,
        provisional=handle.provisional,
        acts_until_round=file.round,
    )
    return Decision(events=(SendBackRefused(about=about, warrant=warrant, unit=file.lead), handle), notices=(answer,))


def close(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """办结, by a person, where the opinion could not be read."""
    file = case_of(desk, question)
    walk(file.state, "Closed", warrant)
    outcome = file.opinion or "none"
    return Decision(events=(Closed(about=about_case(file.ref), warrant=warrant, outcome=outcome),))


def extend(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """延期 5 天: from the day it was due; never more than the book allows."""
    file = case_of(desk, question)
    clock = file.clock("handle")
    found = re.search(r"\d{1,3}", order.argument)
    if clock is None or found is None:
        raise Refused("changed" if clock is None else "no-words")
    days = min(int(found.group()), desk.book.clocks["extension"].days)
    due, provisional = due_in(desk, days, clock.due)
    about = about_case(file.ref)
    answer = ExtensionAnswer(
        to=To(_address(desk, file), f"unit:{file.lead}", file.lead),
        about=about,
        occasion=f"extended:{file.ref}:{due.isoformat()}",
        number=number(file, desk.book),
        ref=Ref(file.ref),
        unit=UnitName(file.lead),
        agreed=True,
        due_report=due,
        provisional=provisional,
        acts_until_round=file.round,
    )
    extended = Extended(
        about=about,
        warrant=warrant,
        unit=file.lead,
        days=days,
        due=due,
        provisional=provisional,
        calendar=desk.calendar.version,
    )
    return Decision(events=(extended,), notices=(answer,))


def _address(desk: Desk, file: CaseFile) -> str:
    contact = desk.contact(file.lead)
    if contact is None:
        raise Refused("no-mailbox", unit=file.lead)
    return contact.address


def sign(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """签收, told by telephone or in words the program did not understand."""
    file = case_of(desk, question)
    walk(file.state, "SignedFor", warrant)
    return Decision(events=(SignedFor(about=about_case(file.ref), warrant=warrant, unit=file.lead),))


def progress(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """进展: noted."""
    file = case_of(desk, question)
    return Decision(events=(Progressed(about=about_case(file.ref), warrant=warrant, unit=file.lead),))
