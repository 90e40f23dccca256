"""交接信: counts of everything, then one screen of numbered things the person himself can act on, the most pressing first (S20, S42)."""

from datetime import date

from rules.decision import Decision, Warrant, WarrantKind
from rules.desk import Desk
from rules.events import OFFICE, HandoverTold
from rules.handover.lines import HELD, REFUSED, Line, lines_for, silent, soon
from rules.handover.standing import Standing
from rules.handover.tasks import DueTask, due_tasks
from rules.letterhead import to_staff
from rules.notices.notice import Label, OfficeText, OwnText
from rules.notices.to_duty import Count, Handover, HandoverItem
from rules.policy.office import Person
from rules.staffing import away_now
from rules.terms import today
from rules.wording import wording

say = wording("rules.handover")


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
    lines = sorted(lines_for(person, standing, desk, tasks), key=lambda line: line.rank)
    shown = lines[: desk.book.office.day.items]
    day = today(desk)
    return Handover(
        to=to_staff(person),
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
        "due-soon": sum(day < due <= soon(desk) for due in dues),
        "overdue": sum(due < day for due in dues),
        "held": sum(kind in HELD for kind in kinds),
        "put-off": standing.put_off,
        "refused": sum(kind in REFUSED for kind in kinds),
        "bounced": kinds.count("bounce"),
        "silent": sum(silent(case, desk) for case in standing.cases),
        "questions": len(kinds),
        "tasks": len(tasks),
    }
    return tuple(Count(Label(say(f"count-{name}")), number) for name, number in numbers.items())
