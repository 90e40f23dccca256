"""Everything of a book that judging needs, compiled once: words into one automaton, rules by the words that can wake them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rules.judging.conditions import Evidence, rule_holds, triggers
from rules.judging.folding import folded_word
from rules.judging.lines import Lines
from rules.judging.naming import Form, Names
from rules.judging.spotting import Scene, Spotter
from rules.policy.book import Book
from rules.policy.condition import Condition
from rules.policy.matters import Rule


class Rules:
    """A set of rules, woken by words: a rule none of whose words stands in the letter is never looked at."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self._woken: dict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        for place, rule in enumerate(rules):
            self._enter(place, rule)

    def _enter(self, place: int, rule: Rule) -> None:
        wakers: list[tuple[str, ...]] = [words for condition in rule.when if (words := triggers(condition)) is not None]
        if not wakers:
            self._always.append(place)
            return
        for word in set(sorted(wakers, key=len)[0]):
            self._woken[word].append(place)

    def found(self, scene: Scene) -> Iterator[tuple[Rule, Evidence]]:
        """The rules that hold, in the book's order, with their evidence."""
        awake = set(self._always)
        for word in scene.hits:
            awake.update(self._woken.get(word, ()))
        for place in sorted(awake):
            evidence = rule_holds(scene, self.rules[place])
            if evidence is not None:
                yield self.rules[place], evidence


@dataclass(frozen=True)
class Court:
    """A book ready to judge by."""

    book: Book
    spotter: Spotter
    names: Names
    kinds: Rules
    categories: Rules
    grounds: Rules
    scope: Rules
    supervision: Rules
    lines: Lines
    suppositions: tuple[str, ...]
    lookalikes: Mapping[int, str]
    lookalike_signs: frozenset[str]


@lru_cache(maxsize=8)
def court(book: Book) -> Court:
    """The book compiled; kept for the books in use."""
    grounds = tuple(rule for ground in book.grounds.values() for rule in ground.rules)
    supervision = tuple(each.rule for each in book.supervision)
    rules = (*book.kinds, *book.category_rules, *grounds, *book.scope.rules, *supervision)
    names = _names(book)
    words = {*names.tails, *names.stops, *(word for rule in rules for word in rule_words(rule))}
    words.update(word for line in book.lines for word in (*line.words, *line.organs))
    pairs = {pair[0]: pair[1] for pair in book.lexicon["lookalikes"]}
    spotter = Spotter(words, book.lexicon, (name for unit in book.units for name in unit.names))
    return Court(
        book=book,
        spotter=spotter,
        names=names,
        kinds=Rules(book.kinds),
        categories=Rules(book.category_rules),
        grounds=Rules(grounds),
        scope=Rules(book.scope.rules),
        supervision=Rules(supervision),
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
    own = frozenset(speech["own_side"])
    organs = frozenset((*speech["substation"], *speech["organ_tails"], *map(folded_word, units)))
    return Names(
        tails,
        stops,
        boundaries,
        own,
        frozenset(speech["substation"]),
        weak,
        organs,
        frozenset(speech["generic"]),
        frozenset(speech["vague"]),
        tuple(folded_word(organ) for line in book.lines if line.never for organ in line.organs),
        book.units,
    )
