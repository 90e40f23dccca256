"""Traces a leak: each unit's copy of a letter differs harmlessly, so that three sentences of it name the copy they came from.

    varied = vary(text, key, case, unit)         # the copy's wording, drawn by HMAC; the same for the same case and unit
    order = arrange(fields, key, case, unit)     # its order of fields
    trace(pasted, {"HY2017-00012 县水务局": text_of_that_copy, ...})

LIMITS: names a copy by the wording that only it has; a leak retyped in other words names none.
"""

import hmac
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TypeVar

from rules.shield.folding import normal

T = TypeVar("T")
GRAM = 5
MOST_FIELDS = 12


@dataclass(frozen=True, slots=True)
class Traced:
    """The copy a text came from, and how far it stands before the next one (0 = as likely another, 1 = no other)."""

    copy: str
    lead: float


@cache
def rows() -> tuple[tuple[str, ...], ...]:
    """The wordings that may stand for each other."""
    sheet = tomllib.loads(files("rules.shield").joinpath("variants.toml").read_text("utf-8"))
    return tuple(tuple(row) for row in sheet["rows"])


def choices(key: bytes, case: str, unit: str) -> tuple[int, ...]:
    """Which wording of each row this copy takes: the words to keep with the letter."""
    return tuple(_drawn(key, case, unit, str(number)) % len(row) for number, row in enumerate(rows()))


def vary(text: str, key: bytes, case: str, unit: str) -> str:
    """The text with this copy's wordings in place of the templates'."""
    for row, chosen in zip(rows(), choices(key, case, unit), strict=True):
        text = text.replace(row[0], row[chosen])
    return text


def arrange(fields: Sequence[T], key: bytes, case: str, unit: str) -> tuple[T, ...]:
    """The fields in this copy's order; at most MOST_FIELDS are moved."""
    ranked = sorted(range(min(len(fields), MOST_FIELDS)), key=lambda place: _drawn(key, case, unit, f"field {place}"))
    return (*(fields[place] for place in ranked), *fields[MOST_FIELDS:])


def trace(text: str, copies: Mapping[str, str]) -> Traced | None:
    """The copy this text came from, by what only few copies share; None where it shares nothing with any, or two are equally near."""
    grams = {name: _grams(copy) for name, copy in copies.items()}
    often = Counter(gram for each in grams.values() for gram in each)
    found = _grams(text)
    near = sorted(((sum(1 / often[gram] for gram in found & each), name) for name, each in grams.items()), reverse=True)
    if not near or near[0][0] == 0:
        return None
    second = near[1][0] if len(near) > 1 else 0.0
    best, name = near[0]
    return None if best == second else Traced(name, (best - second) / best)


def _drawn(key: bytes, case: str, unit: str, what: str) -> int:
    said = "\0".join((case, unit, what)).encode()
    return int.from_bytes(hmac.new(key, said, sha256).digest()[:8], "big")


def _grams(text: str) -> set[str]:
    plain = normal(text)
    return {plain[place : place + GRAM] for place in range(len(plain) - GRAM + 1)}
