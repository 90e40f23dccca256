"""Rules that say the same twice, and rules that can never hold (F90): found by what they say, before any example is tried."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rules.policy.condition import Condition, Place
from rules.policy.faults import Fault, say
from rules.policy.matters import Rule


def twins(rules: Sequence[Rule], *, one_wins: bool) -> Iterator[Fault]:
    """Rules that ask exactly the same: for one target they count twice; for two, where only one target wins, one is idle."""
    first: dict[str, Rule] = {}
    for rule in rules:
        asks = str(sorted(repr(_folded(condition)) for condition in rule.when))
        twin = first.setdefault(asks if one_wins else f"{rule.target} {asks}", rule) if rule.when else rule
        if twin is not rule:
            yield fault(rule, "same-rule" if twin.target == rule.target else "two-targets", first=twin.name)


def overlaps(rules: Sequence[Rule]) -> Iterator[Fault]:
    """Rules that ask the same as another for the same target and only know fewer words: both always count together."""
    folded = [tuple(map(_folded, rule.when)) for rule in rules]
    filed: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, (rule, conditions) in enumerate(zip(rules, folded, strict=True)):
        for word in {word for condition in conditions for word in condition.any}:
            filed[rule.target, word].append(number)
    for number, (rule, conditions) in enumerate(zip(rules, folded, strict=True)):
        word = next((condition.any[0] for condition in conditions if condition.any), "")
        for other in filed[rule.target, word]:
            if other != number and _within(conditions, folded[other]) and not _within(folded[other], conditions):
                yield fault(rule, "overlap", first=rules[other].name)


def unreachable(rule: Rule) -> Iterator[Fault]:
    """A rule whose words are all barred by itself, or longer than the letter it wants, can never hold."""
    conditions = [_folded(condition) for condition in rule.when]
    for condition in conditions:
        barred = {word for other in conditions if _sees(other, condition) for word in other.none}
        if (condition.any and barred.issuperset(condition.any)) or barred & set(condition.all):
            yield fault(rule, "unreachable")
        room = min((other.short for other in conditions if other.short), default=0)
        wanted = min(map(len, condition.any), default=0) if condition.place in OWN else 0
        if room and wanted > room:
            yield fault(rule, "too-short", room=room)


OWN = frozenset({Place.OWN, Place.OPENING, Place.FIELD})


def _sees(barring: Condition, condition: Condition) -> bool:
    """Whether a word that the one finds in its place is seen by the other, which bars it."""
    where = barring.place in (condition.place, Place.ANYWHERE)
    return where and (barring.negated or not condition.negated)


def _folded(condition: Condition) -> Condition:
    """The condition with its words as they are compared, in one order."""
    from rules.judging.folding import folded_word  # late: judging reads the book's own classes

    any_of, all_of, none_of = (
        tuple(sorted(set(map(folded_word, words)))) for words in (condition.any, condition.all, condition.none)
    )
    return replace(condition, any=any_of, all=all_of, none=none_of, either=tuple(map(_folded, condition.either)))


def _within(narrow: tuple[Condition, ...], wide: tuple[Condition, ...]) -> bool:
    """Whether the wide conditions say the same as the narrow ones and only know more words; a further condition makes a rule of its own."""
    return len(narrow) == len(wide) and all(any(_implies(one, other) for one in narrow) for other in wide)


def _implies(narrow: Condition, wide: Condition) -> bool:
    alike = repr(replace(narrow, any=())) == repr(replace(wide, any=()))
    return alike and bool(narrow.any) == bool(wide.any) and set(narrow.any) <= set(wide.any)


def fault(rule: Rule, sentence: str, **words: object) -> Fault:
    """A fault at the rule's place, in the words of wording.toml."""
    said = say(sentence, name=rule.name, **words)
    return Fault(rule.file, rule.line, said, say(f"{sentence}-remedy", name=rule.name, **words))
