"""The words beside a name that say who he is: the patterns of `patterns.toml` that go by the lists of `people.toml`."""

import re
from dataclasses import dataclass, fields
from functools import cache

from rules.shield.patterns import STOP, pattern, read_toml

__all__ = ["STOP", "Cues", "cues", "nobody"]


@dataclass(frozen=True, slots=True)
class Cues:
    """The lists of `people.toml` as patterns."""

    own_left: "re.Pattern[str]"
    closed: "re.Pattern[str]"
    own_after: "re.Pattern[str]"
    family: "re.Pattern[str]"
    witness: "re.Pattern[str]"
    witness_after: "re.Pattern[str]"
    alias: "re.Pattern[str]"
    no_alias: "re.Pattern[str]"
    ordinary_left: "re.Pattern[str]"
    ordinary_right: "re.Pattern[str]"
    official_left: "re.Pattern[str]"
    official_right: "re.Pattern[str]"
    official_verb: "re.Pattern[str]"
    titled: "re.Pattern[str]"
    official_sure: "re.Pattern[str]"
    own_sentence: "re.Pattern[str]"
    roll: "re.Pattern[str]"
    own_title: "re.Pattern[str]"
    pet: "re.Pattern[str]"
    familiar: "re.Pattern[str]"
    surname_said: "re.Pattern[str]"
    sign_title: "re.Pattern[str]"
    telling: "re.Pattern[str]"
    number_field: "re.Pattern[str]"
    letter: "re.Pattern[str]"
    organ: "re.Pattern[str]"
    spaced: "re.Pattern[str]"


@cache
def cues() -> Cues:
    """The cues, read once."""
    return Cues(**{field.name: pattern(field.name) for field in fields(Cues)})


@cache
def nobody() -> frozenset[str]:
    """Names that name nobody, beside a mailbox: 匿名, 群众."""
    return frozenset(read_toml("people.toml")["nobody"])
