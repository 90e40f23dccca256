"""`directory ACT`: read, show, import, set, history, missing, publish: each act is a file `_directory_<act>.py` with arguments and run."""

import argparse
import importlib
from pathlib import Path

from daemon.shell._showing import say


def acts() -> list[str]:
    """The acts there are."""
    return sorted(path.stem.removeprefix("_directory_") for path in Path(__file__).parent.glob("_directory_*.py"))


def arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-command an act."""
    shelves = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    for act in acts():
        shelf = shelves.add_parser(act, help=say(f"help-directory-{act}"))
        module = importlib.import_module(f"daemon.shell._directory_{act}")
        module.arguments(shelf)
        shelf.set_defaults(act_module=module)


def run(options: argparse.Namespace) -> int:
    """Do the act."""
    return int(options.act_module.run(options))
