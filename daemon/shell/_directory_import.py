"""`directory import FILE`: a sheet from the clerk's desk becomes directory rows: shows the change, asks, writes the ledger."""

import argparse
from pathlib import Path

from daemon.disk import given
from daemon.shell._showing import as_json, moment, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, --by NAME, --yes, --json."""
    parser.add_argument("file", help=say("option-sheet"))
    parser.add_argument("--by", required=True, metavar="NAME", help=say("option-by"))
    parser.add_argument("--yes", action="store_true", help=say("option-yes"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Read, show, ask, enter."""
    from daemon.listing import entries_of
    from daemon.opening import open_office, settings
    from daemon.shell._entering import show_and_enter

    now = moment(options)
    office = open_office(settings(), now)
    path = Path(options.file)
    return show_and_enter(office, entries_of(given(path), path.name, office), options, now)
