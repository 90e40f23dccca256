"""`questions`: what waits for a decision."""

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
        rows = lists.questions(cx)
    told = rows if options.json else _chronicle.waiting(rows, office.book)
    show(told, ("id", "what", "about", "role", "choices", "asked"), json=options.json)
    return 0
