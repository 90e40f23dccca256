"""Who is asked: holders of a role who are there and not concerned, else their deputies, else the next roles (S35).

回避: who is concerned in a case is passed by, sees nothing of it and orders nothing in it (A45; domain §2.6).
"""

import dataclasses
from collections.abc import Iterable

from rules.days import local_day
from rules.decision import Decision, Disposition, Question
from rules.desk import Desk, OpenQuestion
from rules.events import OFFICE, Event, Recused, Registered, ref_of
from rules.letter import Letter
from rules.policy.office import Absence, Person

STAFF = "staff"
"""The file that absences are told in."""
SHORTEST_NAME = 2
"""A name of one sign would be found in any letter."""


def asked_people(desk: Desk, role: str, barred: frozenset[str] = frozenset()) -> tuple[Person, ...]:
    """Whom a question to the role goes to, each once; () only where everybody of the office is barred."""
    for key in dict.fromkeys((role, "head", *desk.book.roles.second)):
        found = {
            person.name: person
            for holder in desk.book.office.holders(key)
            if (person := _there(desk, holder, barred)) is not None
        }
        if found:
            return tuple(found.values())
    return ()


def _there(desk: Desk, holder: Person, barred: frozenset[str]) -> Person | None:
    """The holder, or whoever stands in for him; None where the row of deputies ends."""
    person: Person | None = holder
    passed: set[str] = set()
    while person is not None and person.name not in passed:
        passed.add(person.name)
        away = away_now(desk, person.name)
        if away is None and person.name not in barred:
            return person
        person = person_named(desk, (away.deputy if away else "") or person.deputy)
    return None


def person_named(desk: Desk, name: str) -> Person | None:
    """The person of the book, by the first of his roles."""
    return next((person for person in desk.book.office.staff if person.name == name), None)


def away_now(desk: Desk, name: str) -> Absence | None:
    """The absence in force today, of the book's and of those told; who is back (`until` before `since`) has ended what began before."""
    standing: list[Absence] = []
    for told in (*desk.book.office.away, *desk.absences):
        if told.person == name and told.until < told.since:
            standing = [one for one in standing if one.since > told.since]
        elif told.person == name:
            standing.append(told)
    day = local_day(desk.now)
    return next((one for one in reversed(standing) if one.since <= day <= one.until), None)


def acting_roles(desk: Desk, name: str, own: Iterable[str], question: OpenQuestion | None = None) -> tuple[str, ...]:
    """His own roles, and those of the people he stands in for: away today, or concerned in the case."""
    roles = list(own)
    shut = concerned(desk, question) if question else frozenset()
    for person in desk.book.office.staff:
        away = away_now(desk, person.name)
        deputy = (away.deputy if away else "") or person.deputy
        if deputy == name and (away is not None or person.name in shut):
            roles.append(person.role)
    return tuple(dict.fromkeys(roles))


def recused(desk: Desk, about: str) -> frozenset[str]:
    """Who is passed by in the case."""
    file = desk.file(ref_of(about))
    return frozenset(file.recused) if file else frozenset()


def named_in(letter: Letter, desk: Desk) -> frozenset[str]:
    """Staff whom a citizen's letter names; colleagues and units call the staff by name without meaning them."""
    units = {contact.address.lower() for contact in desk.contacts}
    own = {person.mailbox.lower() for person in desk.book.office.staff}
    if letter.from_addr.lower() in units | own:
        return frozenset()
    said = f"{letter.from_name}\n{letter.subject}\n{letter.own_words}\n{letter.forwarded}"
    names = {person.name for person in desk.book.office.staff if len(person.name) >= SHORTEST_NAME}
    return frozenset(name for name in names if name in said)


def concerned(desk: Desk, question: OpenQuestion) -> frozenset[str]:
    """Who is passed by in a question: in its case, or by the letter it is about where that has no case."""
    barred = frozenset(name for key, name in question.proposal if key == "barred")
    if question.about == OFFICE and desk.letter is not None:
        return barred | _but_not_all(named_in(desk.letter, desk), desk)
    return barred | recused(desk, question.about)


def pass_by(decision: Decision, letter: Letter, desk: Desk) -> Decision:
    """回避 by rule: staff named in the letter that opens a case are passed by in it, and in every question about the letter (A45).

    A letter that names everybody passes by nobody: it would leave the case to no one (S35, A21).
    """
    if decision.disposition not in (Disposition.OPENED, Disposition.HELD):
        return decision
    named = tuple(sorted(_but_not_all(named_in(letter, desk), desk)))
    if not named:
        return decision
    opened = [event for event in decision.events if isinstance(event, Registered)]
    lines: list[Event] = [
        Recused(about=event.about, warrant=event.warrant, person=name, why="named")
        for event in opened
        for name in named
    ]
    return dataclasses.replace(
        decision,
        events=(*decision.events, *lines),
        questions=tuple(_barred(asked, named) for asked in decision.questions),
    )


def _barred(asked: Question, names: tuple[str, ...]) -> Question:
    return dataclasses.replace(asked, barred=tuple(dict.fromkeys((*asked.barred, *names))))


def _but_not_all(names: frozenset[str], desk: Desk) -> frozenset[str]:
    everybody = {person.name for person in desk.book.office.staff}
    return names if everybody - names else frozenset()
