"""Where the values of a case stand in a text, after folding. One pass whatever their number (Aho-Corasick)."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import ahocorasick

from rules.shield.folding import Sight, normal, normal_with_places
from rules.shield.ordinary import ordinary
from rules.shield.values import Identity

Met = tuple[Identity, int, int]


@lru_cache(maxsize=64)
def _automaton(identities: tuple[Identity, ...]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for identity in identities:
        value = normal(identity.value)
        if len(value) > 1 and not automaton.exists(value):
            automaton.add_word(value, (identity, len(value)))
    automaton.make_automaton()
    return automaton


def occurrences(seen: Sight, identities: Sequence[Identity]) -> Iterator[Met]:
    """Each identity met, with its place in the folded text; ordinary words and places written alike are passed over."""
    automaton = _automaton(tuple(identities))
    if not len(automaton):
        return
    plain, places = normal_with_places(seen)
    for last, (identity, size) in automaton.iter(plain):
        begin = last - size + 1
        if _inside_number(plain, begin, last + 1) or ordinary(plain, begin, last + 1):
            continue
        yield identity, places[begin], places[last] + 1


def _inside_number(plain: str, start: int, end: int) -> bool:
    """A short run of digits within a longer one is no hit: 0417 in a contract number."""
    value = plain[start:end]
    if len(value) > 6 or not value.isdigit():
        return False
    return plain[start - 1 : start].isdigit() or plain[end : end + 1].isdigit()
