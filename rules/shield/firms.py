"""Finds the complainant's firm: its full name, what the letter calls it, and the core of the name (A29).

A firm somebody else runs stays: 县供电公司, the firm a clerk forces on people (指定的…).

LIMITS: a firm whose name is nothing but a common word is found only beside a word such as 店名 or 简称.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rules.shield.cues import STOP
from rules.shield.knowledge import is_word, is_word_alike
from rules.shield.patterns import pattern, read_toml
from rules.shield.shapes import Find, windows

END = re.compile(f"[的在里{re.escape(STOP)}]|$")
OTHERS = (
    "firm_labelled",
    "firm_under",
    "firm_set_up",
    "firm_led",
    "firm_beside",
    "firm_member",
    "firm_mine",
    "firm_apposed",
)
NAMED = ("firm_called", "firm_named", "firm_owned", "firm_in_latin", "firm_opened", "firm_quoted", *OTHERS)
BETWEEN = re.compile("[ ，,]{1,2}[一-鿿]{2,3}[ ，,]{1,2}")
WHERE = "江河湖山路街巷村镇乡县市"
"""A short name that ends so is a place that many share: 步行街, 浑江."""
LONGEST = 5
"""Signs of the longest trade word."""
FIRM = pattern("firm_word")
LEGAL = pattern("firm_legal")
NO_SHOP = pattern("firm_nobodys")
LIMITED = re.compile("有限(?:责任)?公司|旅行社|集团|酒店|超市|药房")


@dataclass(frozen=True, slots=True)
class Trades:
    """The lists of `firms.toml` as patterns."""

    full: "re.Pattern[str]"
    shops: frozenset[str]
    lasts: frozenset[str]
    run: "re.Pattern[str]"
    own_left: "re.Pattern[str]"
    other_left: "re.Pattern[str]"
    public: "re.Pattern[str]"
    forced: "re.Pattern[str]"
    place: "re.Pattern[str]"
    towns: tuple[str, ...]
    trade: "re.Pattern[str]"
    end: "re.Pattern[str]"
    own_right: "re.Pattern[str]"
    work_right: "re.Pattern[str]"
    town: "re.Pattern[str]"
    no_own: "re.Pattern[str]"
    loose: frozenset[str]


def _any(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def trades() -> Trades:
    """The lists, read once."""
    sheet = read_toml("firms.toml")
    lists = {key: _any(words) for key, words in sheet.items()}
    sign = pattern("firm_sign").pattern
    return Trades(
        full=re.compile(f"(?:{sign}){{2,24}}?(?:{lists['full']})(?:(?:{sign}){{2,8}}?(?:{lists['branch']}))?"),
        shops=frozenset(sheet["shop"]),
        lasts=frozenset(word[-1] for word in sheet["shop"]),
        run=re.compile(f"(?:{sign}){{1,12}}$"),
        own_left=re.compile(f'(?:{lists["own_left"]})[:：,\\t 是为叫“"「]{{0,3}}$'),
        other_left=re.compile(f"(?:{lists['other_left']})$"),
        public=re.compile(lists["public"]),
        forced=re.compile(lists["forced"]),
        place=re.compile(f"^(?:{lists['place']})+"),
        towns=tuple(sheet["towns"]),
        trade=re.compile(f"(?:{_any([*sheet['trade'], *(word for word in sheet['shop'] if len(word) > 2)])})"),
        end=re.compile(f"{END.pattern}|(?={lists['then']})|(?={lists['own_right']})|(?={lists['work_right']})"),
        own_right=re.compile(f"的?(?:{lists['own_right']})"),
        work_right=re.compile(f"(?:{lists['work_right']})"),
        town=re.compile(
            f"(?:{lists['towns']})(?:满族自治县|县|市)?(?!镇|乡|街道|分|开|[一-鿿]{0, 3}[干做卖跑打])(?:{sign}){{2,10}}(?:{lists['shop']})$"
        ),
        loose=frozenset(sheet["loose"]),
        no_own=re.compile(lists["no_own"]),
    )


def core(full: str) -> str:
    """What is telling in a firm's name: without its place, from the first trade word on cut away; '' where nothing is left."""
    known = trades()
    rest = known.place.sub("", full)
    met = next((each for each in known.trade.finditer(rest) if each.start() >= 2), None)
    return rest[: met.start()] if met else rest


def short_forms(full: str) -> tuple[str, ...]:
    """Names under which the firm may stand elsewhere: without the place, without its legal form, and its core."""
    rest = trades().place.sub("", full)
    kernel = core(full)
    forms = dict.fromkeys((rest, LEGAL.sub("", rest), kernel))
    return tuple(
        each
        for each in forms
        if len(each) >= 2
        and each != full
        and not (each == rest and is_word_alike(each))
        and not (len(each) <= 3 and each[-1] in WHERE)
    )


def find_firms(text: str, from_name: str, near: frozenset[int], *, letter: bool) -> Iterator[Find]:
    """The complainant's firms. `near` are the ends and starts of his name and numbers: what stands beside them is his.
    In a text that is no letter only what is a firm by its full name."""
    yield from _full(text)
    if not letter:
        return
    yield from _called(text)
    yield from _shops(text, from_name, near)


