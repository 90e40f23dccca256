"""Which unit a sheet speaks for (domain §4.3.5, §5): by exact names and aliases, the longest first, never by likeness.

    UnitNames(book.units).resolve("古城镇国土所")  ->  Found("国土资源局", org="古城镇国土所", doubts={"unit:sub-unit"})

A sub-unit (所, 大队) belongs to its department's line; a township's own office to the township; a shared alias (税务局 in 2017) to nobody.
LIMITS: a unit of another county with a name of ours is taken for ours only where nothing stands before the name.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rules.contacts.words import longest_first, words
from rules.policy.units import UnitDirectory, UnitEntry, UnitKind

_SIGNS = re.compile(r"[\s:：,，。;；*·“”\"'‘’《》【】\[\]|]+")
_BRACKETS = re.compile(r"[(（]([^()（）]{0,40})[)）]")
_SPLIT = re.compile(r"[、,，;；/／和与及]")


@dataclass(frozen=True, slots=True)
class Found:
    """What some words say of the unit: its official name or '', the sub-unit where one is meant, what is doubtful."""

    unit: str = ""
    org: str = ""
    doubts: frozenset[str] = frozenset()
    several: tuple[str, ...] = ()
    """The units an ambiguous name may mean."""

    def __bool__(self) -> bool:
        """The words name a unit, or several."""
        return bool(self.unit or self.several)


NOBODY = Found()


class UnitNames:
    """The directory of the book as the sheets need it."""

    def __init__(self, units: UnitDirectory) -> None:
        self.units = units
        self._aliases = _table(units)
        self._by_length = sorted({len(alias) for alias in self._aliases}, reverse=True)

    def resolve(self, text: str) -> Found:
        """A unit cell or a fill-in line: the whole text must be the name of one unit, or of a part of one."""
        folded = _folded(text)
        bare = _BRACKETS.sub("", folded)
        for words_given in dict.fromkeys((folded, bare)):
            found = self._whole(words_given)
            if found:
                return found
        return self._of_parts(bare)

    def mentioned(self, text: str) -> Found:
        """A title, file name, subject or line: the one unit named anywhere in it, the office itself left out."""
        hits = self._hits(_folded(text)[:400])
        found = [hit for hit in hits if hit and not self.is_office(hit.unit)]
        if not found:
            return NOBODY
        units = tuple(dict.fromkeys(unit for hit in found for unit in ((hit.unit,) if hit.unit else hit.several)))
        if len(units) == 1 or (found[0].several and len({hit.several for hit in found}) == 1):
            return found[0]
        return Found(several=units, doubts=frozenset({"unit:ambiguous"}))

    def first_mentioned(self, text: str) -> Found:
        """The first unit named in running text."""
        hits = self._hits(_folded(text)[:4000])
        return next((hit for hit in hits if hit.unit and not self.is_office(hit.unit)), NOBODY)

    def is_office(self, unit: str) -> bool:
        """The office itself and who stands above it: they may speak for any unit, and a sheet addressed to them is not theirs."""
        entry = self.units.find(unit) if unit else None
        return entry is not None and entry.kind is UnitKind.ABOVE_RULES

    def _whole(self, text: str) -> Found:
        name = self._without_county(text)
        exact = self._aliases.get(name) or self._aliases.get(text)
        if exact:
            return _exact(name if name in self._aliases else text, exact)
        return self._with_township(name) or self._part_of_department(name) or self._of_branch(name)

    def _without_county(self, text: str) -> str:
        """The name without the county before it; the county's own 桓仁镇 keeps its name."""
        if text in self._aliases:
            return text
        for prefix in (*self.units.prefixes, *words("mails")["county_prefixes"]):
            rest = text.removeprefix(prefix)
            if rest != text and len(rest) >= 2:
                return rest
        return text

    def _with_township(self, name: str) -> Found:
        """古城镇国土所: the department of the line; 古城镇党政办: the township."""
        for township, rest in self._townships_before(name):
            if not rest or rest in longest_first("mails", "own_offices"):
                return Found(township.name)
            entries = self._aliases.get(rest, ())
            if len(entries) == 1 and entries[0].kind is not UnitKind.TOWNSHIP:
                return Found(entries[0].name, name, _SUB)
            if len(entries) > 1:
                return Found(several=_names(entries), org=name, doubts=_AMBIGUOUS)
            if rest.endswith(longest_first("mails", "sub_units")) and len(rest) <= 12:
                return Found(township.name, name, _SUB)
        return NOBODY

    def _townships_before(self, name: str) -> Iterable[tuple[UnitEntry, str]]:
        for length in self._by_length:
            entries = self._aliases.get(name[:length], ()) if len(name) >= length else ()
            if len(entries) == 1 and entries[0].township:
                yield entries[0], name[length:]

    def _part_of_department(self, name: str) -> Found:
        """公安局交警大队, 教育局办公室: the department, and its part where it is more than an office."""
        for length in self._by_length:
            entries = self._aliases.get(name[:length], ())
            rest = name[length:]
            if len(entries) != 1 or not rest or not name[:length].endswith(longest_first("mails", "organs")):
                continue
            if rest in longest_first("mails", "own_offices"):
                return Found(entries[0].name)
            if rest.endswith(longest_first("mails", "branches")):
                return Found(entries[0].name)
            if rest.endswith(longest_first("mails", "sub_units")) and len(rest) <= 14:
                return Found(entries[0].name, rest, _SUB)
        return NOBODY

    def _of_branch(self, name: str) -> Found:
        """西关派出所: a sub-unit of a department under a place's name."""
        for length in self._by_length:
            tail = name[-length:]
            entries = self._aliases.get(tail, ()) if len(name) > length else ()
            if len(entries) == 1 and tail.endswith(longest_first("mails", "sub_units")) and len(name) <= length + 6:
                return Found(entries[0].name, name, _SUB)
        return NOBODY

    def _of_parts(self, text: str) -> Found:
        """商务局/服务业局 is one unit by two names; 文广局、旅游局 are two."""
        parts = [part for part in _SPLIT.split(text) if part]
        found = [self._whole(part) for part in parts] if len(parts) > 1 else []
        found = [hit for hit in found if hit] if "/" in text else found
        if not found or not all(hit.unit for hit in found):
            return NOBODY
        units = tuple(dict.fromkeys(hit.unit for hit in found))
        return found[0] if len(units) == 1 else Found(several=units, doubts=_AMBIGUOUS)

    def _hits(self, text: str) -> list[Found]:
        """Every unit named in the text from left to right; a township before its sub-unit is one hit."""
        found: list[Found] = []
        position = 0
        while position < len(text):
            length = self._longest_at(text, position)
            if not length:
                position += 1
                continue
            end = position + length
            follower = self._longest_at(text, end)
            joined = self._with_township(text[position : end + follower]) if follower else NOBODY
            found.append(joined if joined.unit and joined.org else self._whole(text[position:end]))
            position = end + follower if joined.org else end
        return found

    def _longest_at(self, text: str, position: int) -> int:
        for length in self._by_length:
            entries = self._aliases.get(text[position : position + length], ())
            if entries and self._meant(text, position, length, entries):
                return length
        return 0

    def _meant(self, text: str, position: int, length: int, entries: tuple[UnitEntry, ...]) -> bool:
        """A weak alias (古城, 向阳) counts only before an organ word; 桓仁县 is no 桓仁镇; a person's title is no unit (城管局长)."""
        alias, after = text[position : position + length], text[position + length :][:8]
        if any(alias in entry.weak for entry in entries):
            at_head = position == 0 and (not after or after.startswith((".", *words("mails")["sheet_words"])))
            return at_head or after.startswith(tuple(words("mails")["organ_heads"]))
        return not after.startswith("长")


