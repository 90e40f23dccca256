"""`book back HASH`: a book of the past takes the folder's place; `run` takes it at its next safe point."""

import argparse
from os import environ
from pathlib import Path

from daemon.shell._showing import moment, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """HASH, --book."""
    parser.add_argument("hash", metavar="HASH", help=say("option-book-hash"))
    parser.add_argument("--book", type=Path, metavar="DIR", help=say("option-book-folder"))


def run(options: argparse.Namespace) -> int:
    """Check the old book, then put it in place. Raises BookRefused where today's program cannot read it."""
    from daemon.past_books import past, put_back
    from daemon.proofs import proofread
    from daemon.settings import read_settings
    from rules.trouble import DONE

    chapters = past(options.hash)
    proofread(chapters)
    folder = options.book
    if folder is None:
        given = read_settings(environ)
        given.need("HUIYIN_BOOK")
        folder = given.book or Path()
    aside = put_back(chapters, folder, moment(options))
    print(say("book-put-back", folder=folder, aside=aside))
    return DONE
