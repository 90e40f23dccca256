"""Readers of words.toml (the office's words), machine.toml and speech.toml (words of speech itself)."""

from collections.abc import Mapping

from rules.policy.machines import MachinePolicy
from rules.policy.matters import Lexicon
from rules.policy.sheet import Sheet

SPEECH = (
    "negations",
    "suppositions",
    "organ_tails",
    "boundaries",
    "firm_tails",
    "firm_stops",
    "blame_before",
    "blame_after",
    "mention_before",
    "mention_after",
    "leaders",
    "field_labels",
    "addressee_words",
    "own_side",
    "lookalikes",
    "askings",
    "organ_stops",
    "blame_passive",
    "report_verbs",
    "ask_before",
    "greetings",
    "generic",
    "vague",
)
"""The lists speech.toml must have; each is told in its own comment there."""


def labels(sheet: Sheet) -> Mapping[str, Mapping[str, str]]:
    """The chapter words.toml: `[family]` tables, key -> the office's word."""
    value = {family: _family(sheet.sheet(family)) for family in sheet.table}
    sheet.done()
    return value


def _family(sheet: Sheet) -> Mapping[str, str]:
    words = {key: sheet.text(key) for key in sheet.table}
    sheet.done()
    return words


def machine(sheet: Sheet) -> MachinePolicy:
    """The chapter machine.toml."""
    value = MachinePolicy(complaint_words=sheet.words("complaint_words"), because=sheet.text("because"))
    sheet.retired("signals_needed", "sample_per_week", "advertising")  # kinds.toml and [day] of office.toml say it
    sheet.done()
    return value


def lexicon(sheet: Sheet) -> Lexicon:
    """The chapter speech.toml."""
    value = Lexicon({name: sheet.words(name) for name in SPEECH})
    sheet.done()
    return value
