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
from rules.policy.matters import GRIEVANCES, Kind, Mode
from rules.terms import today

RULE = Warrant(WarrantKind.RULE, "complaint")


def opened(letter: Letter, desk: Desk, *, warrant: Warrant = RULE, channel: str = "mailbox") -> Decision:
    """Open a case for the letter. `channel`: mailbox, or how else the words came (web)."""
    matter = study(letter, desk, channel)
    about = about_case(matter.ref)
    begun = _begin(matter, about, warrant)
    file = fold_all(fold(None, begun[0]), begun[1:])
    automatic = matter.judgement.kind in GRIEVANCES and _may_go(matter)
    draft = Draft(matter.ref, matter.redaction.subject, matter.redaction.text, matter.redaction.refused or "")
    papers = tuple((case or matter.ref, clean, name) for case, clean, name in desk.papers)
    back = tuple(dataclasses.replace(each, case=each.case or matter.ref) for each in desk.held_back)
    desk_now = dataclasses.replace(
        desk, papers=papers, held_back=back, files=(*desk.files, file), drafts=(*desk.drafts, draft)
    )
    follow = (
        assign(desk_now, file, matter.judgement.route[0].unit or "", RULE, _co_units(matter)) if automatic else None
    )
    events = (*begun, *(follow.events if follow else ()))
    decision = Decision(
        Disposition.OPENED,
        matter.judgement.kind.value,
        tuple(Reason(reason.rule, reason.because, reason.spans) for reason in matter.judgement.why),
        (Filing(matter.ref, "complaint"),),
        events,
        follow.notices if follow else (),
        ask_withheld(desk_now, file, letter) if follow else (question(matter, about),),
        identities=((matter.ref, matter.identities),),
        parties=(Party(matter.ref, "complainant", letter.from_addr), *(follow.parties if follow else ())),
        drafts=(draft,),
    )
    return _answered(decision, matter, fold_all(file, follow.events) if follow else file)


def _begin(matter: NewMatter, about: str, warrant: Warrant) -> tuple[Event, ...]:
    letter, desk, judged = matter.letter, matter.desk, matter.judgement
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


def _may_go(matter: NewMatter) -> bool:
    """One clear respondent, a complaint, none of R1–R4, the shield sure, the unit reachable: then the book may let it go by itself."""
    judged, desk = matter.judgement, matter.desk
    sure = (
        judged.kind is Kind.COMPLAINT
        and judged.mode is Mode.TRANSFER
        and judged.confidence is Confidence.HIGH
        and not judged.questions
    )
    return bool(
        desk.book.office.auto_forward
        and sure
        and not matter.reader[0]
        and len(judged.route) == 1
        and judged.route[0].unit
        and desk.contact(judged.route[0].unit or "")
        and not matter.redaction.refused
        and matter.letter.auth != "fail"
        and not matter.letter.limits
    )


def _co_units(matter: NewMatter) -> tuple[str, ...]:
    return tuple(target.unit for target in matter.judgement.route[1:] if target.unit)


def _answered(decision: Decision, matter: NewMatter, file: CaseFile) -> Decision:
    """The receipt, or the reason why none is due (ANSWERED)."""
    reason = why_none(matter.letter, matter.desk)
    if reason:
        event = NoReceipt(about=about_case(matter.ref), reason=reason)
        return dataclasses.replace(decision, events=(*decision.events, event))
    first: Notice = receipt(matter.letter, matter.desk, file, urgent="N11" in matter.judgement.grounds)
    return dataclasses.replace(decision, notices=(first, *decision.notices))
