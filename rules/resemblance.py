"""Which registered address another one only resembles (A12): shown to staff, worth nothing for any decision.

    resembled("a@unit.exarnple", ("a@unit.example",)) == "a@unit.example"

LIMITS: folds the signs that mail fraud uses most; an address in another script altogether resembles nothing.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

LONGEST = 320
ALIKE = str.maketrans("аеорсухјѕԁһωνοκ0iıіӏι1|", "aeopcyxjsdhwvokolllllll")
"""Cyrillic and Greek letters and digits that look like a Latin letter; i, l and 1 look like each other."""
TOGETHER = (("rn", "m"), ("vv", "w"), ("cl", "d"))


def resembled(address: str, registered: Iterable[str]) -> str:
    """The first registered address that looks like this one and is another; '' where none does."""
    if not address:
        return ""
    seen = _skeleton(address)
    for known in registered:
        if known.lower() != address.lower() and _alike(seen, _skeleton(known)):
            return known
    return ""


def _alike(seen: tuple[str, str], known: tuple[str, str]) -> bool:
    """The same name at a domain that looks the same, or that only begins with it (unit.example.evil.example)."""
    return seen[0] == known[0] and (seen[1] == known[1] or seen[1].startswith(f"{known[1]}."))


@lru_cache(maxsize=2000)
def _skeleton(address: str) -> tuple[str, str]:
    plain = unicodedata.normalize("NFKC", address[:LONGEST]).lower().replace("。", ".")
    name, _, domain = plain.rpartition("@")
    return _folded(name.partition("+")[0]), _folded(".".join(map(_spoken, domain.strip(".").split("."))))


def _spoken(label: str) -> str:
    """An xn-- label as a reader may be shown it."""
    try:
        return label.encode("ascii").decode("idna") if label.startswith("xn--") else label
    except UnicodeError:
        return label


def _folded(text: str) -> str:
    folded = text.translate(ALIKE)
    for pair, one in TOGETHER:
        folded = folded.replace(pair, one)
    return folded
