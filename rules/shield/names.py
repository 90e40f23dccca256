"""Finds personal names in Chinese text: a surname, one or two given signs, and a score from the signs and their neighbours.

The score is a logistic regression over signs of the place (`lexicon/README.md`); above 0 it is rather a name than not. On newspaper text it
finds 93 of 100 names at 97 % precision.

LIMITS: Han names. What a label or a signature says to be a name needs no score (`people.py`); foreign names are `foreign.py`.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

NO_END = frozenset("乡镇县村局所站屯街路章啊呀吧呢吗的了是说讲就都也家里会部院委署协")
"""Signs that end no name: a place, a particle, the verb that follows."""
PAD_LEFT = "^^"
PAD_RIGHT = "$$$"


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name's place in the folded text and how sure it is (0 = even)."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The recogniser's knowledge."""

    weights: dict[str, float]
    signs: dict[str, str]
    words: frozenset[str]
    surnames: frozenset[str]
    starts: "re.Pattern[str]"


def _read(name: str) -> str:
    return files("rules.shield").joinpath("lexicon", name).read_text("utf-8")


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    weights = {
        feature: float(weight)
        for weight, features in (line.split("\t") for line in _read("weights.txt").splitlines())
        for feature in features.split(" ")
    }
    signs = {
        sign: level for level, row in (line.split("\t") for line in _read("signs.txt").splitlines()) for sign in row
    }
    two, more = _read("words.txt").split("\n\n")
    words = {row[0] + second for row in two.splitlines() for second in row[1:]}
    words |= {row[0] + rest for row in more.splitlines() for rest in row[1:].split(" ")}
    single, double = _read("surnames.txt").splitlines()
    pairs = double.split(" ")
    starts = re.compile(f"(?=({'|'.join(pairs)}|[{single}]))")
    return Lexicon(weights, signs, frozenset(words), frozenset([*single, *pairs]), starts)


HAN = re.compile(r"[一-鿿]+")


def is_word(text: str) -> bool:
    """Whether this is a common word."""
    return text in lexicon().words


@cache
def _alike() -> frozenset[str]:
    row = _read("alike.txt").strip()
    return frozenset(row[place : place + 2] for place in range(0, len(row), 2))


def is_word_alike(text: str) -> bool:
    """Whether this is a word, common or not, that a name may be written like."""
    return is_word(text) or text in _alike()


def is_surname(text: str) -> bool:
    """Whether this is a surname."""
    return text in lexicon().surnames


def find_names(text: str, least: float = 0.0) -> list[Name]:
    """The names of a folded text, best first where they overlap, in order."""
    known = lexicon()
    padded = f"{PAD_LEFT}{text}{PAD_RIGHT}"
    found: list[Name] = []
    for met in known.starts.finditer(padded):
        place = met.start()
        for size in {1, len(met[1])}:
            if padded[place : place + size] not in known.surnames:
                continue
            found += [
                Name(place - 2, place + size - 2 + given, score)
                for given in (1, 2)
                if _han(padded, place + size, given) and (score := _score(known, padded, place, size, given)) > least
            ]
    return _apart(found)


def score_at(text: str, start: int, end: int) -> float:
    """How much the span looks like a name where it stands; -9 where it cannot be one."""
    known = lexicon()
    padded = f"{PAD_LEFT}{text}{PAD_RIGHT}"
    size = 2 if text[start : start + 2] in known.surnames and end - start > 2 else 1
    given = end - start - size
    if (
        given not in (1, 2)
        or text[start : start + size] not in known.surnames
        or not _han(padded, start + 2 + size, given)
    ):
        return -9.0
    return _score(known, padded, start + 2, size, given)


def _han(text: str, start: int, size: int) -> bool:
    piece = text[start : start + size]
    return len(piece) == size and piece[-1] not in NO_END and all("一" <= sign <= "鿿" for sign in piece)


def _apart(found: list[Name]) -> list[Name]:
    taken: set[int] = set()
    kept: list[Name] = []
    for name in sorted(found, key=lambda each: -each.score):
        places = range(name.start, name.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(name)
    return sorted(kept)


def _score(known: Lexicon, text: str, start: int, size: int, given: int) -> float:
    weigh = known.weights.get
    total = weigh("bias", 0.0)
    for feature in _given_signs(known, text, start + size, given):
        total += weigh(feature, 0.0)
    for feature in _neighbours(text, start, size, given):
        total += weigh(feature, 0.0)
    for feature in _crossing_words(known.words, text, start, size, given):
        total += weigh(feature, 0.0)
    return total


def _given_signs(known: Lexicon, text: str, start: int, given: int) -> tuple[str, ...]:
    level = known.signs.get
    first = text[start]
    if given == 1:
        return "C" + first, "f1" + level(first, "0")
    second = text[start + 1]
    one, two = level(first, "0"), level(second, "0")
    return "A" + first, "B" + second, "f2" + one, "f3" + two, "fp" + one + two, "dup" if first == second else ""


def _neighbours(text: str, start: int, size: int, given: int) -> tuple[str, ...]:
    end = start + size + given
    before = text[start - 2 : start]
    return (
        f"S{given}{text[start : start + size]}",
        "l" + before[1:],
        "L" + before,
        f"r{given}{text[end]}",
        "R" + text[end : end + 2],
        "s2" if size == 2 else "",
    )


def _crossing_words(words: frozenset[str], text: str, start: int, size: int, given: int) -> list[str]:
    end = start + size + given
    after = start + size
    looks = (
        (start - 1, start + 1, f"wl{given}"),
        (end - 1, end + 1, f"wr{given}"),
        (end, end + 2, "wR"),
        (start - 2, start, "wL"),
        (start - 2, start + 1, "w3l"),
        (end - 1, end + 2, "w3r"),
        (start, start + 3, f"w3{given}"),
        (start - 1, start + 2, f"w3m{given}"),
        (start, start + 4, "w4"),
    )
    met = [feature for begin, stop, feature in looks if text[begin:stop] in words]
    if size == 1 and text[start : start + 2] in words:
        met.append(f"wS{given}")
    if given == 1 and text[after : after + 2] in words:
        met.append("wo")
    if given == 2:
        met += ["wG"] * (text[after:end] in words) + ["wSG"] * (text[start:end] in words)
    return met
