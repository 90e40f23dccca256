"""`calendar add FILE`: checks a year's holidays and make-up days against each other and the whole calendar, and puts them into the book.

Running daemons take the new book at their next safe point and count open due dates anew.
"""

import argparse
import re
import tomllib
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING

from daemon.shell._showing import say

if TYPE_CHECKING:
    from datetime import date

    from rules.days import Calendar

NAMES = frozenset({"local.toml", "statutory.toml"})
YEAR_NAMED = re.compile(r"20\d{2}\.toml")


def arguments(parser: argparse.ArgumentParser) -> None:
    """add FILE, --book."""
    orders = parser.add_subparsers(dest="order", required=True, metavar="ACT")
    add = orders.add_parser("add", help=say("help-calendar-add"))
    add.add_argument("file", type=Path, metavar="FILE", help=say("option-calendar"))
    add.add_argument("--book", type=Path, metavar="DIR", help=say("option-book-folder"))


def run(options: argparse.Namespace) -> int:
    """Check, put, say what changes. Raises BookTrouble with every fault and its place; the book is then as it was."""
    from rules.days import load
    from rules.trouble import DONE, UsageTrouble

    folder = _book(options.book) / "calendar"
    try:
        raw = options.file.read_bytes()
        texts = {path.name: path.read_bytes() for path in folder.glob("*.toml")}
    except OSError as trouble:
        raise UsageTrouble(say("calendar-no-file", file=options.file)) from trouble
    name = _name(options.file, raw)
    new = load({**texts, name: raw})
    changed = _changed(texts, new)
    _put(folder, name, raw)
    print(say("calendar-added", file=folder / name, version=new.version))
    for day in changed:
        print(say("calendar-worked" if new.is_workday(day) else "calendar-off", day=day.isoformat()))
    return DONE


def _book(given: Path | None) -> Path:
    from daemon.settings import read_settings

    if given is not None:
        return given
    settings = read_settings(environ)
    settings.need("HUIYIN_BOOK")
    return settings.book or Path()


def _name(file: Path, raw: bytes) -> str:
    """The file's name in the book: its year decides, whatever it is called; one called by a year, or of none, keeps its own name."""
    if file.name in NAMES or YEAR_NAMED.fullmatch(file.name):
        return file.name
    try:
        year = tomllib.loads(raw.decode("utf-8-sig")).get("year")
    except ValueError:
        return file.name
    return f"{year}.toml" if isinstance(year, int) else file.name


def _changed(texts: dict[str, bytes], new: "Calendar") -> "tuple[date, ...]":
    """The days that mean something else from now on; () where the old calendar cannot be read."""
    from rules.days import changed_days, load
    from rules.trouble import BookTrouble

    try:
        return changed_days(load(texts), new)
    except BookTrouble:
        return ()


def _put(folder: Path, name: str, raw: bytes) -> None:
    """All or nothing: a running daemon never sees half a file (F89)."""
    from rules.trouble import UsageTrouble

    waiting = folder / f".{name}.new"
    try:
        waiting.write_bytes(raw)
        waiting.replace(folder / name)
    except OSError as trouble:
        raise UsageTrouble(say("calendar-no-folder", folder=folder)) from trouble
