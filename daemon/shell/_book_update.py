"""`book update [DIR]`: what a newer program asks of a book of before, with the shipped book's lines; asked, then written in.

The office's own lines stay as they are. Exit 1 where nothing was written, or something is left to a person; 78 where the book is still wrong.
"""

import argparse
from os import environ
from pathlib import Path

from daemon.shell._additions import agreed_to, lines
from daemon.shell._showing import as_json, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """DIR or --book DIR, --yes, --json."""
    parser.add_argument("folder", nargs="?", type=Path, default=None, metavar="DIR", help=say("option-book-folder"))
    parser.add_argument("--book", type=Path, default=None, metavar="DIR", help=say("option-book-folder"))
    parser.add_argument("--yes", action="store_true", help=say("option-yes"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Show, ask, write. Raises BookRefused with what is still wrong, SettingsTrouble where no book is named."""
    from daemon.books import read_chapters, write_chapters
    from daemon.proofs import asked_of
    from daemon.settings import book_named
    from rules.policy import BookRefused
    from rules.trouble import DONE, FOUND, SettingsTrouble

    folder = options.folder or options.book or book_named(environ)
    if folder is None:
        raise SettingsTrouble(say("setting-missing", names="HUIYIN_BOOK"))
    update, rest = asked_of(read_chapters(folder))
    agreed = agreed_to(update, yes=options.yes, json=options.json)
    if agreed:
        write_chapters(folder, update.chapters)
    if options.json:
        lines(update, written=agreed)
    elif agreed:
        print(say("book-updated", folder=folder, chapters="、".join(update.chapters)))
    elif update.additions or not rest:
        print(say("book-not-updated" if update.additions else "book-up-to-date", folder=folder))
    if rest:
        raise BookRefused(rest)
    return DONE if agreed or not update.additions else FOUND
