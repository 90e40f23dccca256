"""`directory import FILE`: a sheet from the clerk's desk becomes directory rows: shows the change, asks, writes the ledger."""

import argparse
from pathlib import Path

from daemon.disk import why
from daemon.shell._showing import moment, say
from rules.trouble import UsageTrouble


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, --by NAME, --yes."""
    parser.add_argument("file", help=say("option-sheet"))
    parser.add_argument("--by", required=True, metavar="NAME", help=say("option-by"))
    parser.add_argument("--yes", action="store_true", help=say("option-yes"))


def run(options: argparse.Namespace) -> int:
    """Read, show, ask, enter."""
    from daemon.listing import enter, entries_of
    from daemon.opening import open_office, settings

    now = moment(options)
    office = open_office(settings(), now)
    path = Path(options.file)
    try:
        data = path.read_bytes()
    except OSError as trouble:
        raise UsageTrouble(f"{path}：{say('read-no-file', why=why(trouble))}") from trouble
    return enter(office, entries_of(data, path.name, office), options.by, now, sure=options.yes)
