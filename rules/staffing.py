"""Who is asked: holders of a role who are there and not concerned, else their deputies, else the next roles (S35).

回避: who is concerned in a case is passed by, sees nothing of it and orders nothing in it (A45; domain §2.6).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rules.days import local_day
from rules.desk import Desk
from rules.letter import Letter
from rules.policy.office import Person

SHORTEST_NAME = 2
"""A name of one sign would be found in any letter."""


@dataclass(frozen=True, slots=True)
class Absence:
    """请假: the person is away from the first to the last day; `deputy` '' = the one the book names."""

    person: str
    since: date
    until: date
    deputy: str = ""


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
    """The absence in force today; the last one told counts."""
    day = local_day(desk.now)
    told = (one for one in reversed(desk.absences) if one.person == name)
    return next((one for one in told if one.since <= day <= one.until), None)


def acting_roles(desk: Desk, name: str, own: Iterable[str]) -> tuple[str, ...]:
    """His own roles, and those of the people he stands in for today."""
    roles = list(own)
    for person in desk.book.office.staff:
        away = away_now(desk, person.name)
        if away is not None and (away.deputy or person.deputy) == name:
            roles.append(person.role)
    return tuple(dict.fromkeys(roles))


def recused(desk: Desk, about: str) -> frozenset[str]:
    """Who is passed by in the case."""
    file = desk.file(about.removeprefix("case:"))
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
