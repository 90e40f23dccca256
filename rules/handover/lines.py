"""What one person can act on, before it has a number: questions put to him, cases his role answers for, the office's tasks."""

import dataclasses
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rules.asking import answer_by
from rules.case import CaseFile
from rules.choosing import argument_of
from rules.desk import Desk
from rules.handover.chasing import HIGHER, rung
from rules.handover.rows import answers_for, in_short
from rules.handover.standing import OpenCase, Standing, Waiting
from rules.handover.tasks import DueTask
from rules.life import State
from rules.moot import STANDS_IN
from rules.notices.notice import Number
from rules.notices.to_staff import QuestionAsked
from rules.policy.office import Person
from rules.punctuation import in_one_line
from rules.shown import clock_label, number
from rules.staffing import acting_roles, asked_people, concerned
from rules.terms import due_in, today
from rules.wording import wording

say = wording("rules.handover")
asks = wording("rules")
HELD = frozenset({"held", "same-matter", "history", "crashed", "unit-letter", "filing", "repeat"})
REFUSED = frozenset({"refused-send", "unknown", "stopped"})
WITH_A_UNIT = frozenset({State.ASSIGNED, State.HANDLING})
WHICH = ("fact-letter", "fact-above", "fact-unit")
WHAT = ("fact-subject", "fact-clock", "fact-missing", "fact-phone", "fact-why", "fact-words")
"""The facts of a question that its line shows: which letter, organ or unit, and what of it; of each the first it has."""
ANSWERS = re.compile(r"\s*(?:回复|答复|re|转发|fwd?)\s*[:：]", re.IGNORECASE)
"""A subject that only repeats ours: the words say more."""
LONGEST_SUBJECT = 24
MOST_CHOICES = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits, before it has a number: the more pressing, the smaller `rank`."""

    rank: tuple[int, date]
    target: str
    group: str
    what: str
    number: Number
    due: date
    answers: str


def soon(desk: Desk) -> date:
    """The last day that counts as soon."""
    return due_in(desk, desk.book.office.day.soon)[0]


def silent(case: OpenCase, desk: Desk) -> bool:
    """压着不办: the unit has the case and nothing has moved it for the book's days (S67c)."""
    idle = desk.book.clocks["idle"].days
    return case.file.state in WITH_A_UNIT and desk.calendar.workdays_between(case.moved, today(desk)) >= idle


def lines_for(person: Person, standing: Standing, desk: Desk, tasks: tuple[DueTask, ...]) -> Iterator[Line]:
    """What this person can act on: questions put to him, cases his role answers for, and the office's tasks."""
    own = tuple(other.role for other in desk.book.office.staff if other.name == person.name)
    roles = set(acting_roles(desk, person.name, own))
    put = [waiting for waiting in standing.questions if _his(waiting, person, roles, standing, desk)]
    yield from (_question(waiting, standing, desk) for waiting in put)
    decided = {
        one.question.about for one in (*put, *(one for one in standing.questions if one.question.kind in COURSE))
    }
    for case in standing.cases:
        line = _case(case, desk, roles)
        mine = case.file.standing.owner in roles or ("head" in roles and line is not None and line.rank[0] == OVERDUE)
        about = case.file.about
        if line is not None and mine and about not in decided and person.name not in case.file.recused:
            yield line
    for task in tasks:
        if task.role not in roles:
            continue
        what = say("task", task=task.name, because=task.because)
        yield Line(
            (TASK, task.due), f"task:{task.key}", say("group-task"), what, Number(""), task.due, say("answer-task")
        )


COURSE = frozenset((*STANDS_IN, "second", "sign-off", "own-work", "suspended"))
"""Questions that settle what becomes of a case: whoever was asked decides, nobody beside him."""
URGENT, QUESTION, OVERDUE, TODAY, SILENT, SOON, TASK = range(7)


