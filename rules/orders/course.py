"""Orders about a case's course: 中止, 恢复, 并案, and the filing of what a unit handles by itself (S83)."""

import dataclasses
from datetime import date

from rules.case import CaseFile
from rules.decision import Decision, Warrant
from rules.desk import Desk, OpenQuestion
from rules.events import Absorbed, Event, Flagged, Merged, Noted, Resumed, Suspended
from rules.handling.assigning import taken_from
from rules.handling.filing import filed
from rules.handling.supervising import proposal
from rules.handling.upward import key_of
from rules.letterhead import complainant_head, unit_head
from rules.life import walk
from rules.notices.notice import Approved, Notice, Number, OfficeText
from rules.notices.to_complainant import MergedTold, PauseTold, Promise
from rules.notices.to_unit import PauseNotice
from rules.orders.naming import named_case
from rules.orders.order import Refused, case_of
from rules.replies.orders import Order
from rules.shown import number, promises_of
from rules.terms import pause, resume, start
from rules.wording import wording

say = wording("rules")


def suspend(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """中止：reason. The clocks that the book lets stand still keep their days; a person looks again when the term of standing still ends."""
    file = case_of(desk, question)
    if not order.argument:
        raise Refused("no-words")
    walk(file.state, "Suspended", warrant)
    about = file.about
    events: tuple[Event, ...] = (
        *pause(file, desk, warrant, "suspended"),
        Suspended(about=about, warrant=warrant, reason="by-order"),
        start(desk, about, "suspended", warrant),
    )
    told = _told(desk, file, paused=True, reason=OfficeText(order.argument))
    return Decision(events=events, notices=(*told, *_noticed(desk, file, paused=True, remark=order.argument)))


def go_on(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """恢复: what stood still goes on from tomorrow with the days it had left; both sides hear the new days."""
    file = case_of(desk, question)
    walk(file.state, "Resumed", warrant)
    about = file.about
    clocks = resume(file, desk, warrant)
    handle = next((clock for clock in clocks if clock.clock == "handle"), None) or start(desk, about, "handle", warrant)
    events: tuple[Event, ...] = (
        *(clock for clock in clocks if clock.clock != "handle"),
        handle,
        Resumed(about=about, warrant=warrant),
    )
    told = _told(desk, file, paused=False, reason=OfficeText(order.argument), promises=promises_of(desk.book, clocks))
    noticed = _noticed(desk, file, paused=False, remark=order.argument)
    days = tuple(_with_day(notice, handle.due, provisional=handle.provisional) for notice in noticed)
    return Decision(events=events, notices=(*told, *days))


def _with_day(notice: PauseNotice, due: date, *, provisional: bool) -> PauseNotice:
    return dataclasses.replace(notice, due_report=due, provisional=provisional)


def _told(
    desk: Desk, file: CaseFile, *, paused: bool, reason: OfficeText, promises: tuple[Promise, ...] = ()
) -> tuple[Notice, ...]:
    told = PauseTold(
        **complainant_head(
            desk, file, desk.complainant(file.ref), f"{'paused' if paused else 'resumed'}:{file.ref}:{desk.cause}"
        ),
        paused=paused,
        reason=reason,
        promises=promises,
        acts_until_round=file.round,
    )
    return (told,)


def _noticed(desk: Desk, file: CaseFile, *, paused: bool, remark: str) -> tuple[PauseNotice, ...]:
    """Every unit of the case, the lead first."""
    return tuple(
        PauseNotice(
            **unit_head(
                desk, file, contact, f"{'pause' if paused else 'resume'}:{file.ref}:{contact.unit}:{desk.cause}"
            ),
            paused=paused,
            remark=Approved(remark),
            acts_until_round=file.round,
        )
        for unit in file.units
        if (contact := desk.contact(unit)) is not None
    )


def merge(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """并案 <number>: this case goes on in that one; its complainant keeps his own number and hears the result too (L45)."""
    file = case_of(desk, question)
    ref = named_case(order.argument, desk)
    into = desk.file(ref)
    if into is None or into.ref == file.ref:
        raise Refused("no-case", case=order.argument)
    if into.ended:
        raise Refused("merge-ended", case=order.argument)
    walk(file.state, "Merged", warrant)
    same = _same_person(desk, file, into)
    events: list[Event] = [
        Merged(about=file.about, warrant=warrant, into=into.ref),
        Absorbed(about=into.about, warrant=warrant, case=file.ref),
        Flagged(about=into.about, warrant=warrant, flag="repeat" if same else "group"),
    ]
    return Decision(
        events=tuple(events),
        notices=(*_merged_told(desk, file, into, same=same), *_ended(desk, file, into)),
        questions=proposal(desk, into, "again") if same else (),
    )


def _same_person(desk: Desk, file: CaseFile, into: CaseFile) -> bool:
    address = desk.complainant(file.ref).lower()
    return bool(address) and address == desk.complainant(into.ref).lower()


def _merged_told(desk: Desk, file: CaseFile, into: CaseFile, *, same: bool) -> tuple[Notice, ...]:
    """Another complainant's number is nobody's business (SHIELD)."""
    told = MergedTold(
        **complainant_head(desk, file, desk.complainant(file.ref), f"merged:{file.ref}"),
        received=file.received,
        into=number(into, desk.book) if same else Number(""),
        acts_until_round=file.round,
    )
    return (told,)


def _ended(desk: Desk, file: CaseFile, into: CaseFile) -> tuple[Notice, ...]:
    """Every unit that had the merged case hears so; only one that has the other case too hears that one's number."""
    strangers = tuple(unit for unit in file.units if unit not in into.units)
    return (
        *taken_from(desk, file, say("reason-merged", number=number(into, desk.book)), but=strangers),
        *taken_from(desk, file, say("reason-joined"), but=into.units),
    )


def reported_up(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """已报上级: a person has told the upper office how the case it handed down ended (S25)."""
    file = case_of(desk, question)
    if not file.above:
        raise Refused("not-from-above")
    if not file.ended:
        raise Refused("not-ended")
    noted = Noted(about=file.about, warrant=warrant, what="reported-up")
    organ, own_number = file.above
    deed = say("reported-up", organ=organ, above=own_number)
    return Decision(events=(noted,), deed=deed, answered=(key_of(file.ref),))


def file_it(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """备案: the unit's letter files what it handles itself (S83). Only a registered mailbox of a unit can."""
    if desk.letter is None or question is None:
        raise Refused("no-letter")
    contact = desk.contact_at(desk.letter.from_addr)
    if contact is None:
        raise Refused("no-unit", unit=desk.letter.from_addr.lower())
    return filed(desk.letter, desk, contact, warrant)
