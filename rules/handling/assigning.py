"""分办: a registered or accepted case goes to a lead unit, redacted, with its clocks; several cannot be told who asked."""

from dataclasses import dataclass

from rules.case import CaseFile
from rules.decision import Party, Warrant
from rules.desk import Contact, Desk
from rules.events import Accepted, Assigned, Event
from rules.life import possible
from rules.notices.notice import Approved, Label, Notice, Paper, Ref, To, UnitName
from rules.notices.to_unit import Transfer, TransferEnded
from rules.shield import Redacted
from rules.shown import label, number
from rules.terms import about_case, due_in, start, stop, today
from rules.wording import wording

say = wording("rules")


@dataclass(frozen=True, slots=True)
class Assignment:
    """What an assignment adds to a decision."""

    events: tuple[Event, ...]
    notices: tuple[Notice, ...]
    parties: tuple[Party, ...]


def assign(
    desk: Desk,
    file: CaseFile,
    unit: str,
    warrant: Warrant,
    co_units: tuple[str, ...] = (),
    *,
    handling: str = "transfer",
) -> Assignment:
    """Accept where that is still to be done, assign, start the clocks, write to the unit. Needs the unit's contact and the case's draft."""
    about = about_case(file.ref)
    accepted: tuple[Event, ...] = ()
    if possible(file.state, "Accepted"):
        accepted = (Accepted(about=about, warrant=warrant), *stop(file, "accept", warrant))
    sign, handle = start(desk, about, "sign", warrant), start(desk, about, "handle", warrant)
    following = file.round + 1
    assigned = Assigned(about=about, warrant=warrant, unit=unit, handling=handling, co_units=co_units, round=following)
    told = tuple(
        _transfer(desk, file, contact, unit, co_units, handling, following)
        for name in (unit, *co_units)
        if (contact := desk.contact(name)) is not None
    )
    parties = tuple(Party(file.ref, f"unit:{notice.unit}", notice.to.address) for notice in told)
    return Assignment((*accepted, assigned, sign, handle), (*told, *_ended(desk, file, (unit, *co_units))), parties)


def _transfer(
    desk: Desk, file: CaseFile, contact: Contact, lead: str, co_units: tuple[str, ...], handling: str, following: int
) -> Transfer:
    clocks = desk.book.clocks
    draft = desk.draft(file.ref)
    due_report, provisional = due_in(desk, clocks["handle"].days)
    clean = tuple(Paper(clean, name) for case, clean, name in desk.papers if case == file.ref and clean)
    withheld = sum(1 for case, clean_hash, _name in desk.papers if case == file.ref and not clean_hash)
    return Transfer(
        to=To(contact.address, f"unit:{contact.unit}", contact.unit),
        about=about_case(file.ref),
        occasion=f"transfer:{file.ref}:{following}:{contact.unit}",
        number=number(file, desk.book),
        ref=Ref(file.ref),
        unit=UnitName(contact.unit),
        handling=label(desk.book, "mode", handling),
        kind=label(desk.book, "kind", file.kind),
        categories=tuple(Label(category) for category in file.categories) or (label(desk.book, "kind", file.kind),),
        received=file.received,
        assigned=today(desk),
        matter=Redacted.kept(draft.subject if draft else ""),
        facts=Redacted.kept(draft.text if draft else ""),
        due_sign=due_in(desk, clocks["sign"].days)[0],
        due_send_back=due_in(desk, clocks["send-back"].days)[0],
        due_report=due_report,
        provisional=provisional,
        lead=UnitName(lead),
        co_units=tuple(UnitName(name) for name in co_units),
        withheld=withheld,
        requirement=Approved(""),
        papers=clean,
        acts_until_round=following,
    )


def _ended(desk: Desk, file: CaseFile, now: tuple[str, ...]) -> tuple[TransferEnded, ...]:
    """The unit that had the case hears that it has it no more."""
    contact = desk.contact(file.lead) if file.lead and file.lead not in now else None
    if contact is None:
        return ()
    ended = TransferEnded(
        to=To(contact.address, f"unit:{contact.unit}", contact.unit),
        about=about_case(file.ref),
        occasion=f"ended:{file.ref}:{file.round}:{contact.unit}",
        number=number(file, desk.book),
        ref=Ref(file.ref),
        unit=UnitName(contact.unit),
        reason=Label(say("reason-reassigned")),
    )
    return (ended,)
