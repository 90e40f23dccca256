"""What the recogniser of names knows, read once from `lexicon/` and laid out so that a place in a text costs few look-ups."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Weights by what they look at; what is not there weighs nothing, unless a default stands beside it."""

    words: frozenset[str]
    surnames: frozenset[str]
    doubles: frozenset[str]
    """Those of two signs."""
    starts: "re.Pattern[str]"
    begun: tuple[Weights, Weights]
    """What a surname says, the bias in it, before one and before two given signs."""
    only: Weights
    only_else: float
    first: Weights
    first_else: float
    second: Weights
    second_else: float
    pair: Weights
    level: dict[str, str]
    left: Weights
    """One or two signs before the name."""
    right: tuple[Weights, Weights]
    right_two: Weights
    crossing: Weights
    """Words that cross the name's edges."""


def read(name: str) -> str:
    """A file of the lexicon."""
    return files("rules.shield").joinpath("lexicon", name).read_text("utf-8")


@cache
def knowledge() -> Knowledge:
    """The lexicon, read once."""
    weights = _weights()
    level = {sign: step for step, row in (line.split("\t") for line in read("signs.txt").splitlines()) for sign in row}
    single, double = read("surnames.txt").splitlines()
    pairs = double.split(" ")
    return Knowledge(
        words=_words(),
        surnames=frozenset([*single, *pairs]),
        doubles=frozenset(pairs),
        starts=re.compile(f"(?=({'|'.join(pairs)}|[{single}]))"),
        begun=(_begun(weights, "S1", (*single, *pairs)), _begun(weights, "S2", (*single, *pairs))),
        only=_levelled(weights, level, "C", "f1"),
        only_else=weights.get("f10", 0.0),
        first=_levelled(weights, level, "A", "f2"),
        first_else=weights.get("f20", 0.0),
        second=_levelled(weights, level, "B", "f3"),
        second_else=weights.get("f30", 0.0),
        pair=_under(weights, "fp"),
        level=level,
        left={**_under(weights, "l"), **_under(weights, "L")},
        right=(_under(weights, "r1"), _under(weights, "r2")),
        right_two=_under(weights, "R"),
        crossing=defaultdict(float, {key: weight for key, weight in weights.items() if key[0] in "wds"}),
    )


def _weights() -> Weights:
    lines = (line.split("\t") for line in read("weights.txt").splitlines())
    return {feature: float(weight) for weight, features in lines for feature in features.split(" ")}


def _words() -> frozenset[str]:
    two, more = read("words.txt").split("\n\n")
    words = {row[0] + second for row in two.splitlines() for second in row[1:]}
    return frozenset(words | {row[0] + rest for row in more.splitlines() for rest in row[1:].split(" ")})


def _begun(weights: Weights, which: str, surnames: Iterable[str]) -> Weights:
    """Every surname's weight with the bias, and with that of a surname of two signs."""
    own = _under(weights, which)
    more = weights.get("s2", 0.0)
    return {each: weights["bias"] + own.get(each, 0.0) + (more if len(each) > 1 else 0.0) for each in surnames}


def _under(weights: Weights, prefix: str) -> Weights:
    size = len(prefix)
    return {key[size:]: weight for key, weight in weights.items() if key.startswith(prefix)}


def _levelled(weights: Weights, level: dict[str, str], sign: str, step: str) -> Weights:
    """The weight of a given sign with that of its class."""
    own = _under(weights, sign)
    return {each: own.get(each, 0.0) + weights.get(step + level.get(each, "0"), 0.0) for each in {*own, *level}}


@cache
def _alike() -> frozenset[str]:
    row = read("alike.txt").strip()
    return frozenset(row[place : place + 2] for place in range(0, len(row), 2))


def is_word(text: str) -> bool:
    """Whether this is a common word."""
    return text in knowledge().words


def is_word_alike(text: str) -> bool:
    """Whether this is a word, common or not, that a name may be written like."""
    return is_word(text) or text in _alike()


def is_surname(text: str) -> bool:
    """Whether this is a surname."""
    return text in knowledge().surnames


def is_cut(text: str, place: int) -> bool:
    """Whether a common word ends with the sign at this place, so that nothing begins with it: 长 in 局长, 秘书长."""
    return any(is_word(text[place - size : place + 1]) for size in (1, 2) if size <= place)
