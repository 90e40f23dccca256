"""`directory missing`: who has not sent its contact sheet, sent it late, with gaps, or so that it could not be entered (domain §4.3.11)."""

import argparse
from typing import Any

from daemon.shell._showing import as_json, moment, say, show


def arguments(parser: argparse.ArgumentParser) -> None:
    """--all, --json."""
    parser.add_argument("--all", action="store_true", help=say("option-missing-all"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Show the units of the round that are not settled, or all of them; then how many there are of each kind."""
    from daemon.collecting import round_of, standings_of
    from daemon.opening import open_office, settings
    from db.pen import look
    from rules.collecting import Status
    from rules.collecting.reminding import counts

    now = moment(options)
    office = open_office(settings(), now)
    turn = round_of(office, now)
    if turn is None:
        if not options.json:
            print(say("missing-no-round"))
        return 0
    with look(office.engine) as cx:
        standings = standings_of(cx, office, turn)
    rows = [_row(one) for one in standings if options.all or one.status is not Status.REPORTED]
    show(rows, ("unit", "standing", "received", "lacks", "why", "address"), json=options.json)
    if not options.json:
        print(say("missing-counts", due=turn.due, total=len(standings), counts="，".join(counts(standings))))
    return 0


def _row(one: Any) -> dict[str, Any]:
    """A unit as JSON: unit, status, late, received, lacks, mechanisms, doubts, address; `standing` and `why` are for people."""
    from rules.collecting.reminding import cells

    told = cells(one)
    return {
        "unit": one.unit,
        "status": one.status.value,
        "standing": told[1],
        "late": one.late,
        "received": one.received.isoformat() if one.received else None,
        "lacks": [word for _, word in one.lacks],
        "mechanisms": list(dict.fromkeys(mechanism for mechanism, _ in one.lacks)),
        "doubts": list(one.doubts),
        "why": told[4],
        "address": one.address,
    }