def _full(text: str) -> Iterator[Find]:
    known = trades()
    for met in (met for begin, end in windows(FIRM, text) for met in known.full.finditer(text, begin, end)):
        start = _trim(text, met.start(), met.end())
        before = text[max(0, start - 6) : start]
        name = text[start : met.end()]
        others = known.public.search(name) or known.forced.search(name) or known.other_left.search(before)
        if len(name) > 4 and not others:
            yield Find("company", start, met.end())


def _trim(text: str, start: int, end: int) -> int:
    """Where the name begins: at a place word or after what introduces it."""
    piece = text[start:end]
    whole = LIMITED.search(piece)
    before = whole.start() if whole else len(piece)  # 鸿基建设集团有限公司桓仁分公司 does not begin at 桓仁
    places = [place for town in trades().towns if 0 <= (place := piece.find(town)) < before]
    if places:
        return start + min(places)
    met = re.search(r"[一-鿿]{2,5}(?:镇|乡|街道|县|市)", piece)
    lead = pattern("firm_lead").match(piece)
    return start + (lead.end() if lead and not (met and met.start() == 0) else 0)


def _called(text: str) -> Iterator[Find]:
    for met in (met for name in NAMED for met in pattern(name).finditer(text)):
        value = re.sub(r"(?:的|吧|了)$", "", met[1])
        if not trades().public.search(value) and not is_word(value[:4]):
            yield Find("company", met.start(1), met.start(1) + len(value))
    yield from (Find("company", *met.span(1)) for met in pattern("firm_bracketed").finditer(text))


def _shops(text: str, from_name: str, near: frozenset[int]) -> Iterator[Find]:
    known = trades()
    listed = -1
    for begin, end in _shop_runs(text, near):
        start = _shop_start(text, begin, end, from_name)
        if start < 0 or known.public.search(text[start:end]) or end - start < 3:
            continue
        follows = listed == start - 1 and text[start - 1] == "、"
        if follows or known.own_left.search(text[max(0, start - 8) : start]) or _ours(text, start, end, near):
            listed = end
            yield Find("company", start, end)


def _ours(text: str, start: int, end: int, near: frozenset[int]) -> bool:
    """Whether the place says that the shop is the writer's: alone beside his name or number or on a line of its own; before his post and
    name, where he works, behind the name of a town."""
    known = trades()
    before, after = text[start - 1 : start], text[end : end + 1]
    head = not before or before in STOP
    if head and (not after or after in STOP):
        if not near.isdisjoint((start, start - 1, start - 2, end, end + 1, _behind_name(text, end))):
            return True
        if not before or before in "\n(（ 　":
            return (not after or after in "\n()（） 　") and not is_word(text[start:end])
    owner = known.own_right.match(text, end)
    if head and (owner.end() if owner else end) in near:
        return True
    if before == "在" and known.work_right.match(text, end):
        return True
    others = known.other_left.search(text[max(0, start - 6) : start]) or known.no_own.search(text[start:end])
    return not others and known.town.match(text[start:end]) is not None


def _behind_name(text: str, end: int) -> int:
    """Where a number would stand behind a name that follows: 宝音羊汤馆 宝音 144…."""
    met = BETWEEN.match(text, end)
    return met.end() if met else end


def _shop_runs(text: str, near: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Runs of signs that end in a trade word before a stop, or before the writer's name: 老榆树饭店，"""
    known = trades()
    for end in sorted({*(stop.start() for stop in known.end.finditer(text)), *near}):
        if text[end - 1 : end] not in known.lasts:
            continue
        size = next((size for size in range(LONGEST, 0, -1) if text[max(0, end - size) : end] in known.shops), 0)
        if not size or (text[end - size : end] in known.loose and is_word(text[end - 2 : end])):
            continue
        run = known.run.search(text, max(0, end - size - 12), end - size)
        if run:
            yield run.start(), end


def like_shops(text: str) -> Iterator[tuple[int, int]]:
    """Where before a stop something stands that could be a shop's name, whosever it is: 金牌瓷砖."""
    known = trades()
    for start, end in _shop_runs(text, frozenset()):
        piece = text[start:end]
        loose = any(end - start <= 3 or (is_word(piece[-size:]) and end - start - size < 2) for size in (2, 3))
        short = text[end - 2 : end] not in known.shops and text[end - 3 : end] not in known.shops
        if not (loose or short or is_word(piece) or known.public.search(piece) or NO_SHOP.search(piece)):
            yield start, end


def _shop_start(text: str, start: int, end: int, from_name: str) -> int:
    """The shop's name after the word that introduces it; -1 where it is a common word."""
    piece = text[start:end]
    towns = (piece.find(town) for town in trades().towns if town in piece)
    place = next((place for place in sorted(towns) if trades().town.match(piece, place)), -1)
    if place >= 0 and not LIMITED.search(piece, 0, place):
        return start + place
    for size in range(len(piece) - 2):
        if piece[size:] == from_name or trades().own_left.search(text[max(0, start + size - 8) : start + size]):
            rest = piece[size:]
            lead = re.match("[开办在有是个]+", rest)
            begin = start + size + (lead.end() if lead else 0)
            return -1 if is_word(text[begin:end]) or end - begin < 3 else begin
    return -1 if is_word(piece) else start
