"""A contact said in a sentence (domain §4.2): 我单位联系人张三，科员，电话…；分管领导为副局长李四。

LIMITS: headings are found by a list; a sentence that asks, announces a meeting or advertises is none. Only one unit is read out of a text.
"""

import re
from functools import cache

from rules.contacts.cells import numbers
from rules.contacts.entry import Entry, Item
from rules.contacts.labels import Label, label
from rules.contacts.marginal import changed_to
from rules.contacts.people import is_title, people
from rules.contacts.words import listed, longest_first, words

MOST = 20_000
_STOP = re.compile(r"[。！!\n]")
_COMMA = re.compile(r"[，,；;（）()、\s]+")
_MAIL = re.compile(r"[A-Za-z0-9][\w.+-]{0,60}\s?[@＠#]\s?[A-Za-z0-9.-]{2,60}")


def sentences(text: str) -> Entry | None:
    """The record a text tells in sentences; None where it tells none."""
    body = text[:MOST]
    entry = Entry(tuple(told(body)))
    return entry if _is_report(entry, body) else None


def told(text: str) -> list[Item]:
    """The headings of running text with what is said after each."""
    return [item for end, match in _headings(text[:MOST]) for item in _said(text, end, match)]


def _headings(text: str) -> list[tuple[int, re.Match[str]]]:
    matches = list(_pattern().finditer(text))
    ends = [*(match.start() for match in matches[1:]), len(text)]
    before = tuple(words("prose")["before"])
    now = zip(ends, matches, strict=False)
    return [(end, match) for end, match in now if not text[: match.start()].endswith(before)]


@cache
def _pattern() -> re.Pattern[str]:
    headings = "|".join(map(re.escape, longest_first("prose", "headings")))
    after = "|".join(map(re.escape, longest_first("prose", "after")))
    return re.compile(rf"(?P<heading>{headings})\s{{0,3}}(?:{after})?\s{{0,3}}(?:{after})?\s{{0,3}}", re.I)


@cache
def _duty() -> re.Pattern[str]:
    """What somebody takes over, up to the next sign: 负责投诉举报联系工作."""
    return re.compile(rf"(?:{'|'.join(longest_first('prose', 'duty'))})[^（(，,；;、]{{0,30}}")


def _said(text: str, end: int, match: re.Match[str]) -> list[Item]:
    """What stands between a heading and the next, and what of it belongs to whom was named."""
    meaning = label(match["heading"]) or Label()
    stop = _STOP.search(text, match.end(), end)
    value = changed_to(text[match.end() : stop.start() if stop else end].strip("，,；;、 \t　（）()"))
    if match["heading"] in words("prose")["handed"]:
        value = _duty().sub("", value)
    if "name" not in meaning.what:
        return [Item(meaning, value)]
    first, *others = [piece for piece in _COMMA.split(value) if piece] or [""]
    named = people(first)
    items = [Item(meaning, first if named.names and not _asks(first) else "")]
    for piece in others:
        items += _of_person(piece)
    return items


def _of_person(piece: str) -> list[Item]:
    """A piece after a name without a heading: a title, a number, a mailbox."""
    if _MAIL.search(piece):
        return [Item(Label("", frozenset({"email"})), piece)]
    if numbers(piece, only_telephones=True).found:
        return [Item(Label("", frozenset({"phone"})), piece)]
    return [Item(Label("", frozenset({"title"})), piece)] if is_title(piece) and len(piece) <= 14 else []


def _asks(value: str) -> bool:
    return value.endswith(tuple(words("prose")["tails"])) or len(value) > 24


def _is_report(entry: Entry, text: str) -> bool:
    """A contact with a number, said of oneself or with more than a contact: no notice, no advertisement."""
    if any(word in text for word in words("prose")["notices"]):
        return False
    named = {item.label.who for item in entry.items if item.text and "name" in item.label.what}
    reached = [item for item in entry.items if item.label.what - {"name", "title"} and _reaches(item.text)]
    if "contact" not in named or not reached:
        return False
    more = "leader" in named or any(item.label.what & {"hotline", "email"} for item in reached)
    return more or any(word in text for word in (*words("prose")["own"], *listed("lines", "changed")))


def _reaches(text: str) -> bool:
    return bool(numbers(text).found) or _MAIL.search(text) is not None
