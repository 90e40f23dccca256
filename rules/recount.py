"""The calendar changed: every clock of a case counted anew, and those concerned told (domain §3.3, 3; F83, F84).

Never earlier for what was told to the complainant, never retroactively overdue for a unit; each change is an event, once a calendar.
"""

from rules.case import CaseFile, Running
from rules.days import Due, Term, moved
from rules.decision import Decision, Reason, Warrant, WarrantKind
from rules.desk import Desk
from rules.events import Recounted
from rules.letterhead import complainant_head, unit_head
from rules.notices.notice import Notice
from rules.notices.to_complainant import Promise, PromiseMoved
from rules.notices.to_unit import TermMoved
from rules.shown import clock_label
from rules.terms import today

WARRANT = Warrant(WarrantKind.WORLD, "calendar")
HIS = frozenset({"supplement", "opinion"})
"""Clocks that run at the complainant: a letter told him the day, so they are held to as promises are."""


def outdated(file: CaseFile, version: str) -> bool:
    """Whether a running clock of the case names another calendar than this one."""
    return any(clock.calendar != version for clock in file.running)


def recount(file: CaseFile, desk: Desk) -> Decision | None:
    """The case's clocks by the calendar in force; None where all of them name it already."""
    version = desk.calendar.version
    events = tuple(_recounted(file, clock, desk) for clock in file.running if clock.calendar != version)
    if not events:
        return None
    return Decision(
        why=(Reason("recount"),),
        events=events,
        notices=(*_to_complainant(file, desk, events), *_to_units(file, desk, events)),
    )


def _recounted(file: CaseFile, clock: Running, desk: Desk) -> Recounted:
    days = clock.days or desk.calendar.workdays_between(clock.started, clock.due)
    due = Due(clock.due, clock.provisional)
    change = moved(Term(clock.started, days, due, _promised(clock)), desk.calendar, today(desk))
    return Recounted(
        about=file.about,
        warrant=WARRANT,
        clock=clock.clock,
        old=clock.due,
        new=change.new.day,
        calendar=desk.calendar.version,
        why=change.why,
        provisional=change.new.provisional,
    )


def _promised(clock: Running) -> bool:
    return clock.promised or clock.clock in HIS


def _to_complainant(file: CaseFile, desk: Desk, events: tuple[Recounted, ...]) -> tuple[Notice, ...]:
    """One letter with every day told to him that is later now."""
    told = {clock.clock for clock in file.running if _promised(clock)}
    later = [event for event in events if event.clock in told and event.new > event.old]
    if not later:
        return ()
    days = "+".join(f"{event.clock}={event.new.isoformat()}" for event in later)
    notice = PromiseMoved(
        **complainant_head(desk, file, desk.complainant(file.ref), f"promise-moved:{file.ref}:{file.round}:{days}"),
        promises=tuple(Promise(clock_label(desk.book, event.clock), event.new, event.provisional) for event in later),
        acts_until_round=file.round,
    )
    return (notice,)


def _to_units(file: CaseFile, desk: Desk, events: tuple[Recounted, ...]) -> tuple[Notice, ...]:
    """Lead and co-units hear where the day to report by is another."""
    change = next((event for event in events if event.clock == "handle" and event.new != event.old), None)
    if change is None:
        return ()
    contacts = [contact for unit in file.units if (contact := desk.contact(unit)) is not None]
    days = f"{change.old.isoformat()}:{change.new.isoformat()}"
    return tuple(
        TermMoved(
            **unit_head(desk, file, contact, f"term-moved:{file.ref}:{file.round}:{contact.unit}:{days}"),
            clock=clock_label(desk.book, "handle"),
            before=change.old,
            due=change.new,
            provisional=change.provisional,
            acts_until_round=file.round,
        )
        for contact in contacts
    )
