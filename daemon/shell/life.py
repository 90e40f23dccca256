"""`life`: the life of a case, drawn from its table in the book's words (docs/案件流程.md)."""

import argparse
from pathlib import Path

from daemon.shell._showing import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """--book DIR."""
    parser.add_argument("--book", type=Path, metavar="DIR", help=say("option-book-folder"))


def run(options: argparse.Namespace) -> int:
    """Print the page."""
    from daemon.books import read_chapters
    from daemon.drawing import page
    from rules.policy import load

    print(page(load(dict(read_chapters(options.book)))), end="")
    return 0
