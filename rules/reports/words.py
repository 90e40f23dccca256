"""What figures are called in reports."""

from rules.evidence.words import word as paper_word
from rules.wording import wording

say = wording("rules.reports")
SHARED = {"channels": "channel", "outcomes": "outcome"}


def word(shelf: str, key: str) -> str:
    """A channel or an outcome as on the 案卷; a flow or a unit's figure by its own word."""
    shared = SHARED.get(shelf)
    if shared:
        return paper_word(shared, key)
    return say(f"{shelf}-{key}")
