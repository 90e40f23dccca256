"""A reply to a numbered list: “3 同意”, “3、5 暂存”, “2-4 同意”; a line without number belongs to the order above it, or stands alone."""

import re
import unicodedata
from dataclasses import dataclass

MOST = 20
"""Orders in one letter: a page has no more lines."""
LONGEST = 4000
LINE = re.compile(
    r"\s{0,4}第?(\d{1,2}(?:\s{0,2}(?:[、,和]|[-—~至到])\s{0,2}第?\d{1,2}){0,19})\s{0,2}[号项件]?\s{0,2}[、.:)]?\s{0,4}([^\d\s].{0,3999})"
)
DATED = ("月", "日", "天", "年", "点", "时")
"""What stands behind a figure that counts days or names one: such a line begins no order."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """One order of the list, as many times as it names numbers. No numbers = it stands for itself."""

    numbers: tuple[int, ...]
    words: str


def numbered(own_words: str) -> tuple[Numbered, ...]:
    """The orders of a reply, in order; at most MOST of them are looked at."""
    orders: list[tuple[tuple[int, ...], list[str]]] = []
    for line in own_words[:LONGEST].splitlines():
        found = LINE.fullmatch(_narrow(line))
        if found and not found[2].startswith(DATED):
            orders.append((_numbers(found[1]), [line[found.start(2) :].strip()]))
        elif line.strip() and orders:
            orders[-1][1].append(line.strip())
        elif line.strip():
            orders.append(((), [line.strip()]))
    return tuple(Numbered(numbers, "\n".join(lines)) for numbers, lines in orders[:MOST])


def _narrow(line: str) -> str:
    """The line sign by sign as it is compared: full-width figures and points narrow, and none moved from its place."""
    folded = (unicodedata.normalize("NFKC", sign) for sign in line)
    return "".join(narrow if len(narrow) == 1 else sign for sign, narrow in zip(line, folded, strict=True))


def _numbers(words: str) -> tuple[int, ...]:
    """3、5 are two, 2-4 are three."""
    named: list[int] = []
    for part in re.split(r"[、,和]", words.replace("第", "")):
        ends = [int(figure) for figure in re.findall(r"\d{1,2}", part)]
        named += range(ends[0], ends[-1] + 1)
    return tuple(dict.fromkeys(named))[:MOST]
