"""What is judged and what comes of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from rules.letter import Letter
from rules.policy.matters import Kind, Mode, Verdict


@dataclass(frozen=True, slots=True)
class Matter:
    """A letter as far as judging goes: own words only, no quoted history, no signature."""

    subject: str = ""
    own_words: str = ""
    forwarded: str = ""
    """A forwarded letter: content where the sender wrote nearly nothing himself."""
    from_name: str = ""
    from_addr: str = ""
    sender_unit: str | None = None
    """The unit whose registered mailbox this came from, None = not a unit."""

    @classmethod
    def of(cls, letter: Letter, unit: str | None = None) -> Self:
        """A letter as read, from this unit's mailbox; where nothing is its sender's own, all of its text counts."""
        words = letter.own_words or letter.text
        return cls(letter.subject, words, letter.forwarded, letter.from_name, letter.from_addr, unit)


class Confidence(StrEnum):
    """How sure the proposal is."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Named:
    """An organ or firm: the directory's official name or None, and the letter's own words."""

    unit: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Routed:
    """A proposed unit (None = not in the directory) and its line (归口)."""

    unit: str | None
    line: str


class Quest(StrEnum):
    """What a person is asked."""

    UNIT = "unit"
    SEVERAL = "several"
    REPORT = "report"
    OURSELVES = "ourselves"
    JUSTICE = "justice"
    GROUND = "ground"
    LOOKALIKE = "lookalike"
    AMBIGUOUS = "ambiguous"
    UNIT_SENDER = "unit-sender"
    UNCLEAR = "unclear"
    ANONYMOUS = "anonymous"
    URGENT = "urgent"
    SUPERVISE = "supervise"


@dataclass(frozen=True, slots=True)
class Query:
    """A question: its kind, and the sentence for staff."""

    quest: Quest
    says: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason: the rule, its basis, the letter's own words, and their spans in subject + newline + own words."""

    rule: str
    because: str
    words: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """The proposal. A rule proposes; it never refuses, closes or sends by itself (NEVER-REFUSE)."""

    kind: Kind
    categories: tuple[str, ...]
    respondents: tuple[Named, ...]
    mentioned: tuple[Named, ...]
    scope: Verdict
    grounds: tuple[str, ...]
    mode: Mode | None
    route: tuple[Routed, ...]
    questions: tuple[Query, ...]
    confidence: Confidence
    why: tuple[Finding, ...]
