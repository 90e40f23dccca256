"""What judging goes by: kinds of letters, categories (S61), grounds (N1–N11), scope, lines (归口), and the words of speech itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.policy.condition import Condition


class Kind(StrEnum):
    """Kinds of letters a person writes. The office's word for each is `label.kind`."""

    COMPLAINT = "complaint"
    REPORT = "report"
    CONSULT = "consult"
    SUGGESTION = "suggestion"
    HELP = "help"
    THANKS = "thanks"
    URGE = "urge"
    SUPPLEMENT = "supplement"
    WITHDRAW = "withdraw"
    OPINION = "opinion"
    UNIT_REPLY = "unit-reply"
    CONTACT = "contact"
    COPY = "copy"
    UNIT_MATTER = "unit-matter"
    ADVERT = "advert"


GRIEVANCES = frozenset({Kind.COMPLAINT, Kind.REPORT, Kind.HELP})
"""Kinds that open a handling (the others are answered or joined)."""


class Mode(StrEnum):
    """Handling modes of domain §2.1; the office's word for each is `label.mode`."""

    TRANSFER = "transfer"
    ASSIGN = "assign"
    KEY_SUPERVISION = "key-supervision"
    DIRECT = "direct"
    UNIT_DIRECT = "unit-direct"


class Verdict(StrEnum):
    """Whether the matter is one of the business environment."""

    YES = "yes"
    BORDERLINE = "borderline"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what must hold, what it counts for and how much, why, and examples that must and must not match."""

    name: str
    target: str
    """What it speaks for: the value of a Kind or Verdict, a category, a ground's number or `supervise`."""
    weight: int
    when: tuple[Condition, ...]
    because: str
    match: tuple[str, ...]
    miss: tuple[str, ...]
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Category:
    """One of S61's nine, or 其他."""

    name: str
    because: str
    threshold: int
    fallback: bool = False
    """其他: named where no other category is reached."""


@dataclass(frozen=True, slots=True)
class Ground:
    """N1–N11. `does` says what is proposed; nothing is ever refused by a rule (NEVER-REFUSE)."""

    number: str
    name: str
    proposal: str
    guide: str
    """Where the person may go instead."""
    because: str
    rules: tuple[Rule, ...] = ()
    imagined: bool = False
    """Counts where it is only imagined too (再不解决我要自杀)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Rules for in, borderline, out; `fallback` where none speaks."""

    rules: tuple[Rule, ...]
    fallback: Verdict


@dataclass(frozen=True, slots=True)
class Supervision:
    """When 重点督办 is proposed (domain §5.3-5)."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class Sign:
    """When 重点督办 is proposed by what the register shows: again 再次反映, unsatisfied 不满意, units 多单位 (domain §5.3-5)."""

    name: str
    because: str
    least: int = 0
    """From how many units on; 0 where nothing is counted."""


@dataclass(frozen=True, slots=True)
class Line:
    """A functional line (归口): organ words that name it, subject words that speak for it with weights."""

    name: str
    because: str
    organs: tuple[str, ...]
    words: Mapping[str, int]
    base: int
    """Added before any word is seen: how common the line's letters are."""
    never: bool
    """Courts, procurators, discipline: a rule never proposes it."""
    match: tuple[str, ...] = ()
    miss: tuple[str, ...] = ()
    at: int = 0
    """Where it stands in lines.toml."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words of speech the judging needs: negation, supposition, respondent verbs, forms of organs and firms. See speech.toml."""

    lists: Mapping[str, tuple[str, ...]]

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self.lists[name]
