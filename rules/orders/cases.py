"""Orders about a case that is not yet, or no longer, with a unit: forward, reassign, accept, ask for facts, refuse, hand over, answer."""

from rules.case import CaseFile, Running
from rules.decision import Decision, Warrant
from rules.desk import Desk, OpenQuestion
from rules.events import Accepted, Answered, ClockStarted, HandedOver, NotAccepted, SupplementAsked, Withdrawn
from rules.handling.assigning import assign
from rules.life import State, walk
from rules.notices.notice import Approved, Label, Notice, OfficeText, Ref, To, UnitName
from rules.notices.to_complainant import (
    AcceptanceTold,
    AnswerTold,
    HandedOverTold,
    Promise,
    RefusalTold,
    SupplementRequest,
    WithdrawalTold,
)
from rules.notices.to_unit import TransferEnded
from rules.orders.letters import answer_unit
from rules.orders.order import Refused, case_of, unit_of
from rules.replies.orders import Order
from rules.shown import clock_label, label, number
from rules.terms import RESULT, about_case, pause, promise_result, resume, start, stop
from rules.wording import wording

say = wording("rules")


def forward(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """同意转办: to the unit proposed, with the draft the question showed."""
    proposed = dict(question.proposal).get("unit", "") if question else ""
    return _assigned(desk, case_of(desk, question), order.argument or proposed, warrant)


def reassign(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """改派 X."""
    return _assigned(desk, case_of(desk, question), order.argument, warrant)


def reassign_or_wait(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """同意退办: to the unit named in the order; a case is never left without one (S35, L71)."""
    if not order.argument:
        raise Refused("no-words")
    return _assigned(desk, case_of(desk, question), order.argument, warrant)


def _assigned(desk: Desk, file: CaseFile, words: str, warrant: Warrant) -> Decision:
    contact = unit_of(desk, words)
    if desk.draft(file.ref) is None:
        raise Refused("no-draft")
    first = file.state in (State.REGISTERED, State.SUPPLEMENT)
    gone_on = tuple(clock for clock in resume(file, desk, warrant) if clock.clock != "accept")
    done = assign(desk, file, contact.unit, warrant)
    walk(State.ACCEPTED if first else file.state, "Assigned", warrant)
    told = _accepted_told(desk, file, gone_on) if first else ()
    return Decision(events=(*gone_on, *done.events), notices=(*told, *done.notices), parties=done.parties)


def accept(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """受理, not yet forwarded."""
    file = case_of(desk, question)
    walk(file.state, "Accepted", warrant)
    about = about_case(file.ref)
    result = promise_result(desk, about, warrant, accepted=True)
    events = (
        Accepted(about=about, warrant=warrant),
        *stop(file, "accept", warrant),
        start(desk, about, "assign", warrant),
        result,
    )
    return Decision(events=events, notices=_accepted_told(desk, file, (result,)))


def _accepted_told(desk: Desk, file: CaseFile, anew: tuple[ClockStarted, ...]) -> tuple[Notice, ...]:
    """`anew`: clocks that this order started or let go on; their days are the ones to tell."""
    address = desk.complainant(file.ref)
    if not address:
        return ()
    days: list[ClockStarted | Running] = [*anew, *file.running]
    result = next((clock for clock in days if clock.clock == RESULT), None)
    promises = (Promise(clock_label(desk.book, RESULT), result.due, result.provisional),) if result else ()
    told = AcceptanceTold(
        to=To(address, "complainant"),
        about=about_case(file.ref),
        occasion=f"accepted:{file.ref}",
        number=number(file, desk.book),
        ref=Ref(file.ref),
        received=file.received,
        handling=label(desk.book, "mode", "transfer"),
        promises=promises,
        acts_until_round=file.round,
    )
    return (told,)


def supplement(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """补正: ask the complainant for facts; his promise stands still meanwhile."""
    file = case_of(desk, question)
    walk(file.state, "SupplementAsked", warrant)
    about = about_case(file.ref)
    clock = start(desk, about, "supplement", warrant)
    paused = pause(file, desk, warrant, "supplement")
    request = SupplementRequest(
        to=To(desk.complainant(file.ref), "complainant"),
        about=about,
        occasion=f"supplement-request:{file.ref}:{desk.cause}",
        number=number(file, desk.book),
        ref=Ref(file.ref),
        missing=OfficeText(order.argument or say("supplement-default")),
        due=clock.due,
        provisional=clock.provisional,
        acts_until_round=file.round,
    )
    return Decision(events=(*paused, SupplementAsked(about=about, warrant=warrant), clock), notices=(request,))


def refuse(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """不予受理 N4: the head's order only; the life table holds that (NEVER-REFUSE)."""
    file = case_of(desk, question)
    key = order.argument.strip().upper().split()[0] if order.argument.strip() else ""
    ground = desk.book.grounds.get(key)
    if ground is None:
        raise Refused("no-ground")
    walk(file.state, "NotAccepted", warrant)
    about = about_case(file.ref)
    told = RefusalTold(
        to=To(desk.complainant(file.ref), "complainant"),
        about=about,
        occasion=f"refused:{file.ref}",
        number=number(file, desk.book),
        ref=Ref(file.ref),
        received=file.received,
        ground=Label(ground.name),
        because=OfficeText(ground.because),
        elsewhere=OfficeText(ground.guide),
    )
    return Decision(events=(NotAccepted(about=about, warrant=warrant, ground=key),), notices=(told,))


def hand_over(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """移送."""
    file = case_of(desk, question)
    if not order.argument:
        raise Refused("no-words")
    walk(file.state, "HandedOver", warrant)
    about = about_case(file.ref)
    told = HandedOverTold(
        to=To(desk.complainant(file.ref), "complainant"),
        about=about,
        occasion=f"handed-over:{file.ref}",
        number=number(file, desk.book),
        ref=Ref(file.ref),
        received=file.received,
        organ=OfficeText(order.argument.splitlines()[0]),
    )
    return Decision(events=(HandedOver(about=about, warrant=warrant, organ=""),), notices=(told,))


def withdraw(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """撤回: on the complainant's own word, confirmed by a person; the unit hears it only now (L74)."""
    file = case_of(desk, question)
    walk(file.state, "Withdrawn", warrant)
    about = about_case(file.ref)
    told: list[Notice] = [
        WithdrawalTold(
            to=To(desk.complainant(file.ref), "complainant"),
            about=about,
            occasion=f"withdrawn:{file.ref}",
            number=number(file, desk.book),
            ref=Ref(file.ref),
        )
    ]
    contact = desk.contact(file.lead) if file.lead else None
    if contact:
        told.append(
            TransferEnded(
                to=To(contact.address, f"unit:{contact.unit}", contact.unit),
                about=about,
                occasion=f"ended:{file.ref}:{file.round}:{contact.unit}",
                number=number(file, desk.book),
                ref=Ref(file.ref),
                unit=UnitName(contact.unit),
                reason=Label(say("reason-withdrawn")),
            )
        )
    return Decision(events=(Withdrawn(about=about, warrant=warrant),), notices=tuple(told))


def answer(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """答复: a question, suggestion or thanks, in the words of the order (S51)."""
    if question is not None and question.kind == "unit-letter":
        return answer_unit(order, desk, question, warrant)
    file = case_of(desk, question)
    if not order.argument:
        raise Refused("no-words")
    walk(file.state, "Answered", warrant)
    about = about_case(file.ref)
    told = AnswerTold(
        to=To(desk.complainant(file.ref), "complainant"),
        about=about,
        occasion=f"answered:{file.ref}",
        number=number(file, desk.book),
        ref=Ref(file.ref),
        kind=label(desk.book, "kind", file.kind),
        answer=Approved(order.argument),
    )
    return Decision(events=(Answered(about=about, warrant=warrant),), notices=(told,))
