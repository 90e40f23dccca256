"""`directory show`: where every unit is reached today."""

import argparse

from daemon.shell._showing import as_json, moment, show


def arguments(parser: argparse.ArgumentParser) -> None:
    """--json."""
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Show the present rows."""
    from daemon.chronicle import when
    from daemon.opening import office_seen
    from db import directory

    with office_seen(moment(options)) as (_office, cx):
        rows = directory.rows(cx)
    told = rows if options.json else [{**row, "since": when(row["since"])} for row in rows]
    show(told, ("unit", "address", "person", "phone", "public", "since"), json=options.json)
    return 0
