"""A complainant's reply with a code of ours, from the address it was written to: opinion, question, withdrawal, consent, or more facts."""

import dataclasses

from rules.asking import ask
from rules.case import CaseFile
from rules.decision import Decision, Disposition, Draft, Filing, Reason, Warrant, WarrantKind
from rules.desk import CodeHit, Desk
from rules.events import ClockStarted, Consented, Event, Joined, Supplemented
from rules.handling.closing import opinion_given
from rules.handling.held import told
from rules.letter import Letter
from rules.life import State
from rules.notices.notice import Ref, To
from rules.notices.to_complainant import Promise, StatusTold, SupplementReceived
from rules.replies.complainant_words import Opinion, asks_state, opinion, withdraws
from rules.shield import Identity, consent, find_identities, redact
from rules.shown import clock_label, label, number
from rules.terms import about_case, promise_result, resume, start, today
from rules.wording import wording

say = wording("rules")


def from_complainant(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    """What follows. The first thing said counts; what is unclear is a supplement, which moves nothing."""
    said = opinion(letter.own_words)
    if said is not Opinion.NONE and (file.state is State.FEEDBACK or file.ended or hit.template == "result_told"):
        return opinion_given(letter, desk, hit, file, said)
    if not (letter.own_words or letter.forwarded or letter.attachments or letter.links):
        return _nothing_new(letter, desk, hit, file)
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


def _nothing_new(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    """Only our own words came back (L35): a person looks, nobody is thanked for nothing."""
    asked = ask(
        desk,
        "supplement",
        f"{file.ref}:{letter.sha256[:8]}",
        about_case(file.ref),
        why=say("reply-empty"),
        **told(letter, desk),
    )
    return dataclasses.replace(joined(letter, hit, file, "empty"), questions=(asked,))


def supplement(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    """补充材料: filed and told so; what it names is known to the guard from now on (F94); a case that waited for it goes on.

    A person sees every one: it may be a new matter, which he opens (L76).
    """
    warrant = Warrant(WarrantKind.CODE, hit.occasion, "complainant")
    about = about_case(file.ref)
    gone_on: tuple[ClockStarted, ...] = ()
    events: tuple[Event, ...] = ()
    if file.state is State.SUPPLEMENT:
        gone_on = resume(file, desk, warrant) or (
            start(desk, about, "accept", warrant),
            promise_result(desk, about, warrant, accepted=False),
        )
        events = (Supplemented(about=about, warrant=warrant, letter=letter.sha256), *gone_on)
    kind = "forward" if events else "supplement"
    asked = ask(desk, kind, f"{file.ref}:{letter.sha256[:8]}", about, **told(letter, desk))
    decision = joined(letter, hit, file, "supplement", *events)
    return dataclasses.replace(
        decision,
        notices=(_told_received(letter, desk, hit, file, gone_on),),
        questions=(asked,),
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


def _told_received(
    letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile, gone_on: tuple[ClockStarted, ...] = ()
) -> SupplementReceived:
    return SupplementReceived(
        to=To(hit.address, "complainant"),
        about=about_case(file.ref),
        occasion=f"supplement:{letter.sha256[:16]}",
        number=number(file, desk.book),
        ref=Ref(file.ref),
        received=today(desk),
        promises=tuple(
            Promise(clock_label(desk.book, clock.clock), clock.due, clock.provisional)
            for clock in gone_on
            if clock.promised
        ),
        reply_to_message=letter.message_id,
        acts_until_round=file.round,
    )


def _status(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    return dataclasses.replace(
        joined(letter, hit, file, "status"), notices=(_state_told(letter, desk, hit.address, file),)
    )


def own_state(letter: Letter, desk: Desk) -> Decision | None:
    """查询 without a code, from the address the one case is registered with: its state goes there and nothing else happens (L75, S50)."""
    if not asks_state(letter.own_words) or desk.auto_today >= desk.book.limits.per_address_day:
        return None
    own = [file for file in desk.files if desk.complainant(file.ref).lower() == letter.from_addr.lower()]
    named = (
        [file for file in own if {file.ref, number(file, desk.book)} & set(letter.numbers)] if letter.numbers else own
    )
    if len(named) != 1 or letter.auth == "fail":
        return None
    file = named[0]
    event = Joined(about=about_case(file.ref), letter=letter.sha256, part="status")
    return Decision(
        Disposition.JOINED,
        "status",
        (Reason("complainant-status"),),
        (Filing(file.ref, "status"),),
        (event,),
        (_state_told(letter, desk, desk.complainant(file.ref), file),),
    )


def _state_told(letter: Letter, desk: Desk, address: str, file: CaseFile) -> StatusTold:
    promises = tuple(
        Promise(clock_label(desk.book, clock.clock), clock.due, clock.provisional)
        for clock in file.running
        if clock.promised
    )
    return StatusTold(
        to=To(address, "complainant"),
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


def _withdrawal(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    """撤回: asked of a person, who sees when the unit learned of the case (A81); the unit is told only then (L74)."""
    known = say("withdrawal-known", unit=file.lead) if file.lead else ""
    asked = ask(desk, "withdrawal", file.ref, about_case(file.ref), why=known, unit=file.lead, **told(letter, desk))
    return dataclasses.replace(joined(letter, hit, file, "withdrawal"), questions=(asked,))


def _consent(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile, *, agreed: bool) -> Decision:
    warrant = Warrant(WarrantKind.CODE, hit.occasion, "complainant")
    event = Consented(about=about_case(file.ref), warrant=warrant, agreed=agreed, letter=letter.sha256)
    return dataclasses.replace(
        joined(letter, hit, file, "consent", event), notices=(_told_received(letter, desk, hit, file),)
    )
