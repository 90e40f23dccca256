"""`retry ID… [--json]`: held or crashed letters are read again."""

import argparse

from daemon.shell._showing import as_json, json_line, moment, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Letter ids."""
    parser.add_argument("letter", type=int, nargs="+", help=say("option-letter"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Keep them again with another round. Raises UsageTrouble where none of them waits for a person."""
    from daemon.opening import open_office, settings
    from db import letters
    from db.pen import pen
    from rules.trouble import UsageTrouble

    office = open_office(settings(), moment(options))
    with pen(office.engine) as cx:
        again = [letter for letter in options.letter if letters.read_again(cx, letter)]
    missing = "、".join(str(letter) for letter in options.letter if letter not in again)
    if not again:
        raise UsageTrouble(say("no-held", ids=missing))
    if options.json:
        for letter in options.letter:
            json_line({"id": letter, "again": letter in again})
        return 0
    print(say("did-retry", count=len(again)))
    if missing:
        print(say("no-held", ids=missing))
    return 0
