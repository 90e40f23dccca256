"""File rows (卷): a case as its events made it, written whole after every fold; `audit` folds the ledger again and compares."""

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, union_all, update

from db import tables as t
from db.ledger import canonical, lines
from db.moment import read
from rules.case import CaseFile, Running, fold
from rules.decision import Filing
from rules.events import Event, Registered, about_case, ref_of
from rules.life import State

_ONE = select(t.cases.c.body).where(t.cases.c.ref == bindparam("ref"))
LISTED = (
    "categories",
    "flags",
    "co_units",
    "missing",
    "above",
    "recused",
    "absorbed",
    "consent_scope",
    "released",
)
"""Fields of a case that JSON gives back as lists; a row of an earlier program may lack the newer ones."""
DAYS = ("hearing", "archived", "rectify_due")
"""Fields of a case that are a day, or none; likewise."""
NAMES = ("ref", "year", "serial")
"""Given once: a row's name is never written again."""
_INSERT = insert(t.cases)
_UPDATE = (
    update(t.cases)
    .where(t.cases.c.ref == bindparam("case"))
    .values({column.name: bindparam(column.name) for column in t.cases.columns if column.name not in NAMES})
)


def dump(file: CaseFile) -> str:
    """The case as JSON text."""
    return canonical(file)


def load(body: str) -> CaseFile:
    """The case of its JSON text."""
    return _made(json.loads(body))


def _made(given: dict[str, Any]) -> CaseFile:
    given["state"] = State(given["state"])
    given["received"] = date.fromisoformat(given["received"])
    given["clocks"] = tuple(_clock(clock) for clock in given["clocks"])
    given["hearing_answers"] = tuple((party, value) for party, value in given.get("hearing_answers", ()))
    given["breaches"] = tuple((name, date.fromisoformat(day), how) for name, day, how in given.get("breaches", ()))
    given["promises"] = tuple((name, date.fromisoformat(day)) for name, day in given["promises"])
    given["untold"] = tuple((occasion, template, text) for occasion, template, text in given.get("untold", ()))
    for name in DAYS:
        given[name] = date.fromisoformat(given[name]) if given.get(name) else None
    for name in LISTED:
        given[name] = tuple(given.get(name, ()))
    return CaseFile(**given)


def _clock(given: dict[str, Any]) -> Running:
    return Running(
        **{**given, "started": date.fromisoformat(given["started"]), "due": date.fromisoformat(given["due"])}
    )


def get(cx: Connection, ref: str, before: int | None = None) -> CaseFile | None:
    """The case, or None, as its row or its ledger lines below `before` say."""
    body = cx.execute(_ONE, {"ref": ref}).scalar()
    return _current(cx, ref, body, before) if body else None


_FIELDS = frozenset(field.name for field in dataclasses.fields(CaseFile))
_CLOCK_FIELDS = frozenset(field.name for field in dataclasses.fields(Running))


def _whole(given: dict[str, Any]) -> bool:
    return given.keys() >= _FIELDS and all(clock.keys() >= _CLOCK_FIELDS for clock in given["clocks"])


def put(cx: Connection, file: CaseFile, seq: int, book: str, *, new: bool) -> None:
    """Write the case's row as of ledger line `seq`."""
    due = file.next_due
    values = {
        "state": file.state.value,
        "ended": int(file.ended),
        "kind": file.kind,
        "handling": file.handling,
        "lead": file.lead,
        "due": due.due.isoformat() if due else None,
        "due_step": due.clock if due else "",
        "calendar": due.calendar if due else "",
        "owner": file.standing.owner or (ARCHIVED if file.archived else RESTING),
        "book": book,
        "body": dump(file),
        "seq": seq,
    }
    if new:
        cx.execute(_INSERT, {**values, "ref": file.ref, "year": file.year, "serial": file.serial})
    else:
        cx.execute(_UPDATE, {**values, "case": file.ref})


def take_in(cx: Connection, events: Sequence[Event], seqs: Sequence[int], book: str) -> frozenset[str]:
    """Fold the events into the rows of their cases; returns the references of those opened now. Raises ImpossibleMove."""
    opened: set[str] = set()
    before: dict[str, CaseFile | None] = {}
    after: dict[str, tuple[CaseFile, int]] = {}
    for event, seq in zip(events, seqs, strict=True):
        ref = ref_of(event.about)
        if not ref:
            continue
        if isinstance(event, Registered):
            opened.add(ref)
        if ref not in before:
            before[ref] = None if ref in opened else get(cx, ref, seq)
        after[ref] = fold(after[ref][0] if ref in after else before[ref], event), seq
    for ref, (file, seq) in after.items():
        if file != before[ref]:  # notes move nothing and cost nothing
            put(cx, file, seq, book, new=ref in opened)
    return frozenset(opened)


