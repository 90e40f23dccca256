"""What stands in a sheet and is no record: notes, footers, samples, totals; and the marks for `as above` and `nothing`."""

import re
import unicodedata
from collections.abc import Sequence

from rules.contacts.words import listed, longest_first

_HEAD = re.compile(r"^[\s*★※#]{0,5}[(（]?")
_BY_A_DAY = re.compile(r"于[^。\n]{0,20}前[^。\n]{0,60}(?:报|发|交)[送至到回给县]")
_AFTER = re.compile(r"\s{0,3}[:：1-9一（(.、]")


def is_footer(text: str) -> bool:
    """注：…, 说明：…, 要求：…"""
    bare = _HEAD.sub("", text)
    for word in longest_first("lines", "footers"):
        if bare.startswith(word):
            return _AFTER.match(bare[len(word) :]) is not None
    return False


def asks_for_sheets(text: str) -> bool:
    """A notice that asks the units for their sheets: whom it names is the asker."""
    return any(word in text for word in listed("lines", "asking")) or _BY_A_DAY.search(text) is not None


def changed_to(text: str) -> str:
    """What counts now: 由甲改为乙 says 乙."""
    at, word = max(((text.rfind(word), word) for word in listed("lines", "changed")), default=(-1, ""))
    now = text[at + len(word) :].strip(" \t\n　:：，,") if at > 0 else ""
    return now or text


def is_sample(texts: Sequence[str]) -> bool:
    """A row that shows how to fill in the sheet."""
    for text in texts[:3]:
        bare = text.strip("()（）[]【】<> ")
        if bare in listed("lines", "samples") or re.match(r"[(（【]?(?:示?例|例如|样例|示范)[)）】]?\s?[:：、]", text):
            return True
    if any(sign in text for text in texts[:6] if "@" not in text for sign in listed("lines", "sample_signs")):
        return True
    if any(sign in text for text in texts for sign in listed("lines", "sample_addresses")):
        return True
    return len(listed("lines", "sample_names") & set(texts)) >= 2


def is_old(texts: Sequence[str]) -> bool:
    """变更前 | 张三: what was."""
    return bool(texts) and texts[0] in listed("lines", "before")


def is_total(texts: Sequence[str]) -> bool:
    """合计 | 12个单位."""
    return any(squeezed(text).startswith(longest_first("lines", "totals")) for text in texts[:2])


def is_ditto(text: str) -> bool:
    """同上, 〃."""
    return bool(text) and squeezed(text) in listed("lines", "ditto")


def without_void(text: str) -> str:
    """'' for what only says that there is nothing: 无, /, —."""
    return "" if squeezed(text) in listed("lines", "empty") else text


def squeezed(text: str) -> str:
    """A cell without blanks."""
    return "".join(unicodedata.normalize("NFKC", text[:60]).split()) if len(text) <= 60 else text
