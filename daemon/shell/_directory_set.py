"""`directory set UNIT …`: a person enters a unit's row: shows the change, asks, writes the ledger."""

import argparse

from daemon.shell._showing import as_json, moment, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """UNIT and its fields; --by NAME; --yes, --json."""
    parser.add_argument("unit", help=say("option-unit"))
    parser.add_argument("--address", required=True, help=say("option-address"))
    parser.add_argument("--person", default="", help=say("option-person"))
    parser.add_argument("--phone", default="", help=say("option-phone"))
    parser.add_argument("--public", default="", help=say("option-public"))
    parser.add_argument("--leader-mailbox", default="", metavar="ADDRESS", help=say("option-leader-mailbox"))
    parser.add_argument("--by", required=True, metavar="NAME", help=say("option-by"))
    parser.add_argument("--yes", action="store_true", help=say("option-yes"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Show, ask, enter."""
    from daemon.listing import SheetRead
    from daemon.opening import open_office, settings
    from daemon.shell._entering import show_and_enter
    from rules.decision import ContactEntry

    now = moment(options)
    office = open_office(settings(), now)
    entry = ContactEntry(
        options.unit,
        options.address.lower(),
        options.person,
        options.phone,
        options.public,
        leader_mailbox=options.leader_mailbox,
    )
    return show_and_enter(office, SheetRead((entry,)), options, now)
