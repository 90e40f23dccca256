"""Many expressions looked for at one go: all of them as one alternation, then eighths of it where that is found.

So an expression that is nowhere in the letter is never tried alone. RE2 answers an alternation in linear time too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import re2

from rules.judging.conditions import bounds
from rules.judging.spotting import Scene
from rules.policy.condition import Condition, Place

MOST = 512
"""So many expressions in one alternation; RE2 gets slow to set up beyond."""
PARTS = 8


@dataclass(frozen=True)
class Branch:
    """Some expressions: `any_of` finds one of them if there is one (None = too large together, look into each part)."""

    any_of: "re2._Regexp | None"
    parts: tuple["Branch", ...]
    owner: int = -1
    """Whose expression a leaf is."""

    def found(self, text: str) -> Iterator[int]:
        """The owners of the expressions that are found in the text."""
        if self.any_of is not None and self.any_of.search(text) is None:
            return
        if not self.parts:
            yield self.owner
        for part in self.parts:
            yield from part.found(text)


class Expressions:
    """Owner -> the condition with its expression; those of one place in the letter are looked for together."""

    def __init__(self, conditions: Mapping[int, Condition]) -> None:
        by_place: dict[Place, list[tuple[int, str]]] = {}
        for owner, condition in conditions.items():
            by_place.setdefault(condition.place, []).append((owner, condition.pattern))
        self._branches = [
            (place, _branch(owned[begin : begin + MOST]))
            for place, owned in by_place.items()
            for begin in range(0, len(owned), MOST)
        ]

    def found(self, scene: Scene) -> Iterator[int]:
        """The owners of the expressions that are found where they should be."""
        for place, branch in self._branches:
            begin, end = bounds(scene, place)
            yield from branch.found(scene.text[begin:end])


def _branch(owned: list[tuple[int, str]]) -> Branch:
    if len(owned) == 1:
        return Branch(re2.compile(owned[0][1]), (), owned[0][0])
    size = -(-len(owned) // PARTS)
    parts = tuple(_branch(owned[begin : begin + size]) for begin in range(0, len(owned), size))
    return Branch(_together([pattern for _, pattern in owned]), parts)


def _together(patterns: list[str]) -> "re2._Regexp | None":
    options = re2.Options()
    options.never_capture, options.log_errors = True, False
    try:
        return re2.compile("|".join(f"(?:{pattern})" for pattern in patterns), options)
    except re2.error:
        return None
