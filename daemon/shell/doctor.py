"""`doctor`: logs in to the four places, lists the folders, says what is wrong and what to do; exit 1 where something is wrong."""

import argparse

from daemon.shell._showing import as_json, json_line, moment, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """--json."""
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Examine and tell, each finding as it comes."""
    import os

    from daemon.examining import examine
    from daemon.settings import read_settings
    from rules.trouble import DONE, FOUND

    well = True
    for found in examine(read_settings(os.environ), moment(options)):
        well = well and found.ok
        if options.json:
            json_line(found._asdict())
        else:
            print(f"{'✓' if found.ok else '✗'} {found.setting}　{found.says}", flush=True)
    if not options.json:
        print(say("doctor-well" if well else "doctor-ill"))
    return DONE if well else FOUND
