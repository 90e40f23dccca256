"""单位直接受理备案 (S83, S84): a unit files what it received and handles itself; it answers, and copies the office.

LIMITS: a unit's mailbox proves little, so a person takes every filing in (`备案`); the office does not know who complained and asks nobody.
"""

from rules.asking import ask
from rules.case import CaseFile, fold, fold_all
from rules.decision import Decision, Disposition, Filing, Party, Reason, Warrant
from rules.desk import Contact, Desk
from rules.events import Event, FiledByUnit, Registered, ResultReported, about_case
from rules.handling.complaint import received
from rules.handling.held import hold
from rules.letter import Letter
from rules.letterhead import unit_head
from rules.notices.to_unit import FilingReceived
from rules.policy.matters import Mode
from rules.replies.folding import folded, has, words
from rules.replies.unit_words import Said, UnitReply, understand
from rules.shield import Identity, find_identities
from rules.shown import next_reference
from rules.terms import start, today


def filing(letter: Letter, desk: Desk) -> Decision | None:
    """A letter of a unit that says it files something; None where it says no such thing."""
    text = folded(f"{letter.subject}{letter.own_words[:400]}")
    if desk.sender.role != "unit" or not has(text, words()["unit"]["filing"]):
        return None
    return hold(letter, desk, "filing", kind="filing", unit=desk.sender.unit)


def filed(letter: Letter, desk: Desk, contact: Contact, warrant: Warrant) -> Decision:
    """The shadow case: registered, handled by the unit that filed it, its report awaited or, where the letter brought it, in review."""
    begun = _begun(letter, desk, contact.unit, warrant)
    file = fold_all(fold(None, begun[0]), begun[1:])
    read = understand(letter.own_words, today(desk))
    reported = read.said is Said.RESULT
    clock = start(desk, file.about, "review" if reported else "handle", warrant)
    notice = FilingReceived(
        **unit_head(desk, file, contact, f"filed:{file.ref}"),
        received=file.received,
        due_report=clock.due,
        provisional=clock.provisional,
        reported=reported,
        acts_until_round=file.round,
    )
    key = f"{file.ref}:{file.round}:{letter.sha256[:8]}"
    review = ask(desk, "review", key, file.about, unit=contact.unit, result=letter.own_words)
    return Decision(
        Disposition.OPENED,
        "filing",
        (Reason("filing"),),
        (Filing(file.ref, "complaint"),),
        (*begun, *((_report(file, letter, read, warrant),) if reported else ()), clock),
        (notice,),
        (review,) if reported else (),
        identities=((file.ref, _known(letter)),),
        parties=(Party(file.ref, f"unit:{contact.unit}", contact.address),),
    )


def _begun(letter: Letter, desk: Desk, unit: str, warrant: Warrant) -> tuple[Event, ...]:
    about = about_case(next_reference(desk.book, desk.year, desk.next_serial))
    registered = Registered(
        about=about,
        warrant=warrant,
        year=desk.year,
        serial=desk.next_serial,
        kind_of="complaint",
        channel=Mode.UNIT_DIRECT.value,
        received=received(desk),
        letter=letter.sha256,
        rules=("filing",),
    )
    return registered, FiledByUnit(about=about, warrant=warrant, unit=unit, letter=letter.sha256)


def _report(file: CaseFile, letter: Letter, read: UnitReply, warrant: Warrant) -> ResultReported:
    return ResultReported(
        about=file.about,
        warrant=warrant,
        unit=file.lead,
        finding=read.finding,
        missing=read.missing,
        letter=letter.sha256,
    )


def _known(letter: Letter) -> tuple[Identity, ...]:
    """Whoever the filing names; where it names nobody, the filing itself is what would identify, so that the guard knows its case (A41)."""
    found = find_identities(letter.subject, letter.own_words, "", "")
    return found or (Identity("number", letter.sha256),)
