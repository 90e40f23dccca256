"""One table of a chapter, taken key by key: each take checks, notes what is wrong and goes on with something harmless.

Nothing is raised here: a book must name all its faults at once. `done` reports the keys nobody took (unknown keys are faults).
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar

from rules.policy.faults import Fault, say
from rules.policy.places import Path, line_of, places

Choice = TypeVar("Choice", bound=StrEnum)
Taken = TypeVar("Taken")
REQUIRED: Final[Any] = object()


class Sheet:
    """A table with its place in the file and the list where faults go."""

    def __init__(
        self, table: Mapping[str, Any], file: str, found: Mapping[Path, int], faults: list[Fault], path: Path = ()
    ) -> None:
        self.table, self.file, self.path = table, file, path
        self._found, self._faults = found, faults
        self._taken: set[str] = set()
        self._retired: set[str] = set()

    @classmethod
    def of(cls, table: Mapping[str, Any], file: str, text: str, faults: list[Fault]) -> "Sheet":
        """The whole chapter as a sheet."""
        return cls(table, file, places(text), faults)

    @property
    def line(self) -> int:
        """Where the table begins."""
        return line_of(self._found, self.path)

    def fault(self, key: str, what: str, remedy: str = "", lacks: tuple[str, ...] = ()) -> None:
        """Note that something is wrong at the key; `lacks`: the keys, from here on, of what must be there and is not.

        In one of several [[ ]] nothing is asked for: which of them it is, only the office knows.
        """
        inside = tuple(step for step in self.path if isinstance(step, str))
        lacking = (*inside, *lacks) if lacks and inside == self.path else ()
        self._faults.append(Fault(self.file, line_of(self._found, (*self.path, key)), what, remedy, lacking))

    def says(self, key: str, sentence: str, **words: object) -> None:
        """Note a fault in the words of `wording.toml`: its sentence and its remedy."""
        self.fault(key, say(sentence, key=key, **words), say(f"{sentence}-remedy", key=key, **words))

    def text(self, key: str, default: str = REQUIRED, *, empty: bool = False) -> str:
        """A string; an empty one is a fault unless allowed."""
        value = self._take(key, default, str, "text")
        if value is not None and not empty and default is REQUIRED and not value.strip():
            self.says(key, "empty")
        return value or ""

    def flag(self, key: str, *, default: bool = REQUIRED) -> bool:
        """true or false."""
        return bool(self._take(key, default, bool, "flag"))

    def number(self, key: str, default: int = REQUIRED, *, low: int = 0, high: int = 1_000_000) -> int:
        """A whole number between low and high."""
        value = self._take(key, default, int, "number")
        if isinstance(value, bool):
            self.says(key, "type", wanted=say("type-number"))
            return low
        if value is None:
            return low
        if not low <= value <= high:
            self.says(key, "range", value=value, low=low, high=high)
        return int(value)

    def words(self, key: str, default: tuple[str, ...] = REQUIRED) -> tuple[str, ...]:
        """A list of strings, none empty, none twice."""
        value = self._take(key, default, (list, tuple), "words")
        if value is None:
            return ()
        wrong = [word for word in value if not isinstance(word, str) or not word.strip()]
        if wrong:
            self.says(key, "word", word=wrong[0])
            return ()
        twice = sorted({word for word in value if value.count(word) > 1}) if len(value) < 400 else []
        if twice:
            self.says(key, "twice", word=twice[0])
        return tuple(value)

    def day(self, key: str) -> date:
        """A day of the calendar, as TOML writes it: 2017-05-10."""
        value = self._take(key, REQUIRED, date, "day")
        return value if isinstance(value, date) else date.min

    def choice(self, key: str, kind: type[Choice], names: Mapping[str, Choice], default: Choice = REQUIRED) -> Choice:
        """A book word that stands for a member of an enum."""
        word = self._take(key, default, str, "text")
        if isinstance(word, kind):
            return word
        if word is not None and word in names:
            return names[word]
        if word is not None:
            self.says(key, "choice", word=word, known="、".join(names))
        return next(iter(kind))

    def numbers(self, key: str) -> dict[str, int]:
        """A table of whole numbers."""
        value = self._take(key, {}, dict, "table") or {}
        wrong = [name for name, number in value.items() if not isinstance(number, int) or isinstance(number, bool)]
        if wrong:
            self.says(key, "range", value=value[wrong[0]], low="-", high="-")
        return {name: number for name, number in value.items() if name not in wrong}

    def sheet(self, key: str) -> "Sheet":
        """A table inside this one; empty where it is missing."""
        return self._inner(self._take(key, {}, dict, "table") or {}, key)

    def sheets(self, key: str) -> list["Sheet"]:
        """The tables `[[key]]`, in order."""
        value = self._take(key, [], list, "tables") or []
        if any(not isinstance(entry, dict) for entry in value):
            self.says(key, "tables")
            return []
        return [self._inner(entry, key, place) for place, entry in enumerate(value)]

    def entry(self, key: str, place: int) -> "Sheet":
        """One of the tables `[[key]]` again, to say something of it afterwards."""
        return self._inner(self.table[key][place], key, place)

    @property
    def faulty(self) -> int:
        """How many faults were noted so far."""
        return len(self._faults)

    def named(self, read: Callable[["Sheet", str], Taken]) -> dict[str, Taken]:
        """Every key of this table as a table of its own, read by `read(sheet, name)`."""
        return {name: read(self.sheet(name), name) for name in self.table}

    def raw(self, key: str) -> Any:
        """The value as TOML gave it, or None; for tables with a shape of their own."""
        self._taken.add(key)
        return self.table.get(key)

    def retired(self, *keys: str) -> None:
        """Keys that earlier books had and nothing reads any more: an office's copy may hold them."""
        self._retired.update(keys)

    def done(self) -> None:
        """Report the keys that nobody took."""
        for key in self.table:
            if key not in self._taken | self._retired:
                self.says(key, "unknown-key", known="、".join(sorted(self._taken)))

    def _inner(self, table: Mapping[str, Any], *steps: str | int) -> "Sheet":
        return Sheet(table, self.file, self._found, self._faults, (*self.path, *steps))

    def _take(self, key: str, default: Any, kind: type | tuple[type, ...], word: str) -> Any:
        self._taken.add(key)
        if key not in self.table:
            if default is REQUIRED:
                self.fault(key, say("missing", key=key), say("missing-remedy", key=key), (key,))
                return None
            return default
        value = self.table[key]
        if not isinstance(value, kind):
            self.says(key, "type", wanted=say(f"type-{word}"))
            return None
        return value
