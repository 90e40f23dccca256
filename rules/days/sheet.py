"""One table of a calendar file, taken key by key; what is wrong goes on a list with its place, so that all faults are told at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rules.policy.faults import Fault
from rules.wording import wording

say = wording("rules.days")
FOLDER = "calendar/"
"""Where the book keeps these files; faults are told with it."""


def fault(file: str, line: int, sentence: str, **words: object) -> Fault:
    """A fault of a calendar file; the sentence holds its remedy."""
    return Fault(FOLDER + file, line, say(sentence, **words))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table, its file with the whole text (for line numbers), and the list where faults go."""

    file: str
    text_whole: str
    table: Mapping[str, Any]
    faults: list[Fault]
    line: int = 1

    def says(self, sentence: str, at: str = "", **words: object) -> None:
        """Note a fault in the clerk's words, at the line of the block that holds `at` (a date or a key), else of the block itself."""
        rows = self.text_whole.split("\n")
        line = next((n for n, row in enumerate(rows, 1) if n >= self.line and at and at in row), self.line)
        self.faults.append(fault(self.file, line, sentence, **words))

    def known(self, *keys: str) -> None:
        """Note every key that is not one of these."""
        for key in self.table:
            if key not in keys:
                self.says("key", at=key, key=key, known="、".join(keys))

    def text(self, key: str) -> str:
        """A text, '' where there is none."""
        value = self.table.get(key, "")
        if isinstance(value, str):
            return value
        self.says("wrong-type", at=key, key=key)
        return ""

    def words(self, key: str) -> Sequence[str]:
        """A list of texts."""
        value = self.table.get(key, [])
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            return value
        self.says("wrong-type", at=key, key=key)
        return ()

    def dates(self, key: str) -> Sequence[date]:
        """A list of dates, written 2017-01-27 without quotes."""
        value = self.table.get(key, [])
        if isinstance(value, list) and all(isinstance(day, date) and not isinstance(day, datetime) for day in value):
            return value
        self.says("wrong-type", at=key, key=key)
        return ()

    def blocks(self, keys: tuple[str, ...]) -> Iterator["Sheet"]:
        """The [[days]] blocks, each with the line where it begins; strange keys are noted."""
        value = self.table.get("days", [])
        if not isinstance(value, list) or not all(isinstance(block, dict) for block in value):
            self.says("wrong-type", at="days", key="days")
            return
        starts = [
            n for n, row in enumerate(self.text_whole.split("\n"), 1) if row.replace(" ", "").startswith("[[days]]")
        ]
        for place, table in enumerate(value):
            block = Sheet(
                self.file, self.text_whole, table, self.faults, starts[place] if place < len(starts) else self.line
            )
            block.known(*keys)
            if not block.text("name"):
                block.says("missing", key="name")
            yield block
