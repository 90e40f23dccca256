"""Time passing: every open case is asked what its clocks want today; each answer is recorded by itself, once (F13, F85)."""

from collections.abc import Iterator
from datetime import datetime

from jinja2 import TemplateError

from daemon import handing_over
from daemon.archiving import archive_due
from daemon.collecting import collect
from daemon.erasing import erase_due
from daemon.logs import event
from daemon.office import Office
from daemon.points import reach
from daemon.record import telling
from daemon.timekeeping import ask_for_notice, sound
from daemon.writing import Finished, write
from db import desk as desks
from db import files
from db.pen import look, pen
from db.record import known, record
from rules import learn
from rules.case import CaseFile
from rules.decision import Decision
from rules.desk import Desk
from rules.remind import anything_due, remind
from rules.trouble import WorldTrouble
from rules.wording import wording

say = wording("daemon")

PAGE = 200


def tick(office: Office, now: datetime) -> int:
    """Ask every open case, and for the calendar that is missing; returns how many cases had something due.

    Raises WorldTrouble where the time cannot be believed: then nobody is reminded of anything (F79, F80).
    """
    if not sound(office, now):
        raise WorldTrouble(say("clock-doubted"))
    done = 0
    desk = desks.blank(office.setting(now), "")
    for file in open_cases(office):
        if anything_due(file, desk):  # most cases on most days want nothing: no desk is laid for them
            done += _one(office, file.ref, now)
        reach("tick")
    ask_for_notice(office, now)
    archive_due(office, now)
    erase_due(office, now)
    collect(office, now)
    handing_over.ring(office, now)
    telling.ring(office, now)
    event("ticked", cases=done)
    return done


def open_cases(office: Office) -> Iterator[CaseFile]:
    """The cases that have not ended, a page at a time; none stays open while they are worked on."""
    after = ""
    while True:
        with look(office.engine) as cx:
            page = files.open_files(cx, after, PAGE)
        if not page:
            return
        yield from page
        after = page[-1].ref


def _one(office: Office, ref: str, now: datetime) -> bool:
    cause = f"tick:{ref}:{now.isoformat()}"
    with pen(office.engine) as cx:
        if known(cx, cause):
            return False
        desk = desks.for_case(cx, ref, office.setting(now), cause)
        file = desk.file(ref)
        decision = remind(file, desk) if file else None
        if decision is None:
            return False
        finished = _written(office, ref, decision, desk)
        if finished is None:
            return False
        record(cx, cause, finished.decision, finished.written, at=now, book=office.book.hash)
    return True


def _written(office: Office, ref: str, decision: Decision, desk: Desk) -> Finished | None:
    """The letters of what is due; where a template is broken a question about this case alone (F92), None while it waits for an answer.

    Nothing of the decision is recorded then: the day comes back as soon as the template is mended.
    """
    try:
        return write(decision, desk, office.desktop)
    except TemplateError as broken:
        event("template.broken", case=ref, why=str(broken))
        report = learn.untold(learn.Untold(ref, str(broken)), desk)
    waiting = {question.key for question in desk.questions if not question.answered}
    return None if report.questions[0].key in waiting else write(report, desk, office.desktop)
