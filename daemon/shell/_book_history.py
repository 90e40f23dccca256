"""`book history`: the books that were in force, the newest first, and which chapters each changed."""

import argparse

from daemon.shell._showing import as_json, show

SHOWN = 16
"""Signs of a hash that people are shown."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """--json."""
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Show when which book was taken; for people the first signs of the hash, which `book back` and `book diff` take."""
    from daemon.chronicle import when
    from daemon.past_books import history
    from rules.trouble import DONE

    rows = [{"at": each.at, "book": each.book, "chapters": list(each.changed)} for each in history()]
    if not options.json:
        rows = [{**row, "at": when(str(row["at"])), "book": str(row["book"])[:SHOWN]} for row in rows]
    show(rows, ("at", "book", "chapters"), json=options.json)
    return DONE
