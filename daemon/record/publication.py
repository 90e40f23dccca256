"""`publish DIR`: the public list, the board, the hearings and the directory as HTML, CSV and JSON for the county's site (S34, S48, S49, S71).

Every text of the board is guarded again on what is known now; one that names somebody is left out and told. What was taken off is gone.
"""

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from daemon.logs import event
from daemon.office import Office
from daemon.publishing import Published, as_csv, put_file
from daemon.publishing import publish as publish_directory
from daemon.record.reporting import record_of
from db import people
from db import reports as store
from db.books import text_if_kept, text_of
from db.pen import look
from rules.days import local_day
from rules.events import Exposed
from rules.orders.recording import BOARD, WITHOUT_COMPLAINANT
from rules.policy import Book
from rules.reports import History, histories
from rules.reports.publication import (
    Exposure,
    PublicCase,
    PublicHearing,
    called_with,
    exposures,
    public_cases,
    public_hearings,
    public_place,
)
from rules.shield import guard_text
from rules.wording import wording
from templates.pages import page

say = wording("daemon.record")
Row = TypeVar("Row", PublicCase, Exposure, PublicHearing)


@dataclass(frozen=True, slots=True)
class Gone:
    """What was written, and the references of exposures that the guard kept back."""

    files: tuple[Published, ...]
    kept_back: tuple[str, ...]


def publish(office: Office, folder: Path, now: datetime) -> Gone:
    """Write everything under the folder. Raises UsageTrouble where that cannot be done, or where the book has no record.toml."""
    small = record_of(office).small
    with look(office.engine) as cx:
        cases = histories(store.told(cx), local_day(now))
        texts, kept_back = _texts(cx, cases)
        places = _places(cx, cases, office.book)
    days = {case.file.ref: _day(case) for case in cases if case.file.exposed}
    listed = public_cases(cases, office.book, small)
    board = exposures(cases, office.book, texts, days)
    heard = public_hearings(cases, office.book, local_day(now), places)
    day = local_day(now).isoformat()
    words = {"office": office.book.office.name, "day": day, "small": small}
    made = {
        "cases.csv": (_csv(PublicCase, listed), len(listed)),
        "cases.json": (_json(listed, day), len(listed)),
        "cases.html": (page("public_cases", rows=listed, **words).encode(), len(listed)),
        "board.csv": (_csv(Exposure, board), len(board)),
        "board.json": (_json(board, day), len(board)),
        "board.html": (page("public_board", rows=board, **words).encode(), len(board)),
    }
    made |= {
        "hearings.csv": (_csv(PublicHearing, heard), len(heard)),
        "hearings.json": (_json(heard, day), len(heard)),
        "hearings.html": (
            page("public_hearings", rows=heard, phone=office.book.office.phone, **words).encode(),
            len(heard),
        ),
    }
    written = [put_file(folder / "public" / name, data, "public", rows) for name, (data, rows) in made.items()]
    return Gone((*written, *publish_directory(office, folder, now)), kept_back)


def _texts(cx: Connection, cases: Sequence[History]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Reference -> the approved text, of those that still name nobody; and the others."""
    fit: dict[str, str] = {}
    kept_back: list[str] = []
    for case in cases:
        file = case.file
        if not file.exposed:
            continue
        text = text_of(cx, file.exposed)
        if _names_nobody(cx, case, text):
            fit[file.ref] = text
        else:
            event("exposure.kept-back", case=file.ref)
            kept_back.append(file.ref)
    return fit, tuple(kept_back)


def _names_nobody(cx: Connection, case: History, text: str) -> bool:
    known = people.known_by(cx, case.file.ref)
    return (not known and case.file.channel in WITHOUT_COMPLAINANT) or not guard_text(text, known)


def _places(cx: Connection, cases: Sequence[History], book: Book) -> dict[str, str]:
    """Reference -> hour and place of its hearing, of those that name neither somebody nor a unit of the case."""
    called = ((case, digest) for case in cases if (digest := called_with(case)))
    found = ((case, public_place(case, text_if_kept(cx, digest), book)) for case, digest in called)
    return {case.file.ref: place for case, place in found if place and _names_nobody(cx, case, place)}


def _day(case: History) -> str:
    """When the text that stands was approved."""
    told = [turn.told for turn in case.turns if isinstance(turn.told.event, Exposed) and turn.told.event.where == BOARD]
    return told[-1].day.isoformat()


def _csv(shape: type[Row], rows: Sequence[Row]) -> bytes:
    names = [field.name for field in dataclasses.fields(shape)]
    return as_csv(
        [say(f"public-{name}") for name in names], [[str(getattr(row, name)) for name in names] for row in rows]
    )


def _json(rows: Sequence[Row], day: str) -> bytes:
    told = {"date": day, "rows": [dataclasses.asdict(row) for row in rows]}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
