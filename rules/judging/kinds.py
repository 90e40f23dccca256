"""Which kind of letter: the rules that hold add up; the kind with most points wins, ties in the order the kinds stand in the code."""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.judging.conditions import Evidence
from rules.policy.matters import Kind, Rule

Held = tuple[Rule, Evidence]


@dataclass(frozen=True, slots=True)
class KindFound:
    """The kind with what speaks for it; `lead` = points before the next kind; `sure` = any rule spoke at all."""

    kind: Kind
    held: tuple[Held, ...]
    points: int
    lead: int


def kind_of(held: Sequence[Held]) -> KindFound:
    """The kind of the letter by the rules that hold; one no rule knows is a complaint with 0 points, which a person sees."""
    points = dict.fromkeys(Kind, 0)
    for rule, _ in held:
        points[Kind(rule.target)] += rule.weight
    order = list(Kind)
    first, second = sorted(Kind, key=lambda kind: (-points[kind], order.index(kind)))[:2]
    mine = tuple((rule, evidence) for rule, evidence in held if rule.target == first.value)
    return KindFound(first, mine, points[first], points[first] - points[second])
