"""交接信: counts of everything, then one screen of numbered things the person himself can act on, the most pressing first (S20, S42)."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.asking import ARGUED
from rules.case import CaseFile
from rules.decision import Decision, Warrant, WarrantKind
from rules.desk import Desk
from rules.events import OFFICE, HandoverTold
from rules.handover.standing import OpenCase, Standing, Waiting
from rules.handover.tasks import DueTask, due_tasks
from rules.life import State
from rules.notices.notice import Label, Number, OfficeText, OwnText, To
from rules.notices.to_duty import Count, Handover, HandoverItem
from rules.notices.to_staff import QuestionAsked
from rules.policy.office import Person
from rules.shown import clock_label, number
from rules.staffing import acting_roles, asked_people, away_now, concerned
from rules.terms import due_in, today
from rules.wording import wording

say = wording("rules.handover")
asks = wording("rules")
HELD = frozenset({"held", "same-matter", "history", "crashed", "unit-letter", "filing", "repeat"})
REFUSED = frozenset({"refused-send", "unknown", "stopped"})
AT_UNIT = frozenset({State.ASSIGNED, State.HANDLING})
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


def handover(standing: Standing, desk: Desk, part: str) -> Decision:
    """A letter to everybody of the staff who is there. `part`: morning, evening."""
    people = {person.name: person for person in desk.book.office.staff if away_now(desk, person.name) is None}
    tasks = due_tasks(desk, standing.done, standing.since)
    counts = _counts(standing, desk, tasks)
    event = HandoverTold(
        about=OFFICE,
        warrant=Warrant(WarrantKind.CLOCK, f"handover-{part}"),
        part=part,
        head=standing.head,
        seq=standing.seq,
    )
    letters = tuple(_letter(person, standing, desk, part, counts, tasks) for person in people.values())
    return Decision(events=(event,), notices=letters)


def _letter(
    person: Person,
    standing: Standing,
    desk: Desk,
    part: str,
    counts: tuple[Count, ...],
    tasks: tuple[DueTask, ...],
) -> Handover:
    lines = sorted(_lines(person, standing, desk, tasks), key=lambda line: line.rank)
    shown = lines[: desk.book.office.day.items]
    day = today(desk)
    return Handover(
        to=To(person.mailbox, f"staff:{person.name}", person.name),
        about=OFFICE,
        occasion=f"handover:{day.isoformat()}:{part}:{person.name}",
        part=Label(say(f"part-{part}")),
        counts=counts,
        items=tuple(_item(index, line, day) for index, line in enumerate(shown, 1)),
        more=len(lines) - len(shown),
        head=OfficeText(standing.head),
        seq=standing.seq,
    )


def _item(index: int, line: Line, day: date) -> HandoverItem:
    late = line.due < day
    due = say(
        "due-late" if late else "due-today" if line.due == day else "due", due=f"{line.due.month}月{line.due.day}日"
    )
    return HandoverItem(
        number=index,
        target=line.target,
        group=Label(line.group),
        what=OwnText(line.what),
        case=line.number,
        due=Label(due),
        answers=OfficeText(line.answers),
    )


def _counts(standing: Standing, desk: Desk, tasks: tuple[DueTask, ...]) -> tuple[Count, ...]:
    day = today(desk)
    kinds = [waiting.question.kind for waiting in standing.questions]
    dues = [case.file.next_due.due for case in standing.cases if case.file.next_due is not None]
    numbers = {
        "new": standing.opened,
        "ended": standing.ended,
        "open": len(standing.cases),
        "due-today": sum(due == day for due in dues),
        "due-soon": sum(day < due <= _soon(desk) for due in dues),
        "overdue": sum(due < day for due in dues),
        "held": sum(kind in HELD for kind in kinds),
        "refused": sum(kind in REFUSED for kind in kinds),
        "bounced": kinds.count("bounce"),
        "silent": sum(_silent(case, desk) for case in standing.cases),
        "questions": len(kinds),
        "tasks": len(tasks),
    }
    return tuple(Count(Label(say(f"count-{name}")), number) for name, number in numbers.items())


def _soon(desk: Desk) -> date:
    return due_in(desk, desk.book.office.day.soon)[0]


def _silent(case: OpenCase, desk: Desk) -> bool:
    """压着不办: the unit has the case and nothing has moved it for the book's days (S67c)."""
    idle = desk.book.clocks["idle"].days
    return case.file.state in AT_UNIT and desk.calendar.workdays_between(case.moved, today(desk)) >= idle


