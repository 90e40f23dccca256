"""Two folded forms of a text: one to find things in (places kept), one to compare with (the normal form, places kept).

`Sight`: no invisible signs, full-width and traditional signs made plain, small letters; `digits` is the same with every writing of a
numeral turned into its digit, sign for sign. `normal` drops blanks, dashes, dots as well: 张 三, 张·三 and 張三 are one (A25, A27).

LIMITS: at most MOST signs are read; what is longer is for a person.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rules.judging.folding import SIGNS

MOST = 200_000
INVISIBLE = dict.fromkeys(
    [
        0xAD,
        0x34F,
        0x61C,
        0x180E,
        0xFEFF,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
    ]
)
HAS_INVISIBLE = re.compile(f"[{''.join(map(chr, INVISIBLE))}]")
WRITINGS = (
    "〇零○⓪",
    "一幺壹弌①❶",
    "二贰两弍②❷",
    "三叁弎③❸",
    "四肆④❹",
    "五伍⑤❺",
    "六陆⑥❻",
    "七柒⑦❼",
    "八捌⑧❽",
    "九玖⑨❾",
)
# every way to write a digit, those of other scripts too
NUMERALS = {ord(sign): str(digit) for digit, row in enumerate(WRITINGS) for sign in row} | {
    number: str(unicodedata.decimal(chr(number)))
    for number in range(0x80, 0xFF00)
    if unicodedata.decimal(chr(number), None) is not None
}
NUMERAL = re.compile(f"[{''.join(map(chr, NUMERALS))}]")
# what the normal form drops: blanks, every hyphen and dash, low line, middle dots, full stops
DROPPED = re.compile(r"[\s\-‐‑‒–—―−－﹣_·•‧∙⋅・･．.。｡*~～'’`|]+")
# brackets, slashes and commas that stand between two digits
BETWEEN = re.compile(r"(?<=[0-9])[/(),、，（）／]+(?=[0-9])")


@dataclass(frozen=True)
class Sight:
    """A text to find things in; `at[i]` is the place of sign i in the original (None = the same places)."""

    original: str
    text: str
    at: tuple[int, ...] | None

    @cached_property
    def digits(self) -> str:
        """The text with every numeral as a digit, sign for sign."""
        return NUMERAL.sub(_digit, self.text)  # numerals are few: seven times as fast as translating every sign

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the text as a span of the original."""
        if self.at is None:
            return start, end
        return self.at[start], self.at[end - 1] + 1

    def own(self, start: int, end: int) -> str:
        """The original's words at a span of the text."""
        begin, stop = self.span(start, end)
        return self.original[begin:stop]


def _digit(numeral: re.Match[str]) -> str:
    return NUMERALS[ord(numeral[0])]


@lru_cache(maxsize=8)
def sight(original: str) -> Sight:
    """The text as the finders read it; the last few are remembered, as finding, redacting and guarding read the same one."""
    return seen_plainly(original)


def seen_plainly(original: str) -> Sight:
    """The same for a single value, not remembered."""
    given = original[:MOST]
    text, one_to_one = SIGNS.folded(given)
    if one_to_one and not HAS_INVISIBLE.search(given):
        return Sight(original, text, None)
    pieces: list[str] = []
    at: list[int] = []
    for place, sign in enumerate(given):
        plain = "" if ord(sign) in INVISIBLE else SIGNS[ord(sign)]
        pieces.append(plain)
        at += [place] * len(plain)
    return Sight(original, "".join(pieces), tuple(at))


def normal(text: str) -> str:
    """The normal form in which values are compared."""
    return _plain(seen_plainly(text).digits)


def normal_of(seen: Sight) -> str:
    """The normal form of a text that is seen already: the first half of `normal_with_places`."""
    return _plain(seen.digits)


def _plain(digits: str) -> str:
    return BETWEEN.sub("", DROPPED.sub("", digits))


def normal_with_places(seen: Sight) -> tuple[str, list[int]]:
    """The normal form and, for each of its signs, the place in `seen.text`."""
    kept: list[int] = []
    pieces: list[str] = []
    begin = 0
    for gap in DROPPED.finditer(seen.digits):
        pieces.append(seen.digits[begin : gap.start()])
        kept.extend(range(begin, gap.start()))
        begin = gap.end()
    pieces.append(seen.digits[begin:])
    kept.extend(range(begin, len(seen.digits)))
    text = "".join(pieces)
    if not BETWEEN.search(text):
        return text, kept
    gone = {place for gap in BETWEEN.finditer(text) for place in range(*gap.span())}
    return BETWEEN.sub("", text), [place for index, place in enumerate(kept) if index not in gone]
