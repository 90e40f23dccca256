"""The scoring rules of the shield's data, written once more from their description: normal form, recall, keep-rate, clean letters, guard."""

import re
import unicodedata
from typing import Any

from rules.shield import Identity

INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
DROPPED = re.compile(r"[\s\-‐‑‒–—―−_·•‧∙⋅・.]")
NUMERALS = str.maketrans("〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺", "0012345678912345678" + "91")
BETWEEN = re.compile(r"(?<=\d)[/(),、]+(?=\d)")
SEEN = {"text", "subject", "attachments"}


def normal_form(text: str) -> str:
    plain = DROPPED.sub("", INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).translate(NUMERALS)
    return BETWEEN.sub("", plain).lower()


def merged(letter: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Identity entries that stand in text, subject or file names, one a normal form."""
    found: dict[str, dict[str, Any]] = {}
    for entry in letter["identity"]:
        if SEEN & set(entry["where"]):
            found.setdefault(normal_form(entry["value"]), entry)
    return found


def left(letter: dict[str, Any], output: str) -> list[tuple[dict[str, Any], bool]]:
    """(entry, strictly) for what is still there: the value itself, or (True) only a telling part of it."""
    plain = normal_form(output)
    shelter = [normal_form(each) for each in letter["must_keep"] + letter["officials"]]
    missed = []
    for value, entry in merged(letter).items():
        blanked = plain
        for words in shelter:
            if value in words and value != words:
                blanked = blanked.replace(words, "\0")
        canon = normal_form(entry.get("canon") or "")
        if value in blanked or (canon and canon in blanked):
            missed.append((entry, False))
        elif any(normal_form(part) in plain for part in entry.get("parts", ())):
            missed.append((entry, True))
    return missed


def kept(words: list[str], output: str) -> int:
    plain = normal_form(output)
    return sum(normal_form(each) in plain for each in words)


def whole(letter: dict[str, Any]) -> str:
    return "\n".join([letter["subject"], letter["text"], *letter["attachments"]])


def blanked(letter: dict[str, Any]) -> str:
    """The letter with every value replaced; must_keep and officials that hold a value stay whole."""
    text = whole(letter)
    values = {
        each
        for entry in letter["identity"]
        for each in (entry["value"], entry.get("canon"), *entry.get("parts", ()))
        if each
    }
    shelter = sorted(
        (w for w in {*letter["must_keep"], *letter["officials"]} if any(v in w and v != w for v in values)),
        key=len,
        reverse=True,
    )
    for index, words in enumerate(shelter):
        text = text.replace(words, chr(0xE000 + index))
    for value in sorted(values, key=len, reverse=True):
        text = text.replace(value, "〔隐去〕")
    for index, words in enumerate(shelter):
        text = text.replace(chr(0xE000 + index), words)
    return text


def known(letter: dict[str, Any]) -> tuple[Identity, ...]:
    return tuple(Identity(entry["kind"], entry["value"], entry["role"], entry["level"]) for entry in letter["identity"])
