"""R3 (domain §2.8): a complaint about him who opens the unit's letters, contact person or leader in charge, goes to that unit by no rule.

LIMITS: known are those whom the directory names, by name or by surname and title (王副局长); the unit's other people are its own business.
"""

from collections.abc import Iterable

from rules.desk import Contact, Desk
from rules.letter import Letter
from rules.replies.folding import folded
from rules.wording import wording

say = wording("rules")


def own_reader(letter: Letter, units: Iterable[str], desk: Desk) -> tuple[str, str]:
    """(unit, how the letter calls him) of the first of these units whose own reader the letter speaks of; ('', '') where none."""
    said = folded(f"{letter.subject}\n{letter.own_words or letter.text}")
    for unit in units:
        contact = desk.contact(unit)
        found = next((call for call in _calls(contact) if call in said), "") if contact else ""
        if found:
            return unit, found
    return "", ""


def warning(reader: tuple[str, str]) -> tuple[str, ...]:
    """What staff are told of it."""
    unit, called = reader
    return (say("own-reader", unit=unit, called=called),) if unit else ()


def _calls(contact: Contact) -> Iterable[str]:
    return (call for call in map(folded, (contact.person, *contact.leaders)) if len(call) > 1)
