"""The reading limits: beyond them the bytes are kept whole all the same, only reading stops (head of the traps list)."""

from dataclasses import dataclass

MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one letter is read; sizes in bytes, text in characters."""

    letter: int = 25 * MB
    nesting: int = 50
    parts: int = 500
    head: int = 256 << 10
    text: int = 2 * MB
    letters_inside: int = 10
    """How deep a letter in a letter in a letter is opened."""
    addresses: int = 500
    """How many recipients are listed (L7)."""


LIMITS = Limits()
