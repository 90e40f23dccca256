"""How grave a case's clues are (S67g), by counting what the book says: points a clue, a word from so many points on. No finding (S68)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rules.evidence.clues import Clue
from rules.policy.record import Record


@dataclass(frozen=True, slots=True)
class Graded:
    """One unit's clues of the case together; '' = the office itself."""

    whose: str
    points: int
    label: str


def graded(clues: Iterable[Clue], record: Record) -> tuple[Graded, ...]:
    """Everybody who reaches the lightest word, the gravest first; () where the book does not grade."""
    weights = dict(record.weights)
    points: Counter[str] = Counter()
    for clue in clues:
        points[clue.whose] += weights.get(clue.ground, 0)
    found = (Graded(whose, count, _label(count, record)) for whose, count in points.items())
    return tuple(sorted((one for one in found if one.label), key=lambda one: (-one.points, one.whose)))


def _label(points: int, record: Record) -> str:
    return next((one.label for one in reversed(record.severities) if points >= one.least), "")
