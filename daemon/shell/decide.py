"""`decide`: decides every letter that is kept, once."""

import argparse

from daemon.shell._stages import one_stage


def arguments(_parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(options: argparse.Namespace) -> int:
    """One stage under the shift."""
    return one_stage(options, "decide")
