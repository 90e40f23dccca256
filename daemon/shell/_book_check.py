"""`book check [DIR]`: every error of a book at once, with file, line and remedy; then what is only odd."""

import argparse
from pathlib import Path

from daemon.shell._common import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """DIR."""
    parser.add_argument("folder", nargs="?", type=Path, default=None, metavar="DIR", help=say("option-read-book"))


def run(options: argparse.Namespace) -> int:
    """Read the book, templates included. Raises BookRefused with every fault."""
    from daemon.books import read_book, to_fill
    from rules.trouble import DONE

    book = read_book(options.folder)
    rules = len(book.kinds) + len(book.category_rules) + sum(len(ground.rules) for ground in book.grounds.values())
    print(say("book-good", hash=book.hash[:12], rules=rules, units=len(book.units.units), clocks=len(book.clocks)))
    for wanted in to_fill(book):
        print(f"  {wanted}")
    return DONE
