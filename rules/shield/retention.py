"""How long what identifies is kept (保存年限): the book's years after a case ended, then erased; 0 years keep for ever."""

from collections.abc import Mapping
from datetime import date

KEPT = ("identities", "letters")
"""What is kept of a case, in the order in which it may go: where the letters go, the identities go too."""


def due(ended: date, today: date, years: Mapping[str, int], erased: frozenset[str]) -> tuple[str, ...]:
    """What of a case that ended on the day is to be erased today, and is not yet."""
    return tuple(what for what in KEPT if what not in erased and over(ended, today, years.get(what, 0)))


def over(since: date, today: date, years: int) -> bool:
    """Whether so many whole years have passed; never for 0. 29 February counts to 1 March."""
    if years <= 0:
        return False
    try:
        last = since.replace(year=since.year + years)
    except ValueError:
        last = date(since.year + years, 3, 1)
    return today > last
