"""Finding organs and firms in a letter: by the directory's names, and for other counties by their form (…局, …镇人民政府, …公司).

A name runs from its tail back to a boundary: 多次找桓仁县建设局 -> 桓仁县建设局. The longest name wins:
五里甸子 is never 八里甸子, 桓仁县 never 桓仁镇.
"""

from dataclasses import dataclass
from enum import StrEnum

from rules.judging.spotting import STOPS, Hit, Scene
from rules.policy.units import UnitDirectory, UnitEntry

NAME_MOST = 18
"""A name reaches at most so many signs back from its tail."""
PLACE_SIGNS = frozenset("省市县区州旗盟")


class Form(StrEnum):
    """What a name is by its form."""

    ORGAN = "organ"
    FIRM = "firm"
    ADDRESSEE = "addressee"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at a place of the folded text."""

    start: int
    end: int
    form: Form
    tail: str
    """The word it was found by."""
    words: str
    """As folded."""
    unit: UnitEntry | None = None
    shared: tuple[str, ...] = ()
    """Units it may mean (税务局 in 2017); a person decides."""
    township: UnitEntry | None = None
    """The township before a line's substation (古城镇国土所)."""
    barred: bool = False
    """A court, 纪委, the Bureau itself…: no rule sends there, and none guesses that it is meant."""
    bare: bool = False
    """Nothing but the kind of thing (公司, 银行): means a firm named elsewhere."""
    vague: bool = False
    """Nothing but a trade (工商, 税务): complained of only where a verb says so."""


@dataclass(frozen=True)
class Names:
    """What names are made of: tails with their form, the signs and words where a name begins, the directory."""

    tails: dict[str, Form]
    stops: frozenset[str]
    """Words that hold a tail but name nothing (结局, 市场价)."""
    boundaries: tuple[frozenset[str], ...]
    """Words a name cannot reach across, by length: 0 -> none, 1 -> of one sign…"""
    own_side: tuple[str, ...]
    weak: frozenset[str]
    organs: frozenset[str]
    """Words that make a weak alias a name when they follow it (古城 + 国土所)."""
    generic: frozenset[str]
    """Names that alone name nothing (公司, 政府)."""
    vague: frozenset[str]
    """Names of a trade, not of an organ (工商, 税务)."""
    barred: tuple[str, ...]
    """Endings of organs no rule sends to (法院, 纪委)."""
    directory: UnitDirectory

    def mentions(self, scene: Scene) -> tuple[Mention, ...]:
        """Every name in the letter, in order, none within another."""
        found: list[Mention] = []
        for hit in self._tails(scene):
            floor = found[-1].end if found else 0
            mention = self._mention(scene, hit, floor)
            if mention is None:
                continue
            if found and found[-1].end == mention.start and self._one_name(found[-1], mention):
                mention = self._joined(scene, found.pop(), mention)
            found.append(mention)
        return self._without_own(scene, found)

    def _without_own(self, scene: Scene, found: list[Mention]) -> tuple[Mention, ...]:
        """我们砖厂 is the writer's: no firm of that kind is taken for the other side, unless the kind is a common one."""
        firms = [each for each in found if each.form is Form.FIRM and each.tail not in self.generic]
        ours = {
            each.tail for each in firms if scene.text[: each.end - len(each.tail)].endswith(("我", "我们", "本", "咱"))
        }
        return tuple(each for each in found if each.form is not Form.FIRM or each.tail not in ours)

    def _tails(self, scene: Scene) -> list[Hit]:
        """Hits of tails and directory names, longest first where they overlap, without the stop words.

        Two that share signs are one name: of the unit that the first names (桓仁镇政府 + 政府办公室), else of the second.
        """
        barred = [(hit.start, hit.end) for word in self.stops & scene.hits.keys() for hit in scene.hits[word]]
        hits = [hit for word in self.tails.keys() & scene.hits.keys() for hit in scene.hits[word]]
        kept: list[Hit] = []
        for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
            if any(
                start < hit.end and hit.start < end and (end > hit.end or start < hit.start) for start, end in barred
            ):
                continue
            if kept and hit.start < kept[-1].end:
                if hit.end > kept[-1].end:
                    word = kept[-1].word if self.directory.find(kept[-1].word) else hit.word
                    kept[-1] = Hit(kept[-1].start, hit.end, word)
                continue
            kept.append(hit)
        return kept

    def _mention(self, scene: Scene, hit: Hit, floor: int) -> Mention | None:
        text = scene.text
        start = self._begin(text, hit.start, max(floor, hit.start - NAME_MOST))
        words = text[start : hit.end]
        form = self.tails.get(hit.word, Form.ORGAN)
        if form is Form.FIRM and text[max(0, start - 2) : hit.end].endswith(self.own_side):
            return None
        if len(hit.word) == 1 and len(words) < 3:
            return None
        if hit.word in self.weak and not self._organ_follows(scene, hit):
            return None
        return self._known(start, hit, form, words)

    def _known(self, start: int, hit: Hit, form: Form, words: str) -> Mention:
        if form is Form.ADDRESSEE:
            return Mention(start, hit.end, form, hit.word, words)
        unit, shared = self._unit(words, hit.word)
        form = Form.ORGAN if unit or shared else form
        barred = not unit.by_rule if unit else words.endswith(self.barred)
        bare, vague = words in self.generic, words in self.vague
        return Mention(start, hit.end, form, hit.word, words, unit, shared, barred=barred, bare=bare, vague=vague)

    def _unit(self, words: str, tail: str) -> tuple[UnitEntry | None, tuple[str, ...]]:
        """The directory's unit, or the units a shared alias may mean; a name with another place before it is none of ours."""
        unit = self.directory.find(words)
        if unit:
            return unit, ()
        rest = words.rpartition(tail)[0]
        for prefix in self.directory.prefixes:
            rest = rest.removeprefix(prefix)
        if PLACE_SIGNS & set(rest) or (rest and tail[0] in PLACE_SIGNS):
            return None, ()
        if tail in self.directory.shared:
            return None, self.directory.shared[tail]
        return self.directory.find(tail), ()

    def _organ_follows(self, scene: Scene, hit: Hit) -> bool:
        after = scene.text[hit.end : hit.end + 6]
        return any(after[:size] in self.organs for size in range(2, 7))

    def _begin(self, text: str, start: int, floor: int) -> int:
        """Where the name begins: back from the tail to a stop, a boundary word or the floor."""
        while start > floor:
            if text[start - 1] in STOPS or text[start - 1] in " \t-/|'[]<>{}…—~*#+=":
                return start
            for length, words in enumerate(self.boundaries):
                if length and text[start - length : start] in words:
                    return start
            start -= 1
        return start

    def _one_name(self, first: Mention, second: Mention) -> bool:
        """Two names that stand together are one: 环保局 + 洛南分局, 古城镇 + 国土所."""
        if first.unit and first.unit.township:
            return second.form is Form.ORGAN
        return first.form is second.form and not (first.unit and second.unit) and second.form is not Form.ADDRESSEE

    def _joined(self, scene: Scene, first: Mention, second: Mention) -> Mention:
        words = scene.text[first.start : second.end]
        if first.unit and first.unit.township:
            if second.unit is None and not second.shared:
                return Mention(
                    first.start,
                    second.end,
                    Form.ORGAN,
                    second.tail,
                    words,
                    first.unit,
                    vague=first.vague and second.vague,
                )
            return Mention(
                first.start, second.end, Form.ORGAN, second.tail, words, second.unit, second.shared, first.unit
            )
        return Mention(
            first.start, second.end, first.form, second.tail, words, first.unit, vague=first.vague and second.vague
        )
