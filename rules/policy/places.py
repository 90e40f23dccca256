"""A chapter's text: its table, and where in it a key stands (path -> line), since tomllib tells values and not places.

Both are kept for the texts in use: a book of which one chapter changed is read again in that chapter alone.

LIMITS: a line inside a multi-line string that looks like `key = value` is taken for one; that only moves a line number.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

Path = tuple[str | int, ...]

HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]#]{1,200}?)\s*\]\]?")
KEY = re.compile(r"^\s*([A-Za-z0-9_\-]{1,80}|\"[^\"]{1,80}\")\s*=")


@lru_cache(maxsize=64)
def table(text: str) -> Mapping[str, Any]:
    """The chapter's table, to be looked at only. Raises tomllib.TOMLDecodeError."""
    return tomllib.loads(text)


@lru_cache(maxsize=64)
def places(text: str) -> Mapping[Path, int]:
    """Every table and key of the chapter with its line, counted from 1."""
    found: dict[Path, int] = {(): 1}
    counts: dict[str, int] = {}
    here: Path = ()
    for number, line in enumerate(text.split("\n"), 1):
        header = HEADER.match(line)
        if header:
            here = _path(header[2], counts, repeated=len(header[1]) == 2)
            found.setdefault(here, number)
            continue
        key = KEY.match(line)
        if key:
            found.setdefault((*here, key[1].strip('"')), number)
    return found


def _path(name: str, counts: dict[str, int], *, repeated: bool) -> Path:
    parts: list[str | int] = [part.strip().strip('"') for part in name.split(".")]
    if repeated:
        counts[name] = counts.get(name, -1) + 1
        return (*parts, counts[name])
    return tuple(parts)


def line_of(found: Mapping[Path, int], path: Path) -> int:
    """The line of the path, or of the nearest table around it."""
    while path not in found:
        path = path[:-1]
    return found[path]
