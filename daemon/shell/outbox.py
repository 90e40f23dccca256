"""`outbox`: every letter of ours and what became of it."""

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
        rows = lists.outbox(cx)
    told = rows if options.json else _chronicle.sent(rows, office.book)
    show(told, ("id", "made", "case", "notice", "to", "state", "tries"), json=options.json)
    return 0