def file(cx: Connection, letter: int, filing: Filing, seq: int, *, new: bool) -> None:
    """The letter belongs to the case as this part from now on. `new`: the case has no letters yet, so nothing is asked first."""
    values = {"letter": letter, "case": filing.case, "part": filing.part, "seq": seq}
    here = {"row": letter, "ref": filing.case, "part": filing.part}
    if new or cx.execute(_REFILE, here).rowcount == 0:
        cx.execute(_FILE, values)


_FILE = insert(t.filings)
_REFILE = update(t.filings).where(t.filings.c.letter == bindparam("row"), t.filings.c.case == bindparam("ref"))


RESTING, ARCHIVED = "archive", "archived"
"""Who answers for a case that has ended: whoever will archive it, and the archive."""


@dataclass(frozen=True, slots=True)
class Resting:
    """A case that has ended and is not archived; `since`: the last thing that changed it."""

    ref: str
    since: datetime


def resting(cx: Connection, after: str = "", limit: int = 500) -> list[Resting]:
    """Cases to be archived some day, in order, a page at a time; one that went on in another waits for that one (并案)."""
    return [Resting(row.ref, read(row.at)) for row in cx.execute(_RESTING, {"after": after, "most": limit})]


_RESTING = (
    select(t.cases.c.ref, t.ledger.c.at)
    .join(t.ledger, t.ledger.c.seq == t.cases.c.seq)
    .where(t.cases.c.ended == 1, t.cases.c.owner == RESTING, t.cases.c.state != State.MERGED.value)
    .where(t.cases.c.ref > bindparam("after"))
    .order_by(t.cases.c.ref)
    .limit(bindparam("most"))
)


def with_absorbed(cx: Connection, ref: str) -> tuple[CaseFile, ...]:
    """The case, then every case that went on in it, and in those (并案)."""
    found: dict[str, CaseFile] = {}
    names = [ref]
    for name in names:
        file_ = get(cx, name)
        if file_ is not None and name not in found:
            found[name] = file_
            names.extend(file_.absorbed)
    return tuple(found.values())


def open_files(cx: Connection, after: str = "", limit: int = 500) -> list[CaseFile]:
    """Cases that have not ended, in the order of their references, a page at a time."""
    rows = cx.execute(_OPEN_FILES, {"after": after, "most": limit}).all()
    return [file for row in rows if (file := _current(cx, row.ref, row.body)) is not None]


_OPEN_FILES = (
    select(t.cases.c.ref, t.cases.c.body)
    .where(t.cases.c.ended == 0, t.cases.c.ref > bindparam("after"))
    .order_by(t.cases.c.ref)
    .limit(bindparam("most"))
)


def _current(cx: Connection, ref: str, body: str, before: int | None = None) -> CaseFile | None:
    """A row of an earlier program lacks fields: there its ledger lines speak, those below `before`."""
    given = json.loads(body)
    return _made(given) if _whole(given) else replayed(cx, ref, before)


def replayed(cx: Connection, ref: str, before: int | None = None) -> CaseFile | None:
    """The case as its ledger lines make it, all of them or those with numbers below `before`."""
    file: CaseFile | None = None
    for row, event in lines(cx, about_case(ref)):
        if before is None or row.seq < before:
            file = fold(file, event)
    return file


def next_serial(cx: Connection, year: int) -> int:
    """The number the next case of that year gets; under the pen nobody else takes it, and none that a sent letter bears comes again."""
    last: int = cx.execute(_LAST, {"year": year}).scalar_one()
    return last + 1


def reserve(cx: Connection, year: int, upto: int) -> None:
    """Serials of the year up to this one stand on letters that this database did not write (F32)."""
    if cx.execute(_RAISE, {"that": year, "to": upto}).rowcount == 0 and not cx.execute(_THERE, {"that": year}).first():
        cx.execute(insert(t.numbers).values(year=year, upto=upto))


_GIVEN = union_all(
    select(func.max(t.cases.c.serial).label("last")).where(t.cases.c.year == bindparam("year")),
    select(t.numbers.c.upto).where(t.numbers.c.year == bindparam("year")),
).subquery()
_LAST = select(func.coalesce(func.max(_GIVEN.c.last), 0))
_RAISE = (
    update(t.numbers)
    .where(t.numbers.c.year == bindparam("that"), t.numbers.c.upto < bindparam("to"))
    .values(upto=bindparam("to"))
)
_THERE = select(t.numbers.c.year).where(t.numbers.c.year == bindparam("that"))
