"""Does the writer let the unit know who he is? Asked in the receipt, answered in his own words (L77).

Only a clear yes counts, with no condition, exception or second thought anywhere beside it; silence and doubt are no consent.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from rules.shield.folding import sight
from rules.shield.patterns import expand
from rules.shield.values import Consent

BLANKS = re.compile(r"[^\S\n\t]+")
QUESTION = re.compile(r"[^，。,;；！!\n]{0,10}(?:吗|么|[?？])")
EDGES = " \n\t。.！!，,~～”“\"'"


@cache
def _sheet() -> tuple["re.Pattern[str]", "re.Pattern[str]", frozenset[str]]:
    sheet: dict[str, Any] = tomllib.loads(files("rules.shield").joinpath("consent.toml").read_text("utf-8"))
    joined = {key: "|".join(f"(?:{expand(each, sheet['words'])})" for each in sheet[key]) for key in ("yes", "no")}
    return re.compile(joined["yes"]), re.compile(joined["no"]), frozenset(sheet["whole"])


def consent(own_words: str) -> Consent:
    """What these words say about disclosure: True only for a clear yes, False for a no or a condition, None where they do not say."""
    yes, no, whole = _sheet()
    text = BLANKS.sub("", sight(own_words).digits)
    against = no.search(text)
    if against:
        return Consent(agreed=False, words=against[0])
    met = yes.search(text)
    if met and not QUESTION.match(text, met.end()):
        return Consent(agreed=True, words=met[0])
    first = next((line.strip(EDGES) for line in text.splitlines() if line.strip(EDGES)), "")
    return Consent(agreed=True, words=first) if first in whole else Consent(agreed=None)
