"""单位直接受理备案 (S83, S84): a unit files what it received and handles itself; it answers, and copies the office.

LIMITS: a unit's mailbox proves little, so a person takes every filing in (`备案`); the office does not know who complained and asks nobody.
"""

from rules.asking import ask
from rules.decision import Decision, Disposition, Filing, Party, Reason, Warrant
from rules.desk import Contact, Desk
from rules.events import Event, FiledByUnit, Registered, ResultReported, about_case
from rules.handling.complaint import received
from rules.handling.held import hold
from rules.letter import Letter
from rules.letterhead import to_unit
from rules.notices.notice import Number, Ref, UnitName
from rules.notices.to_unit import FilingReceived
from rules.numbers import register_number
from rules.policy.matters import Mode
from rules.replies.folding import folded, has, words
from rules.replies.unit_words import Said, UnitReply, understand
from rules.shield import Identity, find_identities
from rules.shown import next_reference, signs
from rules.terms import start, today
from rules.wording import wording

say = wording("rules")


def filing(letter: Letter, desk: Desk) -> Decision | None:
    """A letter of a unit that says it files something; None where it says no such thing."""
    text = folded(f"{letter.subject}{letter.own_words[:400]}")
    if desk.sender.role != "unit" or not has(text, words()["unit"]["filing"]):
        return None
    return hold(letter, desk, "filing", kind="filing", unit=desk.sender.unit)


def filed(letter: Letter, desk: Desk, contact: Contact, warrant: Warrant) -> Decision:
    """The shadow case: registered, handled by the unit that filed it, its report awaited or, where the letter brought it, in review."""
    ref = next_reference(desk.book, desk.year, desk.next_serial)
    about = about_case(ref)
    read = understand(letter.own_words, today(desk))
    reported = read.said is Said.RESULT
    handle = start(desk, about, "review" if reported else "handle", warrant)
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
    begun: tuple[Event, ...] = (
        registered,
        FiledByUnit(about=about, warrant=warrant, unit=contact.unit, letter=letter.sha256),
    )
    events = (*begun, *_reported(about, contact.unit, letter, read, warrant), handle) if reported else (*begun, handle)
    notice = FilingReceived(
        to=to_unit(contact),
        about=about,
        occasion=f"filed:{ref}",
        number=_number(desk),
        ref=Ref(ref),
        unit=UnitName(contact.unit),
        received=received(desk),
        due_report=handle.due,
        provisional=handle.provisional,
        reported=reported,
        acts_until_round=1,
    )
    review = ask(desk, "review", f"{ref}:1:{letter.sha256[:8]}", about, unit=contact.unit, result=letter.own_words)
    return Decision(
        Disposition.OPENED,
        "filing",
        (Reason("filing"),),
        (Filing(ref, "complaint"),),
        events,
        (notice,),
        (review,) if reported else (),
        identities=((ref, _known(letter)),),
        parties=(Party(ref, f"unit:{contact.unit}", contact.address),),
    )


def _number(desk: Desk) -> Number:
    return Number(register_number(desk.year, desk.next_serial, signs(desk.book)))


def _reported(about: str, unit: str, letter: Letter, read: UnitReply, warrant: Warrant) -> tuple[Event, ...]:
    return (
        ResultReported(
            about=about, warrant=warrant, unit=unit, finding=read.finding, missing=read.missing, letter=letter.sha256
        ),
    )


def _known(letter: Letter) -> tuple[Identity, ...]:
    """Whoever the filing names; where it names nobody, the filing itself is what would identify, so that the guard knows its case (A41)."""
    found = find_identities(letter.subject, letter.own_words, "", "")
    return found or (Identity("number", letter.sha256),)
