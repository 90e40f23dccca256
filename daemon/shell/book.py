"""`book ACT` (check, update, diff and so on): an act is a file `_book_<act>.py` with arguments and run."""

import argparse
import importlib

from daemon.shell._showing import say

ACTS = ("check", "update", "diff", "try", "history", "back", "learn", "score", "corrections")


def arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-command an act."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    for act in ACTS:
        shelf = acts.add_parser(act, help=say(f"help-book-{act}"))
        module = importlib.import_module(f"daemon.shell._book_{act}")
        module.arguments(shelf)
        shelf.set_defaults(act_module=module)


def run(options: argparse.Namespace) -> int:
    """Do the act."""
    return int(options.act_module.run(options))
