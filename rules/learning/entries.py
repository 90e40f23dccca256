"""What is learned from and what is learned, as values; and how often a word counts in a letter."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

SUBJECT_TIMES = 2
"""A word in the subject counts as if it stood twice: writers put the matter there."""
STEPS = ((9, 6), (5, 5), (3, 4), (2, 3), (1, 2))
"""Occurrences -> how much an entry counts, in halves: the first counts 1, two 1.5, three 2, five 2.5, nine and more 3."""
NOT_CHINESE = re.compile(r"[^\u4e00-\u9fff]{1,65536}")


@dataclass(frozen=True, slots=True)
class Sample:
    """A labelled letter. `id` is only ever shown, to find it again."""

    subject: str
    text: str
    label: str | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule: letters with all of `words` lean to `label` by `weight` (away from it where negative)."""

    label: str
    words: tuple[str, ...]
    weight: int
    support: int = 0
    """Letters with the words, among those learned from."""
    precision: float = 0.0
    """The share of these that carry the label."""
    counter_examples: tuple[str, ...] = ()
    """Ids of letters that speak against the entry."""


@dataclass(frozen=True, slots=True)
class Learned:
    """Labels with their start (what a letter leans to before any word), and the entries."""

    starts: tuple[tuple[str, int], ...]
    entries: tuple[Entry, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label, in order."""
        return tuple(label for label, _ in self.starts)


def fold(text: str) -> str:
    """The text as words are looked up in it: one width, and a break wherever something other than Chinese characters stood.

    White space inside a word is no break: old mailers cut lines anywhere.
    """
    joined = "".join(unicodedata.normalize("NFKC", text).split())
    return NOT_CHINESE.sub("\n", joined)


def halves(word: str, subject: str, text: str) -> int:
    """How much a word counts in a folded letter, in halves (see STEPS)."""
    return weigh(text.count(word) + SUBJECT_TIMES * subject.count(word))


def weigh(times: int) -> int:
    """Occurrences as halves."""
    return next((value for least, value in STEPS if times >= least), 0)


def counts(words: Sequence[str], subject: str, text: str) -> int:
    """How much an entry of these words counts: as much as the word that counts least."""
    return min(halves(word, subject, text) for word in words)
