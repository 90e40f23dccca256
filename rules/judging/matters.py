"""Categories (S61), grounds (N1–N11) and scope: rules that hold, added up per target."""

from collections.abc import Sequence

from rules.judging.conditions import Evidence
from rules.judging.court import Court
from rules.judging.kinds import Held
from rules.judging.spotting import Scene
from rules.policy.matters import Rule, Verdict


def categories(held: Sequence[Held], court: Court) -> tuple[tuple[str, ...], tuple[Held, ...]]:
    """The categories that reach their threshold, in the book's order; the fallback where none does. With what speaks for them."""
    points: dict[str, int] = {}
    for rule, _ in held:
        points[rule.target] = points.get(rule.target, 0) + rule.weight
    reached = tuple(each.name for each in court.book.categories if points.get(each.name, 0) >= each.threshold)
    if not reached:
        reached = tuple(each.name for each in court.book.categories if each.fallback)[:1]
    return reached, tuple(one for one in held if one[0].target in reached)


def grounds(scene: Scene, held: Sequence[Held], court: Court) -> tuple[Held, ...]:
    """The rules of grounds that hold on words that are neither denied nor only supposed (如果起诉)."""
    left = ((rule, real(scene, rule, evidence, court)) for rule, evidence in held)
    return tuple((rule, evidence) for rule, evidence in left if evidence is not None)


def real(scene: Scene, rule: Rule, evidence: Evidence, court: Court) -> Evidence | None:
    """The evidence without what is only supposed; None where nothing is left of it."""
    ground = court.book.grounds.get(rule.target)
    if ground is None or ground.imagined:
        return evidence
    left = tuple(hit for hit in evidence if not scene.supposed(hit, court.suppositions))
    return left if left or not evidence else None


def scope(held: Sequence[Held], court: Court) -> tuple[Verdict, tuple[Held, ...]]:
    """Whether the matter is one of the business environment; the heavier verdict wins; the fallback where none speaks or they tie."""
    points = dict.fromkeys(Verdict, 0)
    for rule, _ in held:
        points[Verdict(rule.target)] += rule.weight
    first, second = sorted(Verdict, key=lambda verdict: -points[verdict])[:2]
    verdict = first if points[first] > points[second] else court.book.scope.fallback
    return verdict, tuple((rule, evidence) for rule, evidence in held if rule.target == verdict.value)
