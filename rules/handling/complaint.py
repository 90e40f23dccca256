"""A person's letter that belongs to no case yet: registered whatever it says (S41), receipted; then forwarded, or asked about.

Nothing is refused here (NEVER-REFUSE), nothing goes to a unit unless the book allows it without a person and the shield is sure.
"""

import dataclasses
from datetime import date

from rules.case import CaseFile, fold, fold_all
from rules.days import local_day
from rules.decision import Decision, Disposition, Draft, Filing, Party, Reason, Warrant, WarrantKind
from rules.desk import Desk
from rules.events import Consented, Event, NoReceipt, Noted, Registered, about_case
from rules.handling.assigning import ask_withheld, assign
from rules.handling.drafting import disclosure_of, line_of
from rules.handling.new_matter import NewMatter, first_clocks, question, study
from rules.handling.receipt import receipt, why_none
from rules.judging import Confidence
from rules.letter import Letter
from rules.notices.notice import Notice
from rules.policy.matters import Kind, Mode
from rules.terms import today

RULE = Warrant(WarrantKind.RULE, "complaint")


def opened(letter: Letter, desk: Desk, *, warrant: Warrant = RULE, channel: str = "mailbox") -> Decision:
    """Open a case for the letter. `channel`: mailbox, or how else the words came (web)."""
    matter = study(letter, desk, channel)
    begun = _begin(matter, warrant)
    file = fold_all(fold(None, begun[0]), begun[1:])
    decision = Decision(
        Disposition.OPENED,
        matter.judgement.kind.value,
        tuple(Reason(reason.rule, reason.because, reason.spans) for reason in matter.judgement.why),
        (Filing(matter.ref, "complaint"),),
        begun,
        identities=((matter.ref, matter.identities),),
        parties=(Party(matter.ref, "complainant", letter.from_addr),),
        drafts=(Draft(matter.ref, matter.redaction.subject, matter.redaction.text, matter.redaction.refused or ""),),
    )
    unit = _goes_to(matter)
    if unit:
        return _forwarded(decision, matter, file, unit)
    return _answered(dataclasses.replace(decision, questions=(question(matter, file.about),)), matter, file)


def _forwarded(decision: Decision, matter: NewMatter, file: CaseFile, unit: str) -> Decision:
    """To the unit at once; a person is asked about nothing but files that could not be made clean."""
    desk = _laid_out(matter.desk, file, decision.drafts)
    sent = assign(desk, file, unit, RULE)
    forwarded = dataclasses.replace(
        decision,
        events=(*decision.events, *sent.events),
        notices=sent.notices,
        questions=ask_withheld(desk, file, matter.letter),
        parties=(*decision.parties, *sent.parties),
    )
    return _answered(forwarded, matter, fold_all(file, sent.events))


def _laid_out(desk: Desk, file: CaseFile, drafts: tuple[Draft, ...]) -> Desk:
    """The desk with the new case on it: its draft, and the letter's files as its own."""
    return dataclasses.replace(
        desk,
        papers=tuple((case or file.ref, clean, name) for case, clean, name in desk.papers),
        held_back=tuple(dataclasses.replace(each, case=each.case or file.ref) for each in desk.held_back),
        files=(*desk.files, file),
        drafts=(*desk.drafts, *drafts),
    )


def _begin(matter: NewMatter, warrant: Warrant) -> tuple[Event, ...]:
    letter, desk, judged, about = matter.letter, matter.desk, matter.judgement, about_case(matter.ref)
    named = any(identity.kind == "name" and identity.role == "complainant" for identity in matter.identities)
    registered = Registered(
        about=about,
        warrant=warrant,
        year=desk.year,
        serial=desk.next_serial,
        kind_of=judged.kind.value,
        categories=judged.categories,
        channel=matter.channel,
        received=received(desk),
        letter=letter.sha256,
        anonymous=not named,
        flags=("received-guessed",) if desk.seen and desk.seen.guessed else (),
        rules=tuple(reason.rule for reason in judged.why),
    )
    told_already = any(desk.contact_at(address) for address in (*letter.to, *letter.cc))
    noted = (Noted(about=about, what="disclosed-by-sender", letter=letter.sha256),) if told_already else ()
    return (
        registered,
        *noted,
        line_of(letter, about, matter.redaction),
        *_consented(letter, desk, about),
        *first_clocks(desk, about, judged.kind, RULE),
    )


def _consented(letter: Letter, desk: Desk, about: str) -> tuple[Event, ...]:
    """What he says of disclosure in the complaint itself (L77)."""
    said = disclosure_of(letter, desk)
    if said.agreed is None:
        return ()
    return (Consented(about=about, agreed=said.agreed, letter=letter.sha256, scope=said.scope),)


def received(desk: Desk) -> date:
    """The day by the server's clock (F60); the desk's own day for what came another way."""
    return local_day(desk.seen.received) if desk.seen else today(desk)


def _goes_to(matter: NewMatter) -> str:
    """The unit that the book lets the case go to by itself: one clear respondent of a complaint, none of R1–R4, the shield sure, the unit
    reachable. '' where a person must look first."""
    judged, letter, desk = matter.judgement, matter.letter, matter.desk
    clear = (
        judged.kind is Kind.COMPLAINT
        and judged.mode is Mode.TRANSFER
        and judged.confidence is Confidence.HIGH
        and not judged.questions
        and len(judged.route) == 1
    )
    safe = letter.auth != "fail" and not (matter.reader[0] or matter.redaction.refused or letter.limits)
    if not (desk.book.office.auto_forward and clear and safe):
        return ""
    unit = judged.route[0].unit or ""
    return unit if desk.contact(unit) else ""


def _answered(decision: Decision, matter: NewMatter, file: CaseFile) -> Decision:
    """The receipt, or the reason why none is due (ANSWERED)."""
    reason = why_none(matter.letter, matter.desk)
    if reason:
        event = NoReceipt(about=about_case(matter.ref), reason=reason)
        return dataclasses.replace(decision, events=(*decision.events, event))
    first: Notice = receipt(matter.letter, matter.desk, file, urgent="N11" in matter.judgement.grounds)
    return dataclasses.replace(decision, notices=(first, *decision.notices))
