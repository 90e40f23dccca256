"""`联系人：张三　电话：024-…`: headings with a colon and what is said after them, in a line or a cell.

LIMITS: of headings without a colon only one that begins the line is found; `prose` reads sentences.
"""

import re

from rules.contacts.cells import numbers
from rules.contacts.entry import Item
from rules.contacts.labels import LONGEST, NUMBERS, Label, label
from rules.contacts.mailboxes import mailboxes
from rules.contacts.people import SURNAMES, is_name, is_title

_COLON = re.compile(r"[:：]")
_EDGE = re.compile(r"[\s　,，;；。、|]")
MOST = 60
"""So many colons of a line are looked at."""


def pairs(text: str) -> list[Item]:
    """The headings of a line with their values, in order; [] where the line has no heading with a colon."""
    pieces = _COLON.split(text[:4000])[:MOST]
    found: list[Item] = []
    for number, piece in enumerate(pieces[:-1]):
        heading, meaning = _heading_at_end(piece)
        if found:
            found[-1] = Item(found[-1].label, _value(piece, heading))
        if meaning:
            found.append(Item(meaning, pieces[number + 1]))
        elif found:
            found[-1] = Item(found[-1].label, f"{found[-1].text}：{pieces[number + 1]}")
    return [Item(item.label, item.text.strip(" \t\n　,，;；。|")) for item in found]


def spaced(text: str) -> list[Item]:
    """`3.办公电话 024-48001234`: a heading, a blank and what it asks for; [] where what follows is something else (a title)."""
    heading, _, value = text.strip()[:400].partition(" ")
    meaning = label(heading)
    if meaning and meaning.what and answers(meaning, value.strip()):
        return [Item(meaning, value.strip())]
    return []


def answers(meaning: Label, value: str) -> bool:
    """Whether a text is what a heading asks for: a number, a mailbox, a name."""
    if "name" in meaning.what:
        first = value.split(maxsplit=1)[0] if value else ""
        return bool(first) and first[0] in SURNAMES and is_name(first) and not is_title(first)
    if "email" in meaning.what:
        return bool(mailboxes(value).found)
    return bool(meaning.what & set(NUMBERS)) and bool(numbers(value, only_telephones=True).found)


def before_heading(text: str) -> str:
    """What a line says before its first heading: 县教育局联系人：…"""
    first = _COLON.split(text[:400])[0]
    heading, _ = _heading_at_end(first)
    return first[: len(first) - len(heading)].strip() if heading else ""


def _value(piece: str, heading: str) -> str:
    return piece[: len(piece) - len(heading)] if heading else piece


def _heading_at_end(piece: str) -> tuple[str, Label | None]:
    """The heading a piece ends with, and the words it is written in: all since the last edge, or the longest end that is one."""
    tail = piece[-2 * LONGEST :]
    edge = max((match.end() for match in _EDGE.finditer(tail.rstrip())), default=0)
    last = tail[edge:]
    meaning = label(last)
    if meaning:
        return last, meaning
    if edge and (spaced := _spaced(tail)):
        return spaced
    for start in range(max(len(last) - LONGEST, 0), len(last) - 1):
        meaning = label(last[start:])
        if meaning:
            return last[start:], meaning
    return "", None


def _spaced(tail: str) -> tuple[str, Label] | None:
    """A heading with blanks inside: 邮　箱, 联 系 人."""
    for start in range(max(len(tail) - 12, 0), len(tail) - 2):
        words = tail[start:]
        meaning = label(words) if not words[0].isspace() and all(len(word) == 1 for word in words.split()) else None
        if meaning:
            return words, meaning
    return None
