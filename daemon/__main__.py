"""`python -m daemon COMMAND`: finds the command's file, runs it, and turns trouble into one sentence and an exit code."""

import argparse
import errno
import importlib
import os
import sys
from datetime import datetime
from pathlib import Path

from daemon.logs import harmless
from daemon.reading_child import LEAN
from daemon.usage import Parser
from rules.trouble import BUG, DONE, LATER, WRONG, Trouble
from rules.wording import wording

say = wording("daemon")
SHELL = Path(__file__).parent / "shell"
ROOMS = ("rules", "db", "templates", "daemon")
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def commands() -> list[str]:
    """The commands there are: the files in `daemon/shell/`."""
    return sorted(path.stem.replace("_", "-") for path in SHELL.glob("*.py") if not path.stem.startswith("_"))


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    os.environ.update(LEAN)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # LANG=C must not break Chinese (F18)
    debug = "--debug" in given
    try:
        return _run(given)
    except Trouble as trouble:
        if debug:
            raise
        return _told(str(trouble), trouble.code)
    except BrokenPipeError:
        _to_nowhere(1)  # `audit | head` is no trouble (F18)
        return DONE
    except KeyboardInterrupt:
        return DONE
    except Exception as bug:
        if debug:
            raise
        return _told(*_unexpected(bug))


def _unexpected(bug: Exception) -> tuple[str, int]:
    """What to say of an exception that nobody expected, and the exit code."""
    if isinstance(bug, OSError) and bug.errno in NO_ROOM:
        return say("no-room"), LATER
    absent = bug.name if isinstance(bug, ModuleNotFoundError) else None
    if absent and absent.partition(".")[0] not in ROOMS:
        return say("not-installed", library=absent, python=sys.executable), WRONG
    return say("bug", kind=type(bug).__name__), BUG


def _run(given: list[str]) -> int:
    """The command's exit code, once all that it printed is out: that nobody reads it is found here, not when the interpreter ends (F18)."""
    try:
        options = _parse(given)
        code = int(options.module.run(options))
    except SystemExit:  # --help, a wrong word
        sys.stdout.flush()
        raise
    sys.stdout.flush()
    return code


def _told(sentence: str, code: int) -> int:
    """Say it on standard error, behind what was printed, where somebody still listens and there is room. Returns `code` either way."""
    lines = "".join(f"{harmless(line)}\n" for line in sentence.split("\n"))
    for number, stream, words in ((1, sys.stdout, ""), (2, sys.stderr, lines)):
        try:
            stream.write(words)
            stream.flush()
        except OSError:
            _to_nowhere(number)
    return code


def _to_nowhere(stream: int) -> None:
    """Whatever is still to be written to that descriptor goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream)
    os.close(nowhere)


def _parse(given: list[str]) -> argparse.Namespace:
    parser = Parser(prog="python -m daemon", description=say("description"))
    shelves = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    wanted = next((word for word in given if not word.startswith("-")), "")
    for name in commands():
        shelf = shelves.add_parser(name, help=say(f"help-{name}"))
        _common(shelf)
        if name == wanted:
            module = importlib.import_module(f"daemon.shell.{name.replace('-', '_')}")
            module.arguments(shelf)
            shelf.set_defaults(module=module)
    return parser.parse_args(given)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--now", type=datetime.fromisoformat, default=None, metavar="ISO", help=say("option-now"))
    parser.add_argument("--log", choices=["text", "json"], default="text", help=say("option-log"))
    parser.add_argument("--debug", action="store_true", help=say("option-debug"))


if __name__ == "__main__":
    sys.exit(main())
