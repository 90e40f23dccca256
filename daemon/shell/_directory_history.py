"""`directory history UNIT`: every row the unit has had, from when to when, what changed, who said so and in which letter (§4.3.10, 12)."""

import argparse
from typing import Any

from daemon.chronicle import when
from daemon.logs import tame
from daemon.shell._showing import as_json, moment, say, show
from rules.trouble import UsageTrouble


def arguments(parser: argparse.ArgumentParser) -> None:
    """UNIT, --json."""
    parser.add_argument("unit", help=say("option-unit"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Show the rows, oldest first. Raises UsageTrouble where the book has no such unit."""
    from daemon.opening import open_office, settings
    from db.directory import history
    from db.pen import look

    office = open_office(settings(), moment(options))
    entry = office.book.units.find(options.unit)
    if entry is None:
        raise UsageTrouble(say("no-such-unit", unit=options.unit))
    with look(office.engine) as cx:
        rows = history(cx, entry.name)
    if options.json:
        show([{"unit": entry.name, **row} for row in rows], (), json=True)
        return 0
    for row in rows:
        print(tame(_line(row)))
        print(tame(_why(row)))
    if not rows:
        print(say("nothing"))
    return 0


def _line(row: dict[str, Any]) -> str:
    until = when(row["until"]) if row["until"] else say("until-now")
    told = {name: row[name] or say("none") for name in ("address", "person", "phone", "public")}
    return say("history-line", since=when(row["since"]), until=until, **told)


def _why(row: dict[str, Any]) -> str:
    """On what ground the row stands, who gave it, in which letter or file, and what it changed."""
    by = f"{say('warrant-' + row['warrant'])} {row['actor']}".strip()
    where = {"from_addr": row["from_addr"], "letter": row["letter"][:12]}
    letter = say("history-letter" if row["from_addr"] else "history-file", **where) if row["letter"] else ""
    names = dict.fromkeys(say(f"field-{NAMES.get(name, name)}") for name in row["changed"])
    return say(
        "history-why", by=by, letter=letter, changed=say("history-changed", changed="、".join(names)) if names else ""
    )


NAMES = {"joined": "contact", "missing": "contact", "mailbox": "email"}
