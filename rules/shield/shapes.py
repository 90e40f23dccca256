"""Finds what identifies by its shape or its label: numbers, mailboxes, accounts, plates, addresses (A27, A28): `shapes.toml`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rules.shield.folding import Sight
from rules.shield.patterns import expand, read_toml

BACK = 36
AHEAD = 48
"""How far around its anchor a pattern may reach."""


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
    anchor: "re.Pattern[str] | None"
    """What must stand near: the pattern is tried only around it, so that a long text costs one quick look."""


@cache
def shapes(sheet_name: str) -> tuple[Shape, ...]:
    """The shapes of a sheet: shapes.toml (numbers, addresses) or kin.toml (posts, family facts)."""
    sheet = read_toml(sheet_name)
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
            re.compile(expand(row["anchor"], words)) if "anchor" in row else None,
        )
        for row in sheet["shape"]
    )


@lru_cache(maxsize=16)
def find_shapes(seen: Sight, sheet_name: str = "shapes.toml") -> tuple[Find, ...]:
    """Every shape of the sheet met in the text; they may overlap."""
    return tuple(_find(seen, sheet_name))


def _find(seen: Sight, sheet_name: str) -> Iterator[Find]:
    for shape in shapes(sheet_name):
        text = seen.digits if shape.view == "digits" else seen.text
        if shape.needs not in text:
            continue
        for met in _met(shape, text):
            start, end = met.span("v")
            if shape.unless and shape.unless.search(text, max(0, start - 14), start):
                continue
            part = met.span("t") if "t" in shape.pattern.groupindex else None
            yield Find(shape.kind, start, end, shape.role, shape.level, part)


def _met(shape: Shape, text: str) -> Iterator["re.Match[str]"]:
    if shape.anchor is None:
        yield from shape.pattern.finditer(text)
        return
    for begin, end in windows(shape.anchor, text):
        yield from shape.pattern.finditer(text, begin, end)


def windows(anchor: "re.Pattern[str]", text: str) -> Iterator[tuple[int, int]]:
    """The stretches around the anchors, those that touch made one."""
    begin, stop = -1, -1
    for met in anchor.finditer(text):
        start, end = max(0, met.start() - BACK), met.end() + AHEAD
        if start > stop:
            if stop >= 0:
                yield begin, stop
            begin = start
        stop = end
    if stop >= 0:
        yield begin, stop
