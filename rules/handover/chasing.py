"""A question nobody answers climbs the ladder of the book's clock `question`: put again when due, to the head when late; once each rung."""

from datetime import date

from rules.asking import answer_by
from rules.asking_again import put_again, to_people
from rules.days import local_day
from rules.decision import Decision, Warrant, WarrantKind
from rules.desk import Desk, OpenQuestion
from rules.events import Chased
from rules.notices.notice import Notice
from rules.policy.terms import Action, Step
from rules.staffing import asked_people, concerned
from rules.terms import due_in, today

CLOCK = "question"
OWN_RHYTHM = frozenset({"calendar"})
"""Questions that are asked anew by a rhythm of their own."""
HIGHER = frozenset({Action.ESCALATE, Action.SUPERVISE, Action.CIRCULAR})
"""Actions that put the question to the head; every other one puts it to the same people again."""


def rung(question: OpenQuestion, desk: Desk) -> Step | None:
    """The highest rung reached today; None before the first."""
    if question.asked is None or question.kind in OWN_RHYTHM:
        return None
    clock = desk.book.clocks[CLOCK]
    due = answer_by(question.proposal, desk, local_day(question.asked))
    reached = [step for step in clock.steps if today(desk) >= _day(step, desk, due)]
    return reached[-1] if reached else None


def _day(step: Step, desk: Desk, due: date) -> date:
    return due_in(desk, step.offset_days, due)[0] if step.offset_days > 0 else due


def cause_of(question: OpenQuestion, step: Step) -> str:
    """The rung's cause: each is done once."""
    return f"chase:{question.id}:{step.action.value}@{step.offset_days}"


def chase(question: OpenQuestion, step: Step, desk: Desk) -> Decision:
    """The rung: a line, and the question's letter again. `desk.put` holds the letter as it was."""
    name = f"{step.action.value}@{step.offset_days}"
    event = Chased(about=question.about, warrant=Warrant(WarrantKind.CLOCK, CLOCK), question=question.id, step=name)
    return Decision(events=(event,), notices=_letters(question, step, desk))


def _letters(question: OpenQuestion, step: Step, desk: Desk) -> tuple[Notice, ...]:
    if step.action not in HIGHER:
        return put_again(question, desk, step="remind")
    shut = concerned(desk, question)
    asked = {person.name for person in asked_people(desk, question.role, shut)}
    heads = tuple(person for person in asked_people(desk, "head", shut) if person.name not in asked)
    return to_people(question, desk, heads, "escalate")  # who was asked already reads it in his hand-over
