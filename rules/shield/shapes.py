"""Finds what identifies by its shape or its label: numbers, mailboxes, accounts, plates, addresses (A27, A28): `shapes.toml`."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rules.shield.folding import Sight

WORD = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Find:
    """Something found: its kind, and its span in the folded text. `part` is a telling part of it."""

    kind: str
    start: int
    end: int
    role: str = "complainant"
    level: str = "direct"
    part: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """One pattern of `shapes.toml`."""

    kind: str
    level: str
    role: str
    view: str
    needs: str
    pattern: "re.Pattern[str]"
    unless: "re.Pattern[str] | None"


def expand(pattern: str, words: dict[str, str]) -> str:
    """The pattern with its {word}s put in."""
    return WORD.sub(lambda met: words.get(met[1], met[0]), pattern)


@cache
def shapes(sheet_name: str) -> tuple[Shape, ...]:
    """The shapes of a sheet: shapes.toml (numbers, addresses) or kin.toml (posts, family facts)."""
    sheet = tomllib.loads(files("rules.shield").joinpath(sheet_name).read_text("utf-8"))
    words = sheet["words"]
    return tuple(
        Shape(
            row.get("as", row["kind"]),
            row.get("level", "direct"),
            row.get("role", "complainant"),
            row["view"],
            row.get("needs", ""),
            re.compile(expand(row["pattern"], words), re.VERBOSE | re.MULTILINE),
            re.compile(expand(row["unless"], words)) if "unless" in row else None,
        )
        for row in sheet["shape"]
    )


def find_shapes(seen: Sight, sheet_name: str = "shapes.toml") -> Iterator[Find]:
    """Every shape of the sheet met in the text; they may overlap."""
    for shape in shapes(sheet_name):
        text = seen.digits if shape.view == "digits" else seen.text
        if shape.needs not in text:
            continue
        for met in shape.pattern.finditer(text):
            start, end = met.span("v")
            if shape.unless and shape.unless.search(text, max(0, start - 14), start):
                continue
            part = met.span("t") if "t" in shape.pattern.groupindex else None
            yield Find(shape.kind, start, end, shape.role, shape.level, part)
