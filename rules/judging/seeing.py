"""Everything seen in one letter, before anything is proposed."""

from dataclasses import dataclass

from rules.judging.court import Court
from rules.judging.kinds import Held, KindFound, kind_of
from rules.judging.lookalikes import lookalikes
from rules.judging.matter import Matter
from rules.judging.matters import categories, grounds, scope
from rules.judging.respondents import Party, parties, respondents
from rules.judging.route import Way, way
from rules.judging.spotting import Scene
from rules.policy.book import Book
from rules.policy.matters import GRIEVANCES, Kind, Verdict

SPEAK_OF_ORGANS = GRIEVANCES | {Kind.SUGGESTION}
"""Kinds of letters in which somebody is complained of, or asked to do something."""


@dataclass(frozen=True)
class Sight:
    """What the book's words and rules find in a letter."""

    scene: Scene
    kind: KindFound
    categories: tuple[str, ...]
    category_rules: tuple[Held, ...]
    grounds: tuple[Held, ...]
    scope: Verdict
    scope_rules: tuple[Held, ...]
    supervision: tuple[Held, ...]
    many: str
    """How the book says that it names so many units that 重点督办 is proposed; '' where it does not."""
    parties: tuple[Party, ...]
    accused: tuple[Party, ...]
    leaders: tuple[str, ...]
    lookalikes: tuple[tuple[str, str], ...]
    way: Way

    @property
    def ground_numbers(self) -> tuple[str, ...]:
        """The grounds' numbers, each once, in the book's order."""
        return tuple(dict.fromkeys(rule.target for rule, _ in self.grounds))


def see(matter: Matter, bench: Court) -> Sight:
    """Look at the letter once, with everything the book knows."""
    scene = bench.spotter.scene(matter)
    held = bench.rules.found(scene)
    kind = kind_of(held.get("kinds.toml", ()))
    found = parties(scene, bench.names)
    accused = respondents(found, grievance=kind.kind in SPEAK_OF_ORGANS) if matter.sender_unit is None else ()
    leaders = _leaders(scene)
    verdict, scope_rules = scope(held.get("scope.toml", ()), bench)
    reached, category_rules = categories(held.get("categories.toml", ()), bench)
    return Sight(
        scene=scene,
        kind=kind,
        categories=reached,
        category_rules=category_rules,
        grounds=grounds(scene, held.get("grounds.toml", ()), bench),
        scope=verdict,
        scope_rules=scope_rules,
        supervision=tuple(held.get("routing.toml", ())),
        many=_many(bench.book, accused),
        parties=found,
        accused=accused,
        leaders=leaders,
        lookalikes=lookalikes(scene, bench),
        way=way(scene, bench, accused, report=kind.kind is Kind.REPORT, leaders=leaders),
    )


def _many(book: Book, accused: tuple[Party, ...]) -> str:
    sign = book.signs.get("units")
    return sign.name if sign and len(accused) >= sign.least else ""


def _leaders(scene: Scene) -> tuple[str, ...]:
    """County leaders complained of by title: 举报副县长, or in a labelled field."""
    verbs = scene.speech("blame_before")
    return tuple(
        hit.word
        for hit in scene.speech("leaders")
        if any(0 <= hit.start - verb.end <= 4 and not scene.denied(verb) for verb in verbs)
        or any(start <= hit.start and hit.end <= end for start, end in scene.fields)
    )
