"""The directory as files: one for the public, unit and public telephone alone (S31, S34), and one for the office with everything.

They lie in two folders, so that whoever uploads one cannot take the other with it. Every cell is text: in the workbook by its type, in the
CSV by a mark before whatever a spreadsheet would take for a formula or a number (A70). Each file appears whole or not at all.
"""

import csv
import io
import json
import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from daemon.disk import why
from daemon.office import Office
from db import directory
from db.pen import look
from rules.contacts import Row, kept_rows
from rules.contacts.row import COLUMNS
from rules.days import local_day
from rules.papers import Table
from rules.papers.rebuild import workbook_of
from rules.trouble import UsageTrouble
from rules.wording import wording
from templates.pages import page

say = wording("daemon")
SHOWN = tuple(column for column in COLUMNS if column != "email")
"""Columns of the list for the office: the mailbox is the one that the directory has, whatever the sheet said."""
FORMULA = ("=", "+", "-", "@", "|", "%")
NUMBER = re.compile(r"0\d+|\d{12,}|[\d.,]+[eE][+-]?\d+")
"""0012 would become 12, 1E5 a hundred thousand, a long number a rounded one."""


@dataclass(frozen=True, slots=True)
class Published:
    """A file that was written; `audience` is public or internal."""

    path: Path
    audience: str
    rows: int


def publish(office: Office, folder: Path, now: datetime) -> list[Published]:
    """Write the files under the folder. Raises UsageTrouble where that cannot be done."""
    with look(office.engine) as cx:
        rows = directory.rows(cx)
    order = {unit.name: at for at, unit in enumerate(office.book.units)}
    rows.sort(key=lambda row: (order.get(row["unit"], len(order)), row["unit"]))
    public = [(row["unit"], row["public"]) for row in rows if row["public"]]
    header = (say("column-unit"), say("column-public"))
    day = local_day(now).isoformat()
    made = {
        "directory.csv": as_csv(header, public),
        "directory.json": _as_json(public, day),
        "directory.html": page("public_directory", rows=public, office=office.book.office.name, day=day).encode(),
    }
    written = [put_file(folder / "public" / name, data, "public", len(public)) for name, data in made.items()]
    internal = _internal(rows)
    data = workbook_of([Table(say("internal-title"), (_header(), *internal))])
    return [*written, put_file(folder / "internal" / "directory.xlsx", data, "internal", len(internal))]


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a mark at its beginning, so that Excel and WPS know it; every cell in quotes and harmless (A70)."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def harmless(cell: str) -> str:
    """The cell as one line of text in every spreadsheet: an apostrophe before what would be a formula, or a number that loses digits."""
    shown = "".join(sign if sign.isprintable() else " " for sign in cell)
    folded = unicodedata.normalize("NFKC", shown).lstrip()
    return f"'{shown}" if folded.startswith(FORMULA) or NUMBER.fullmatch(folded) else shown


def _as_json(rows: Iterable[tuple[str, str]], day: str) -> bytes:
    units = [{"unit": unit, "hotline": phone} for unit, phone in rows]
    return (json.dumps({"date": day, "units": units}, ensure_ascii=False, indent=1) + "\n").encode()


def _header() -> tuple[str, ...]:
    return (*(say(f"column-{column}") for column in SHOWN), say("column-address"), say("column-since"))


def _internal(rows: Sequence[dict[str, str]]) -> list[tuple[str, ...]]:
    """One line a contact person; a unit that a person entered by hand has what he gave."""
    lines = []
    for row in rows:
        by_hand = Row(row["unit"], contact=row["person"], hotline=row["public"], mobile=row["phone"])
        for person in kept_rows(row["sheet"]) or (by_hand,):
            told = (row["unit"], *(getattr(person, column) for column in SHOWN[1:]))
            lines.append((*told, row["address"], row["since"][:10]))
    return lines


def put_file(path: Path, data: bytes, audience: str, rows: int) -> Published:
    """Written beside and put in place; what is internal is for its owner alone (A78)."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o755 if audience == "public" else 0o700)
        with os.fdopen(
            os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644 if audience == "public" else 0o600), "wb"
        ) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as trouble:
        with suppress(OSError):
            aside.unlink()
        raise UsageTrouble(say("publish-failed", file=path, why=why(trouble))) from trouble
    return Published(path, audience, rows)
