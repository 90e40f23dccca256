"""Which kind of letter: the rules that hold add up; the kind with most points wins, ties in the order the kinds stand in the code."""

from dataclasses import dataclass

from rules.judging.conditions import Evidence
from rules.judging.court import Court
from rules.judging.spotting import Scene
from rules.policy.matters import Kind, Rule

Held = tuple[Rule, Evidence]


@dataclass(frozen=True, slots=True)
class KindFound:
    """The kind with what speaks for it; `lead` = points before the next kind; `sure` = any rule spoke at all."""

    kind: Kind
    held: tuple[Held, ...]
    points: int
    lead: int


def kind_of(scene: Scene, court: Court) -> KindFound:
    """The kind of the letter; a letter no rule knows is a complaint nobody understood (points 0), which a person sees."""
    held = tuple(court.kinds.found(scene))
    points = dict.fromkeys(Kind, 0)
    for rule, _ in held:
        points[Kind(rule.target)] += rule.weight
    order = list(Kind)
    first, second = sorted(Kind, key=lambda kind: (-points[kind], order.index(kind)))[:2]
    mine = tuple((rule, evidence) for rule, evidence in held if rule.target == first.value)
    return KindFound(first, mine, points[first], points[first] - points[second])
