"""Names that a letter gives outright, whatever they look like: 大名王法, 网名宁死不给, 【投诉人】贺喜, 妻左丽, 我关玲玲, 边城 13….

The recogniser of names (`names.py`) weighs signs; a name written like a word, or of signs no name had before, is under its weight. Where the
words around it say that it is a name, these words are enough. What nobody could be called (`no_told`) is none.

LIMITS: up to four Han signs; a name that is a word and stands without such words is not found here.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from rules.shield.cues import STOP, cues
from rules.shield.knowledge import is_surname, is_word, knowledge
from rules.shield.names import NO_END
from rules.shield.patterns import pattern
from rules.shield.people import People
from rules.shield.shapes import Find

BY_ITSELF = tuple(
    f"told_{each}"
    for each in [
        "behind",
        "before",
        "parts",
        "owner",
        "household",
        "latin",
        "mine",
        "then",
        "post",
        "relative",
        "really",
    ]
)
OF_OTHERS = tuple(f"told_{each}" for each in ["witness", "call", "home", "seller", "vouches", "vouched"])
POSTS = ("staff", "held", "posted", "headed", "ranked")
NUMBERS = frozenset(("mobile", "landline", "idcard", "plate", "bankcard", "qq"))
"""Kinds that stand beside their owner's name."""


def find_told(text: str, people: People, shapes: Sequence[Find]) -> Iterator[Find]:
    """The names given outright, known to `people` from then on; where no word but the place tells, not those of its officials."""
    sure = (*_called(text), *_labelled(text), *_kin(text), *_staff(text))
    for find in (*sure, *_behind(text), *_we(text), *_beside(text, shapes), *_double(text)):
        word = re.sub(r"\s", "", text[find.start : find.end])
        known = people.roles.get(word, "unclear")
        if pattern("no_told").match(word) or (known == "official" and find not in sure):
            continue
        if known in ("official", "unclear"):
            people.roles[word] = find.role
        yield find


def _called(text: str) -> Iterator[Find]:
    """我叫冬梅, 管俺叫鲍老蔫儿, 我姓荆，荆卫国."""
    for met in pattern("told_self").finditer(text):
        if not pattern("told_of_official").search(text, max(0, met.start() - 12), met.start()):
            yield Find("name", *met.span(1))
    yield from (
        Find("name", *met.span("v"))
        for name in ("told_surnamed", "told_signed")
        for met in pattern(name).finditer(text)
    )


def _behind(text: str) -> Iterator[Find]:
    """宁死不给（网名）, 古月（笔名…）, 姓梁名鹏飞, 香满楼老板娘, 老王家二小子, 金美善（KIM MISUN）."""
    for name in BY_ITSELF:
        for met in pattern(name).finditer(text):
            if not is_word(met[1]):
                yield Find("name", *met.span(1))
    for name in OF_OTHERS:
        for met in pattern(name).finditer(text):
            if not (is_word(met[1]) or met[1][-1] in NO_END or pattern("told_body").search(met[1])):
                yield Find("name", *met.span(1), "witness")


def _labelled(text: str) -> Iterator[Find]:
    """A field of the writer's name, with a post before the name or in brackets of its own; a word only
    where it begins with a surname; so does the line behind 此致敬礼."""
    for met in chain(
        *(each.finditer(text) for each in (pattern("told_label"), pattern("told_applicant"), cues().closed))
    ):
        word = re.sub(r"\s", "", met[1])
        if _begins(word) or not (is_word(word) or pattern("told_body").search(word)):
            yield Find("name", *met.span(1))


def _kin(text: str) -> Iterator[Find]:
    for met in pattern("told_kin").finditer(text):
        if not is_word(met[1]) and _begins(met[1]):
            yield Find("name", *met.span(1), "family")
    for name in ("told_pet", "told_ours", "told_kin_called"):
        for met in pattern(name).finditer(text):
            if name == "told_kin_called" or not is_word(met["v"]):
                yield Find("name", *met.span("v"), "family")


def _staff(text: str) -> Iterator[Find]:
    """出纳訾艳, 园长：庄雪梅, 金牌瓷砖（贺新民）、: a post in a firm and a name. Whose firm it is does not say, so the office sees him."""
    for met in chain(*(pattern(f"told_{each}").finditer(text) for each in POSTS)):
        if met[1] or not (is_word(met[2]) or met[2][-1] in NO_END or pattern("told_body").search(met[2])):
            yield Find("name", *met.span(2), "unclear")


def _we(text: str) -> Iterator[Find]:
    """我海波, 我冬梅: a clause of nothing but 我 and signs that stand in names."""
    for met in pattern("told_we").finditer(text):
        if namely(met[1], 2 if is_word(met[1]) else 1):
            yield Find("name", *met.span(1))


def _beside(text: str, shapes: Sequence[Find]) -> Iterator[Find]:
    """A surname and one or two signs alone between stops, and then a number: a row of a list, the end of a letter."""
    starts = {find.start for find in shapes if find.kind in NUMBERS}
    for met in pattern("told_beside").finditer(text):
        if met.end() in starts and namely(met[1], -1 if is_word(met[1]) else -4):
            yield Find("name", *met.span(1))


def _double(text: str) -> Iterator[Find]:
    """A surname of two signs and a given name before a stop: hardly anything else; whose side he is on it does not say."""
    for met in _doubles().finditer(text):
        if not is_word(met[1]) and namely(f"{met[0][0]}{met[1]}", 0):
            yield Find("name", *met.span(), "unclear")


@cache
def _doubles() -> "re.Pattern[str]":
    return re.compile(f"(?:{'|'.join(sorted(knowledge().doubles))})([一-鿿]{{1,2}})(?=[{re.escape(STOP)}]|$)")


def _begins(word: str) -> bool:
    return is_surname(word[0]) or is_surname(word[:2])


def namely(word: str, least: int) -> bool:
    """Whether the given signs stand rather in names (`signs.txt`); without a surname, all of them must, and clearly."""
    if word[-1] in NO_END:
        return False
    levels = [int(knowledge().level.get(sign, "0")) for sign in word]
    if not _begins(word):
        return min(levels) > 1
    return len(levels) > 1 and min(levels[1:]) >= least
