"""抬头: what begins a letter: whom it goes to; where it is about a case, which one, and the occasion that makes it due once.

TransferEnded(**unit_head(desk, file, contact, occasion), reason=…)
"""

from typing import TypedDict

from rules.case import CaseFile
from rules.desk import Contact, Desk
from rules.notices.notice import Number, Ref, To, UnitName
from rules.policy.office import Person
from rules.shown import number


def to_staff(person: Person) -> To:
    """To his registered mailbox."""
    return To(person.mailbox, f"staff:{person.name}", person.name)


def to_unit(contact: Contact) -> To:
    """To the unit's registered mailbox."""
    return To(contact.address, f"unit:{contact.unit}", contact.unit)


class Head(TypedDict):
    """The first fields of a letter to a complainant."""

    to: To
    about: str
    occasion: str
    number: Number
    ref: Ref


class UnitHead(Head):
    """The first fields of a letter to a unit."""

    unit: UnitName


def complainant_head(desk: Desk, file: CaseFile, address: str, occasion: str) -> Head:
    """How a letter to him begins. `address`: the one the case is registered with, or the one that wrote the letter which is answered; ''
    where he has none, and a person tells him what the letter says (`rules.calling`)."""
    return Head(
        to=To(address, "complainant"),
        about=file.about,
        occasion=occasion,
        number=number(file, desk.book),
        ref=Ref(file.ref),
    )


def unit_head(desk: Desk, file: CaseFile, contact: Contact, occasion: str) -> UnitHead:
    """How a letter to a unit begins. `contact`: where it is reached."""
    return UnitHead(
        to=to_unit(contact),
        about=file.about,
        occasion=occasion,
        number=number(file, desk.book),
        ref=Ref(file.ref),
        unit=UnitName(contact.unit),
    )
