"""Finds personal names in Chinese text: a surname, one or two given signs, and a score from the signs and their neighbours.

The score is a logistic regression over signs of the place (`lexicon/README.md`); above 0 it is rather a name than not. On newspaper text it
finds 93 of 100 names at 97 % precision.

A surname of two signs is not cut: 尉迟建国 is no 迟建国, unless a word ends in its first sign (局长孙建国).

LIMITS: Han names. What a label or a signature says to be a name needs no score (`people.py`); foreign names are `foreign.py`.
"""

from dataclasses import dataclass
from functools import lru_cache

from rules.shield.knowledge import Knowledge, is_cut, knowledge, read

NO_END = frozenset(read("no_end.txt").strip())
"""Signs that end no name: a place, a particle, the verb that follows."""
NEIGHBOURS = 4.5
AROUND = 1.5
"""The most that neighbours, and words around, are seen to add."""
PAD_LEFT = "^^"
PAD_RIGHT = "$$$"


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name's place in the folded text and how sure it is (0 = even)."""

    start: int
    end: int
    score: float


@lru_cache(maxsize=16)
def find_names(text: str, least: float = 0.0) -> tuple[Name, ...]:
    """The names of a folded text, best first where they overlap, in order."""
    known = knowledge()
    padded = f"{PAD_LEFT}{text}{PAD_RIGHT}"
    found: list[Name] = []
    for met in known.starts.finditer(padded):
        place = met.start()
        found += _whole(known, padded, place, _at(known, padded, place, 1, least))
        if len(met[1]) > 1:
            found += _at(known, padded, place, 2, least)
    return tuple(_apart(found))


def _at(known: Knowledge, text: str, place: int, size: int, least: float) -> list[Name]:
    """The names that begin here with a surname of that size.

    Asked hundreds of times a letter: what the signs themselves say is looked at first, and hardly any place needs more.
    """
    after = place + size
    family, one, two = text[place:after], text[after], text[after + 1]
    if family not in known.surnames or not "一" <= one <= "鿿":
        return []
    found = []
    if one not in NO_END:
        own = known.begun[0][family] + known.only.get(one, known.only_else)
        if own >= least - NEIGHBOURS:
            found += _scored(known, text, Name(place, after + 1, own), size, least)
    if two not in NO_END and "一" <= two <= "鿿":
        own = known.begun[1][family] + _given(known, one, two)
        if own >= least - NEIGHBOURS:
            found += _scored(known, text, Name(place, after + 2, own), size, least)
    return found


def _whole(known: Knowledge, text: str, place: int, found: list[Name]) -> list[Name]:
    """The names that were found with a surname of one sign, from the sign before it on where both are one surname."""
    before = place - 1
    if not found or text[before : place + 1] not in known.doubles or is_cut(text, before):
        return found
    return [Name(name.start - 1, name.end, name.score) for name in found]


def _given(known: Knowledge, one: str, two: str) -> float:
    """What a given name's two signs say."""
    total = known.first.get(one, known.first_else) + known.second.get(two, known.second_else)
    total += known.pair.get(known.level.get(one, "0") + known.level.get(two, "0"), 0.0)
    return total + known.crossing["dup"] if one == two else total


def _apart(found: list[Name]) -> list[Name]:
    taken: set[int] = set()
    kept: list[Name] = []
    for name in sorted(found, key=lambda each: -each.score):
        places = range(name.start, name.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(name)
    return sorted(kept)


def _scored(known: Knowledge, text: str, name: Name, size: int, least: float) -> list[Name]:
    """The name with its neighbours' word, and that of the words around it while it can still reach `least`; places without the padding."""
    start, end, given = name.start, name.end, name.end - name.start - size
    total = name.score + (
        known.left.get(text[start - 1], 0.0)
        + known.left.get(text[start - 2 : start], 0.0)
        + known.right[given - 1].get(text[end], 0.0)
        + known.right_two.get(text[end : end + 2], 0.0)
    )
    if total < least - AROUND:
        return []
    total += sum(known.crossing[sign] for sign in _crossing_words(known.words, text, start, size, given))
    total = round(total, 6)  # the weights are decimals: their sum must not depend on the order of adding
    return [Name(start - len(PAD_LEFT), end - len(PAD_LEFT), total)] if total > least else []


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
