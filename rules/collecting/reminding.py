"""Whom a round of collecting writes to: the highest step that is due, once, however long the daemon was off (F85)."""

from collections.abc import Sequence

from rules.collecting.standing import Standing, Status
from rules.contacts import blank_papers, in_short
from rules.decision import Decision, Reason, Warrant, WarrantKind
from rules.desk import Desk
from rules.events import OFFICE, Reminded
from rules.letterhead import to_staff
from rules.notices.notice import Label, OfficeText, OwnText, To
from rules.notices.to_organ import SheetReminder, SheetRow
from rules.notices.to_staff import CollectingList
from rules.policy.collecting import Round
from rules.policy.terms import Action, Step
from rules.terms import reached, today
from rules.wording import wording

say = wording("rules.collecting")
CLOCK = Warrant(WarrantKind.CLOCK, "collecting")
TO_UNITS = frozenset({Action.REMIND, Action.REMIND_WRITTEN})
TO_STAFF = frozenset({Action.ESCALATE})
COLUMNS = ("unit", "status", "received", "lacks", "doubts", "address")


def due_step(desk: Desk, turn: Round, actions: frozenset[Action]) -> Step | None:
    """The highest step of these actions that has been reached on the desk's day."""
    ladder = desk.book.collecting.steps if desk.book.collecting else ()
    rungs = [step for step in ladder if step.action in actions and reached(desk, step, turn.due)]
    return rungs[-1] if rungs else None


def reminder(desk: Desk, turn: Round, one: Standing, step: Step) -> Decision | None:
    """The letter to a unit that has not reported, or not all; None where nothing is asked of it or nobody can be written to."""
    if one.settled or not one.address:
        return None
    letter = SheetReminder(
        to=To(one.address, f"organ:{one.unit}", one.unit),
        about=f"unit:{one.unit}",
        occasion=f"collecting:{turn.due.isoformat()}:{step.name}:{one.unit}",
        mailbox="contact",
        papers=blank_papers(),
        unit=OfficeText(one.unit),
        due=turn.due,
        late=_late(desk, turn),
        lacks=tuple(OfficeText(word) for _, word in one.lacks),
        doubts=tuple(OfficeText(word) for word in _in_words(one)),
        nothing=one.status is Status.MISSING,
    )
    return Decision(why=(Reason("collecting"),), events=(_reminded(f"unit:{one.unit}", turn, step),), notices=(letter,))


def report(desk: Desk, turn: Round, standings: Sequence[Standing], step: Step) -> Decision | None:
    """The list to everybody who answers for the collecting (督查室; the head where the book names nobody)."""
    people = desk.book.office.holders("supervision") or desk.book.office.holders("head")
    open_ones = [one for one in standings if one.status is not Status.REPORTED]
    letters = tuple(
        CollectingList(
            to=to_staff(person),
            about=OFFICE,
            occasion=f"collecting:{turn.due.isoformat()}:{step.name}:staff:{person.name}",
            mailbox="contact",
            due=turn.due,
            late=_late(desk, turn),
            total=len(standings),
            counts=tuple(Label(text) for text in counts(standings)),
            columns=tuple(OfficeText(say(f"column-{column}")) for column in COLUMNS),
            rows=tuple(SheetRow(tuple(OwnText(cell) for cell in cells(one))) for one in open_ones),
        )
        for person in people
    )
    return Decision(why=(Reason("collecting"),), events=(_reminded(OFFICE, turn, step),), notices=letters)


def counts(standings: Sequence[Standing]) -> tuple[str, ...]:
    """已报 32, 迟报 5 …: every status that occurs, in the order of the statuses."""
    found = [(status, sum(one.status is status for one in standings)) for status in Status]
    return tuple(say("count", status=say(f"status-{status}"), count=count) for status, count in found if count)


def cells(one: Standing) -> tuple[str, ...]:
    """A unit's row of the list, in the order of COLUMNS."""
    return (
        one.unit,
        say(f"status-{one.status}") + (say("also-late") if one.late and one.status is Status.INCOMPLETE else ""),
        one.received.isoformat() if one.received else "",
        "、".join(word for _, word in one.lacks),
        "、".join(_in_words(one)),
        one.address or say("no-mailbox"),
    )


def _in_words(one: Standing) -> tuple[str, ...]:
    return tuple(said for word in one.doubts if (said := in_short(word)))


def _late(desk: Desk, turn: Round) -> int:
    day = today(desk)
    return desk.calendar.workdays_between(turn.due, day) if day > turn.due else 0


def _reminded(about: str, turn: Round, step: Step) -> Reminded:
    return Reminded(about=about, warrant=CLOCK, clock="collecting", step=step.name, due=turn.due)
