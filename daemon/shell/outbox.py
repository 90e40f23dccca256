"""`outbox`: every letter of ours and what became of it."""

import argparse

from daemon.shell._showing import as_json, moment, show


def arguments(parser: argparse.ArgumentParser) -> None:
    """--json."""
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Show the rows."""
    from daemon.opening import open_office, settings
    from db import lists
    from db.pen import look

    office = open_office(settings(), moment(options))
    with look(office.engine) as cx:
        rows = lists.outbox(cx)
    show(rows, ("id", "case", "notice", "to", "state", "tries", "message_id"), json=options.json)
    return 0
