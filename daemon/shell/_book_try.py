"""`book try EDITED [FILE...]`: what an edited book would have done to every stored letter (or to the files), before it counts."""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from daemon.logs import tame
from daemon.shell._showing import as_json, json_line, say, show

if TYPE_CHECKING:
    from daemon.matters import Given
    from rules.policy import Book

COMPARED = ("kind", "categories", "respondents", "route", "questions")


def arguments(parser: argparse.ArgumentParser) -> None:
    """EDITED, FILE..., --against, --json."""
    parser.add_argument("edited", type=Path, metavar="EDITED", help=say("option-book-edited"))
    parser.add_argument("files", nargs="*", metavar="FILE", help=say("option-book-letters"))
    parser.add_argument("--against", type=Path, default=None, metavar="DIR", help=say("option-book-folder"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Judge every letter by both books; show what differs, letter by letter, then as a table."""
    from daemon.books import read_book
    from rules.trouble import DONE

    before, after = read_book(_against(options)), read_book(options.edited)
    counts: Counter[str] = Counter()
    letters = 0
    for given in _letters(options.files):
        if given.matter is None:
            continue
        letters += 1
        changed = differing(given, before, after)
        counts.update(changed.keys())
        if changed and options.json:
            json_line({"id": given.id, **changed})
        elif changed:
            _print(given, changed)
    if not options.json:
        show(
            [{"what": say(f"judge-{key}"), "letters": counts[key]} for key in COMPARED], ("what", "letters"), json=False
        )
        print(say("book-tried", letters=letters, changed=counts.total()))
    return DONE


def differing(given: "Given", before: "Book", after: "Book") -> dict[str, Any]:
    """What differs between the two judgements: field -> [before, after]."""
    from rules.judging import Matter, judge
    from rules.judging import as_json as shown

    matter = given.matter or Matter()
    old, new = (shown(judge(matter, book), book) for book in (before, after))
    return {key: [old[key], new[key]] for key in COMPARED if old[key] != new[key]}


def _against(options: argparse.Namespace) -> Path | None:
    from os import environ

    if options.against is not None:
        return Path(options.against)
    named = environ.get("HUIYIN_BOOK")
    return Path(named) if named else None


def _letters(files: list[str]) -> "Iterator[Given]":
    from daemon.matters import matters

    if files:
        for name in files:
            yield from matters(name)
        return
    from daemon.past_books import stored

    yield from stored()


def _print(given: "Given", changed: dict[str, Any]) -> None:
    print(say("judge-head", id=tame(str(given.id))))
    for key, (old, new) in changed.items():
        print(f"  {say(f'judge-{key}')}{_told(old)} → {_told(new)}")


def _told(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(_told, value)) or say("judge-none")
    if isinstance(value, dict):
        return tame("/".join(str(each) for each in value.values() if each))
    return tame(str(value))
