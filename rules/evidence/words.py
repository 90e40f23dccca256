"""What the ledger's words are called on paper: events, parts, channels, findings; a word that a later program wrote stays as it is."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _shelves() -> dict[str, Any]:
    return tomllib.loads(files("rules.evidence").joinpath("words.toml").read_text("utf-8"))


def word(family: str, key: str) -> str:
    """办结 for ("event", "Closed"); the key itself where nobody named it, '' for ''."""
    shelf: dict[str, str] = _shelves()[family]
    return shelf.get(key, key)


def family(name: str) -> frozenset[str]:
    """The keys that are named."""
    return frozenset(_shelves()[name])
