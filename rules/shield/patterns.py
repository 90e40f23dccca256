"""The shield's patterns, by name: `patterns.toml`, with the word lists of `people.toml` put in."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from rules.shield.knowledge import knowledge

STOP = "，。,.;；、！!？?：:()（）“”\"'「」『』|/\n\t 　-—~"
WORD = re.compile(r"\{([a-z_]+)\}")
RAW = frozenset(("telling",))
"""Lists whose words are patterns themselves."""


def expand(pattern: str, words: dict[str, str]) -> str:
    """The pattern with its {word}s put in."""
    return WORD.sub(lambda met: words.get(met[1], met[0]), pattern)


def read_toml(name: str) -> dict[str, Any]:
    """A sheet that lies beside this module."""
    return tomllib.loads(files("rules.shield").joinpath(name).read_text("utf-8"))


def either(words: Iterable[str]) -> str:
    """One of the words, the longest first; a ? in a word is a pattern's."""
    return "|".join(sorted((re.escape(word).replace("\\?", "?") for word in words), key=len, reverse=True))


@cache
def _words() -> dict[str, str]:
    lists = {key: "|".join(words) if key in RAW else either(words) for key, words in read_toml("people.toml").items()}
    surname = {"surname": _surname(), "surname_spaced": _surname("[ ]{0,4}")}
    return {**lists, **surname, "stop": re.escape(STOP)}


def _surname(between: str = "") -> str:
    """A surname, those of two signs first; only where such a one can begin are they tried."""
    doubles = sorted(knowledge().doubles)
    singles = "".join(sorted(knowledge().surnames - knowledge().doubles))
    begins = "".join(sorted({each[0] for each in doubles}))
    return f"(?=[{begins}])(?:{'|'.join(each[0] + between + each[1] for each in doubles)})|[{singles}]"


@cache
def _sheet() -> dict[str, str]:
    return read_toml("patterns.toml")


@cache
def pattern(name: str) -> "re.Pattern[str]":
    """The pattern of that name."""
    return re.compile(expand(_sheet()[name], _words()))
