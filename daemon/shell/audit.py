"""`audit`: every invariant asked; exit 1 and a line for each thing that is wrong. The result and the chain's head become a ledger line."""

import argparse

from daemon.shell._showing import as_json, json_line, moment, say, show


def arguments(parser: argparse.ArgumentParser) -> None:
    """--json, --deep, --head."""
    as_json(parser)
    parser.add_argument("--deep", action="store_true", help=say("option-deep"))
    parser.add_argument("--head", default="", metavar="N:HASH", help=say("option-head"))


def run(options: argparse.Namespace) -> int:
    """Ask, show, record."""
    from daemon.auditing import audit
    from daemon.opening import open_office, settings
    from rules.trouble import DONE, FOUND

    now = moment(options)
    office = open_office(settings(), now)
    result = audit(office, now, deep=options.deep, named=options.head)
    rows = [{"invariant": found.invariant, "where": found.where, "says": found.says} for found in result.problems]
    if options.json:
        json_line({"ok": result.ok, "letters": result.letters, "head": result.head, "problems": rows})
    else:
        if rows:
            show(rows, ("invariant", "where", "says"), json=False)
        print(
            say(
                "audit-ok" if result.ok else "audit-bad", letters=result.letters, count=len(rows), head=result.head[:16]
            )
        )
    return DONE if result.ok else FOUND
