"""`cases`: the register."""

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
        rows = lists.cases(cx, office.book)
    told = rows if options.json else [_chronicle.head(row, office.book) for row in rows]
    show(told, ("number", "reference", "state", "kind", "mode", "lead", "due", "letters"), json=options.json)
    return 0
