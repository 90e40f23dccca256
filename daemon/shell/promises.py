"""`promises`: how many promises to complainants were kept and broken, and which are overdue now (S36)."""

import argparse

from daemon.shell._showing import as_json, moment, show


def arguments(parser: argparse.ArgumentParser) -> None:
    """--json."""
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Show one row for each clock that promises."""
    from daemon.opening import office_seen
    from db import promises

    with office_seen(moment(options)) as (office, cx):
        rows = promises.counted(cx, office.book, moment(options))
    show(rows, ("promise", "kept", "broken", "running", "overdue"), json=options.json)
    return 0
