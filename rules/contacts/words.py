"""The word lists of the contact sheets: `*.toml` beside this module, read once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(name: str) -> dict[str, Any]:
    """The list of that name: `labels`, `lines`, `titles`, `prose` or `mails`."""
    return tomllib.loads(files("rules.contacts").joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def listed(name: str, key: str) -> frozenset[str]:
    """One list as a set."""
    return frozenset(words(name)[key])


@cache
def longest_first(name: str, key: str) -> tuple[str, ...]:
    """One list, long words before the short ones they contain."""
    return tuple(sorted(words(name)[key], key=len, reverse=True))
