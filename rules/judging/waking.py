"""Which rules of a book hold in a letter, asked so that thousands of rules cost little.

Every condition is split into asks that say one thing each; rules share equal asks, and each is answered once a letter.
A rule sleeps until its rarest ask wakes it: by a word that stands, or by an expression that is found.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from operator import itemgetter

from rules.judging.conditions import Check, Evidence, said, split, standing, triggers
from rules.judging.expressions import Expressions
from rules.judging.spotting import Hit, Scene
from rules.policy.condition import Condition, Place
from rules.policy.matters import Rule

How = tuple[Place, bool]
"""Where a word must stand, and whether a denied one counts."""
Held = tuple[Rule, Evidence]


class Rules:
    """All rules of a book, each asleep until what it asks for may be there."""

    def __init__(self, chapters: Mapping[str, tuple[Rule, ...]]) -> None:
        self._rules = [(chapter, rule) for chapter, rules in chapters.items() for rule in rules if rule.when]
        self._asks: list[Condition]
        self._asked = self._shared([rule for _, rule in self._rules])
        self._checks: list[Check] = [said(ask).checks[0] for ask in self._asks]
        self._spoken: dict[str, dict[How, list[int]]] = {}
        """Word -> where it must stand -> the asks answered by its standing there."""
        self._answered: dict[int, list[int]] = {}
        """Ask -> the rules that wake when it is answered so, and ask more."""
        self._alone: dict[int, list[int]] = {}
        """Ask -> the rules that ask nothing else."""
        self._stirred: dict[str, list[int]] = {}
        """Word -> the rules that wake where it stands at all."""
        self._always: list[int] = []
        expressions: dict[int, Condition] = {}
        words = [triggers(ask) or () for ask in self._asks]
        common = Counter(word for asked in self._asked for number in asked for word in words[number])
        for place, asked in enumerate(self._asked):
            wakers = [(sum(common[word] for word in words[number]), number) for number in asked if words[number]]
            if wakers:
                self._wake(place, min(wakers)[1])
            elif expression := next((self._asks[number] for number in asked if self._asks[number].pattern), None):
                expressions[place] = expression
            else:
                self._always.append(place)
        self._expressions = Expressions(expressions)

    def _shared(self, rules: list[Rule]) -> list[tuple[int, ...]]:
        """Each rule's asks by number; equal ones have one number."""
        known: dict[str, Condition] = {}
        bundles = [{repr(ask): ask for condition in rule.when for ask in split(condition)} for rule in rules]
        for bundle in bundles:
            known |= bundle
        self._asks = list(known.values())
        numbers = {words: number for number, words in enumerate(known)}
        return [tuple(numbers[words] for words in bundle) for bundle in bundles]

    def _wake(self, place: int, number: int) -> None:
        ask = self._asks[number]
        if not ask.any:
            for word in set(triggers(ask) or ()):
                self._stirred.setdefault(word, []).append(place)
            return
        if number not in self._answered and number not in self._alone:
            for word in said(ask).any:
                self._spoken.setdefault(word, {}).setdefault((ask.place, ask.negated), []).append(number)
        shelf = self._answered if len(self._asked[place]) > 1 else self._alone
        shelf.setdefault(number, []).append(place)

    def found(self, scene: Scene) -> dict[str, list[Held]]:
        """Chapter -> the rules that hold, in the book's order, with their evidence."""
        answers: dict[int, Evidence | None] = {
            number: tuple(hits) if len(hits) == 1 else tuple(sorted(hits))
            for number, hits in self._standing(scene).items()
        }
        held = [
            (place, answers[number]) for number in answers.keys() & self._alone.keys() for place in self._alone[number]
        ]
        held += [(place, self._evidence(scene, place, answers)) for place in self._awake(scene, answers)]
        found: dict[str, list[Held]] = defaultdict(list)
        for place, evidence in sorted(held, key=itemgetter(0)):
            if evidence is not None:
                chapter, rule = self._rules[place]
                found[chapter].append((rule, evidence))
        return found

    def _evidence(self, scene: Scene, place: int, answers: dict[int, Evidence | None]) -> Evidence | None:
        """What shows that the rule holds, else None; every ask is answered once."""
        evidence: Evidence = ()
        for number in self._asked[place]:
            if number not in answers:
                answers[number] = self._checks[number](scene, self._asks[number])
            shown = answers[number]
            if shown is None:
                return None
            evidence += shown
        return evidence

    def _standing(self, scene: Scene) -> dict[int, list[Hit]]:
        """The asks answered by words alone, with the words' places."""
        shown: dict[int, list[Hit]] = defaultdict(list)
        for word in scene.hits.keys() & self._spoken.keys():
            for (place, negated), numbers in self._spoken[word].items():
                hit = standing(scene, word, place, negated=negated)
                if hit is None:
                    continue
                for number in numbers:
                    shown[number].append(hit)
        return shown

    def _awake(self, scene: Scene, answers: Mapping[int, Evidence | None]) -> set[int]:
        awake = {*self._always, *self._expressions.found(scene)}
        for number in answers.keys() & self._answered.keys():
            awake.update(self._answered[number])
        for word in scene.hits.keys() & self._stirred.keys():
            awake.update(self._stirred[word])
        return awake
