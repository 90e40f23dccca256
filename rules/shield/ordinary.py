"""Is this the person, or a word or a place that is written alike? 向阳乡, 古城镇, 不高兴, 有没有王法 are nobody."""

from rules.shield.cues import cues
from rules.shield.names import is_surname, is_word_alike

PLACES = ("乡", "镇", "县", "街道")


def ordinary(text: str, start: int, end: int) -> bool:
    """Whether a Han name of two or three signs at this place of a folded text is another word or a place."""
    value = text[start:end]
    if not 2 <= len(value) <= 3 or not (is_surname(value[:1]) or is_word_alike(value)):
        return False
    if text.startswith(PLACES, end):
        return True
    if not is_word_alike(value):
        return False
    return bool(
        cues().ordinary_left.search(text[max(0, start - 4) : start]) or cues().ordinary_right.match(text[end : end + 4])
    )
