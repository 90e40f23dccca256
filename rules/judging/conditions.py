"""The conditions of a rule, one function each; `CHECKS` is the table the handbook is held to.

A check gets the scene and the condition and returns the hits that show it (evidence), or None where it does not hold.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import re2

from rules.judging.amounts import money, people
from rules.judging.folding import folded_word
from rules.judging.spotting import Hit, Scene
from rules.policy.condition import Condition, Place, Sender
from rules.policy.matters import Rule

Evidence = tuple[Hit, ...]
NAMES = ("organ_tails", "firm_tails", "units")
"""Shelves of names: see Spotter."""
Check = Callable[[Scene, Condition], Evidence | None]


def holds(scene: Scene, condition: Condition) -> Evidence | None:
    """The evidence where everything the condition says holds, else None."""
    evidence: list[Hit] = []
    for check in said(condition).checks:
        shown = check(scene, condition)
        if shown is None:
            return None
        evidence += shown
    return tuple(evidence)


def rule_holds(scene: Scene, rule: Rule) -> Evidence | None:
    """The evidence where every condition of the rule holds, else None; a rule that asks nothing never holds."""
    if not rule.when:
        return None
    evidence: list[Hit] = []
    for condition in rule.when:
        shown = holds(scene, condition)
        if shown is None:
            return None
        evidence += shown
    return tuple(evidence)


def split(condition: Condition) -> Iterator[Condition]:
    """The condition as conditions that say one thing each, in the order of CHECKS; it holds where all of them hold."""
    nothing = Condition(place=condition.place, negated=condition.negated)
    for key, (says, _) in CHECKS.items():
        if says(condition):
            yield replace(nothing, **{key: getattr(condition, key)})


def triggers(condition: Condition) -> tuple[str, ...] | None:
    """Folded words of which one must stand in the letter for the condition to hold; None = it may hold without any."""
    if condition.any:
        return tuple(sorted(said(condition).any))
    if condition.all:
        return said(condition).all[:1]
    if condition.either:
        inner = [triggers(each) for each in condition.either]
        return None if None in inner else tuple(word for words in inner for word in words or ())
    return None


class Said(NamedTuple):
    """A condition worked out: the checks it asks for, its words folded."""

    checks: tuple[Check, ...]
    any: frozenset[str]
    all: tuple[str, ...]
    none: frozenset[str]


@lru_cache(maxsize=100_000)
def said(condition: Condition) -> Said:
    """What the condition asks for."""
    checks = tuple(check for says, check in CHECKS.values() if says(condition))
    any_of, all_of, none_of = (
        tuple(map(folded_word, words)) for words in (condition.any, condition.all, condition.none)
    )
    return Said(checks, frozenset(any_of), all_of, frozenset(none_of))


def standing(scene: Scene, word: str, place: Place, *, negated: bool) -> Hit | None:
    """The word's first hit in that place; a denied one does not count unless `negated`. The word must be in the letter."""
    for hit in scene.hits[word]:
        if within(scene, hit, place) and (negated or not scene.denied(hit)):
            return hit
    return None


def _standing(scene: Scene, condition: Condition, word: str) -> Hit | None:
    return standing(scene, word, condition.place, negated=condition.negated)


def within(scene: Scene, hit: Hit, place: Place) -> bool:
    """Whether the hit stands in this place of the letter."""
    if place is Place.ANYWHERE:
        return True
    if place is Place.SUBJECT:
        return hit.end <= scene.subject_end
    if hit.start < scene.subject_end:
        return False
    if place is Place.OPENING:
        return hit.end <= scene.opening_end
    if place is Place.FIELD:
        return any(start <= hit.start and hit.end <= end for start, end in scene.fields)
    return True


def any_word(scene: Scene, condition: Condition) -> Evidence | None:
    """any: one of the words stands there."""
    present = scene.hits.keys() & said(condition).any
    return tuple(sorted(hit for word in present if (hit := _standing(scene, condition, word)))) or None


def all_words(scene: Scene, condition: Condition) -> Evidence | None:
    """all: every one of the words stands there."""
    words = said(condition).all
    shown = tuple(hit for word in words if word in scene.hits and (hit := _standing(scene, condition, word)))
    return shown if len(shown) == len(words) else None


def no_word(scene: Scene, condition: Condition) -> Evidence | None:
    """none: not one of the words stands there."""
    present = scene.hits.keys() & said(condition).none
    return None if any(_standing(scene, condition, word) for word in present) else ()


def pattern(scene: Scene, condition: Condition) -> Evidence | None:
    """pattern: the expression is found there (linear time, RE2)."""
    begin, end = bounds(scene, condition.place)
    found = _compiled(condition.pattern).search(scene.text[begin:end])
    return (Hit(begin + found.start(), begin + found.end(), condition.pattern),) if found else None


@lru_cache(maxsize=10_000)
def _compiled(expression: str) -> "re2._Regexp":
    return re2.compile(expression)


def bounds(scene: Scene, place: Place) -> tuple[int, int]:
    """Begin and end of that place in the folded letter; 栏目 has none of its own and counts as the own words."""
    if place is Place.SUBJECT:
        return 0, scene.subject_end
    if place is Place.OPENING:
        return scene.subject_end + 1, scene.opening_end
    return (0 if place is Place.ANYWHERE else scene.subject_end + 1), len(scene.text)


def sender(scene: Scene, condition: Condition) -> Evidence | None:
    """sender: a unit's registered mailbox wrote, or anybody else."""
    return () if (scene.matter.sender_unit is not None) == (condition.sender is Sender.UNIT) else None


def amount(scene: Scene, condition: Condition) -> Evidence | None:
    """amount_from: a sum of at least so many yuan is named."""
    value, (start, end) = money(scene.text)
    return (Hit(start, end, str(value)),) if value >= condition.amount_from else None


def many(scene: Scene, condition: Condition) -> Evidence | None:
    """people_from: at least so many people are spoken of."""
    value, (start, end) = people(scene.text)
    return (Hit(start, end, str(value)),) if value >= condition.people_from else None


def short(scene: Scene, condition: Condition) -> Evidence | None:
    """short: the own words have at most so many signs."""
    return () if len(scene.own.strip()) <= condition.short else None


def nobody(scene: Scene, _: Condition) -> Evidence | None:
    """nobody: no organ and no firm is named."""
    return None if any(scene.speech(shelf) for shelf in NAMES) else ()


def either(scene: Scene, condition: Condition) -> Evidence | None:
    """either: one of the conditions in it holds."""
    shown = (holds(scene, each) for each in condition.either)
    return next((evidence for evidence in shown if evidence is not None), None)


CHECKS: dict[str, tuple[Callable[[Condition], bool], Check]] = {
    "any": (lambda condition: bool(condition.any), any_word),
    "all": (lambda condition: bool(condition.all), all_words),
    "none": (lambda condition: bool(condition.none), no_word),
    "sender": (lambda condition: condition.sender is not Sender.ANYONE, sender),
    "short": (lambda condition: condition.short > 0, short),
    "pattern": (lambda condition: bool(condition.pattern), pattern),
    "amount_from": (lambda condition: condition.amount_from > 0, amount),
    "people_from": (lambda condition: condition.people_from > 0, many),
    "nobody": (lambda condition: condition.nobody, nobody),
    "either": (lambda condition: bool(condition.either), either),
}
"""Key of the book -> (whether a condition says it, the check)."""
