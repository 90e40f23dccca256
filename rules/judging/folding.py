"""Folding (归一): a text as the rules compare it, and the way back to the letter's own words.

NFKC, traditional signs to simplified ones, small letters, no zero-width signs, no blanks inside Chinese words (国 土 局 = 国土局).
The table of signs is `traditional.txt` (two lines: sign over sign), made once with OpenCC's t2s.

LIMITS: signs are folded one by one, so a sign of several code points stays what it is. At most MOST signs are looked at:
one sign may become eighteen (U+FDFA, A73), and a longer letter says what it wants within them.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

MOST = 20_000
BLANKS = re.compile(r"(?<=[一-鿿])[ \t]+(?=[一-鿿])")
ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f")


FEW = 40
"""So many different signs are replaced one after the other; more are translated in one go, however hostile the text."""


class _Signs(dict[int, str]):
    """Sign -> what it folds to, filled as signs are met; `odd` are those that do not fold to exactly one, `same` fold to themselves.

    What a sign folds to folds to itself (a test looks at every sign there is), so signs may be replaced in any order.
    """

    def __init__(self) -> None:
        above, below = files("rules.judging").joinpath("traditional.txt").read_text("utf-8").split()
        simple = dict(zip(above, below, strict=True))
        self.simple = {sign: simple.get(plain, plain) for sign, plain in simple.items()}
        self.odd: set[str] = set()
        self.same: set[str] = set()
        super().__init__()

    def folded(self, text: str) -> tuple[str, bool]:
        """The text with every sign folded, and whether each became one sign. Three times as fast as translating sign by sign: of a
        letter's few hundred different signs hardly any changes."""
        if text.isascii():
            return text.lower().replace("\r", "\n"), True
        met = set(text)
        changing = [sign for sign in met - self.same if self[ord(sign)] != sign]
        one_to_one = self.odd.isdisjoint(changing)
        if len(changing) > FEW:
            return text.translate(self), one_to_one
        for sign in changing:
            text = text.replace(sign, self[ord(sign)])
        return text, one_to_one

    def __missing__(self, number: int) -> str:
        sign = chr(number)
        plain = "" if sign in ZERO_WIDTH else unicodedata.normalize("NFKC", sign).lower()
        folded = "".join(self.simple.get(each, each) for each in plain).replace("\r", "\n")
        if len(folded) != 1:
            self.odd.add(sign)
        if folded == sign:
            self.same.add(sign)
        self[number] = folded
        return folded


SIGNS = _Signs()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text with its original; `places` maps each folded sign to its place there (None = one to one)."""

    text: str
    original: str
    places: tuple[int, ...] | None = None

    def own(self, start: int, end: int) -> str:
        """The letter's own words at this span of the folded text."""
        if self.places is None:
            return self.original[start:end]
        return self.original[self.places[start] : self.places[end - 1] + 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def fold(original: str) -> Folded:
    """The text folded; spans can be led back to the original."""
    given = original[:MOST]
    text, one_to_one = SIGNS.folded(given)
    if one_to_one and not BLANKS.search(text):
        return Folded(text, original)
    places = [place for place, sign in enumerate(given) for _ in SIGNS[ord(sign)]]
    kept: list[int] = []
    pieces: list[str] = []
    begin = 0
    for blank in BLANKS.finditer(text):
        pieces.append(text[begin : blank.start()])
        kept += places[begin : blank.start()]
        begin = blank.end()
    pieces.append(text[begin:])
    kept += places[begin:]
    return Folded("".join(pieces)[:MOST], original, tuple(kept[:MOST]))


@lru_cache(maxsize=200_000)
def folded_word(word: str) -> str:
    """A word of the book as it is compared: folded, no blanks at all."""
    return re.sub(r"\s+", "", fold(word).text)
