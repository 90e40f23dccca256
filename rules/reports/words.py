"""What figures are called in reports."""

from datetime import date

from rules.evidence.words import word as paper_word
from rules.reports.facts import Period
from rules.wording import wording

say = wording("rules.reports")
SHARED = {"channels": "channel", "outcomes": "outcome"}


def day(when: date) -> str:
    """2017年5月9日: no padding."""
    return say("day", year=when.year, month=when.month, day=when.day)


def spelled(period: Period) -> str:
    """2017年5月1日至2017年5月31日."""
    return say("period", first=day(period.first), last=day(period.last))


def word(shelf: str, key: str) -> str:
    """A channel or an outcome as on the 案卷; a flow or a unit's figure by its own word."""
    shared = SHARED.get(shelf)
    if shared:
        return paper_word(shared, key)
    return say(f"{shelf}-{key}")
