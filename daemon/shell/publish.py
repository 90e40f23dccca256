"""`publish DIR`: what the county's site may show: closed proven cases without names, the board, the directory (S34, S48, S49)."""

import argparse
from pathlib import Path

from daemon.shell._showing import as_json, json_line, moment
from rules.wording import wording

say = wording("daemon.record")


def arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, --json."""
    parser.add_argument("folder", metavar="DIR", type=Path, help=say("option-publish-folder"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write the files; 1 where an exposure was kept back."""
    from daemon.opening import open_office, settings
    from daemon.record.publication import publish
    from rules.trouble import DONE, FOUND

    now = moment(options)
    gone = publish(open_office(settings(), now), options.folder, now)
    for file in gone.files:
        if options.json:
            json_line({"file": str(file.path), "audience": file.audience, "rows": file.rows})
        else:
            print(say("published-file", path=file.path, rows=file.rows))
    for case in gone.kept_back:
        if options.json:
            json_line({"case": case, "kept_back": True})
        else:
            print(say("kept-back", case=case))
    return FOUND if gone.kept_back else DONE
