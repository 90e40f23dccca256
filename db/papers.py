"""The attachments of a case's letters as the desk shows them: clean copies, what waits for a person, released files whose letters wait."""

import dataclasses
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, bindparam, select

from db import tables as t
from db.moment import read
from rules.attached import Attached, number_of
from rules.days import local_day
from rules.events import about_case
from rules.notices.to_unit import MaterialAdded

Line = Any
"""A row as the store answers it, by the names of its columns."""
ERASED = "erased"
HIS = ("complaint", "supplement", "opinion", "withdrawal", "status", "entry")
"""Parts of a case that its complainant wrote, or a person of the office for him; the first goes with the transfer, the others by order."""
NOT_THERE = frozenset(("withdrawn", "refused"))
WAITING = frozenset(("queued", "stopped"))


@dataclass(frozen=True, slots=True)
class Laid:
    """What lies on the desk; each value as its field there."""

    papers: tuple[tuple[str, str, str], ...] = ()
    held_back: tuple[Attached, ...] = ()
    going: tuple[tuple[str, tuple[str, ...]], ...] = ()


def laid(cx: Connection, refs: tuple[str, ...]) -> Laid:
    """The papers of these cases, letter by letter as they were filed."""
    rows = cx.execute(_COPIES, {"refs": list(refs)}).all() if refs else ()
    rows = sorted(rows, key=lambda row: (row.case, row.filed, row.letter, number_of(row.name), row.name))
    files = [each for ref, own in groupby(rows, key=lambda row: row.case) for each in _numbered(cx, ref, list(own))]
    papers = tuple(each.paper_line for each in files if each.goes)
    back = [each for each in files if each.why != ERASED and (each.why or not each.goes)]
    sent = {ref: _sent(cx, ref) for ref in dict.fromkeys(each.case for each in back if each.copies)}
    held = tuple(dataclasses.replace(each, units=_having(each, sent.get(each.case, []))) for each in back)
    going = tuple(each for rows in sent.values() for each in _going(rows))
    return Laid(papers, held, going)


def of_letters(cx: Connection, digests: Iterable[str]) -> tuple[Attached, ...]:
    """The files of these letters, numbered letter by letter, whatever case they are in."""
    wanted = list(digests)
    rows = cx.execute(_OF_LETTERS, {"letters": wanted}).all() if wanted else ()
    files = (_attached(row) for row in sorted(rows, key=lambda row: (row.letter, number_of(row.name), row.name)))
    return tuple(each for each in files if each.why != ERASED)


def _numbered(cx: Connection, ref: str, rows: list[Line]) -> Iterator[Attached]:
    """Numbered through the case; what was not asked for and came later goes by a person's order alone."""
    asked_for = _asked_for(cx, ref) if any(row.part != HIS[0] for row in rows) else frozenset()
    last = 0
    for letter, own in groupby(rows, key=lambda row: row.letter):
        files = [(row.part, _attached(row)) for row in own]
        for part, each in files:
            goes = part == HIS[0] or letter in asked_for
            yield dataclasses.replace(each, case=ref, number=last + each.place, goes=goes)
        last += max(each.place for _part, each in files)


def _attached(row: Line) -> Attached:
    copies = (row.clean, *json.loads(row.body or "[]")) if row.clean else ()
    came, place = local_day(read(row.received)), number_of(row.name)
    ending = row.name.partition(".")[2]
    return Attached("", place, row.sha256, row.why_not, copies, ending, row.letter, place, came)


def _asked_for(cx: Connection, ref: str) -> frozenset[str]:
    """SHA-256s of the letters that brought what the complainant had been asked for: they stand in the draft."""
    told = select(t.ledger.c.body).where(t.ledger.c.about == about_case(ref), t.ledger.c.kind == "Supplemented")
    return frozenset(json.loads(body).get("letter", "") for body in cx.execute(told).scalars())


def _having(each: Attached, sent: list[Line]) -> tuple[str, ...]:
    """Units to which a letter with the file went, or is about to go."""
    units = (row.party.partition(":")[2] for row in sent if row.sha256 in each.copies and row.state not in NOT_THERE)
    return tuple(dict.fromkeys(units))


def _going(sent: list[Line]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Letters with released files that can still be taken back."""
    found: dict[str, tuple[str, ...]] = {}
    for row in sent:
        if row.state in WAITING:
            found[row.occasion] = (*found.get(row.occasion, ()), row.sha256)
    return tuple(found.items())


def _sent(cx: Connection, ref: str) -> list[Line]:
    """Every file of every letter by which a person released files of the case."""
    return list(cx.execute(_RELEASED, {"about": about_case(ref)}).all())


_RELEASED = (
    select(t.outbox.c.occasion, t.outbox.c.party, t.outbox.c.state, t.papers.c.sha256)
    .join(t.papers, t.papers.c.outbox == t.outbox.c.id)
    .where(t.outbox.c.about == bindparam("about"), t.outbox.c.template == MaterialAdded.template)
    .order_by(t.outbox.c.id, t.papers.c.n)
)
_READ = (
    t.readings.c.sha256,
    t.readings.c.name,
    t.readings.c.body,
    t.readings.c.clean,
    t.readings.c.why_not,
    t.letters.c.sha256.label("letter"),
    t.letters.c.received,
)
_COPY = t.readings.c.reader == "copy:" + t.letters.c.sha256
_COPIES = (
    select(t.filings.c.case, t.filings.c.part, t.filings.c.seq.label("filed"), *_READ)
    .join_from(t.filings, t.letters, t.letters.c.id == t.filings.c.letter)
    .join(t.readings, _COPY)
    .where(t.filings.c.case.in_(bindparam("refs", expanding=True)), t.filings.c.part.in_(HIS))
)
_OF_LETTERS = select(*_READ).join(t.readings, _COPY).where(t.letters.c.sha256.in_(bindparam("letters", expanding=True)))
