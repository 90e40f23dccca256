"""Time passing: every open case is asked what its clocks want today; each answer is recorded by itself, once (F13, F85)."""

from collections.abc import Iterator
from datetime import date, datetime

from jinja2 import TemplateError
from sqlalchemy import Connection

from daemon import handing_over, lost_units, silence
from daemon.archiving import archive_due
from daemon.carrying_out import carry_out
from daemon.collecting import collect
from daemon.erasing import erase_due
from daemon.logs import event
from daemon.new_mailboxes import ask_again
from daemon.office import Office
from daemon.points import reach
from daemon.record import telling
from daemon.timekeeping import ask_for_notice, sound
from db import desk as desks
from db import directory, files
from db.pen import look, pen, redone
from db.record import known
from rules import learn
from rules.case import CaseFile
from rules.decision import Decision
from rules.desk import Desk
from rules.remind import anything_due, remind
from rules.shown import number
from rules.summary import due_at, for_the_list, summed
from rules.trouble import WorldTrouble
from rules.wording import wording

say = wording("daemon")

PAGE = 200
LONGEST_LIST = 50
"""Cases on one list to a unit; further ones stand on another."""


def tick(office: Office, now: datetime) -> int:
    """Ask every open case, and for the calendar that is missing; returns how many cases had something due.

    Raises WorldTrouble where the time cannot be believed: then nobody is reminded of anything (F79, F80).
    """
    if not sound(office, now):
        raise WorldTrouble(say("clock-doubted"))
    desk = desks.blank(office.setting(now), "")
    due: dict[str, list[str]] = {}
    owed: dict[str, list[date]] = {}
    waiting: dict[str, list[str]] = {}
    for file in open_cases(office):
        if file.lead and (since := silence.waiting_since(file)):
            owed.setdefault(file.lead, []).append(since)
            waiting.setdefault(file.lead, []).append(str(number(file, office.book)))
        if anything_due(file, desk):  # most cases on most days want nothing: no desk is laid for them
            due.setdefault(due_at(file, desk), []).append(file.ref)
    crowd = sum(map(len, due.values())) > office.book.office.day.items
    done = sum(_at_unit(office, unit, tuple(refs), now, crowd=crowd) for unit, refs in due.items())
    silence.listen(office, owed, now)
    lost_units.ring(office, waiting, now)
    ask_for_notice(office, now)
    archive_due(office, now)
    erase_due(office, now)
    collect(office, now)
    ask_again(office, now)
    handing_over.ring(office, now)
    telling.ring(office, now)
    event("ticked", cases=done)
    return done


def _at_unit(office: Office, unit: str, refs: tuple[str, ...], now: datetime, *, crowd: bool) -> int:
    """What is due at one unit ('' = at none): case by case, or as one list where that would be a flood.

    `crowd`: more is due at all than a hand-over letter shows.
    """
    if unit and len(refs) > office.book.office.day.summary and _reached(office, unit):
        return sum(_list(office, unit, refs[n : n + LONGEST_LIST], now) for n in range(0, len(refs), LONGEST_LIST))
    done = 0
    for ref in refs:
        done += _one(office, ref, now, crowd=crowd)
        reach("tick")
    return done


def _reached(office: Office, unit: str) -> bool:
    with look(office.engine) as cx:
        return any(contact.unit == unit for contact in directory.today(cx))


@redone
def _list(office: Office, unit: str, refs: tuple[str, ...], now: datetime) -> int:
    """These cases of the unit in one decision, all or none."""
    cause = f"tick:{refs[0]}:{now.isoformat()}:{len(refs)}"
    with pen(office.engine) as cx:
        if known(cx, cause):
            return 0
        desk = desks.for_cases(cx, refs, office.setting(now), cause)
        contact = desk.contact(unit)
        found = [remind(file, desk) for ref in refs if (file := desk.file(ref))]
        decisions = [decision for decision in found if decision is not None]
        if contact is None or not decisions:
            return 0
        if not _done(cx, office, refs[0], summed(decisions, contact, desk), desk):
            return 0
    reach("tick")
    return len(decisions)


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


@redone
def _one(office: Office, ref: str, now: datetime, *, crowd: bool) -> bool:
    cause = f"tick:{ref}:{now.isoformat()}"
    with pen(office.engine) as cx:
        if known(cx, cause):
            return False
        desk = desks.for_case(cx, ref, office.setting(now), cause)
        file = desk.file(ref)
        decision = remind(file, desk) if file else None
        if decision is None:
            return False
        return _done(cx, office, ref, for_the_list(decision) if crowd else decision, desk)


def _done(cx: Connection, office: Office, ref: str, decision: Decision, desk: Desk) -> bool:
    """What is due; where a template is broken a question about this case alone (F92). False while that waits for its answer.

    Nothing of the decision is recorded then: the day comes back as soon as the template is mended.
    """
    try:
        carry_out(cx, office, decision, desk)
    except TemplateError as broken:
        event("template.broken", case=ref, why=str(broken))
        report = learn.untold(learn.Untold(ref, str(broken)), desk)
        if any(question.key == report.questions[0].key and not question.answered for question in desk.questions):
            return False
        carry_out(cx, office, report, desk)
    return True