def _lines(person: Person, standing: Standing, desk: Desk, tasks: tuple[DueTask, ...]) -> Iterator[Line]:
    """What this person can act on: questions put to him, cases his role answers for, and the office's tasks."""
    for waiting in standing.questions:
        if person.name in _asked(waiting, standing, desk):
            yield _question(waiting, standing, desk)
    asked = {waiting.question.about for waiting in standing.questions}  # whoever was asked decides, nobody beside him
    own = tuple(other.role for other in desk.book.office.staff if other.name == person.name)
    roles = set(acting_roles(desk, person.name, own))
    for case in standing.cases:
        line = _case(case, desk)
        mine = case.file.standing.owner in roles or ("head" in roles and line is not None and line.rank[0] == OVERDUE)
        about = f"case:{case.file.ref}"
        if line is not None and mine and about not in asked and person.name not in case.file.recused:
            yield line
    for task in tasks:
        if task.role not in roles:
            continue
        what = say("task", task=task.name, because=task.because)
        yield Line(
            (TASK, task.due), f"task:{task.key}", say("group-task"), what, Number(""), task.due, say("answer-task")
        )


URGENT, QUESTION, OVERDUE, TODAY, SILENT, SOON, TASK = range(7)


def _asked(waiting: Waiting, standing: Standing, desk: Desk) -> frozenset[str]:
    files = tuple(case.file for case in standing.cases)
    here = dataclasses.replace(desk, files=files)
    people = asked_people(here, waiting.question.role, concerned(here, waiting.question))
    return frozenset(person.name for person in people or desk.book.office.holders("head"))


def _question(waiting: Waiting, standing: Standing, desk: Desk) -> Line:
    question, put = waiting.question, waiting.put
    asked = question.asked or desk.now
    due = due_in(desk, desk.book.clocks["question"].days, today(dataclasses.replace(desk, now=asked)))[0]
    group = "held" if question.kind in HELD else "refused" if question.kind in REFUSED else question.kind
    key = f"group-{group}" if group in ("held", "refused", "bounce") else "group-question"
    urgent = put is not None and put.urgent
    subject = _said(put, "fact-subject") or _said(put, "fact-why") if put else ""
    what = asks(f"question-{question.kind}")
    return Line(
        (URGENT if urgent else QUESTION, due),
        f"question:{question.id}",
        say(key),
        f"{what}：{_cut(subject)}" if subject else what,
        _number(question.about, standing, desk),
        due,
        _answers(waiting, desk),
    )


def _said(put: QuestionAsked, label: str) -> str:
    """What one fact of the question says."""
    return next((fact.says for fact in put.facts if fact.label == asks(label)), "")


def _cut(subject: str) -> str:
    line = " ".join(subject.split())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[:LONGEST_SUBJECT]}…"


def _number(about: str, standing: Standing, desk: Desk) -> Number:
    file = next((case.file for case in standing.cases if f"case:{case.file.ref}" == about), None)
    return number(file, desk.book) if file else Number("")


def _answers(waiting: Waiting, desk: Desk) -> str:
    """The words that answer it, the proposal first."""
    put = waiting.put
    if put is not None:
        words = [
            f"{choice.write}（{choice.does}）" if choice.write == asks("agree") else choice.write
            for choice in put.choices
        ]
        return "；".join(words[: MOST_CHOICES + 1])
    verbs = waiting.question.choices[:MOST_CHOICES]
    return "；".join(
        desk.book.label("order", verb) + (asks(f"argument-{verb}") if f"argument-{verb}" in ARGUED else "")
        for verb in verbs
    )


def _case(case: OpenCase, desk: Desk) -> Line | None:
    """A case that is due or whose unit is silent; None where neither is so."""
    due = case.file.next_due
    if due is None:
        return None
    day, silent = today(desk), _silent(case, desk)
    rank = (
        OVERDUE
        if due.due < day
        else TODAY
        if due.due == day
        else SILENT
        if silent
        else SOON
        if due.due <= _soon(desk)
        else None
    )
    if rank is None:
        return None
    group = say("group-silent") if silent else say("group-case")
    return Line(
        (rank, due.due),
        f"case:{case.file.ref}",
        group,
        _standing(case.file, desk, due.clock),
        number(case.file, desk.book),
        due.due,
        say("answer-unit") if case.file.lead else say("answer-case"),
    )


def _standing(file: CaseFile, desk: Desk, clock: str) -> str:
    return say(
        "case",
        state=desk.book.label("state", file.state.value),
        unit=file.lead or say("no-unit"),
        clock=clock_label(desk.book, clock),
    )
