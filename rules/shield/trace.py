"""Traces a leak: each unit's copy of a letter differs harmlessly, so that three sentences of it name the copy they came from (S67f).

    copy = Copying(key, case, unit)                    # one copy's choices, drawn by HMAC; the same for the same case and unit
    copy.wording("请于", "sign")                        # 请在: one of the wordings that may stand for each other, another at another place
    copy.order(fields)                                 # its order of fields
    copy.mark                                          # the choices made so far: what the ledger keeps
    trace(pasted, plain({"HY2017-00012 县水务局": text_of_that_copy, ...}))

LIMITS: names a copy by the wording that only it has; a leak retyped in other words names none, nor do the bare facts of a case that went to
several units: a complainant's words are never altered.
"""

import hmac
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TypeVar

from rules.shield.folding import normal

T = TypeVar("T")
GRAM = 5


@dataclass(frozen=True, slots=True)
class Traced:
    """The copy a text came from, and how far it stands before the next one (0 = as likely another, 1 = no other)."""

    copy: str
    lead: float


@cache
def rows() -> Mapping[str, tuple[str, ...]]:
    """The templates' wording -> the wordings that may stand for it, itself first."""
    sheet = tomllib.loads(files("rules.shield").joinpath("variants.toml").read_text("utf-8"))
    return {row[0]: tuple(row) for row in sheet["rows"]}


@dataclass(slots=True)
class Copying:
    """One copy in the making: `key` is the office's own, `case` a reference, `unit` a unit's name. The same choices each time."""

    key: bytes = field(repr=False)
    case: str
    unit: str
    made: dict[str, int] = field(default_factory=dict)

    def wording(self, plain: str, place: str = "") -> str:
        """This copy's wording of what the template writes; `place` lets one wording be drawn anew. Raises KeyError for an unknown one."""
        row = rows()[plain]
        return row[self._draw(f"{plain} {place}", len(row))]

    def order(self, fields: Iterable[T]) -> list[T]:
        """The fields in this copy's order."""
        given = list(fields)
        ranked = sorted(range(len(given)), key=lambda number: _drawn(self.key, self.case, self.unit, f"field {number}"))
        return [given[number] for number in ranked]

    @property
    def mark(self) -> str:
        """The choices made, as the ledger keeps them: '' where none was made."""
        return "".join(f"{choice:x}" for _, choice in sorted(self.made.items()))

    def _draw(self, what: str, count: int) -> int:
        if what not in self.made:
            self.made[what] = _drawn(self.key, self.case, self.unit, what) % count
        return self.made[what]


def trace(text: str, copies: Mapping[str, str]) -> Traced | None:
    """The copy this text came from, by what only few copies share; None where it shares nothing with any, or two are equally near.

    `copies`: name -> what `plain` made of the copy.
    """
    wanted = _grams(text)
    shared = {name: [gram for gram in wanted if gram in said] for name, said in copies.items()}
    often = Counter(gram for each in shared.values() for gram in each)
    near = sorted(((sum(1 / often[gram] for gram in each), name) for name, each in shared.items()), reverse=True)
    if not near or near[0][0] == 0:
        return None
    second = near[1][0] if len(near) > 1 else 0.0
    best, name = near[0]
    return None if best == second else Traced(name, (best - second) / best)


def plain(copies: Mapping[str, str]) -> dict[str, str]:
    """Name -> the copy's text in the form in which texts are compared."""
    return {name: normal(text) for name, text in copies.items()}


def _drawn(key: bytes, case: str, unit: str, what: str) -> int:
    said = "\0".join((case, unit, what)).encode()
    return int.from_bytes(hmac.new(key, said, sha256).digest()[:8], "big")


def _grams(text: str) -> set[str]:
    plain = normal(text)
    return {plain[place : place + GRAM] for place in range(len(plain) - GRAM + 1)}
