"""延期: a unit's term is extended once, from the day it was due, with a reason that the complainant hears; or it is not."""

import re

from rules.case import CaseFile, Running
from rules.decision import Decision, Warrant
from rules.desk import Desk, OpenQuestion
from rules.events import ClockStarted, Event, Extended, Noted
from rules.letterhead import complainant_head, unit_head
from rules.notices.notice import Notice, OfficeText
from rules.notices.to_complainant import ExtensionTold
from rules.notices.to_unit import ExtensionAnswer
from rules.orders.order import Refused, case_of, lead_of
from rules.replies.orders import Order
from rules.shown import promises_of
from rules.terms import RESULT, due_in
from rules.wording import wording

say = wording("rules")


def extend(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """延期 5 天：reason. Never more days, nor oftener, than the book allows; the promise to the complainant moves by as many."""
    file = case_of(desk, question)
    clock = file.clock("handle")
    found = re.search(r"\d{1,3}", order.argument)
    if clock is None or found is None:
        raise Refused("changed" if clock is None else "no-words")
    terms = desk.book.clocks["extension"]
    if file.extended >= terms.days_for("times"):
        raise Refused("extended-already")
    days = min(int(found.group()), terms.days)
    due, provisional = due_in(desk, days, clock.due)
    extended = Extended(
        about=file.about,
        warrant=warrant,
        unit=file.lead,
        days=days,
        due=due,
        provisional=provisional,
        calendar=desk.calendar.version,
    )
    moved = _promise(desk, file, days, warrant)
    answer = _answer(desk, file, extended)
    return Decision(events=(extended, *moved), notices=(answer, *_told(desk, file, moved, _reason(order.argument))))


def _promise(desk: Desk, file: CaseFile, days: int, warrant: Warrant) -> tuple[ClockStarted, ...]:
    """The day promised to the complainant, as many working days later."""
    old = file.clock(RESULT)
    if old is None or not old.promised or old.left is not None:
        return ()
    due, provisional = due_in(desk, days, old.due)
    return (
        ClockStarted(
            about=file.about,
            warrant=warrant,
            clock=RESULT,
            started=old.started,
            due=due,
            provisional=provisional,
            calendar=desk.calendar.version,
            promised=True,
            days=old.days + days if old.days else 0,
        ),
    )


def _reason(words: str) -> OfficeText:
    """What stands behind the days; the book's usual reason where nothing does."""
    said = re.sub(r"^\s*\d{1,3}\s*个?(?:工作)?[日天]?[，,：:\s]*", "", words).strip()
    return OfficeText(said or say("extension-default"))


def _told(desk: Desk, file: CaseFile, moved: tuple[ClockStarted, ...], reason: OfficeText) -> tuple[Notice, ...]:
    if not moved:
        return ()
    told = ExtensionTold(
        **complainant_head(
            desk, file, desk.complainant(file.ref), f"extension-told:{file.ref}:{moved[0].due.isoformat()}"
        ),
        reason=reason,
        promises=promises_of(desk.book, moved),
        acts_until_round=file.round,
    )
    return (told,)


def _answer(desk: Desk, file: CaseFile, granted: Extended | Running) -> ExtensionAnswer:
    """To the unit: agreed with the new day, or not with the old one."""
    agreed = isinstance(granted, Extended)
    return ExtensionAnswer(
        **unit_head(
            desk,
            file,
            lead_of(desk, file),
            f"{'extended' if agreed else 'not-extended'}:{file.ref}:{granted.due.isoformat()}",
        ),
        agreed=agreed,
        due_report=granted.due,
        provisional=granted.provisional,
        acts_until_round=file.round,
    )


def not_extend(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """不同意延期: the unit hears that its day stays."""
    file = case_of(desk, question)
    clock = file.clock("handle")
    if clock is None:
        raise Refused("changed")
    event: Event = Noted(about=file.about, warrant=warrant, what="not-extended")
    return Decision(events=(event,), notices=(_answer(desk, file, clock),))
