"""Does the writer let the unit know who he is? Asked in the receipt, answered in his own words (L77).

Only a clear yes counts, with no condition, exception or second thought anywhere beside it; silence and doubt are no consent.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rules.shield.folding import sight
from rules.shield.patterns import expand
from rules.shield.values import Consent

BLANKS = re.compile(r"[^\S\n\t]+")
QUESTION = re.compile(r"[^，。,;；！!\n]{0,10}(?:吗|么|[?？])")
SENTENCE_END = re.compile(r"[。！!？?\n]")
EDGES = " \n\t。.！!，,~～”“\"'"


@dataclass(frozen=True, slots=True)
class Sheet:
    """`consent.toml` as patterns: a yes, a no, a yes taken back, whole answers; kind of identity -> how people call it."""

    yes: "re.Pattern[str]"
    no: "re.Pattern[str]"
    back: "re.Pattern[str]"
    whole: frozenset[str]
    scope: tuple[tuple[str, "re.Pattern[str]"], ...]
    asked: tuple[str, ...]
    """What the receipt asks for: the kinds of a yes that names none."""


@cache
def _sheet() -> Sheet:
    sheet: dict[str, Any] = tomllib.loads(files("rules.shield").joinpath("consent.toml").read_text("utf-8"))
    yes, no, back = (
        re.compile("|".join(f"(?:{expand(each, sheet['words'])})" for each in sheet[key]))
        for key in ("yes", "no", "back")
    )
    scope = tuple((kind, re.compile(words)) for kind, words in sheet["scope"].items())
    return Sheet(yes, no, back, frozenset(sheet["whole"]), scope, tuple(sheet["asked"]))


def consent(own_words: str) -> Consent:
    """What these words say about disclosure: True only for a clear yes, False for a no or a condition, None where they do not say."""
    sheet = _sheet()
    text = BLANKS.sub("", sight(own_words).digits)
    back = sheet.back.search(text)
    against = back or sheet.no.search(text)
    if against:
        return Consent(agreed=False, words=against[0], back=back is not None)
    met = sheet.yes.search(text)
    if met and not QUESTION.match(text, met.end()):
        return Consent(agreed=True, words=met[0], scope=_scope(sheet, _sentence(text, met)))
    first = next((line.strip(EDGES) for line in text.splitlines() if line.strip(EDGES)), "")
    return Consent(agreed=True, words=first, scope=sheet.asked) if first in sheet.whole else Consent(agreed=None)


def _sentence(text: str, met: "re.Match[str]") -> str:
    """The whole sentence of a yes: what it names narrows it."""
    end = SENTENCE_END.search(text, met.end())
    begin = max((each.end() for each in SENTENCE_END.finditer(text, 0, met.start())), default=0)
    return text[begin : end.start() if end else len(text)]


def _scope(sheet: Sheet, words: str) -> tuple[str, ...]:
    """The kinds the yes names; those the receipt asks for where it names none."""
    return tuple(kind for kind, called in sheet.scope if called.search(words)) or sheet.asked
