"""分办: a registered or accepted case goes to a lead unit, redacted, with its clocks; several cannot be told who asked."""

from dataclasses import dataclass
from datetime import date

from rules.asking import ask, per_letter
from rules.attached import Attached, added_to, enclosed, to_ask, waiting
from rules.case import CaseFile
from rules.decision import Party, Question, Warrant
from rules.desk import Contact, Desk
from rules.events import Accepted, Assigned, ClockStarted, Event
from rules.letter import Letter
from rules.letterhead import unit_head
from rules.life import ANSWERS, possible
from rules.notices.notice import NOTHING_APPROVED, Approved, Label, Notice, UnitName
from rules.notices.to_unit import Transfer, TransferEnded
from rules.shield import Redacted
from rules.shown import label
from rules.terms import due_in, fulfil, start, start_until, today
from rules.wording import wording

say = wording("rules")


def ask_withheld(
    desk: Desk, file: CaseFile, letter: Letter | None, units: tuple[str, ...] = ()
) -> tuple[Question, ...]:
    """Files that could not be made clean hold no transfer back: it goes without them, and a person is asked about each by number (A34, A36).

    `units`: who gets the case now; a file that one of them lacks is asked about again. `letter`: the one that lies on the desk.
    """
    back = to_ask(waiting(desk.held_back, file.ref, units))
    _papers, withheld = enclosed(desk, file.ref)
    count = len(back) or (0 if any(each.case == file.ref for each in desk.held_back) else withheld)
    if not count:
        return ()
    listed = "\n".join(_listed(each, letter) for each in back)
    why = say("files-withheld", count=count)
    return (ask(desk, "files", file.ref, file.about, files=listed or _names(letter), why=why),)


def ask_added(desk: Desk, file: CaseFile, letter: Letter, *, entered: bool = False) -> tuple[Question, ...]:
    """Files of a later letter, once the case is at a unit: a person says which of them it gets. Before that they wait for the transfer.

    `entered`: they came with the form in which a person of the office wrote down what he was told.
    """
    added = to_ask(added_to(desk, file.ref, letter.sha256))
    if not added or file.ended or not file.units:
        return ()
    listed = "\n".join(_listed(each, letter) for each in added)
    came = added[0].came or today(desk)
    day = {"count": len(added), "month": came.month, "day": came.day}
    why = say("files-entered", **day) if entered else say("files-added", **day)
    key = per_letter(file.ref, letter)
    return (ask(desk, "files", key, file.about, files=listed, why=why),)


def _listed(each: Attached, letter: Letter | None) -> str:
    shown = {"number": each.number, "name": _name(each, letter)}
    if not each.copies:
        return say("files-never", why=say(f"file-{each.why.replace(':', '-')}"), **shown)
    if not each.why:
        return say("files-copy", **shown)
    pages = len(each.copies)
    return say("files-pages", pages=pages, **shown) if pages > 1 else say("files-picture", **shown)


def _names(letter: Letter | None) -> str:
    return "、".join(part.safe_name for part in letter.attachments) if letter else ""


def _name(each: Attached, letter: Letter | None) -> str:
    """As its sender called it, where its letter lies on the desk; else which file of which day's letter it is."""
    part = next((part for part in letter.attachments if part.sha256 == each.paper), None) if letter else None
    if part is not None or each.came is None:
        return part.safe_name if part else ""
    return say("file-of-letter", month=each.came.month, day=each.came.day, place=each.place)


@dataclass(frozen=True, slots=True)
class Assignment:
    """What an assignment adds to a decision."""

    events: tuple[Event, ...]
    notices: tuple[Notice, ...]
    parties: tuple[Party, ...]
    handle: ClockStarted


def assign(
    desk: Desk,
    file: CaseFile,
    unit: str,
    warrant: Warrant,
    co_units: tuple[str, ...] = (),
    *,
    handling: str = "transfer",
    due: date | None = None,
    requirement: Approved = NOTHING_APPROVED,
) -> Assignment:
    """Accept where that is still to be done, assign, start the clocks, write to the units. Needs their contacts and the case's draft.

    `due`: the day a report is demanded by (交办); the book's term where there is none.
    """
    about = file.about
    accepted: tuple[Event, ...] = ()
    if possible(file.state, "Accepted"):
        accepted = (*fulfil(file, desk, "accept", warrant), Accepted(about=about, warrant=warrant))
    sign = start(desk, about, "sign", warrant)
    handle = start_until(desk, about, "handle", warrant, due) if due else start(desk, about, "handle", warrant)
    following = file.round + 1
    assigned = Assigned(about=about, warrant=warrant, unit=unit, handling=handling, co_units=co_units, round=following)
    told = tuple(
        _transfer(desk, file, contact, assigned, handle, requirement)
        for name in (unit, *co_units)
        if (contact := desk.contact(name)) is not None
    )
    parties = tuple(Party(file.ref, f"unit:{notice.unit}", notice.to.address) for notice in told)
    notices = (*told, *taken_from(desk, file, say("reason-reassigned"), but=(unit, *co_units)))
    return Assignment((*accepted, assigned, sign, handle), notices, parties, handle)


def _transfer(
    desk: Desk, file: CaseFile, contact: Contact, assigned: Assigned, handle: ClockStarted, requirement: Approved
) -> Transfer:
    clocks = desk.book.clocks
    draft = desk.draft(file.ref)
    papers, withheld = enclosed(desk, file.ref)
    return Transfer(
        **unit_head(desk, file, contact, f"transfer:{file.ref}:{assigned.round}:{contact.unit}"),
        handling=label(desk.book, "mode", assigned.handling),
        kind=label(desk.book, "kind", file.kind),
        categories=tuple(Label(category) for category in file.categories) or (label(desk.book, "kind", file.kind),),
        received=file.received,
        assigned=today(desk),
        matter=Redacted.kept(draft.subject if draft else ""),
        facts=Redacted.kept(draft.text if draft else ""),
        due_sign=due_in(desk, clocks["sign"].days)[0],
        due_send_back=due_in(desk, clocks["send-back"].days)[0],
        due_report=handle.due,
        provisional=handle.provisional,
        lead=UnitName(assigned.unit),
        co_units=tuple(UnitName(name) for name in assigned.co_units),
        withheld=withheld,
        office_answers=ANSWERS[assigned.handling] == "office",
        report_demanded=assigned.handling == "assign",
        requirement=requirement,
        papers=papers,
        acts_until_round=assigned.round,
    )


def taken_from(desk: Desk, file: CaseFile, reason: str, *, but: tuple[str, ...] = ()) -> tuple[TransferEnded, ...]:
    """Every unit that had the case hears that it has it no more, and why; all of them but those that get it again."""
    return tuple(
        TransferEnded(
            **unit_head(desk, file, contact, f"ended:{file.ref}:{file.round}:{contact.unit}"), reason=Label(reason)
        )
        for unit in file.units
        if unit not in but and (contact := desk.contact(unit)) is not None
    )
