"""From labelled letters to a few weighted words a label; the order of the steps is told in the package's docstring."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rules.learning import words as lexicon
from rules.learning.entries import SUBJECT_TIMES, Entry, Learned, Sample, fold, weigh
from rules.learning.fit import Column, Fitted, Push, fit

CHOOSE = Push(sparse=0.001, small=0.0005, rounds=150)
SETTLE = Push(sparse=0.0, small=0.0004, rounds=300)
SPLINTERS = 6
"""So many sequences are looked at for one that is a word."""
ROUND = 10
"""Weights are whole tenths of a logit."""
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much may be learned and how hard it is thinned out. The defaults were found on letters to government boards."""

    entries: int = 60
    """At most so many entries a label."""
    support: int = 4
    candidates: int = 150
    pair_words: int = 60
    pair_support: int = 8
    choose: Push = CHOOSE
    settle: Push = SETTLE
    examples: int = 3


@dataclass(frozen=True, slots=True)
class Shelf:
    """Letters as columns: which rows hold which words."""

    labels: tuple[str, ...]
    classes: list[int]
    ids: list[str]
    columns: dict[Words, Column]

    def sizes(self) -> list[int]:
        """Letters of each label."""
        return [self.classes.count(label) for label in range(len(self.labels))]

    def hits(self, words: Words) -> list[int]:
        """Letters of each label that hold the words."""
        found = [0] * len(self.labels)
        for row in self.columns[words].rows:
            found[self.classes[row]] += 1
        return found


def learn(samples: Sequence[Sample], plan: Plan | None = None) -> Learned:
    """The rules for these labelled letters (unlabelled ones are passed over). Raises ValueError where no letter has a label."""
    plan = plan or Plan()
    labelled = [sample for sample in samples if sample.label]
    if not labelled:
        raise ValueError("no labelled letters")
    shelf, chosen = _shelf(labelled, plan)
    chosen = [[*words, *_pairs(shelf, label, words, plan)] for label, words in enumerate(chosen)]
    wanted = [(words, label) for label, group in enumerate(chosen) for words in group]
    first = _fit(shelf, wanted, plan.choose)
    kept = _heaviest(shelf, wanted, first, plan.entries)
    return _learned(shelf, kept, _fit(shelf, kept, plan.settle), plan)


def _shelf(samples: Sequence[Sample], plan: Plan) -> tuple[Shelf, list[list[Words]]]:
    """The letters by their candidate words, and each label's candidates, strongest first."""
    labels = tuple(sorted({sample.label or "" for sample in samples}))
    classes = [labels.index(sample.label or "") for sample in samples]
    folded = [(fold(sample.subject), fold(sample.text)) for sample in samples]
    wholes = [f"{subject}\n{text}" for subject, text in folded]
    found = lexicon.tally(wholes, classes, len(labels), plan.support)
    sizes = [classes.count(label) for label in range(len(labels))]
    likely = lexicon.strongest(found, sizes, SPLINTERS * plan.candidates)
    real = lexicon.real_words(wholes, {word for group in likely for word in group})
    chosen = lexicon.strongest(found, sizes, plan.candidates, real)
    columns = _columns(folded, {word for group in chosen for word in group})
    ids = [sample.id for sample in samples]
    return Shelf(labels, classes, ids, columns), [[(word,) for word in group] for group in chosen]


def _columns(folded: Sequence[tuple[str, str]], words: set[str]) -> dict[Words, Column]:
    rows: dict[str, list[tuple[int, float]]] = {word: [] for word in sorted(words)}
    for row, (subject, text) in enumerate(folded):
        for word in words.intersection(lexicon.pieces(f"{subject}\n{text}")):
            halves = weigh(text.count(word) + SUBJECT_TIMES * subject.count(word))
            rows[word].append((row, halves / 2))
    return {(word,): Column(*map(tuple, zip(*found, strict=True))) for word, found in rows.items()}


def _pairs(shelf: Shelf, label: int, chosen: Sequence[Words], plan: Plan) -> list[Words]:
    """Pairs that tell more than either word alone; their columns go on the shelf."""
    sizes, letters = shelf.sizes(), len(shelf.classes)

    def strength(hits: Sequence[int]) -> float:
        return lexicon.chi_square(hits[label], sum(hits), sizes[label], letters)

    strong = {words: strength(shelf.hits(words)) for words in chosen}
    pairs: list[Words] = []
    for one, other in combinations(chosen[: plan.pair_words], 2):
        if one[0] in other[0] or other[0] in one[0]:
            continue
        both = _both(shelf.columns[one], shelf.columns[other])
        if len(both.rows) < plan.pair_support:
            continue
        pair = (one[0], other[0]) if one < other else (other[0], one[0])
        shelf.columns[pair] = both
        if strength(shelf.hits(pair)) > max(strong[one], strong[other]):
            pairs.append(pair)
    return pairs


def _both(one: Column, other: Column) -> Column:
    values = dict(zip(other.rows, other.values, strict=True))
    shared = [(row, min(value, values[row])) for row, value in zip(one.rows, one.values, strict=True) if row in values]
    return Column(tuple(row for row, _ in shared), tuple(value for _, value in shared))


def _fit(shelf: Shelf, wanted: Sequence[tuple[Words, int]], push: Push) -> Fitted:
    used = sorted({words for words, _ in wanted})
    place = {words: number for number, words in enumerate(used)}
    columns = [shelf.columns[words] for words in used]
    return fit(columns, [(place[words], label) for words, label in wanted], shelf.classes, len(shelf.labels), push)


def _heaviest(shelf: Shelf, wanted: Sequence[tuple[Words, int]], fitted: Fitted, most: int) -> list[tuple[Words, int]]:
    """For each label the entries that move letters most: weight x spread."""
    ranked: list[list[tuple[float, Words]]] = [[] for _ in shelf.labels]
    for (words, label), weight in zip(wanted, fitted.weights, strict=True):
        if weight:
            ranked[label].append((-abs(weight) * _spread(shelf.columns[words], len(shelf.classes)), words))
    return [(words, label) for label, group in enumerate(ranked) for _, words in sorted(group)[:most]]


def _spread(column: Column, letters: int) -> float:
    mean = sum(column.values) / letters
    return math.sqrt(max(sum(value * value for value in column.values) / letters - mean * mean, 0.0))


def _learned(shelf: Shelf, kept: Sequence[tuple[Words, int]], fitted: Fitted, plan: Plan) -> Learned:
    starts = tuple((label, round(start * ROUND)) for label, start in zip(shelf.labels, fitted.starts, strict=True))
    weights: Mapping[tuple[Words, int], int] = {
        key: round(weight * ROUND) for key, weight in zip(kept, fitted.weights, strict=True)
    }
    entries = [_entry(shelf, words, label, weight, plan) for (words, label), weight in weights.items() if weight]
    order = {label: number for number, label in enumerate(shelf.labels)}
    return Learned(starts, tuple(sorted(entries, key=lambda entry: (order[entry.label], -entry.weight, entry.words))))


def _entry(shelf: Shelf, words: Words, label: int, weight: int, plan: Plan) -> Entry:
    hits = shelf.hits(words)
    against = [row for row in shelf.columns[words].rows if (shelf.classes[row] == label) is (weight < 0)]
    return Entry(
        shelf.labels[label],
        words,
        weight,
        support=sum(hits),
        precision=round(hits[label] / sum(hits), 2),
        counter_examples=tuple(shelf.ids[row] for row in against[: plan.examples]),
    )
