"""Door 3: time passing. The highest step that is due on each running clock of a case, once, however long the daemon was off (F85)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from rules.asking import ask
from rules.case import CaseFile, Running
from rules.decision import Decision, Question, Reason, Warrant, WarrantKind
from rules.desk import Desk
from rules.events import Accepted, Breached, Event, Reminded
from rules.handling.closing import unrated
from rules.leaders import key_of
from rules.life import possible
from rules.offering import standing
from rules.policy.terms import Action, Step
from rules.shown import clock_label, day_shown, number
from rules.staffing import asked_people, concerned
from rules.terms import fulfil, reached, start, today
from rules.urging import AT_UNIT, CIRCULAR_LATE, late, reminded, supervised
from rules.wording import wording

say = wording("rules")
OURS = frozenset({"escalated", "suspended"})
"""Questions that time itself asked the head."""


def anything_due(file: CaseFile, desk: Desk) -> bool:
    """Whether time asks anything of the case today; a desk with nothing but book, calendar and time on it will do."""
    return any(due_steps(clock, desk) for clock in file.running)


def remind(file: CaseFile, desk: Desk) -> Decision | None:
    """What time asks of the case today; None where nothing is due. A provisional day is never held against anybody (F83)."""
    decision = Decision()
    for clock in file.running:
        steps = due_steps(clock, desk)
        if steps:
            decision = _joined(decision, _rung(file, desk, clock, steps))
    return decision if decision.events else None


def due_steps(clock: Running, desk: Desk) -> tuple[Step, ...]:
    """The rungs reached since the last one done, lowest first; () where the highest reached was done already."""
    ladder = desk.book.clocks[clock.clock].steps
    rungs = tuple(
        step for step in ladder if reached(desk, step, clock.due) and not (clock.provisional and step.offset_days >= 0)
    )
    names = [step.name for step in rungs]
    done = names.index(clock.step) + 1 if clock.step in names else 0
    return rungs[done:]


def _rung(file: CaseFile, desk: Desk, clock: Running, steps: tuple[Step, ...]) -> Decision:
    """The highest rung speaks; rungs that only count (breach, deemed acceptance) all count."""
    highest = steps[-1]
    warrant = Warrant(WarrantKind.CLOCK, clock.clock)
    about = file.about
    event = Reminded(about=about, warrant=warrant, clock=clock.clock, step=highest.name, due=clock.due)
    decision = Decision(why=(Reason(f"clock-{clock.clock}"),), events=(event,))
    spoken = [step for step in steps if step.action not in SILENT]
    if any(step.action is Action.SUPERVISE for step in spoken):
        # Nobody is named to all for what he was never urged to do.
        spoken = [step for step in spoken if step.action is not Action.CIRCULAR]
    for step in (*spoken[-1:], *(step for step in steps if step.action in SILENT)):
        decision = _joined(decision, ACTIONS[step.action](file, desk, clock, warrant))
    return decision


def _joined(first: Decision, second: Decision) -> Decision:
    return Decision(
        why=(*first.why, *second.why),
        events=(*first.events, *second.events),
        notices=(*first.notices, *second.notices),
        questions=(*first.questions, *second.questions),
    )


def _remind(file: CaseFile, desk: Desk, clock: Running, warrant: Warrant) -> Decision:
    return _told(file, desk, clock, warrant, written=False)


def _written(file: CaseFile, desk: Desk, clock: Running, warrant: Warrant) -> Decision:
    return _told(file, desk, clock, warrant, written=True)


def _told(file: CaseFile, desk: Desk, clock: Running, _warrant: Warrant, *, written: bool) -> Decision:
    contact = desk.contact(file.lead) if clock.clock in AT_UNIT and file.lead else None
    if contact is None:
        return Decision(questions=(_escalation(file, desk, clock),))
    return reminded(file, desk, clock, contact, _occasion("remind", file, clock, today(desk)), written=written)


def _supervise(file: CaseFile, desk: Desk, clock: Running, _warrant: Warrant) -> Decision:
    contact = desk.contact(file.lead) if file.lead else None
    asked = Decision(questions=(_escalation(file, desk, clock),))
    if contact is None:
        return asked
    return _joined(supervised(file, desk, clock, contact, _occasion("supervise", file, clock, clock.due)), asked)


def _escalate(file: CaseFile, desk: Desk, clock: Running, _warrant: Warrant) -> Decision:
    return Decision(questions=(_escalation(file, desk, clock),))


def _escalation(file: CaseFile, desk: Desk, clock: Running) -> Question:
    asked = ask(
        desk,
        "suspended" if clock.clock == "suspended" else "escalated",
        key_of(file, clock),
        file.about,
        unit=file.lead,
        clock=clock_label(desk.book, clock.clock),
        due=clock.due.isoformat(),
        waits=_waited_for(file, desk),
    )
    return standing(asked, file)


def _waited_for(file: CaseFile, desk: Desk) -> str:
    """Questions about the case that others have not answered: whom, and what."""
    about = file.about
    waiting = [one for one in desk.questions if one.about == about and not one.answered and one.kind not in OURS]
    said = (
        f"{person.name}：{say(f'question-{one.kind}')}"
        for one in waiting
        for person in asked_people(desk, one.role, concerned(desk, one))
    )
    return "；".join(dict.fromkeys(said))


def _circulate(file: CaseFile, desk: Desk, clock: Running, _warrant: Warrant) -> Decision:
    """通报稿: the head sees what every unit would read of the one that is long late; nothing goes out before two people agree (S62)."""
    if clock.clock not in AT_UNIT or not file.lead:
        return Decision(questions=(_escalation(file, desk, clock),))
    line = say(
        "circular-late-line",
        number=number(file, desk.book),
        clock=clock_label(desk.book, clock.clock),
        due=day_shown(clock.due),
        late=late(clock, desk),
    )
    text = say("circular-late", unit=file.lead, line=line)
    asked = ask(desk, CIRCULAR_LATE, key_of(file, clock), file.about, unit=file.lead, circular=text)
    return Decision(questions=(replace(asked, proposal=(("text", text), ("line", line))),))


def _breach(file: CaseFile, desk: Desk, clock: Running, warrant: Warrant) -> Decision:
    event = Breached(
        about=file.about,
        warrant=warrant,
        clock=clock.clock,
        unit=file.lead,
        due=clock.due,
        person=_answers_for(file, desk, clock),
    )
    return Decision(events=(event,))


def _answers_for(file: CaseFile, desk: Desk, clock: Running) -> str:
    """Who answers for the clock: the unit's contact person; of the office's own clocks the staff of the role (S66)."""
    if clock.clock in AT_UNIT:
        contact = desk.contact(file.lead)
        return contact.person if contact else ""
    return "、".join(person.name for person in desk.book.office.holders(file.standing.owner))


def _deem_accepted(file: CaseFile, desk: Desk, _clock: Running, warrant: Warrant) -> Decision:
    """视为受理: nobody decided in time; the complainant does not suffer for it (HEN24)."""
    if not possible(file.state, "Accepted"):
        return Decision()
    about = file.about
    events: tuple[Event, ...] = (
        Accepted(about=about, warrant=warrant, deemed=True),
        *fulfil(file, desk, "accept", warrant),
        start(desk, about, "assign", warrant),
    )
    return Decision(events=events)


def _unrated(file: CaseFile, _desk: Desk, _clock: Running, warrant: Warrant) -> Decision:
    return unrated(file, warrant) if possible(file.state, "Closed") else Decision()


def _occasion(what: str, file: CaseFile, clock: Running, day: date) -> str:
    return f"{what}:{file.ref}:{file.round}:{clock.clock}:{clock.due.isoformat()}:{day.isoformat()}"


Acting = Callable[[CaseFile, Desk, Running, Warrant], Decision]

SILENT = frozenset({Action.BREACH, Action.DEEM_ACCEPTED, Action.UNRATED})
ACTIONS: dict[Action, Acting] = {
    Action.REMIND: _remind,
    Action.REMIND_WRITTEN: _written,
    Action.SUPERVISE: _supervise,
    Action.CIRCULAR: _circulate,
    Action.WARN: _escalate,
    Action.ESCALATE: _escalate,
    Action.ASK: _escalate,
    Action.RESUME: _escalate,
    Action.BREACH: _breach,
    Action.DEEM_ACCEPTED: _deem_accepted,
    Action.UNRATED: _unrated,
}
