"""One pass of Aho-Corasick over the folded letter: where each word of the book stands, and whether it is denied there.

A word is *denied* where a negation stands just before it (没有不作为, 不是要起诉, 不满意 is never 满意), *supposed* where it is
only imagined (如果起诉). 是不是 and 有没有 ask, they do not deny.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import ahocorasick

from rules.judging.folding import Folded, fold, folded_word
from rules.judging.matter import Matter
from rules.policy.matters import Lexicon

DENIED_WITHIN = 2
"""So many signs may stand between the negation and the word."""
SUPPOSED_WITHIN = 8
FORWARD_BELOW = 20
"""With fewer own signs than this, a forwarded letter is what the sender wants to say."""
FIELD_MOST = 60
SPOTTED = (
    "blame_before",
    "blame_passive",
    "blame_after",
    "mention_before",
    "mention_after",
    "report_verbs",
    "ask_before",
    "leaders",
    "greetings",
    "field_labels",
    "organ_tails",
    "firm_tails",
)
"""Lists of speech.toml whose words are looked for in every letter."""
STOPS = frozenset('，。；！？、：\n,.;!?:（）()“”"《》')


class Hit(NamedTuple):
    """A word of the book at a place of the folded letter."""

    start: int
    end: int
    word: str


class Denials:
    """Negations and what only looks like one (是不是, 不得不)."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._negations = tuple(map(folded_word, lexicon["negations"]))
        self._ends = frozenset(word[-1] for word in self._negations)
        self._asking = tuple(map(folded_word, lexicon["askings"]))
        self._reach = max(map(len, self._negations), default=0) + DENIED_WITHIN

    def denied(self, text: str, start: int) -> bool:
        """Whether a negation stands just before this place."""
        if self._ends.isdisjoint(text[max(0, start - DENIED_WITHIN - 1) : start]):
            return False
        before = breath_before(text, start, self._reach)
        for end in range(len(before), max(0, len(before) - DENIED_WITHIN - 1), -1):
            if before[:end].endswith(self._negations):
                return not any(asking in before for asking in self._asking)
        return False


@dataclass(frozen=True)
class Scene:
    """A letter, folded, with every hit; everything further is read from here."""

    folded: Folded
    matter: Matter
    subject_end: int
    """Where the subject ends in the folded text; the own words begin one sign later."""
    opening_end: int
    hits: Mapping[str, tuple[Hit, ...]] = field(repr=False)
    """Word -> its hits, in the order of the letter."""
    said: Mapping[str, tuple[Hit, ...]] = field(repr=False)
    """List of speech.toml -> its hits, in order."""
    fields: tuple[tuple[int, int], ...]
    """Spans of the values of respondent fields (被投诉单位：…)."""
    denials: Denials = field(repr=False)

    @property
    def text(self) -> str:
        """Subject, newline, own words, folded."""
        return self.folded.text

    @property
    def own(self) -> str:
        """The folded own words."""
        return self.folded.text[self.subject_end + 1 :]

    def speech(self, shelf: str) -> tuple[Hit, ...]:
        """The hits of the words of one list of speech.toml."""
        return self.said.get(shelf, ())

    def denied(self, hit: Hit) -> bool:
        """Whether a negation stands just before the hit."""
        return self.denials.denied(self.folded.text, hit.start)

    def quote(self, start: int, end: int) -> str:
        """The letter's own words at a span of the folded text."""
        return self.folded.own(start, end)

    def supposed(self, hit: Hit, suppositions: Iterable[str]) -> bool:
        """The word is only imagined: a supposition stands a few signs before it in the same breath."""
        before = breath_before(self.text, hit.start, SUPPOSED_WITHIN)
        return any(word in before for word in suppositions)


class Spotter:
    """The automaton over all words of a book; made once a book."""

    def __init__(self, words: Iterable[str], lexicon: Lexicon, units: Iterable[str] = ()) -> None:
        self._machine = ahocorasick.Automaton()
        self._shelves: dict[str, list[str]] = {}
        for shelf in SPOTTED:
            for word in lexicon[shelf]:
                self._shelves.setdefault(folded_word(word), []).append(shelf)
        for name in units:
            self._shelves.setdefault(folded_word(name), []).append("units")
        folded = {folded_word(word) for word in words} | self._shelves.keys()
        for word in sorted(folded - {""}):
            self._machine.add_word(word, word)
        self._machine.make_automaton()
        self._denials = Denials(lexicon)
        self._labels = tuple(map(folded_word, lexicon["field_labels"]))

    def scene(self, matter: Matter) -> Scene:
        """The letter with every hit."""
        own = matter.own_words
        if matter.forwarded and len(own.strip()) < FORWARD_BELOW:
            own = f"{own}\n{matter.forwarded}"
        subject = matter.subject.replace("\n", " ").replace("\r", " ")
        folded = fold(f"{subject}\n{own}")
        subject_end = len(fold(subject).text)
        first = folded.text[subject_end + 1 :].lstrip("\n")
        begin = len(folded.text) - len(first)
        line = folded.text.find("\n", begin)
        opening_end = min(line if line >= 0 else len(folded.text), begin + 40)
        hits = self._hits(folded.text)
        said, fields = self._said(hits), self._fields(folded.text, hits)
        return Scene(folded, matter, subject_end, opening_end, hits, said, fields, self._denials)

    def _said(self, hits: Mapping[str, tuple[Hit, ...]]) -> Mapping[str, tuple[Hit, ...]]:
        said: dict[str, list[Hit]] = {}
        for word, places in hits.items():
            for shelf in self._shelves.get(word, ()):
                said.setdefault(shelf, []).extend(places)
        return {shelf: tuple(sorted(places, key=lambda hit: hit.start)) for shelf, places in said.items()}

    def _fields(self, text: str, hits: Mapping[str, tuple[Hit, ...]]) -> tuple[tuple[int, int], ...]:
        """A label with a colon behind it; its value runs to the end of the line."""
        labels = (hit for label in self._labels for hit in hits.get(label, ()) if text[hit.end : hit.end + 1] == ":")
        found = []
        for label in labels:
            line = text.find("\n", label.end)
            found.append((label.end + 1, min(line if line >= 0 else len(text), label.end + FIELD_MOST)))
        return tuple(sorted(found))

    def standing(self, text: str) -> Iterable[tuple[int, int, str]]:
        """(start, end, word) of every word in a folded text."""
        return ((last + 1 - len(word), last + 1, word) for last, word in self._machine.iter(text))

    def _hits(self, text: str) -> Mapping[str, tuple[Hit, ...]]:
        found: dict[str, list[Hit]] = {}
        for last, word in self._machine.iter(text):
            found.setdefault(word, []).append(Hit(last + 1 - len(word), last + 1, word))
        return {word: tuple(hits) for word, hits in found.items()}


def breath_before(text: str, start: int, most: int) -> str:
    """The signs before a place, at most so many, back to the nearest stop."""
    begin = max(0, start - most)
    before = text[begin:start]
    for place in range(len(before) - 1, -1, -1):
        if before[place] in STOPS:
            return before[place + 1 :]
    return before