def _his(waiting: Waiting, person: Person, roles: set[str], standing: Standing, desk: Desk) -> bool:
    """Whether the question was put to him, or is late and he is the head: it was put to him too then (S35)."""
    question, files = waiting.question, tuple(case.file for case in standing.cases)
    here = dataclasses.replace(desk, files=files)
    shut = concerned(here, question)
    people = asked_people(here, question.role, shut)
    if person.name in {one.name for one in people or desk.book.office.holders("head")}:
        return True
    step = rung(question, desk) if "head" in roles and person.name not in shut else None
    return step is not None and step.action in HIGHER


def _question(waiting: Waiting, standing: Standing, desk: Desk) -> Line:
    question, put = waiting.question, waiting.put
    asked = question.asked or desk.now
    due = answer_by(question.proposal, desk, today(dataclasses.replace(desk, now=asked)))
    group = "held" if question.kind in HELD else "refused" if question.kind in REFUSED else question.kind
    key = f"group-{group}" if group in ("held", "refused", "bounce") else "group-question"
    urgent = put is not None and put.urgent
    shown = [_cut(said) for labels in (WHICH, WHAT) if put and (said := _first(put, labels))]
    what = asks(f"question-{question.kind}")
    return Line(
        (URGENT if urgent else QUESTION, due),
        f"question:{question.id}",
        say(key),
        f"{what}：{'，'.join(shown)}" if shown else what,
        _number(question.about, standing, desk) or (put.number if put else Number("")),
        due,
        _answers(waiting, desk),
    )


def _first(put: QuestionAsked, labels: Iterable[str]) -> str:
    """What the question says under the first of these labels that it has; for a subject that only says 回复: the letter's own words."""
    said = {str(fact.label): str(fact.says) for fact in put.facts}
    found = (said.get(asks(label), "") for label in labels)
    return next((words for words in found if words and not ANSWERS.match(words)), said.get(asks("fact-words"), ""))


def _cut(subject: str) -> str:
    """The first line that says something, short."""
    return in_one_line(next(filter(str.strip, subject.splitlines()), ""), LONGEST_SUBJECT)


def _number(about: str, standing: Standing, desk: Desk) -> Number:
    file = next((case.file for case in standing.cases if case.file.about == about), None)
    return number(file, desk.book) if file else Number("")


def _answers(waiting: Waiting, desk: Desk) -> str:
    """The words that answer it, the proposal first."""
    put = waiting.put
    if put is not None:
        words = [
            f"{choice.write}（{choice.does}）" if choice.write == asks("agree") else in_short(choice.write)
            for choice in put.choices
        ]
        return "；".join(words[: MOST_CHOICES + 1])
    verbs = waiting.question.choices[:MOST_CHOICES]
    return "；".join(in_short(desk.book.label("order", verb) + argument_of(verb)) for verb in verbs)


def _case(case: OpenCase, desk: Desk, roles: set[str]) -> Line | None:
    """A case that is due or whose unit is silent; None where neither is so."""
    due = case.file.next_due
    if due is None:
        return None
    still = silent(case, desk)
    rank = _rank(due.due, desk, still=still)
    if rank is None:
        return None
    group = say("group-silent") if still else say("group-case")
    return Line(
        (rank, due.due),
        case.file.about,
        group,
        _standing(case.file, desk, due.clock),
        number(case.file, desk.book),
        due.due,
        answers_for(case.file, roles, desk),
    )


def _rank(due: date, desk: Desk, *, still: bool) -> int | None:
    """How pressing a day is; None where nobody need look yet."""
    day = today(desk)
    reached = ((OVERDUE, due < day), (TODAY, due == day), (SILENT, still), (SOON, due <= soon(desk)))
    return next((rank for rank, true in reached if true), None)


def _standing(file: CaseFile, desk: Desk, clock: str) -> str:
    return say(
        "case",
        state=desk.book.label("state", file.state.value),
        unit=file.lead or say("no-unit"),
        clock=clock_label(desk.book, clock),
    )
