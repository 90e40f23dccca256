"""`doctor`: looks at all of a real set-up, says what is wrong and what to do; exit 1 where something is wrong.

The four places, the office itself, and a letter to ourselves and back (`--no-letter` leaves that out).
"""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from daemon.shell._showing import as_json, json_line, moment, say

if TYPE_CHECKING:
    from daemon.examining import Found


def arguments(parser: argparse.ArgumentParser) -> None:
    """--no-letter, --json."""
    parser.add_argument("--no-letter", action="store_true", help=say("option-no-letter"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Examine and tell, each finding as it comes."""
    from rules.trouble import DONE, FOUND

    well = True
    for found in _all(options):
        well = well and found.ok
        if options.json:
            json_line(found._asdict())
        else:
            print(f"{'✓' if found.ok else '✗'} {found.setting}　{found.says}", flush=True)
    if not options.json:
        print(say("doctor-well" if well else "doctor-ill"))
    return DONE if well else FOUND


def _all(options: argparse.Namespace) -> Iterator["Found"]:
    from daemon.examining import Found, examine
    from daemon.fitness import fitness
    from daemon.office import utc_now
    from daemon.opening import open_office, settings
    from daemon.self_letter import there_and_back
    from rules.trouble import BookTrouble, Trouble

    given, now = settings(), moment(options)
    places_well = True
    for found in examine(given, now):
        places_well = places_well and found.ok
        yield found
    try:
        office = open_office(given, now)
        yield from fitness(given, office, now)
        if places_well and not options.no_letter:
            yield from there_and_back(given, office, utc_now() if options.now is None else now)
    except Trouble as trouble:
        about = "HUIYIN_BOOK" if isinstance(trouble, BookTrouble) else "HUIYIN_DATABASE"
        yield Found(about, ok=False, says=str(trouble))
