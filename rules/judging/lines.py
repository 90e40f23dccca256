"""Functional lines (归口): by an organ's name, else by the subject words of lines.toml, added up (counted twice in the subject)."""

from collections import defaultdict
from collections.abc import Iterable

from rules.judging.folding import folded_word
from rules.judging.spotting import Hit, Scene
from rules.policy.matters import Line


class Lines:
    """The lines of a book, by word."""

    def __init__(self, lines: tuple[Line, ...]) -> None:
        self.lines = lines
        self.by_name = {line.name: line for line in lines}
        organs = [(folded_word(organ), place) for place, line in enumerate(lines) for organ in line.organs]
        self._organs = tuple(sorted(organs, key=lambda pair: (-len(pair[0]), pair[0])))
        self._words: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, line in enumerate(lines):
            for word, weight in line.words.items():
                self._words[folded_word(word)].append((place, weight))

    def of_organ(self, words: str) -> Line | None:
        """The line an organ's name tells: its last telling word counts (公安局交警大队, 县政府办公室)."""
        found = [
            (words.rfind(organ) + len(organ), len(organ), place) for organ, place in self._organs if organ in words
        ]
        return self.lines[max(found)[2]] if found else None

    def ranked(self, scene: Scene) -> tuple[tuple[Line, int, tuple[Hit, ...]], ...]:
        """The lines that at least one word speaks for, best first, with points and those words."""
        points = [line.base for line in self.lines]
        shown: dict[int, list[Hit]] = defaultdict(list)
        for word, entries in self._spoken(scene):
            hits = scene.hits[word]
            times = 2 if hits[0].end <= scene.subject_end else 1
            for place, weight in entries:
                points[place] += weight * times
                if weight > 0:
                    shown[place].append(hits[0])
        order = sorted(shown, key=lambda place: (-points[place], place))
        return tuple((self.lines[place], points[place], tuple(shown[place])) for place in order)

    def _spoken(self, scene: Scene) -> Iterable[tuple[str, list[tuple[int, int]]]]:
        return ((word, self._words[word]) for word in scene.hits if word in self._words)
