"""Chance for the plays: each another one, and the same ones again for the same seed.

Hypothesis' own engine varies what it met before, so most of its plays are alike; its provider over /dev/urandom plays every time anew.
"""

import random
from typing import Any

from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

THROWN = random.Random()


class Dice(HypothesisProvider):
    """Choices of every play from one row of throws."""

    def __init__(self, data: Any, /) -> None:
        super().__init__(data)
        self._random = THROWN


AVAILABLE_PROVIDERS["dice"] = "dice.Dice"
