"""Where learned rules put a letter, and how often that is right."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.learning.entries import Entry, Learned, Sample, counts, fold


@dataclass(frozen=True, slots=True)
class Report:
    """Counts of (true label, placed label or None)."""

    confusion: Mapping[tuple[str, str | None], int]

    @property
    def letters(self) -> int:
        """Labelled letters scored."""
        return sum(self.confusion.values())

    @property
    def labels(self) -> tuple[str, ...]:
        """The true labels, in order."""
        return tuple(sorted({label for label, _ in self.confusion}))

    @property
    def accuracy(self) -> float:
        """The share placed right; one that is not placed is wrong."""
        right = sum(count for (label, placed), count in self.confusion.items() if label == placed)
        return right / self.letters if self.letters else 0.0

    @property
    def macro_f1(self) -> float:
        """The mean of the labels' F1."""
        return sum(self.of(label)[2] for label in self.labels) / len(self.labels) if self.labels else 0.0

    @property
    def unplaced(self) -> int:
        """Letters in which no entry was found."""
        return sum(count for (_, placed), count in self.confusion.items() if placed is None)

    def of(self, label: str) -> tuple[float, float, float]:
        """Precision, recall, F1 of a label; 0 where there is nothing to divide by."""
        right = self.confusion.get((label, label), 0)
        placed = sum(count for (_, other), count in self.confusion.items() if other == label)
        true = sum(count for (other, _), count in self.confusion.items() if other == label)
        f1 = 2 * right / (placed + true) if placed + true else 0.0
        return right / placed if placed else 0.0, right / true if true else 0.0, f1


def place(learned: Learned, subject: str, text: str) -> str | None:
    """The label the entries found in the letter speak for; None where none is found."""
    totals, found = {label: 2 * start for label, start in learned.starts}, False
    for entry, times in hits(learned, subject, text):
        totals[entry.label] += entry.weight * times
        found = True
    return max(totals, key=totals.__getitem__) if found else None


def hits(learned: Learned, subject: str, text: str) -> list[tuple[Entry, int]]:
    """The entries found in the letter, with how much each counts (in halves): the reasons for its place."""
    subject, text = fold(subject), fold(text)
    found = [(entry, counts(entry.words, subject, text)) for entry in learned.entries]
    return [(entry, times) for entry, times in found if times]


def score(learned: Learned, samples: Sequence[Sample]) -> tuple[Report, list[str | None]]:
    """The report over the labelled letters, and where each letter (labelled or not) was put, in order."""
    placed = [place(learned, sample.subject, sample.text) for sample in samples]
    pairs = [(sample.label, label) for sample, label in zip(samples, placed, strict=True) if sample.label]
    return Report(Counter(pairs)), placed
