"""`book diff A B`: what stands differently in two books: chapters, and in them the lines."""

import argparse
import difflib
from collections.abc import Mapping
from pathlib import Path

from daemon.logs import tame
from daemon.shell._showing import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """A, B: folders, or hashes of books that were in force."""
    parser.add_argument("before", metavar="A", help=say("option-book-side"))
    parser.add_argument("after", metavar="B", help=say("option-book-side"))


def run(options: argparse.Namespace) -> int:
    """Print the lines that differ."""
    from rules.trouble import DONE

    lines = differing(_chapters(options.before), _chapters(options.after))
    print("\n".join(map(tame, lines)) if lines else say("book-same"))
    return DONE


def differing(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[str]:
    """Unified lines, chapter by chapter, by name."""
    lines: list[str] = []
    for name in sorted(before.keys() | after.keys()):
        old, new = (side.get(name, b"").decode("utf-8", "replace").splitlines() for side in (before, after))
        lines += difflib.unified_diff(old, new, name, name, n=1, lineterm="")
    return lines


def _chapters(side: str) -> Mapping[str, bytes]:
    """A folder's chapters, or those of a book of the past by its hash."""
    from daemon.books import read_chapters

    if Path(side).is_dir():
        return read_chapters(Path(side))
    from daemon.past_books import past

    return past(side)
