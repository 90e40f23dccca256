"""`health`: whether the office is served: exit 0, or 1 with the reason. For cron, systemd and Docker; `--office FILE…` asks for several."""

import argparse
from datetime import UTC, datetime

from daemon.shell._showing import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """--office."""
    parser.add_argument("--office", nargs="+", default=[], metavar="FILE", help=say("option-office"))


def run(options: argparse.Namespace) -> int:
    """Read the heartbeats."""
    import os

    from daemon.heartbeat import examine
    from daemon.offices import environment, shared
    from daemon.settings import read_settings
    from rules.trouble import DONE, FOUND, Trouble

    now, well = datetime.now(UTC), True
    for place, name in enumerate(options.office or [""]):
        try:
            given = read_settings(environment(name) if name else os.environ)
            twice = shared(name, options.office[:place]) if name else ""
            found = examine(given.database, now)
            says, good = twice or found.says, found.well and not twice
        except Trouble as trouble:
            if not name:
                raise
            says, good = str(trouble), False
        print(f"{name}　{says}" if name else says)
        well = well and good
    return DONE if well else FOUND
