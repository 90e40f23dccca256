"""`book check [DIR]`: every error of a book at once, with file, line and remedy; then what a new office must still fill in."""

import argparse
from os import environ
from pathlib import Path

from daemon.shell._showing import as_json, json_line, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """DIR or --book DIR, --json."""
    parser.add_argument("folder", nargs="?", type=Path, default=None, metavar="DIR", help=say("option-read-book"))
    parser.add_argument("--book", type=Path, default=None, metavar="DIR", help=say("option-read-book"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Read the book through, calendar and letters included. Raises BookRefused with every fault; with --json each is a line."""
    from daemon.books import read_chapters, shipped, to_fill
    from daemon.proofs import proofread
    from daemon.settings import book_named
    from rules.policy import BookRefused, overlapping
    from rules.trouble import DONE

    folder = options.folder or options.book or book_named(environ) or shipped()
    try:
        book, _ = proofread(read_chapters(folder))
        if odd := overlapping(book):
            raise BookRefused(odd)
    except BookRefused as refused:
        if not options.json:
            raise
        for fault in refused.faults:
            json_line({"file": fault.file, "line": fault.line, "what": fault.what, "remedy": fault.remedy})
        return refused.code
    rules = len(book.kinds) + len(book.category_rules) + sum(len(ground.rules) for ground in book.grounds.values())
    if options.json:
        return DONE
    print(
        say(
            "book-good",
            folder=folder,
            hash=book.hash[:12],
            rules=rules,
            units=len(book.units.units),
            clocks=len(book.clocks),
        )
    )
    for wanted in to_fill(book):
        print(f"  {wanted}")
    return DONE
