"""The book as one frozen tree. What stands here is policy; what the program can do with it stands elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.policy.answering import Answer, WebForm
from rules.policy.collecting import Collecting
from rules.policy.machines import MachinePolicy
from rules.policy.matters import Category, Ground, Lexicon, Line, Rule, Scope, Sign, Supervision
from rules.policy.office import Limits, Office, Roles
from rules.policy.record import Record
from rules.policy.terms import Clock
from rules.policy.units import UnitDirectory


@dataclass(frozen=True, eq=False)
class Book:
    """The office's policy. Two books are the same where their `hash` is the same; a Book itself compares by identity."""

    hash: str
    """SHA-256 over every chapter's name and bytes, letters/ included."""
    office: Office
    roles: Roles
    limits: Limits
    units: UnitDirectory
    clocks: Mapping[str, Clock]
    machines: MachinePolicy
    kinds: tuple[Rule, ...]
    categories: tuple[Category, ...]
    category_rules: tuple[Rule, ...]
    grounds: Mapping[str, Ground]
    scope: Scope
    supervision: tuple[Supervision, ...]
    lines: tuple[Line, ...]
    lexicon: Lexicon
    labels: Mapping[str, Mapping[str, str]]
    signs: Mapping[str, Sign] = field(default_factory=dict)
    """What in the register proposes 重点督办: again, unsatisfied, units -> how it is said (routing.toml)."""
    answers: tuple[Answer, ...] = ()
    """Ready answers for questions (S51)."""
    forms: tuple[WebForm, ...] = ()
    """Web forms whose letters are read (S17)."""
    collecting: Collecting | None = None
    """How contact sheets are collected; None where the office collects none."""
    record: Record | None = None
    """Reports, publication, clues (record.toml); None where the office does without."""
    letters: Mapping[str, bytes] = field(default_factory=dict)
    """Templates that the staff edited: name under letters/ -> bytes; they go before those of `templates/`."""
    calendar: Mapping[str, bytes] = field(default_factory=dict)
    """Chapters under calendar/: name -> bytes, read by `rules.days`."""

    def label(self, family: str, key: str) -> str:
        """The office's word for a state, kind, handling mode… Raises KeyError where the book has none (a bug: the loader checks)."""
        return self.labels[family][key]


def chapters_of_rules(book: Book) -> dict[str, tuple[Rule, ...]]:
    """Chapter -> its rules, in the book's order."""
    return {
        "kinds.toml": book.kinds,
        "categories.toml": book.category_rules,
        "grounds.toml": tuple(rule for ground in book.grounds.values() for rule in ground.rules),
        "scope.toml": book.scope.rules,
        "routing.toml": tuple(each.rule for each in book.supervision),
    }
