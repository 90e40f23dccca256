"""Letters as `judge` and `book try` take them: `.eml` files, `.jsonl` lines (`id, subject, text`, `from_name, from_addr`), folders of both.

Each input is answered, in order: a Matter, or the sentence that says why there is none.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daemon.disk import why
from rules.judging import Matter
from rules.reading import read, read_body
from rules.wording import wording

say = wording("daemon")
LONGEST_LINE = 16 << 20
LETTER_MOST = 64 << 20


@dataclass(frozen=True, slots=True)
class Given:
    """One input: its id, and the matter or the trouble with it."""

    id: Any
    matter: Matter | None = None
    trouble: str = ""
    unread: bool = False
    """It could not even be opened."""


def matters(name: str) -> Iterator[Given]:
    """The letters of one FILE as it was given."""
    path = Path(name)
    try:
        if path.is_dir():
            os.scandir(path).close()  # a folder that may not be looked into is not an empty one
            letters = sorted(each for each in path.rglob("*") if each.suffix in (".eml", ".jsonl"))
            for inner in letters:
                yield from matters(str(inner))
            if not letters:
                yield Given(name, trouble=say("judge-no-letters"))
        elif path.suffix == ".jsonl":
            yield from _lines(path)
        else:
            with path.open("rb") as file:
                yield Given(name, of_bytes(file.read(LETTER_MOST)))
    except OSError as trouble:
        yield Given(name, trouble=say("read-no-file", why=why(trouble)), unread=True)


def of_bytes(raw: bytes) -> Matter:
    """A letter's bytes as a matter: own words only."""
    return Matter.of(read(raw))


def _lines(path: Path) -> Iterator[Given]:
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1):
            if line.strip():
                yield _line(line, f"{path}:{number}")


def _line(line: bytes, place: str) -> Given:
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Given(place, trouble=say("judge-bad-line"))
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        return Given(found.get("id", place) if isinstance(found, dict) else place, trouble=say("judge-bad-line"))
    letter = read_body(found["text"])
    subject, name, address = (_text(found.get(key)) for key in ("subject", "from_name", "from_addr"))
    return Given(found.get("id", place), Matter(subject, letter.own_words, letter.forwarded, name, address))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
