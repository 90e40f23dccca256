"""`retry ID…`: held or crashed letters are read again."""

import argparse

from daemon.shell._showing import moment, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Letter ids."""
    parser.add_argument("letter", type=int, nargs="+", help=say("option-letter"))


def run(options: argparse.Namespace) -> int:
    """Keep them again with another round."""
    from daemon.opening import open_office, settings
    from db import letters
    from db.pen import pen

    office = open_office(settings(), moment(options))
    with pen(office.engine) as cx:
        again = sum(letters.read_again(cx, letter) for letter in options.letter)
    print(say("did-retry", count=again))
    return 0
