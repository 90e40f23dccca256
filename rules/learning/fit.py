"""Multinomial logistic regression over sparse columns: accelerated proximal gradient (FISTA, Beck and Teboulle 2009), without numpy.

A *weight* belongs to one column (a word or a pair) and one label; only the weights asked for exist. Letters are rows.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter, mul


@dataclass(frozen=True, slots=True)
class Column:
    """Where a word stands: rows in order, and how much it counts there."""

    rows: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights in the order they were asked for, and a start for each label."""

    weights: list[float]
    starts: list[float]


@dataclass(frozen=True, slots=True)
class Push:
    """How hard weights are pulled to zero: `sparse` (L1) makes them exactly zero, `small` (L2) keeps them small."""

    sparse: float
    small: float
    rounds: int


def fit(
    columns: Sequence[Column], wanted: Sequence[tuple[int, int]], classes: Sequence[int], labels: int, push: Push
) -> Fitted:
    """Fit the wanted (column, label) weights to rows of these classes. At most `push.rounds` rounds, the same every time."""
    rows = len(classes)
    step = 1.0 / (0.5 * _norm(columns, rows) / rows + push.small + 0.5)
    weights, starts = [0.0] * len(wanted), [0.0] * labels
    look, look_starts, momentum = weights, starts, 1.0
    picks = [itemgetter(*columns[column].rows, columns[column].rows[-1]) for column, _ in wanted]
    for _ in range(push.rounds):
        away = _residuals(columns, wanted, look, look_starts, classes)
        slopes = [
            sum(map(mul, pick(away[label]), columns[column].values)) / rows
            for pick, (column, label) in zip(picks, wanted, strict=True)
        ]
        new = [_shrink(w - step * (s + push.small * w), step * push.sparse) for w, s in zip(look, slopes, strict=True)]
        new_starts = [start - step * sum(residual) / rows for start, residual in zip(look_starts, away, strict=True)]
        after = (1 + math.sqrt(1 + 4 * momentum * momentum)) / 2
        swing = (momentum - 1) / after
        look = [n + swing * (n - w) for n, w in zip(new, weights, strict=True)]
        look_starts = [n + swing * (n - s) for n, s in zip(new_starts, starts, strict=True)]
        weights, starts, momentum = new, new_starts, after
    return Fitted(weights, starts)


def _shrink(weight: float, by: float) -> float:
    return math.copysign(max(abs(weight) - by, 0.0), weight)


def _norm(columns: Sequence[Column], rows: int) -> float:
    """Largest eigenvalue of X'X by power iteration: says how long a step may be."""
    heat = [1.0] * len(columns)
    largest = 1.0
    for _ in range(10):
        sums = [0.0] * rows
        for column, share in zip(columns, heat, strict=True):
            for row, value in zip(column.rows, column.values, strict=True):
                sums[row] += share * value
        heat = [sum(map(mul, map(sums.__getitem__, column.rows), column.values)) for column in columns]
        largest = math.sqrt(sum(map(mul, heat, heat))) or 1.0
        heat = [share / largest for share in heat]
    return largest * 1.05


def _residuals(
    columns: Sequence[Column],
    wanted: Sequence[tuple[int, int]],
    weights: Sequence[float],
    starts: Sequence[float],
    classes: Sequence[int],
) -> list[list[float]]:
    """For each label the rows' chance of it, less one where they carry it."""
    leaning = [[start] * len(classes) for start in starts]
    for (column, label), weight in zip(wanted, weights, strict=True):
        if weight:
            lean = leaning[label]
            for row, value in zip(columns[column].rows, columns[column].values, strict=True):
                lean[row] += weight * value
    chances = []
    for number, own in enumerate(classes):
        leans = [lean[number] for lean in leaning]
        top = max(leans)
        powers = [math.exp(lean - top) for lean in leans]
        total = sum(powers)
        shares = [power / total for power in powers]
        shares[own] -= 1.0
        chances.append(shares)
    return [list(column) for column in zip(*chances, strict=True)]
