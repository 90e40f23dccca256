"""A complainant's reply with a code of ours, from the address it was written to: opinion, question, withdrawal, consent, or more facts."""

import dataclasses

from rules.asking import ask
from rules.case import CaseFile
from rules.decision import Decision, Disposition, Draft, Filing, Reason, Warrant, WarrantKind
from rules.desk import CodeHit, Desk
from rules.events import Consented, Event, Joined, Supplemented
from rules.handling.closing import opinion_given
from rules.handling.held import told
from rules.letter import Letter
from rules.life import State
from rules.notices.notice import Ref, To
from rules.notices.to_complainant import Promise, StatusTold, SupplementReceived
from rules.replies.complainant_words import Opinion, asks_state, opinion, withdraws
from rules.shield import Identity, consent, find_identities, redact
from rules.shown import clock_label, label, number
from rules.terms import about_case, promise_result, start, today


def from_complainant(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    """What follows. The first thing said counts; what is unclear is a supplement, which moves nothing."""
    said = opinion(letter.own_words)
    if said is not Opinion.NONE and file.state is State.FEEDBACK:
        return opinion_given(letter, desk, hit, file, said)
    if withdraws(letter.own_words):
        return _withdrawal(letter, desk, hit, file)
    agreed = consent(letter.own_words).agreed
    if agreed is not None:
        return _consent(letter, desk, hit, file, agreed=agreed)
    if asks_state(letter.own_words):
        return _status(letter, desk, hit, file)
    return supplement(letter, desk, hit, file)


def joined(letter: Letter, hit: CodeHit, file: CaseFile, part: str, *events: Event) -> Decision:
    """The letter joins its case on the strength of its code."""
    warrant = Warrant(WarrantKind.CODE, hit.occasion, "complainant")
    event = Joined(about=about_case(file.ref), warrant=warrant, letter=letter.sha256, part=part)
    return Decision(
        Disposition.JOINED, part, (Reason(f"complainant-{part}"),), (Filing(file.ref, part),), (event, *events)
    )


def supplement(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    """补充材料: filed and told so; what it names is known to the guard from now on (F94); a case that waited for it goes on."""
    warrant = Warrant(WarrantKind.CODE, hit.occasion, "complainant")
    about = about_case(file.ref)
    events: tuple[Event, ...] = ()
    if file.state is State.SUPPLEMENT:
        events = (
            Supplemented(about=about, warrant=warrant, letter=letter.sha256),
            start(desk, about, "accept", warrant),
            promise_result(desk, about, warrant, accepted=False),
        )
    asked = ask(desk, "forward", f"{file.ref}:{letter.sha256[:8]}", about, **told(letter, desk))
    decision = joined(letter, hit, file, "supplement", *events)
    return dataclasses.replace(
        decision,
        notices=(_told_received(letter, desk, hit, file),),
        questions=(asked,) if events else (),
        identities=((file.ref, _identities(letter)),),
        drafts=(_draft(letter, desk, file),) if events else (),
    )


def _identities(letter: Letter) -> tuple[Identity, ...]:
    names = tuple(part.name or "" for part in letter.attachments)
    return find_identities(letter.subject, letter.own_words, letter.from_name, letter.from_addr, names)


def _draft(letter: Letter, desk: Desk, file: CaseFile) -> Draft:
    """The complaint's draft with the new facts below it."""
    known = tuple(identity for ref, identities in desk.identities if ref == file.ref for identity in identities)
    redaction = redact(letter.subject, letter.own_words, (*known, *_identities(letter)))
    old = desk.draft(file.ref)
    before = f"{old.text}\n\n" if old else ""
    return Draft(file.ref, old.subject if old else redaction.subject, before + redaction.text, redaction.refused or "")


def _told_received(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> SupplementReceived:
    return SupplementReceived(
        to=To(hit.address, "complainant"),
        about=about_case(file.ref),
        occasion=f"supplement:{letter.sha256[:16]}",
        number=number(file, desk.book),
        ref=Ref(file.ref),
        received=today(desk),
        reply_to_message=letter.message_id,
        acts_until_round=file.round,
    )


def _status(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    promises = tuple(
        Promise(clock_label(desk.book, clock.clock), clock.due, clock.provisional)
        for clock in file.clocks
        if clock.promised
    )
    notice = StatusTold(
        to=To(hit.address, "complainant"),
        about=about_case(file.ref),
        occasion=f"status:{letter.sha256[:16]}",
        number=number(file, desk.book),
        ref=Ref(file.ref),
        state=label(desk.book, "state", file.state),
        received=file.received,
        promises=promises,
        reply_to_message=letter.message_id,
        acts_until_round=file.round,
    )
    return dataclasses.replace(joined(letter, hit, file, "status"), notices=(notice,))


def _withdrawal(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    """撤回: asked of a person, who sees when the unit learned of the case (A81); the unit is told only then (L74)."""
    asked = ask(desk, "withdrawal", file.ref, about_case(file.ref), unit=file.lead, **told(letter, desk))
    return dataclasses.replace(joined(letter, hit, file, "withdrawal"), questions=(asked,))


def _consent(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile, *, agreed: bool) -> Decision:
    warrant = Warrant(WarrantKind.CODE, hit.occasion, "complainant")
    event = Consented(about=about_case(file.ref), warrant=warrant, agreed=agreed, letter=letter.sha256)
    return dataclasses.replace(
        joined(letter, hit, file, "consent", event), notices=(_told_received(letter, desk, hit, file),)
    )
