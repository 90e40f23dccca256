"""`book check [DIR]`: every error of a book at once, with file, line and remedy; then what is only odd."""

import argparse
from pathlib import Path

from daemon.shell._showing import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """DIR."""
    parser.add_argument("folder", nargs="?", type=Path, default=None, metavar="DIR", help=say("option-read-book"))


def run(options: argparse.Namespace) -> int:
    """Read the book, calendar and letters included. Raises BookRefused with every fault."""
    from daemon.books import read_book, to_fill
    from rules.days import load as load_calendar
    from rules.trouble import DONE, BookTrouble

    book = read_book(options.folder)
    load_calendar(book.calendar)
    torn = [trouble for name, data in book.letters.items() if (trouble := _torn(name, data))]
    if torn:
        raise BookTrouble("\n".join(torn))
    rules = len(book.kinds) + len(book.category_rules) + sum(len(ground.rules) for ground in book.grounds.values())
    print(say("book-good", hash=book.hash[:12], rules=rules, units=len(book.units.units), clocks=len(book.clocks)))
    for wanted in to_fill(book):
        print(f"  {wanted}")
    return DONE


def _torn(name: str, data: bytes) -> str:
    """What is wrong with a letter the staff edited; '' where nothing is."""
    from jinja2 import TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    try:
        ImmutableSandboxedEnvironment().parse(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError:
        return say("letter-not-utf8", file=name)
    except TemplateError as trouble:
        return say("letter-torn", file=name, line=getattr(trouble, "lineno", 1), why=str(trouble))
    return ""
