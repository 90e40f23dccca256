"""`directory publish DIR`: DIR/public for the website (unit and public telephone alone, S34), DIR/internal for the office's own use."""

import argparse
from pathlib import Path

from daemon.shell._showing import as_json, json_line, moment, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, --json."""
    parser.add_argument("folder", metavar="DIR", type=Path, help=say("option-publish"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write the files and say which. Raises UsageTrouble where the folder cannot be written."""
    from daemon.opening import open_office, settings
    from daemon.publishing import publish

    now = moment(options)
    for written in publish(open_office(settings(), now), options.folder, now):
        if options.json:
            json_line({"file": str(written.path), "audience": written.audience, "rows": written.rows})
        else:
            print(say(f"published-{written.audience}", file=written.path, count=written.rows))
    return 0
