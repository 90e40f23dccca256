"""Orders about a case at a unit: review (approve, sign, redo), signature by telephone, closure."""

import dataclasses

from rules.asking import ask
from rules.case import CaseFile
from rules.decision import Decision, Warrant
from rules.desk import Desk, OpenQuestion
from rules.events import Closed, Event, Progressed, ResultReported, SendBackRefused, SignedFor
from rules.handling.closing import redone
from rules.handling.lacking import lacking, named
from rules.letterhead import unit_head
from rules.life import State, walk
from rules.notices.notice import Approved
from rules.notices.to_unit import SendBackAnswer
from rules.orders.order import Refused, case_of, lead_of
from rules.orders.releasing import office_answers, released, to_be_signed
from rules.policy.matters import Mode
from rules.replies.orders import Order
from rules.replies.unit_words import understand
from rules.terms import start, stop, today


def approve(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """通过: the unit's own report, released by a person, goes to the complainant; where the office answers, the head signs first (S81)."""
    file = case_of(desk, question)
    walk(file.state, "ResultApproved", warrant)
    words = order.argument or (desk.letter.own_words if desk.letter else "")
    if not words:
        raise Refused("no-words")
    if office_answers(file) and warrant.role != "head":
        return to_be_signed(desk, file, words, warrant, question)
    return released(desk, file, Approved(words), warrant)


def approve_text(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """核发: the head signs the office's answer (重点督办), or gives it in his own words where the office handled the case (直接办理)."""
    file = case_of(desk, question)
    words = order.argument
    if not words:
        raise Refused("no-words")
    before: tuple[Event, ...] = ()
    if file.state is not State.REPORTED:
        if file.handling != Mode.DIRECT:
            raise Refused("changed")
        before = (ResultReported(about=file.about, warrant=warrant, unit=file.lead),)
        walk(file.state, "ResultReported", warrant)
    return released(desk, file, Approved(words), warrant, before)


def enter_copy(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """登记抄件: the copy that came without a code is the unit's report, and goes to review like any other (S84)."""
    file = case_of(desk, question)
    if desk.letter is None:
        raise Refused("no-letter")
    read, about = understand(desk.letter.own_words, today(desk)), file.about
    missing = lacking(read, desk.letter.own_words, desk, file.ref)
    event = ResultReported(
        about=about,
        warrant=warrant,
        unit=file.lead,
        finding=read.finding,
        missing=missing,
        letter=desk.letter.sha256,
    )
    review = ask(
        desk,
        "review",
        f"{file.ref}:{file.round}:{desk.letter.sha256[:8]}",
        about,
        unit=file.lead,
        result=desk.letter.own_words,
        missing="、".join(map(named, missing)),
    )
    review = dataclasses.replace(review, letter=desk.letter.sha256)
    return Decision(events=(event, start(desk, about, "review", warrant)), questions=(review,))


def redo(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """退回重办：reason. Words of the order go to the unit; what the report lacks is named."""
    file = case_of(desk, question)
    if file.state is State.SENT_BACK:
        return _goes_on(desk, file, warrant)
    walk(file.state, "Redone", warrant)
    events, notices = redone(
        desk, file, warrant, _why(file, question), missing=file.missing, remark=Approved(order.argument)
    )
    stops = tuple(event for clock in ("review", "opinion") for event in stop(file, clock, warrant, "redone"))
    return Decision(events=(*stops, *events), notices=notices)


def _why(file: CaseFile, question: OpenQuestion | None) -> str:
    if question is not None and question.kind in ("unsatisfied", "opinion"):
        return "unsatisfied"
    return "incomplete" if file.missing else "reviewed"


def _goes_on(desk: Desk, file: CaseFile, warrant: Warrant) -> Decision:
    """不同意退办: the unit goes on, with a new code and its days anew."""
    about = file.about
    handle = start(desk, about, "handle", warrant)
    answer = SendBackAnswer(
        **unit_head(desk, file, lead_of(desk, file), f"not-sent-back:{file.ref}:{file.round}:{desk.cause}"),
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
    return Decision(events=(Closed(about=file.about, warrant=warrant, outcome=outcome),))


def sign(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """签收, told by telephone or in words the program did not understand."""
    file = case_of(desk, question)
    walk(file.state, "SignedFor", warrant)
    return Decision(events=(SignedFor(about=file.about, warrant=warrant, unit=file.lead),))


def progress(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """进展: noted."""
    file = case_of(desk, question)
    return Decision(events=(Progressed(about=file.about, warrant=warrant, unit=file.lead),))
