"""What commands share: the time they act at, rows as a table or as JSON lines, an office opened by the settings."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from daemon.logs import CHINA, harmless, open_log, tame
from rules.trouble import DONE, USAGE
from rules.wording import wording

say = wording("daemon")
WHOLE = frozenset(("id", "number", "reference", "case", "uid", "due", "at", "made", "asked", "since"))
"""Columns whose cells are never broken over two lines: numbers and times are copied from here."""
WIDE = 160
"""Signs of a line where no terminal says how many it has."""


def moment(options: argparse.Namespace) -> datetime:
    """--now, in China's zone where it names none; else the time."""
    given: datetime | None = options.now
    if given is None:
        return datetime.now(UTC)
    return given if given.tzinfo else given.replace(tzinfo=CHINA)


def start_log(options: argparse.Namespace) -> None:
    """Log as the options ask."""
    open_log(as_json=options.log == "json")


def as_json(parser: argparse.ArgumentParser) -> None:
    """The option --json."""
    parser.add_argument("--json", action="store_true", help=say("option-json"))


def confirmed(question: str) -> bool:
    """Whether a person at the terminal says yes to the question of that name."""
    print(say(question), end="", flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", say("yes"))


def json_line(value: Mapping[str, Any]) -> None:
    """One object, one line, at once; what JSON need not escape and a terminal might obey is escaped too (A74)."""
    sys.stdout.write(harmless(json.dumps(value, ensure_ascii=False, default=str), _in_json) + "\n")
    sys.stdout.flush()


def _in_json(sign: str) -> str:
    return json.dumps(sign)[1:-1]


class Answers:
    """Counts inputs that were answered, those whose line says why they were not, and those that could not even be opened (`unread`).

    A refused line is an answer to who reads it; an input that is not there was not answered, and the command was asked wrongly: 2, as where
    nothing could be read at all.
    """

    def __init__(self, *, json: bool) -> None:
        self.json = json
        self.answered = self.troubled = self.unread = 0

    def of(self, name: str, answers: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """The answers to one input as they come; one with `trouble` could not be read. A file without a line is said."""
        before = self._seen
        for answer in answers:
            self.count(trouble=bool(answer.get("trouble")), unread=bool(answer.get("unread")))
            yield answer
        if before == self._seen and not self.json:
            print(say("no-lines", file=tame(name)), file=sys.stderr)

    def count(self, *, trouble: bool, unread: bool) -> None:
        """One more answer; `unread`: its input could not be opened."""
        self.unread += unread
        self.troubled += trouble and not unread
        self.answered += not (trouble or unread)

    @property
    def _seen(self) -> int:
        return self.answered + self.troubled + self.unread

    @property
    def code(self) -> int:
        """The exit code."""
        return USAGE if self.unread or (self.troubled and not self.answered) else DONE


def show(rows: Sequence[Mapping[str, Any]], columns: Iterable[str], *, json: bool) -> None:
    """Rows as JSON lines, or as a table with the columns' Chinese names."""
    if json:
        for row in rows:
            json_line(row)
        return
    from rich.table import Table

    table = Table(header_style="bold", show_lines=False)
    chosen = list(columns)
    for column in chosen:
        table.add_column(say(f"column-{column}"), overflow="fold", no_wrap=column in WHOLE)
    for row in rows:
        table.add_row(*(_cell(row.get(column)) for column in chosen))
    sheet(table if rows else say("nothing"), width=None if sys.stdout.isatty() else WIDE)


def sheet(*things: Any, width: int | None = None) -> None:
    """Tables and lines as a terminal has them, written by us: rich itself would end the process with 1 where nobody reads (F18)."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, width=width)
    with console.capture() as shown:
        for thing in things:
            console.print(thing)
    sys.stdout.write(shown.get())


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    return tame(str(value))
