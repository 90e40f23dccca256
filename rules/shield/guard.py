"""The guard (出门检查): reads the finished bytes of a letter and says where an identity still stands. It never repeats the value."""

from collections.abc import Iterable, Sequence

from rules.shield.folding import sight
from rules.shield.occurrences import occurrences
from rules.shield.values import Hit, Identity


def guard(raw: bytes, identities: Sequence[Identity], papers: Iterable[tuple[str, str]] = ()) -> tuple[Hit, ...]:
    """Where the finished MIME bytes still hold an identity; () means the letter may leave."""
    hits = guard_text(raw.decode("utf-8", "replace"), identities, "raw")
    for name, text in papers:
        hits += guard_text(f"{name}\n{text}", identities, "paper")
    return hits


def guard_text(text: str, identities: Sequence[Identity], where: str = "text") -> tuple[Hit, ...]:
    """The same over a text. No identities = refused: a case without identities is a fault, not a clean letter (A41)."""
    if not identities:
        return (Hit("none", "identities"),)
    met = {(identity.kind, where): None for identity, _, _ in occurrences(sight(text), identities)}
    return tuple(Hit(*each) for each in met)
