"""How a reply's words are folded before they are compared: NFKC, no blanks, no zero-width signs."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

INVISIBLE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]+")
LONGEST = 20_000


@cache
def words() -> dict[str, Any]:
    """The word lists beside this module."""
    return tomllib.loads(files("rules.replies").joinpath("words.toml").read_text("utf-8"))


@lru_cache(maxsize=8)
def folded(text: str) -> str:
    """The words without blanks, full-width made half-width; bounded. The last few are remembered: several gates ask about one letter."""
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", text[:LONGEST]))


def first_line(text: str) -> str:
    """The first line that says something, folded; greetings alone do not count."""
    for line in text[:LONGEST].splitlines():
        said = folded(line).strip("，。！、：:；;,.!~—-")
        if said and not any(said in (greeting, f"{greeting}!") for greeting in words()["complainant"]["greeting"]):
            return said
    return ""


def has(text: str, choices: list[str]) -> str:
    """The first of the choices that stands in the text, '' where none does."""
    return next((choice for choice in choices if choice in text), "")
