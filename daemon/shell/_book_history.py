"""`book history`: the books that were in force, the newest first."""

import argparse

from daemon.shell._showing import as_json, show


def arguments(parser: argparse.ArgumentParser) -> None:
    """--json."""
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Show when which book was taken."""
    from daemon.past_books import history
    from rules.trouble import DONE

    show([{"at": at, "book": book} for at, book in history()], ("at", "book"), json=options.json)
    return DONE
