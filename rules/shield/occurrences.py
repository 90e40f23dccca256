"""Where the values of a case stand in a text, after folding. One pass whatever their number (Aho-Corasick)."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import ahocorasick

from rules.shield.folding import Sight, normal_of, normal_with_places
from rules.shield.forms import forms
from rules.shield.ordinary import ordinary
from rules.shield.patterns import pattern
from rules.shield.values import Identity

Met = tuple[Identity, int, int]
SHORT_NUMBER = 6
SHORT_LATIN = 5


@lru_cache(maxsize=256)
def _automaton(identities: tuple[Identity, ...]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for identity in identities:
        for form in forms(identity):
            if not automaton.exists(form):
                automaton.add_word(form, (identity, len(form)))
    automaton.make_automaton()
    return automaton


def occurrences(seen: Sight, identities: Sequence[Identity]) -> Iterator[Met]:
    """Each identity met, with its place in the folded text; ordinary words and places written alike are passed over."""
    automaton = _automaton(tuple(identities))
    if not len(automaton) or not any(True for _ in automaton.iter(normal_of(seen))):
        return  # the places are worked out only where something stands
    plain, places = normal_with_places(seen)
    for last, (identity, size) in automaton.iter(plain):
        begin = last - size + 1
        value = plain[begin : last + 1]
        if value.isascii() and _part_of_more(seen.text, value, places[begin], places[last] + 1):
            continue
        if identity.kind == "address" and value[-1] == "村" and _body().match(plain, last + 1):
            continue  # the village as who is complained of: 北路村村委会
        ends = last + 1 == len(places) or places[last + 1] > places[last] + 1
        if not ordinary(plain, begin, last + 1, ends=ends):
            yield identity, places[begin], places[last] + 1


@cache
def _body() -> "re.Pattern[str]":
    return pattern("village_body")


def _part_of_more(text: str, value: str, start: int, end: int) -> bool:
    """A short run of digits or letters within a longer one, or scattered over one, is no hit: 0417 in a contract number, zs in a word."""
    if len(value) > (SHORT_NUMBER if value.isdigit() else SHORT_LATIN):
        return False
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return end - start > len(value) or any(sign.isascii() and sign.isalnum() for sign in around)
