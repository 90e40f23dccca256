"""`book back HASH`: a book of the past takes the folder's place; `run` takes it at its next safe point.

What this program asks of it and it did not have yet is shown and put into it, where the person agrees.
"""

import argparse
from os import environ
from pathlib import Path

from daemon.shell._additions import agreed_to
from daemon.shell._showing import moment, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """HASH, --book, --yes."""
    parser.add_argument("hash", metavar="HASH", help=say("option-book-hash"))
    parser.add_argument("--book", type=Path, metavar="DIR", help=say("option-book-folder"))
    parser.add_argument("--yes", action="store_true", help=say("option-yes"))


def run(options: argparse.Namespace) -> int:
    """Check the old book, then put it in place. Raises BookRefused where today's program cannot read it."""
    from daemon.past_books import past, put_back
    from daemon.proofs import asked_of
    from daemon.settings import read_settings
    from rules.policy import BookRefused
    from rules.trouble import DONE, FOUND

    chapters = past(options.hash)
    update, rest = asked_of(chapters)
    if rest:
        raise BookRefused(rest)
    if update.additions and not agreed_to(update, yes=options.yes):
        print(say("book-not-updated"))
        return FOUND
    folder = options.book
    if folder is None:
        given = read_settings(environ)
        given.need("HUIYIN_BOOK")
        folder = given.book or Path()
    aside = put_back({**chapters, **update.chapters}, folder, moment(options))
    print(say("book-put-back", folder=folder, aside=aside))
    return DONE
