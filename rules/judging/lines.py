"""Functional lines (归口): by an organ's name, else by the subject words of lines.toml, added up (counted twice in the subject)."""

from collections import defaultdict

import ahocorasick

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
        self._machine = ahocorasick.Automaton()
        for word in sorted(self._words.keys() - {""}):
            self._machine.add_word(word, word)
        self._machine.make_automaton()

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
        for word, hit in self._spoken(scene).items():
            times = 2 if hit.end <= scene.subject_end else 1
            for place, weight in self._words[word]:
                points[place] += weight * times
                if weight > 0:
                    shown[place].append(hit)
        order = sorted(shown, key=lambda place: (-points[place], place))
        return tuple((self.lines[place], points[place], tuple(shown[place])) for place in order)

    def _spoken(self, scene: Scene) -> dict[str, Hit]:
        """The first place of every word of the lines: a pass of its own, since few letters need it."""
        found: dict[str, Hit] = {}
        for last, word in self._machine.iter(scene.text):
            if word not in found:
                found[word] = Hit(last + 1 - len(word), last + 1, word)
        return found
