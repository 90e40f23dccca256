"""`book diff A B`: what stands differently in two books: chapters, and in them the lines."""

import argparse
import difflib
import re
from collections.abc import Mapping
from pathlib import Path

from daemon.logs import tame
from daemon.shell._showing import as_json, json_line, say

HASH = re.compile(r"[0-9a-fA-F]{4,64}")


def arguments(parser: argparse.ArgumentParser) -> None:
    """A, B: folders, or hashes of books that were in force; --json."""
    parser.add_argument("before", metavar="A", help=say("option-book-side"))
    parser.add_argument("after", metavar="B", help=say("option-book-side"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the lines that differ, chapter by chapter; with --json one chapter a line."""
    from rules.trouble import DONE

    changed = differing(_chapters(options.before), _chapters(options.after))
    if options.json:
        for name, lines in changed.items():
            json_line({"file": name, "lines": lines})
        return DONE
    told = [tame(line) for lines in changed.values() for line in lines]
    print("\n".join(told) if told else say("book-same"))
    return DONE


def differing(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Chapter -> unified lines, by name; a chapter that is new or gone has all its lines."""
    changed: dict[str, list[str]] = {}
    for name in sorted(before.keys() | after.keys()):
        old, new = (side.get(name, b"").decode("utf-8", "replace").splitlines() for side in (before, after))
        lines = list(difflib.unified_diff(old, new, name, name, n=1, lineterm=""))
        if lines or (name in before) != (name in after):
            changed[name] = lines
    return changed


def _chapters(side: str) -> Mapping[str, bytes]:
    """A folder's chapters, or those of a book of the past by its hash."""
    from daemon.books import read_chapters
    from rules.trouble import UsageTrouble

    if Path(side).is_dir():
        return read_chapters(Path(side))
    if not HASH.fullmatch(side):
        raise UsageTrouble(say("book-no-side", side=tame(side)))
    from daemon.past_books import past

    return past(side)
