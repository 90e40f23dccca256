"""One list for a unit of which many cases are due at once, as after days without the daemon: nobody is flooded (F85)."""

import dataclasses
from collections.abc import Sequence

from rules.asking import ask
from rules.case import CaseFile
from rules.decision import Decision, Question
from rules.desk import Contact, Desk
from rules.letterhead import to_unit
from rules.notices.notice import Label, Notice, To, UnitName
from rules.notices.to_organ import DueRow, UnitSummary
from rules.notices.to_unit import LeaderCopy, Supervision, UnitReminder
from rules.remind import due_steps
from rules.terms import today
from rules.urging import AT_UNIT, CIRCULAR_LATE
from rules.wording import wording

say = wording("rules")
TELEPHONE, ESCALATED = "telephone", "escalated"


def due_at(file: CaseFile, desk: Desk) -> str:
    """The unit that time would write to about the case today; '' where it writes to none."""
    waits = any(clock.clock in AT_UNIT and due_steps(clock, desk) for clock in file.running)
    return file.lead if waits else ""


def summed(decisions: Sequence[Decision], contact: Contact, desk: Desk) -> Decision:
    """All of it in one decision: every rung counts as it would alone, and the unit's letters become one list (its leader's too)."""
    letters = tuple(notice for decision in decisions for notice in decision.notices)
    rows = tuple(_row(letter) for letter in letters if isinstance(letter, UnitReminder | Supervision))
    others = tuple(letter for letter in letters if not isinstance(letter, UnitReminder | Supervision | LeaderCopy))
    asked = _one_circular(tuple(question for decision in decisions for question in decision.questions), contact)
    if sum(one.kind == ESCALATED for one in asked) > desk.book.office.day.summary:
        asked = tuple(map(_listed, asked))
    return Decision(
        why=tuple(dict.fromkeys(reason for decision in decisions for reason in decision.why)),
        events=tuple(event for decision in decisions for event in decision.events),
        notices=(*others, *_lists(rows, letters, contact, desk)) if rows else others,
        questions=(
            *(one for one in asked if one.kind != TELEPHONE),
            *_telephone(asked, len({row.number for row in rows}), contact, desk),
        ),
    )


def _one_circular(asked: tuple[Question, ...], contact: Contact) -> tuple[Question, ...]:
    """One 通报 tells of all the cases that the unit is long late with; it is asked about the first of them."""
    late = [question for question in asked if question.kind == CIRCULAR_LATE]
    if len(late) < 2:
        return asked
    lines = [f"{nth}．{dict(question.proposal)['line']}" for nth, question in enumerate(late, 1)]
    text = say("circular-late-list", unit=contact.unit, count=len(late), lines="\n".join(lines))
    facts = tuple((label, text if label == "circular" else says) for label, says in late[0].facts)
    whole = dataclasses.replace(late[0], facts=facts, proposal=(("text", text),))
    return (*(question for question in asked if question.kind != CIRCULAR_LATE), whole)


def for_the_list(decision: Decision) -> Decision:
    """Where very much is due at once, the head is not written to of each case: his next hand-over letter has them all."""
    return dataclasses.replace(decision, questions=tuple(map(_listed, decision.questions)))


def _listed(question: Question) -> Question:
    return dataclasses.replace(question, listed=True) if question.kind == ESCALATED else question


def _row(letter: UnitReminder | Supervision) -> DueRow:
    how = "supervise" if isinstance(letter, Supervision) else "written" if letter.written else "remind"
    return DueRow(letter.number, letter.clock, letter.due, letter.late, Label(say(f"summary-{how}")))


def _lists(rows: tuple[DueRow, ...], letters: tuple[Notice, ...], contact: Contact, desk: Desk) -> tuple[Notice, ...]:
    supervisions = [letter for letter in letters if isinstance(letter, Supervision)]
    copied = any(isinstance(letter, LeaderCopy) for letter in letters)
    party = f"unit:{contact.unit}"

    own = UnitSummary(
        to=to_unit(contact),
        about=party,
        occasion=f"summary:{desk.cause}",
        unit=UnitName(contact.unit),
        rows=rows,
        supervised=bool(supervisions),
        urged=len(supervisions) < len(rows),
        answer_by=max((letter.answer_by for letter in supervisions), default=None),
        copied=copied,
    )
    his = To(contact.leader_mailbox, party, contact.unit)
    leaders = dataclasses.replace(own, to=his, occasion=f"{own.occasion}:leader", leader=True)
    return (own, leaders) if copied else (own,)


def _telephone(asked: tuple[Question, ...], count: int, contact: Contact, desk: Desk) -> tuple[Question, ...]:
    """One call for all of them."""
    if not any(question.kind == TELEPHONE for question in asked):
        return ()
    phone = contact.leader_phone or contact.public or contact.phone
    key = f"{contact.unit}:{today(desk).isoformat()}"
    why = say("telephone-summary", count=count)
    return (ask(desk, TELEPHONE, key, f"unit:{contact.unit}", unit=contact.unit, phone=phone, why=why),)
