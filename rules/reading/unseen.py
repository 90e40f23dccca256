"""Signs nobody sees in a text: taken away from what rules see, kept in what is stored (L21)."""

import re

from rules.numbers import UNSEEN

CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF])
_TEXT_UNSEEN = {sign: None for sign in UNSEEN if not 0xFE00 <= sign <= 0xFE0F} | CONTROLS
_UNCLEAN = re.compile(f"[{''.join(re.escape(chr(sign)) for sign in _TEXT_UNSEEN if sign < 0x10000)}\ud800-\udfff]")
"""The signs `clean` takes away, but for the tag characters: a class within the basic plane is a table look-up for each sign."""
_TAGS = re.compile("[\U000e0000-\U0010ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
TRICKY = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")


def clean(text: str) -> str:
    """A text without signs nobody sees, controls and lone surrogates."""
    if not is_unclean(text):
        return text
    text = text.translate(_TEXT_UNSEEN)
    return _SURROGATE.sub("\ufffd", text)


def is_unclean(text: str) -> bool:
    """Whether `clean` would change a text."""
    return _UNCLEAN.search(text) is not None or _TAGS.search(text) is not None
