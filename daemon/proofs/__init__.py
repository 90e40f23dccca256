"""A book is read through before it counts: its chapters, its calendar, its letters, and whether anything the program needs is missing.

book, calendar = proofread(chapters)      # every fault of all of them at once, or none
update, rest = asked_of(chapters)         # what a newer program asks of a book of before, and the faults that stay
"""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from daemon.books import read_chapters
from daemon.proofs.letters import letter_faults
from rules.days import Calendar
from rules.days import load as load_calendar
from rules.policy import Book, BookRefused, Fault, load
from rules.policy.places import line_of, places, table
from rules.policy.updating import Update, updated
from rules.wording import wording

say = wording("daemon.proofs")
CALENDAR, LETTERS = "calendar/", "letters/"
WORDS, CLOCKS = "words.toml", "clocks.toml"


def proofread(chapters: Mapping[str, bytes]) -> tuple[Book, Calendar]:
    """The book and its calendar. Raises BookRefused with every fault."""
    faults: list[Fault] = [*letter_faults(_folder(chapters, LETTERS)), *_lacking(chapters)]
    book, calendar = None, None
    try:
        book = load(chapters)
    except BookRefused as refused:
        faults += refused.faults
    try:
        calendar = load_calendar(_folder(chapters, CALENDAR))
    except BookRefused as refused:
        faults += refused.faults
    if faults or book is None or calendar is None:
        raise BookRefused(tuple(faults))
    return book, calendar


def asked_of(chapters: Mapping[str, bytes]) -> tuple[Update, tuple[Fault, ...]]:
    """What the shipped book has and this one lacks, as it would stand in it; and what would still be wrong with it then."""
    update = updated(chapters, read_chapters(), _faults(chapters))
    return update, _faults({**chapters, **update.chapters})


def _faults(chapters: Mapping[str, bytes]) -> tuple[Fault, ...]:
    try:
        proofread(chapters)
    except BookRefused as refused:
        return refused.faults
    return ()


def _folder(chapters: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
    return {name.removeprefix(folder): data for name, data in chapters.items() if name.startswith(folder)}


def _lacking(chapters: Mapping[str, bytes]) -> Iterator[Fault]:
    """Words and clocks the shipped book has and this one lacks: the program would fall over them. A chapter that is torn lacks nothing."""
    shipped = read_chapters()
    for name, sentence in ((WORDS, "no-word"), (CLOCKS, "no-clock")):
        given, text = _table(chapters.get(name))
        if given is None:
            continue
        found = places(text)
        for family, entries in (_table(shipped[name])[0] or {}).items():
            mine = given.get(family, {})
            for word in entries if isinstance(mine, dict) else ():
                if word not in mine:
                    words = {"word": word, "family": family}
                    line = line_of(found, (family,))
                    remedy = say(f"{sentence}-remedy", **words)
                    yield Fault(name, line, say(sentence, **words), remedy, (family, word))


def _table(data: bytes | None) -> tuple[Mapping[str, Any] | None, str]:
    try:
        text = (data or b"\xff").decode("utf-8-sig").replace("\r\n", "\n")
        return table(text), text
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None, ""
