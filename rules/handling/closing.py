"""The end of a case: the complainant's opinion (S79), redo where he is not satisfied, closure with an outcome (S41), and both sides told."""

import dataclasses
from functools import partial

from rules.asking import ask, per_letter
from rules.case import CaseFile, fold_all
from rules.decision import Decision, Warrant
from rules.desk import CodeHit, Desk
from rules.events import Closed, Event, OpinionGiven, Redone
from rules.evidence.words import word
from rules.handling.drafting import identities_of, known_at
from rules.handling.joining import joins
from rules.handling.lacking import named
from rules.handling.supervising import proposal, reason
from rules.letter import Letter
from rules.letterhead import complainant_head, unit_head
from rules.life import State
from rules.notices.notice import NOTHING_APPROVED, Approved, Label, Notice
from rules.notices.to_complainant import OpinionReceived
from rules.notices.to_unit import OpinionPassed, RedoOrder
from rules.replies.complainant_words import Opinion
from rules.shield import Redacted, redact
from rules.shield.marks import in_order
from rules.terms import due_in, promise_result, start
from rules.wording import wording

say = wording("rules")


def opinion_given(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile, said: Opinion) -> Decision:
    """The first opinion counts (L73). Satisfied closes; unsatisfied goes back to the unit with the redacted words; doubtful asks a person."""
    warrant, about = hit.warrant("complainant"), file.about
    heard = partial(joins, letter, file.ref, "opinion", "complainant-opinion", warrant=warrant)
    waits = file.state is State.FEEDBACK and not file.opinion and not hit.spent and hit.round == file.round
    if said is Opinion.DOUBTFUL or not waits:
        where = say("opinion-gone-on", case=file.into) if file.into else ""
        facts = {"why": where, "unit": file.lead, "opinion": letter.own_words}
        asked = ask(desk, "opinion", per_letter(file.ref, letter), about, **facts)
        if file.state is not State.FEEDBACK:
            asked = dataclasses.replace(asked, choices=("hold",))
        return heard(questions=(asked,))
    given = OpinionGiven(about=about, warrant=warrant, value=said.value, letter=letter.sha256)
    words = _redacted(letter, desk, file)
    if said is Opinion.UNSATISFIED:
        if words is None:
            facts = {"unit": file.lead, "opinion": letter.own_words, "proposal": reason(desk, file, "unsatisfied")}
            asked = ask(desk, "unsatisfied", f"{file.ref}:{file.round}", about, **facts)
            return heard(given, questions=(asked,))
        again = not_satisfied(desk, file, given, opinion=words)
        notices = (*again.notices, _thanks(desk, hit, file, said, again.events))
        return heard(*again.events, notices=notices, questions=again.questions, spent=(hit.occasion,))
    ends = satisfied(desk, file, given, words)
    notices = (*ends.notices, _thanks(desk, hit, file, said, ()))
    return heard(*ends.events, notices=notices, spent=(hit.occasion,))


def satisfied(desk: Desk, file: CaseFile, given: OpinionGiven, words: Redacted | None = None) -> Decision:
    """He is satisfied, or rather: the case ends with that, and the unit hears it."""
    closed = Closed(about=given.about, warrant=given.warrant, outcome=given.value)
    return Decision(events=(given, closed), notices=opinion_passed(desk, file, given.value, words))


def not_satisfied(
    desk: Desk,
    file: CaseFile,
    given: OpinionGiven,
    *,
    opinion: Redacted | None = None,
    remark: Approved = NOTHING_APPROVED,
) -> Decision:
    """He is not: back to the unit with his words, and 重点督办 is proposed where the book says so."""
    events, notices = redone(desk, file, given.warrant, "unsatisfied", opinion=opinion, remark=remark)
    moved = (given, *events)
    return Decision(events=moved, notices=notices, questions=proposal(desk, fold_all(file, moved), "unsatisfied"))


def _redacted(letter: Letter, desk: Desk, file: CaseFile) -> Redacted | None:
    """The opinion as a unit may read it; None where the shield wants a person to look (A39)."""
    redaction = redact("", letter.own_words, in_order((*known_at(desk, file.ref), *identities_of(letter, desk))))
    return None if redaction.refused else redaction.text


def redone(
    desk: Desk,
    file: CaseFile,
    warrant: Warrant,
    reason: str,
    *,
    opinion: Redacted | None = None,
    missing: tuple[str, ...] = (),
    remark: Approved = NOTHING_APPROVED,
) -> tuple[tuple[Event, ...], tuple[Notice, ...]]:
    """退回重办: the events and the order to the unit; codes of earlier letters act no more (A7)."""
    about, unit = file.about, file.lead
    sign, handle = start(desk, about, "sign", warrant), start(desk, about, "handle", warrant)
    events: tuple[Event, ...] = (
        Redone(about=about, warrant=warrant, unit=unit, reason=reason, round=file.round + 1),
        sign,
        handle,
        promise_result(desk, about, warrant, accepted=True),
    )
    contact = desk.contact(unit)
    if contact is None:
        return events, ()
    order = RedoOrder(
        **unit_head(desk, file, contact, f"redo:{file.ref}:{file.round + 1}"),
        reason=Label(word("reason", reason)),
        missing=tuple(map(named, missing)),
        opinion=opinion,
        remark=remark,
        due_sign=sign.due,
        due_report=handle.due,
        provisional=handle.provisional,
        round=file.round + 1,
        acts_until_round=file.round + 1,
    )
    return events, (order,)


def opinion_passed(desk: Desk, file: CaseFile, value: str, words: Redacted | None = None) -> tuple[Notice, ...]:
    """双向反馈 (S79): what he thinks of it, to the unit that handled it."""
    contact = desk.contact(file.lead)
    if contact is None:
        return ()
    passed = OpinionPassed(
        **unit_head(desk, file, contact, f"opinion:{file.ref}:{file.round}"),
        value=Label(say(f"opinion-{value}")),
        opinion=words,
        acts_until_round=file.round,
    )
    return (passed,)


def _thanks(desk: Desk, hit: CodeHit, file: CaseFile, said: Opinion, events: tuple[Event, ...]) -> OpinionReceived:
    due, provisional = due_in(desk, sum(desk.book.clocks[step].days for step in ("handle", "review", "feedback")))
    return OpinionReceived(
        **complainant_head(desk, file, hit.address, f"thanks:{file.ref}:{file.round}"),
        value=Label(say(f"opinion-{said.value}")),
        closed=not events,
        due=due if events else None,
        provisional=provisional if events else False,
        acts_until_round=file.round + (1 if events else 0),
    )


def unrated(file: CaseFile, warrant: Warrant) -> Decision:
    """No opinion came in time: 未评价, closed, not counted as satisfied."""
    about = file.about
    closed = Closed(about=about, warrant=warrant, outcome="none")
    return Decision(events=(closed,), notices=())
