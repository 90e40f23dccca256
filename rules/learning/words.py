"""Candidate words: Chinese character sequences that go with a label, cleaned of splinters.

LIMITS: a frequent fixed phrase looks like a word; a clerk strikes it out.
"""

import math
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from importlib.resources import files

SHORTEST, LONGEST = 2, 4
COHESION = 1.0
"""Least mutual information (nats) over every cut of the word."""
ENTROPY = 0.8
"""Least entropy (nats) of its neighbours on either side."""
EDGES = frozenset(
    "".join(tomllib.loads(files("rules.learning").joinpath("edges.toml").read_text("utf-8"))["edges"].split())
)

Tally = Mapping[str, Sequence[int]]
"""Word -> how many letters of each label hold it."""


def pieces(text: str, shortest: int = SHORTEST, longest: int = LONGEST) -> Iterator[str]:
    """Every sequence of so many characters inside the runs of a folded text."""
    for run in text.split("\n"):
        for size in range(shortest, longest + 1):
            for start in range(len(run) - size + 1):
                yield run[start : start + size]


def tally(texts: Sequence[str], classes: Sequence[int], labels: int, support: int) -> dict[str, list[int]]:
    """Letters with each sequence by label, where at least `support` letters hold it and it has no function word at an edge."""
    by_class: list[Counter[str]] = [Counter() for _ in range(labels)]
    for text, label in zip(texts, classes, strict=True):
        by_class[label].update(set(pieces(text)))
    total: Counter[str] = Counter()
    for counter in by_class:
        total.update(counter)
    return {
        word: [counter[word] for counter in by_class]
        for word, count in total.items()
        if count >= support and word[0] not in EDGES and word[-1] not in EDGES
    }


def chi_square(hits: int, with_word: int, with_label: int, letters: int) -> float:
    """Chi-square of word and label, negative where they avoid each other.

    >>> round(chi_square(9, 10, 10, 100), 1)
    79.0
    """
    surplus = hits * letters - with_word * with_label
    spread = with_word * with_label * (letters - with_word) * (letters - with_label)
    return math.copysign(surplus * surplus * letters / spread, surplus) if spread else 0.0


def strongest(found: Tally, sizes: Sequence[int], most: int, words: Collection[str] | None = None) -> list[list[str]]:
    """For each label the `most` sequences that speak for it with the largest chi-square; ties by the sequence itself.

    What only speaks against a label is not chosen for it: it speaks for another one, where it reads better and generalises better.
    """
    letters = sum(sizes)
    chosen = []
    for label, size in enumerate(sizes):
        ranked = [
            (-chi_square(hits[label], sum(hits), size, letters), word)
            for word, hits in found.items()
            if words is None or word in words
        ]
        chosen.append([word for strength, word in sorted(ranked)[:most] if strength < 0])
    return chosen


def real_words(texts: Sequence[str], candidates: Collection[str]) -> set[str]:
    """Those of the candidates that are words by cohesion and by their neighbours."""
    parts = {word[:cut] for word in candidates for cut in range(1, len(word) + 1)}
    parts |= {word[cut:] for word in candidates for cut in range(1, len(word))}
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(piece for piece in pieces(text, 1) if piece in parts)
    characters = sum(len(text) for text in texts)
    cohesive = {word for word in candidates if _cohesion(word, seen, characters) >= COHESION}
    return {word for word, entropy in _branching(texts, cohesive).items() if entropy >= ENTROPY}


def _cohesion(word: str, seen: Mapping[str, int], characters: int) -> float:
    cuts = [seen[word[:cut]] * seen[word[cut:]] for cut in range(1, len(word))]
    return math.log(seen[word] * characters / max(cuts))


def _branching(texts: Iterable[str], words: Collection[str]) -> dict[str, float]:
    before: dict[str, Counter[str]] = {word: Counter() for word in sorted(words)}
    after: dict[str, Counter[str]] = {word: Counter() for word in sorted(words)}
    for text in texts:
        whole = f"\n{text}\n"
        for size in range(SHORTEST, LONGEST + 1):
            for start in range(1, len(whole) - size):
                word = whole[start : start + size]
                if word in before:
                    before[word][whole[start - 1]] += 1
                    after[word][whole[start + size]] += 1
    return {word: min(_entropy(before[word]), _entropy(after[word])) for word in before}


def _entropy(neighbours: Mapping[str, int]) -> float:
    """Entropy of the neighbours; the edge of a sentence counts as a new neighbour each time, since anything could stand there."""
    total = sum(neighbours.values())
    return sum(
        count / total * math.log(total if neighbour == "\n" else total / count)
        for neighbour, count in neighbours.items()
    )
