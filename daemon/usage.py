"""What was typed and cannot be understood, told in Chinese: the command line's own parser speaks English."""

import argparse
import re
from typing import NoReturn

from rules.trouble import USAGE
from rules.wording import wording

say = wording("daemon")
SAID = (
    (re.compile(r"the following arguments are required: (?P<what>.+)"), "usage-required"),
    (re.compile(r"unrecognized arguments: (?P<what>.+)"), "usage-unknown"),
    (
        re.compile(r"argument (?P<what>[^:]+): invalid choice: (?P<given>.+?) \(choose from (?P<choices>.+)\)"),
        "usage-choice",
    ),
    (re.compile(r"argument (?P<what>[^:]+): invalid \S+ value: (?P<given>.+)"), "usage-value"),
    (re.compile(r"argument (?P<what>[^:]+): expected .+"), "usage-lacks"),
    (re.compile(r"argument (?P<what>[^:]+): not allowed with argument (?P<given>.+)"), "usage-both"),
    (re.compile(r"ambiguous option: (?P<what>\S+) could match (?P<choices>.+)"), "usage-ambiguous"),
)


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are sentences of the wording."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how the command is written; exit as for wrong usage."""
        found = ((pattern.fullmatch(message), key) for pattern, key in SAID)
        told = next((say(key, **match.groupdict()) for match, key in found if match), message)
        written = " ".join(self.format_usage().removeprefix("usage: ").split())
        self.exit(USAGE, f"{told}\n{say('usage-written', usage=written)}\n")
