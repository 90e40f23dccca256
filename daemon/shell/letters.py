"""`letters`: every letter, one row for each place it was seen in."""

import argparse

from daemon.shell._showing import as_json, moment, show


def arguments(parser: argparse.ArgumentParser) -> None:
    """--json."""
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Show the rows."""
    from daemon.opening import office_seen
    from daemon.shell import _chronicle
    from db import lists

    with office_seen(moment(options)) as (office, cx):
        rows = lists.letters(cx)
    show(
        rows if options.json else _chronicle.came(rows, office.book),
        ("id", "mailbox", "folder", "uid", "from_addr", "subject", "disposition", "machine", "case"),
        json=options.json,
    )
    return 0
