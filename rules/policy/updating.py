"""What a newer program asks of a book of before, written into its chapters: the shipped book's lines, put where they belong.

    update = updated(given, shipped, faults)      # the given book's faults; those that name a place in `lacks` are mended
    update.chapters, update.additions, update.by_hand

Lines are only put between the office's own: none is changed, moved or taken away. Each addition is read again before it counts; one that
cannot be put so (a table written in one line, keys with dots) is left to a person, with the lines to write.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from rules.policy.faults import Fault
from rules.policy.places import HEADER, line_of, places, table

Keys = tuple[str, ...]
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Addition:
    """Lines of the shipped book that a chapter lacks: those of a key, or of a whole table with its heading."""

    file: str
    keys: Keys
    lines: tuple[str, ...]
    whole: bool
    """A table, not a key of one."""

    @property
    def place(self) -> str:
        """[order]: the table a key belongs to; '' for a whole table, which says so itself, and for a key at a chapter's head."""
        return f"[{'.'.join(self.keys[:-1])}]" if self.keys[1:] and not self.whole else ""


@dataclass(frozen=True, slots=True)
class Update:
    """The chapters that change, as they will read; what was added to them; and what only a person can add."""

    chapters: Mapping[str, bytes]
    additions: tuple[Addition, ...]
    by_hand: tuple[Addition, ...]


def updated(given: Mapping[str, bytes], shipped: Mapping[str, bytes], faults: Iterable[Fault]) -> Update:
    """The given book with what its faults say it lacks and the shipped one has."""
    chapters, done, left = dict[str, bytes](), list[Addition](), list[Addition]()
    for addition in _additions(given, shipped, faults):
        before = chapters.get(addition.file, given[addition.file])
        after = _put(before, addition)
        if _fits(before, after, addition):
            chapters[addition.file] = after
            done.append(addition)
        else:
            left.append(addition)
    return Update(chapters, tuple(done), tuple(left))


def _additions(given: Mapping[str, bytes], shipped: Mapping[str, bytes], faults: Iterable[Fault]) -> Iterator[Addition]:
    """Each once, in the shipped book's order. A table that is not there at all comes whole, not key by key."""
    wanted: dict[str, set[Keys]] = {}
    for fault in faults:
        if fault.lacks:
            wanted.setdefault(fault.file, set()).add(fault.lacks)
    for file, asked in sorted(wanted.items()):
        own, text = table(_text(given[file])), _text(shipped[file])
        found = places(text)
        roots = {_root(own, keys) for keys in asked} & found.keys()
        yield from (_shipped(file, text, keys) for keys in sorted(roots, key=lambda keys: found[keys]))


def _root(own: Mapping[str, Any], keys: Keys) -> Keys:
    """The first part of the path that the chapter does not have."""
    depth = 1
    while depth < len(keys) and isinstance(own.get(keys[depth - 1]), dict):
        own, depth = own[keys[depth - 1]], depth + 1
    return keys[:depth]


def _shipped(file: str, text: str, keys: Keys) -> Addition:
    """The shipped lines of a key, or of a table with the remark above it; without what follows them."""
    found, lines = places(text), text.split("\n")
    first, last = found[keys], max(line for path, line in found.items() if path[: len(keys)] == keys)
    end = min((line for line in found.values() if line > last), default=len(lines) + 1) - 1
    while not _says(lines[end - 1]):
        end -= 1
    whole = HEADER.match(lines[first - 1]) is not None
    while whole and first > 1 and lines[first - 2].startswith("#"):
        first -= 1
    return Addition(file, keys, tuple(lines[first - 1 : end]), whole)


def _put(data: bytes, addition: Addition) -> bytes:
    """The chapter with the lines in it: a table at its end, a key behind the last one of its table; line ends as they are there."""
    lines = data.removeprefix(BOM).decode().split("\n")
    ending = "\r" if lines[0].endswith("\r") else ""
    if lines[-1]:
        lines = [*lines[:-1], lines[-1] + ending, ""]
    at = len(lines) - 1 if addition.whole else _end_of(lines, addition.keys[:-1])
    new = [line + ending for line in ([""] * addition.whole + list(addition.lines))]
    return data[: len(data) - len(data.removeprefix(BOM))] + "\n".join([*lines[:at], *new, *lines[at:]]).encode()


def _end_of(lines: list[str], keys: Keys) -> int:
    """Behind the last line that says something in the table itself, before its remarks on what follows."""
    begins = line_of(places("\n".join(lines)), keys) if keys else 0
    last = begins
    for number, line in enumerate(lines[begins:], begins + 1):
        if HEADER.match(line):
            break
        last = number if _says(line) else last
    return last


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _fits(before: bytes, after: bytes, addition: Addition) -> bool:
    """Whether the chapter now says what it said before, and the addition, and nothing else."""
    wanted: Any = deepcopy(dict(table(_text(before))))
    value: Any = tomllib.loads("\n".join(addition.lines))
    *inside, key = addition.keys
    here = wanted
    for step in inside:
        here = here[step]
        value = value[step] if addition.whole else value
    here[key] = value[key]
    try:
        return bool(table(_text(after)) == wanted)
    except tomllib.TOMLDecodeError:
        return False


def _text(data: bytes) -> str:
    """A chapter's text as it is read."""
    return data.removeprefix(BOM).decode().replace("\r\n", "\n")
