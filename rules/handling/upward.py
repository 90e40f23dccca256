"""上级转办 (S25): when a case from above ends, a person reports back to the upper office, under its number, by its day.

However it ended (办结, 不予受理, 移送, 撤诉, 并案, 答复), by whomever: the decision that ends it asks.
The upper office's clock ends with the case.
"""

import dataclasses
from datetime import date

from rules.asking import ask
from rules.case import ABOVE, CaseFile, fold
from rules.decision import Decision, Question
from rules.desk import Desk
from rules.events import Event, Registered
from rules.shown import number
from rules.terms import due_in, fulfil
from rules.wording import wording

say = wording("rules")
KIND = "report-up"


def with_report_up(decision: Decision, desk: Desk) -> Decision:
    """The decision, with the clock's end and the question where it ends a case that came from above."""
    for file in desk.files:
        decision = _reported(decision, file, desk) if file.above and not file.ended else decision
    return decision


def key_of(ref: str) -> str:
    """The question's key: once for a case."""
    return f"{KIND}:{ref}"


def _reported(decision: Decision, file: CaseFile, desk: Desk) -> Decision:
    after = file
    for place, event in enumerate(decision.events):
        if event.about != file.about or isinstance(event, Registered):
            continue
        after = fold(after, event)
        if after.ended:
            return _with(decision, place, event, file, after, desk)
    return decision


def _with(decision: Decision, place: int, ending: Event, before: CaseFile, after: CaseFile, desk: Desk) -> Decision:
    measured = fulfil(before, desk, ABOVE, ending.warrant)
    return dataclasses.replace(
        decision,
        events=(*decision.events[:place], *measured, *decision.events[place:]),
        questions=(*decision.questions, _question(before, after, desk)),
    )


def _question(before: CaseFile, after: CaseFile, desk: Desk) -> Question:
    organ, own_number = after.above
    running = before.clock(ABOVE)
    by: date = running.due if running else due_in(desk, desk.book.clocks[ABOVE].days)[0]
    state = desk.book.label("state", after.state.value)
    draft = say(
        "report-up",
        organ=organ,
        above=own_number,
        number=number(after, desk.book),
        received=f"{after.received.year}年{after.received.month}月{after.received.day}日",
        unit=after.lead or desk.book.office.unit,
        finding=say("report-up-finding", finding=say(f"finding-{after.finding}")) if after.finding else "",
        state=state,
    )
    asked = ask(
        desk,
        KIND,
        after.ref,
        after.about,
        above=f"{organ}　{own_number}",
        due=by.isoformat(),
        state=state,
        unit=after.lead,
        report=draft,
    )
    return dataclasses.replace(asked, proposal=(("by", by.isoformat()),), barred=after.recused)
