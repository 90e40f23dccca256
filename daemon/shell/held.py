"""`held`: letters that wait for a person."""

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

    with office_seen(moment(options)) as (_office, cx):
        rows = lists.letters(cx, disposition="held")
    show(
        rows if options.json else _chronicle.held(rows),
        ("id", "from_addr", "subject", "why", "sha256"),
        json=options.json,
    )
    return 0
