"""Is this the person, or a word or a place that is written alike? 向阳乡, 古城镇, 不高兴, 有没有王法 are nobody."""

import re
from functools import cache

from rules.shield.cues import cues
from rules.shield.knowledge import is_word_alike
from rules.shield.patterns import read_toml

PLACES = ("乡", "镇", "县", "街道")
NOT_AFTER = re.compile("了解|了结|起来人")


@cache
def _towns() -> tuple[str, ...]:
    """The townships the shield knows, by name."""
    sheet = read_toml("firms.toml")
    return tuple(place for place in sheet["place"] if place.endswith(PLACES) and "[" not in place)


def ordinary(text: str, start: int, end: int, *, ends: bool = False) -> bool:
    """Whether a Han name of two or three signs at this place of a folded text is another word or a place.
    `ends`: a stop that the folding dropped stands behind it, so that nothing goes on there."""
    value = text[start:end]
    if not 2 <= len(value) <= 3 or value.isascii():
        return False
    if not ends and text.startswith(PLACES, end) and (is_word_alike(value) or text.startswith(_towns(), start)):
        return True
    if not is_word_alike(value) or NOT_AFTER.match(text, end):
        return False
    return bool(
        cues().ordinary_left.search(text[max(0, start - 4) : start]) or cues().ordinary_right.match(text[end : end + 4])
    )
