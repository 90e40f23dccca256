"""What a heading of a sheet means (表头): a cell that is made of known words altogether, and of nothing else (domain §4.1).

    label("分管领导（联系电话）")  ->  Label(who="leader", what={"name", "phone"})
    label("张三")                 ->  None

LIMITS: a value that happens to consist of heading words (a title `工作人员`) is a label here; where it stands decides what it is.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache

from rules.contacts.words import words

LONGEST = 30
GUESSED = 8
PERSONS = ("leader", "contact", "head", "filled", "before")
PERSONAL = frozenset(("name", "title", "phone", "mobile", "office"))
"""What belongs to whoever was named last; the rest belongs to the unit."""
NUMBERS = ("phone", "mobile", "office", "hotline")
_DROPPED = re.compile(r"[\s:*·.,。#_\-—…<>\[\]【】《》“”\"'?!]+")
_ASIDE = re.compile(r"[(（][^()（）]{0,60}[)）]")
_JOINTS = re.compile(r"[、/(（)）+&|\\;]+")
Tokens = tuple[tuple[str, str], ...]
_ORDINAL = "0123456789一二三四五①②③④⑤⑥⑦⑧⑨甲乙"


@dataclass(frozen=True, slots=True)
class Label:
    """Whom a heading is about (unit, org, leader, contact, head, filled, before or '') and what it asks for.

    `before` is who or what the sheet says has changed (原联系人, 变更前手机).
    """

    who: str = ""
    what: frozenset[str] = field(default_factory=frozenset)
    number: str = ""
    """The ordinal of `联系人2`."""

    @property
    def personal(self) -> bool:
        """It asks for something of a person without saying of whom."""
        return not self.who and bool(self.what) and self.what <= PERSONAL

    @property
    def person(self) -> bool:
        """It names a person's part in the matter."""
        return self.who in PERSONS


@lru_cache(maxsize=4096)
def label(text: str) -> Label | None:
    """The meaning of a heading; None where the text is no heading."""
    folded = folded_heading(text)
    tokens = _known(folded) or _known(folded_heading(_ASIDE.sub("", text[:200])))
    return _meaning(tokens, folded) if tokens else None


def guessed(text: str) -> Label | None:
    """Whose name a heading in no list asks for, by its last word: 对接人, 挂包领导; None where that tells nothing."""
    folded = folded_heading(_ASIDE.sub("", text[:200]))
    if not 2 < len(folded) <= GUESSED or label(text):
        return None
    endings: dict[str, list[str]] = words("labels")["endings"]
    who = next((who for who, listed in endings.items() if folded.endswith(tuple(listed))), "")
    return Label(who, frozenset({"name"})) if who else None


def _known(folded: str) -> Tokens:
    """The words of a heading, with or without what joins them."""
    if not folded or len(folded) > LONGEST:
        return ()
    return _tokens(folded) or _tokens(folded.replace("、", ""))


def folded_heading(text: str) -> str:
    """A heading without blanks and signs; what joins two things is one 、."""
    if len(text) > 4 * LONGEST:
        return ""
    folded = _DROPPED.sub("", unicodedata.normalize("NFKC", text).lower())
    return _JOINTS.sub("、", folded).strip("、")


@cache
def _vocabulary() -> dict[str, tuple[str, str]]:
    """Word -> family and key. Where a word stands in two lists the earlier counts."""
    table = words("labels")
    known: dict[str, tuple[str, str]] = {}
    for family in ("who", "what"):
        for key, listed in table[family].items():
            known.update({word: (family, key) for word in listed if word not in known})
    for key, listed in table["words"].items():
        known.update({word: (key, key) for word in listed if word not in known})
    known["、"] = ("joint", "joint")
    known.update({sign: ("ordinal", sign) for sign in _ORDINAL if sign not in known})
    return known


@cache
def _reach() -> int:
    return max(map(len, _vocabulary()))


def _tokens(text: str) -> Tokens:
    """The text cut into known words, long ones first; () where something is left over. Work is bounded by LONGEST."""
    known, reach = _vocabulary(), _reach()
    cut: dict[int, Tokens] = {len(text): ()}
    for start in range(len(text) - 1, -1, -1):
        ends = range(min(start + reach, len(text)), start, -1)
        end = next((end for end in ends if end in cut and text[start:end] in known), 0)
        if end:
            cut[start] = (known[text[start:end]], *cut[end])
    return cut.get(0, ())


def _meaning(tokens: Tokens, folded: str) -> Label | None:
    if sum(family == "ordinal" for family, _ in tokens) > 2:
        return None  # 电话：13900001234 is a heading with its value
    whos = [key for family, key in tokens if family == "who"]
    what = {key for family, key in tokens if family == "what"}
    what -= {"axis", "seq"} if len(what) > 1 or whos else set()
    if len(what) > 1 and not any(family == "joint" for family, _ in tokens):
        what -= {"phone"}  # 联系方式 over 手机 asks for the mobile
    if any(family == "before" for family, _ in tokens):
        return Label("before", frozenset(what | {"name"})) if what or whos else None
    who = next((who for who in whos if who in PERSONS), "")
    if who:
        joined = not what or _joined(tokens)
        return Label(who, frozenset(what | {"name"} if joined else what), _ordinal(tokens))
    if what:
        public = any(word in folded for word in words("labels")["words"]["public"])
        if public and "phone" in what:
            what = (what - {"phone"}) | {"hotline"}
        return Label("", frozenset(what), _ordinal(tokens))
    who = "org" if "org" in whos else "unit" if whos else ""
    return Label(who) if who else None


def _joined(tokens: Tokens) -> bool:
    """`联系人及电话` asks for the name too; `联系人电话` does not, nor `股室、联系人电话`, which joins two whos."""
    families = [family for family, _ in tokens]
    last = len(families) - 1 - families[::-1].index("who")
    return "joint" in families[last : last + 2] and "what" in families[last:]


def _ordinal(tokens: Tokens) -> str:
    """The ordinal after the first word (`联系人2`); one before it only counts the headings."""
    return "".join(key for family, key in tokens[1:] if family == "ordinal")
