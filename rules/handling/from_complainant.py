"""A complainant's reply with a code of ours, from the address it was written to: opinion, question, withdrawal, consent, or more facts."""

import dataclasses
from typing import Any

from rules.asking import ask, per_letter
from rules.case import CaseFile
from rules.decision import Decision, Draft, Question
from rules.desk import CodeHit, Desk
from rules.events import ClockStarted, Consented, Event, Supplemented
from rules.handling.assigning import ask_added
from rules.handling.closing import opinion_given
from rules.handling.copies import heard_already, opinion_before_copy
from rules.handling.drafting import drafted, identities_of, known_at, line_of
from rules.handling.held import told
from rules.handling.joining import joins
from rules.handling.new_matter import asked_with_more
from rules.handling.status import state_told
from rules.letter import Letter
from rules.letterhead import complainant_head
from rules.life import State
from rules.notices.to_complainant import SupplementReceived
from rules.offering import standing
from rules.replies.complainant_words import Opinion, asks_state, opinion, withdraws
from rules.shield import Consent, Redaction, consent
from rules.shield.marks import in_order
from rules.shown import day_shown, promises_of
from rules.terms import promise_result, resume, start, today
from rules.wording import wording

say = wording("rules")
ASKED_FOR_OPINION = frozenset({"result_told", "office_answer", "visit_asked"})
"""Letters that ask for an opinion."""
ANSWER_ALONE = 60
"""Signs of a letter that says yes or no to disclosure and nothing else."""


def from_complainant(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    """What follows from the reply; whomever it names is known to the guard from now on, whatever the reply was (F94)."""
    decision = _follows(letter, desk, hit, file)
    return dataclasses.replace(decision, identities=((file.ref, identities_of(letter, desk)),))


def _follows(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    """The first of these that the reply says: opinion, withdrawal, consent, question. Anything else is a supplement, which moves nothing."""
    said = opinion(letter.own_words)
    if heard_already(file, said):
        return opinion_before_copy(letter, desk, hit, file, said)
    if said is not Opinion.NONE and (file.state is State.FEEDBACK or file.ended or hit.template in ASKED_FOR_OPINION):
        return _with_proofs(opinion_given(letter, desk, hit, file, said), letter, desk, file, said)
    if not (letter.own_words or letter.forwarded or letter.attachments or letter.links):
        return _nothing_new(letter, desk, hit, file)
    disclosure = consent(letter.own_words)
    if withdraws(letter.own_words) and not disclosure.back:
        return _withdrawal(letter, desk, hit, file)
    if disclosure.agreed is not None:
        return _consent(letter, desk, hit, file, disclosure)
    if asks_state(letter.own_words):
        return _status(letter, desk, hit, file)
    return supplement(letter, desk, hit, file)


def _with_proofs(decision: Decision, letter: Letter, desk: Desk, file: CaseFile, said: Opinion) -> Decision:
    """Whoever is not content often sends what shows why: a person says which of it the unit gets with the redo."""
    if said not in (Opinion.UNSATISFIED, Opinion.DOUBTFUL):
        return decision
    return dataclasses.replace(decision, questions=(*decision.questions, *ask_added(desk, file, letter)))


def joined(letter: Letter, hit: CodeHit, file: CaseFile, part: str, *events: Event, **rest: Any) -> Decision:
    """The letter joins its case on the strength of its code."""
    return joins(letter, file.ref, part, f"complainant-{part}", *events, warrant=hit.warrant("complainant"), **rest)


def _nothing_new(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    """Only our own words came back (L35): a person looks, nobody is thanked for nothing."""
    asked = ask(
        desk,
        "supplement",
        per_letter(file.ref, letter),
        file.about,
        why=say("reply-empty"),
        **told(letter, desk),
    )
    return joined(letter, hit, file, "empty", questions=(asked,))


def supplement(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    """补充材料: filed and told so; what it names is known to the guard from now on (F94); a case that waited for it goes on.

    A person sees every one: it may be a new matter, which he opens (L76).
    """
    warrant = hit.warrant("complainant")
    about = file.about
    gone_on: tuple[ClockStarted, ...] = ()
    events: tuple[Event, ...] = ()
    drafts: tuple[Draft, ...] = ()
    if file.state is State.SUPPLEMENT:
        gone_on = resume(file, desk, warrant) or (
            start(desk, about, "accept", warrant),
            promise_result(desk, about, warrant, accepted=False),
        )
        redaction = drafted(letter, in_order((*known_at(desk, file.ref), *identities_of(letter, desk))), desk)
        drafts = (_draft(desk, file, redaction),)
        line = line_of(letter, about, redaction)
        events = (Supplemented(about=about, warrant=warrant, letter=letter.sha256), line, *gone_on)
    asked = asked_with_more(letter, desk, file, drafts[0]) if drafts else _shown(letter, desk, file)
    return joined(
        letter,
        hit,
        file,
        "supplement",
        *events,
        notices=(_told_received(letter, desk, hit, file, gone_on),),
        questions=(asked, *ask_added(desk, file, letter)),
        drafts=drafts,
    )


def _shown(letter: Letter, desk: Desk, file: CaseFile) -> Question:
    """A person sees what came beside a case that goes on, or has ended and was archived."""
    why = say("reply-archived", day=day_shown(file.archived)) if file.archived else ""
    key = per_letter(file.ref, letter)
    asked = ask(desk, "supplement", key, file.about, why=why, **told(letter, desk))
    if file.archived:
        return dataclasses.replace(asked, choices=("open", "hold"))
    return standing(dataclasses.replace(asked, choices=(*asked.choices, "tell-units")), file)


def _draft(desk: Desk, file: CaseFile, redaction: Redaction) -> Draft:
    """The complaint's draft with the new facts below it."""
    old = desk.draft(file.ref)
    before = f"{old.text}\n\n" if old else ""
    return Draft(file.ref, old.subject if old else redaction.subject, before + redaction.text, redaction.refused or "")


def _told_received(
    letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile, gone_on: tuple[ClockStarted, ...] = ()
) -> SupplementReceived:
    return SupplementReceived(
        **complainant_head(desk, file, hit.address, f"supplement:{letter.sha256[:16]}"),
        received=today(desk),
        promises=promises_of(desk.book, gone_on),
        ended=file.ended,
        reply_to_message=letter.message_id,
        acts_until_round=file.round,
    )


def _status(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    notices, questions = (state_told(letter, desk, hit.address, file),), ask_added(desk, file, letter)
    return joined(letter, hit, file, "status", notices=notices, questions=questions)


def _withdrawal(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    """撤回: asked of a person, who sees when the unit learned of the case (A81); the unit is told only then (L74)."""
    known = say("withdrawal-known", unit=file.lead) if file.lead else ""
    asked = ask(desk, "withdrawal", file.ref, file.about, why=known, unit=file.lead, **told(letter, desk))
    questions = (asked, *ask_added(desk, file, letter))
    return joined(letter, hit, file, "withdrawal", questions=questions)


def _consent(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile, said: Consent) -> Decision:
    """同意披露, 不同意, 收回同意: recorded for this case, limited to what he named; what else he writes is a supplement beside it."""
    event = Consented(
        about=file.about,
        warrant=hit.warrant("complainant"),
        agreed=bool(said.agreed),
        letter=letter.sha256,
        scope=said.scope if said.agreed else (),
    )
    if len(letter.own_words.strip()) > ANSWER_ALONE or letter.attachments:
        more = supplement(letter, desk, hit, file)
        return dataclasses.replace(more, events=(*more.events, event))
    return joined(letter, hit, file, "consent", event, notices=(_told_received(letter, desk, hit, file),))
