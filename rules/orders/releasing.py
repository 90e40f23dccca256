"""A result goes to the complainant: by whom, in which letter, and what it does to the case (谁办理、谁反馈, S80–S84).

the unit handled it        its released words, as its answer (S82)         result_told     ─▶ his opinion is waited for
it answered him itself     nothing to repeat; the copy is in (S84)         visit_asked     ─▶ his opinion
                           … and he said already what he thinks of it      opinion_received ─▶ closed
it filed its own case      he is the unit's; the office knows nobody (S83) –               ─▶ closed, for the record
重点督办, 直接办理          the office's answer, signed by the head (S81)   office_answer   ─▶ his opinion is waited for
"""

import dataclasses
from collections.abc import Iterator
from datetime import date
from typing import TypedDict

from rules.asking import ask
from rules.case import CaseFile
from rules.decision import Decision, Question, Warrant
from rules.desk import Desk, OpenQuestion
from rules.events import ClockStarted, Closed, Event, Noted, ResultApproved
from rules.handling.closing import opinion_passed
from rules.letterhead import complainant_head, unit_head
from rules.life import ANSWERS
from rules.notices.notice import Approved, Label, Notice, UnitName
from rules.notices.to_complainant import OfficeAnswer, OpinionReceived, ResultTold, VisitAsked
from rules.notices.to_unit import UnitConfirmation
from rules.policy.matters import Mode
from rules.terms import fulfil, start
from rules.wording import wording

say = wording("rules")
PLEASED = frozenset({"satisfied", "rather"})


class Asked(TypedDict):
    """What asks for his opinion: by when, and the round that his answer is about."""

    opinion_due: date
    provisional: bool
    acts_until_round: int


def office_answers(file: CaseFile) -> bool:
    """Whether the office itself answers the complainant in this handling mode."""
    return ANSWERS.get(file.handling) == "office"


def to_be_signed(desk: Desk, file: CaseFile, words: str, warrant: Warrant, question: OpenQuestion | None) -> Decision:
    """The reviewer agrees with the draft of the office's answer; the head signs it before it goes."""
    about = file.about
    return Decision(
        events=(Noted(about=about, warrant=warrant, what="answer-drafted"),),
        questions=(_sign(desk, file, words, question.letter if question else ""),),
    )


def _sign(desk: Desk, file: CaseFile, words: str, letter: str) -> Question:
    asked = ask(desk, "sign-off", f"{file.ref}:{file.round}", file.about, unit=file.lead, result=words)
    return dataclasses.replace(asked, proposal=(("text", words),), letter=letter)


def released(desk: Desk, file: CaseFile, words: Approved, warrant: Warrant, before: tuple[Event, ...] = ()) -> Decision:
    """The result is approved: feedback, or the end where the opinion is there already or nobody can be asked."""
    about = file.about
    approved = ResultApproved(about=about, warrant=warrant, unit=file.lead)
    measured = fulfil(file, desk, "feedback", warrant)
    clock = start(desk, about, "opinion", warrant)
    others = tuple(letter for merged in _gone_on(desk, file) for letter in _told(desk, file, merged, words, clock))
    outcome = _outcome_known(desk, file)
    if outcome:
        closed = Closed(about=about, warrant=warrant, outcome=outcome)
        passed = opinion_passed(desk, file, file.opinion) if file.opinion else ()
        told = (*_closed_told(desk, file), *others, *passed)
        return Decision(events=(*before, *measured, approved, closed), notices=(*told, *_confirmed(desk, file)))
    told = (*_told(desk, file, file, words, clock), *others)
    return Decision(events=(*before, *measured, approved, clock), notices=(*told, *_confirmed(desk, file)))


def _outcome_known(desk: Desk, file: CaseFile) -> str:
    """'' where the complainant is asked. A unit's own case has nobody whom the office could ask; it ends as filed."""
    if file.handling == Mode.UNIT_DIRECT and not desk.complainant(file.ref):
        return "filed"
    return file.opinion if file.answered_directly and file.opinion in PLEASED else ""


def _gone_on(desk: Desk, file: CaseFile) -> Iterator[CaseFile]:
    """The cases that went on in this one, and in those (并案)."""
    for merged in desk.files:
        if merged.ref in file.absorbed:
            yield merged
            yield from _gone_on(desk, merged)


def _told(desk: Desk, file: CaseFile, whose: CaseFile, words: Approved, clock: ClockStarted) -> tuple[Notice, ...]:
    """The letter to the complainant of the case, or of one that went on in it, under his own number."""
    finding, unit = Label(say(f"finding-{file.finding or 'none'}")), UnitName(file.lead)
    head = complainant_head(desk, whose, desk.complainant(whose.ref), f"result:{whose.ref}:{file.round}")
    asked = Asked(opinion_due=clock.due, provisional=clock.provisional, acts_until_round=whose.round)
    if office_answers(file):
        return (OfficeAnswer(finding=finding, answer=words, **head, **asked),)
    if file.answered_directly and whose is file:
        return (VisitAsked(unit=unit, **head, **asked),)
    return (ResultTold(unit=unit, finding=finding, result=words, **head, **asked),)


def _closed_told(desk: Desk, file: CaseFile) -> tuple[Notice, ...]:
    """He said what he thinks of it before the copy was in: he hears that it ends now (ANSWERED)."""
    if not file.opinion:
        return ()
    told = OpinionReceived(
        **complainant_head(desk, file, desk.complainant(file.ref), f"result:{file.ref}:{file.round}"),
        value=Label(say(f"opinion-{file.opinion}")),
        closed=True,
        acts_until_round=file.round,
    )
    return (told,)


def _confirmed(desk: Desk, file: CaseFile) -> tuple[Notice, ...]:
    """审核意见：通过, to the unit."""
    contact = desk.contact(file.lead) if file.lead else None
    if contact is None:
        return ()
    told = UnitConfirmation(
        **unit_head(desk, file, contact, f"approved:{file.ref}:{file.round}"),
        what=Label(say("done-approved")),
        acts_until_round=file.round,
    )
    return (told,)
