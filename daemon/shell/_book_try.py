"""`book try EDITED [FILE...]`: what an edited book would have done to every stored letter (or to the files), before it counts."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from daemon.logs import tame
from daemon.shell._showing import Answers, as_json, json_line, say, show

if TYPE_CHECKING:
    from daemon.matters import Given
    from rules.policy import Book

COMPARED = ("kind", "categories", "respondents", "route", "questions")


def arguments(parser: argparse.ArgumentParser) -> None:
    """EDITED (or --book), FILE..., --against, --json."""
    parser.add_argument("given", nargs="*", metavar="EDITED FILE", help=say("option-book-edited"))
    parser.add_argument("--book", type=Path, default=None, metavar="EDITED", help=say("option-book-edited"))
    parser.add_argument("--against", type=Path, default=None, metavar="DIR", help=say("option-book-folder"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Judge every letter by both books; show what differs, letter by letter, then as a table. Raises UsageTrouble, BookTrouble."""
    from daemon.books import read_book

    edited, files = _edited(options)
    before, after = read_book(_against(options)), read_book(edited)
    counts: Counter[str] = Counter()
    answers, changed = Answers(json=options.json), 0
    for given in _letters(files, before):
        answers.count(trouble=given.matter is None, unread=given.unread)
        if given.matter is None:
            print(f"{tame(str(given.id))} {given.trouble}", file=sys.stderr)
            continue
        found = differing(given, before, after)
        counts.update(found.keys())
        changed += bool(found)
        if found:
            _tell(given, found, json=options.json)
    if not options.json:
        rows = [{"what": say(f"judge-{key}").rstrip("："), "letters": counts[key]} for key in COMPARED]
        show(rows, ("what", "letters"), json=False)
        print(say("book-tried", letters=answers.answered, changed=changed))
    return answers.code


def differing(given: "Given", before: "Book", after: "Book") -> dict[str, Any]:
    """What differs between the two judgements: field -> [before, after]."""
    from rules.judging import Matter, judge
    from rules.judging import as_json as shown

    matter = given.matter or Matter()
    old, new = (shown(judge(matter, book), book) for book in (before, after))
    return {key: [old[key], new[key]] for key in COMPARED if old[key] != new[key]}


def _edited(options: argparse.Namespace) -> tuple[Path, list[str]]:
    """The edited book, and the letters' files: the first word is the book where --book does not name it."""
    from rules.trouble import UsageTrouble

    if options.book is not None:
        return options.book, options.given
    if not options.given:
        raise UsageTrouble(say("book-try-what"))
    return Path(options.given[0]), options.given[1:]


def _against(options: argparse.Namespace) -> Path | None:
    from os import environ

    from daemon.settings import book_named

    return book_named(environ) if options.against is None else Path(options.against)


def _letters(files: list[str], book: "Book") -> "Iterator[Given]":
    from daemon.matters import matters

    if files:
        for name in files:
            yield from matters(name)
        return
    from daemon.past_books import stored

    yield from stored(book)


def _tell(given: "Given", found: dict[str, Any], *, json: bool) -> None:
    if json:
        json_line({"id": given.id, **found})
        return
    print(say("judge-head", id=tame(str(given.id))))
    for key, (old, new) in found.items():
        print(f"  {say(f'judge-{key}')}{_told(old)} → {_told(new)}")


def _told(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(_told, value)) or say("judge-none")
    if isinstance(value, dict):
        return tame("/".join(str(each) for each in value.values() if each))
    return tame(str(value))