_SUB = frozenset({"unit:sub-unit"})
_AMBIGUOUS = frozenset({"unit:ambiguous"})


def _exact(name: str, entries: tuple[UnitEntry, ...]) -> Found:
    if len(entries) > 1:
        return Found(several=_names(entries), doubts=_AMBIGUOUS)
    entry = entries[0]
    if name in entry.later:
        return Found(entry.name, doubts=frozenset({"unit:successor"}))
    if name != entry.name and _is_sub_unit(name):
        return Found(entry.name, name, _SUB)
    return Found(entry.name)


def _is_sub_unit(name: str) -> bool:
    return name.endswith(longest_first("mails", "sub_units")) and not name.endswith(
        longest_first("mails", "not_sub_units")
    )


def _names(entries: Iterable[UnitEntry]) -> tuple[str, ...]:
    return tuple(entry.name for entry in entries)


def _table(units: UnitDirectory) -> dict[str, tuple[UnitEntry, ...]]:
    table: dict[str, tuple[UnitEntry, ...]] = {}
    for entry in units:
        for name in (*entry.names, *entry.weak):
            table.setdefault(_folded(name), (entry,))
    for alias, owners in units.shared.items():
        table[_folded(alias)] = tuple(units[owner] for owner in owners)
    return table


def _folded(text: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text[:4000]))
