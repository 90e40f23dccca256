"""Conditions of a rule: few, composable, worded for clerks (HANDBOOK.md lists them; a test holds the list to this table)."""

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where in the letter the words must stand."""

    SUBJECT = "subject"
    OWN = "own"
    ANYWHERE = "anywhere"
    OPENING = "opening"
    """The first line of the own words."""
    FIELD = "field"
    """A labelled field, as 被投诉单位：…"""


class Sender(StrEnum):
    """Who wrote."""

    ANYONE = "anyone"
    UNIT = "unit"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """All that is said must hold. Words are folded as letters are (NFKC, simplified, small letters, no blanks).

    Conditions compare by identity, so that what is worked out for one is found again at once.
    """

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    place: Place = Place.ANYWHERE
    negated: bool = False
    """Count words under a negation too (for rules about what is *not* done)."""
    pattern: str = ""
    """A staff-written regular expression, run in linear time (RE2)."""
    sender: Sender = Sender.ANYONE
    amount_from: int = 0
    """The letter names a sum of at least so many yuan."""
    people_from: int = 0
    """The letter speaks for at least so many people."""
    short: int = 0
    """The own words have at most so many signs."""
    nobody: bool = False
    """The letter names no organ and no firm at all."""
    either: tuple["Condition", ...] = ()
    """At least one of these holds."""
