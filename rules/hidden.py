"""What a letter's words hide: who would be known by them, and what is left without him."""

from dataclasses import dataclass, field

from rules.shield import Consent, Identity, Redaction


@dataclass(frozen=True, slots=True)
class Hidden:
    """Who would be known by certain words of a certain letter; and, where a child had the time, the letter without them."""

    letter: str
    """Its SHA-256."""
    words: str = field(repr=False)
    identities: tuple[Identity, ...] = field(repr=False)
    draft: Redaction | None = field(default=None, repr=False)
    """The letter without these identities, the officials complained of left in."""
    disclosure: Consent | None = field(default=None, repr=False)
    """What subject and own words say of telling his name."""
