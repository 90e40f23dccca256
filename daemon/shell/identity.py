"""`identity NUMBER --by NAME --why REASON`: the identity room of a case, and its letters beside what a unit reads of them.

Every reading is a line of the ledger. For a report (举报) a second person must agree first: the command asks him, and opens for the days
the book gives once he has said 同意. Whoever the book lets not see identities sees none (督查室).
"""

import argparse
from typing import Any

from daemon.shell._showing import as_json, json_line, moment, say, show, start_log


def arguments(parser: argparse.ArgumentParser) -> None:
    """NUMBER, --by NAME, --why REASON, --json."""
    parser.add_argument("number", help=say("option-number"))
    parser.add_argument("--by", required=True, metavar="NAME", help=say("option-by"))
    parser.add_argument("--why", required=True, metavar="REASON", help=say("option-reason"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Show, or ask the second person and say so (1)."""
    from daemon.identity_room import Opened, look_in
    from daemon.named import reference_of
    from daemon.opening import open_office, settings
    from rules.trouble import DONE, FOUND

    start_log(options)
    now = moment(options)
    given = settings()
    given.need("HUIYIN_COMPLAINT_SMTP")  # the second person is asked by letter
    office = open_office(given, now)
    seen = look_in(office, reference_of(options.number, office.book), options.by, options.why, now)
    if not isinstance(seen, Opened):
        print(seen)
        return FOUND
    if options.json:
        json_line(seen.shown())
    else:
        _print(seen.shown())
    return DONE


def _print(shown: dict[str, Any]) -> None:
    show(shown["identities"], ("kind", "value", "part"), json=False)
    show(shown["readings"], ("at", "who", "why"), json=False)
    for letter in shown["letters"]:
        show(letter["lines"], ("original", "redacted"), json=False)
        show(letter["marks"], ("kind", "start", "end"), json=False)
