"""Everything of a book that judging needs, compiled once: words into one automaton, rules by what can wake them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rules.judging.folding import folded_word
from rules.judging.lines import Lines
from rules.judging.naming import Form, Names
from rules.judging.spotting import Spotter
from rules.judging.waking import Rules
from rules.policy.book import Book, chapters_of_rules
from rules.policy.condition import Condition
from rules.policy.matters import Rule


@dataclass(frozen=True)
class Court:
    """A book ready to judge by."""

    book: Book
    spotter: Spotter
    names: Names
    rules: Rules
    lines: Lines
    suppositions: tuple[str, ...]
    lookalikes: Mapping[int, str]
    lookalike_signs: frozenset[str]


@lru_cache(maxsize=8)
def court(book: Book) -> Court:
    """The book compiled; kept for the books in use."""
    chapters = chapters_of_rules(book)
    rules = [rule for chapter in chapters.values() for rule in chapter]
    names = _names(book)
    words = {*names.tails, *names.stops, *(word for rule in rules for word in rule_words(rule))}
    pairs = {pair[0]: pair[1] for pair in book.lexicon["lookalikes"]}
    spotter = Spotter(words, book.lexicon, (name for unit in book.units for name in unit.names))
    return Court(
        book=book,
        spotter=spotter,
        names=names,
        rules=Rules(chapters),
        lines=Lines(book.lines),
        suppositions=tuple(map(folded_word, book.lexicon["suppositions"])),
        lookalikes=str.maketrans(pairs),
        lookalike_signs=frozenset(pairs),
    )


def rule_words(rule: Rule) -> Iterator[str]:
    """Every word a rule looks for."""
    for condition in rule.when:
        yield from _words(condition)


def _words(condition: Condition) -> Iterator[str]:
    yield from condition.any
    yield from condition.all
    yield from condition.none
    for each in condition.either:
        yield from _words(each)


def _names(book: Book) -> Names:
    speech = {name: [folded_word(word) for word in words] for name, words in book.lexicon.lists.items()}
    units = [name for unit in book.units for name in (*unit.names, *unit.weak)] + list(book.units.shared)
    tails = dict.fromkeys(speech["firm_tails"], Form.FIRM)
    tails |= dict.fromkeys((*speech["organ_tails"], *map(folded_word, units)), Form.ORGAN)
    tails |= dict.fromkeys(speech["addressee_words"], Form.ADDRESSEE)
    longest = max(map(len, speech["boundaries"]), default=0)
    boundaries = tuple(
        frozenset(word for word in speech["boundaries"] if len(word) == size) for size in range(longest + 1)
    )
    weak = frozenset(folded_word(word) for unit in book.units for word in unit.weak)
    stops = frozenset((*speech["organ_stops"], *speech["firm_stops"]))
    own = tuple(speech["own_side"])
    organs = frozenset((*speech["organ_tails"], *map(folded_word, units)))
    return Names(
        tails,
        stops,
        boundaries,
        own,
        weak,
        organs,
        frozenset(speech["generic"]),
        frozenset(speech["vague"]),
        tuple(folded_word(organ) for line in book.lines if line.never for organ in line.organs),
        book.units,
    )
