"""The attachments of a case's complaints as the desk shows them: clean copies, what is withheld, released files whose letters wait."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from db import tables as t
from rules.desk import HeldBack, number_of
from rules.notices.to_unit import MaterialAdded

ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Laid:
    """What lies on the desk; each value as its field there."""

    papers: tuple[tuple[str, str, str], ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    going: tuple[tuple[str, tuple[str, ...]], ...] = ()


def laid(cx: Connection, refs: tuple[str, ...]) -> Laid:
    """The papers of these cases, in the order of letters and attachments."""
    copies = _copies(cx, refs) if refs else []
    papers = tuple((ref, "" if row.why_not else row.clean or "", row.name) for ref, row in copies)
    back = tuple(
        HeldBack(ref, number_of(row.name), row.sha256, row.why_not, row.clean or "")
        for ref, row in copies
        if row.why_not and row.why_not != ERASED
    )
    cases = dict.fromkeys(held.case for held in back if held.remade)
    return Laid(papers, back, tuple(going for ref in cases for going in _going(cx, ref)))


def _copies(cx: Connection, refs: tuple[str, ...]) -> list[tuple[str, Row[Any]]]:
    made = cx.execute(_COPIES, {"refs": list(refs)}).all()
    return [
        (row.case, row) for row in sorted(made, key=lambda row: (row.letter, row.case, number_of(row.name), row.name))
    ]


_COPIES = (
    select(t.filings.c.case, t.letters.c.id.label("letter"), t.readings)
    .join_from(t.filings, t.letters, t.letters.c.id == t.filings.c.letter)
    .join(t.readings, t.readings.c.reader == "copy:" + t.letters.c.sha256)
    .where(t.filings.c.case.in_(bindparam("refs", expanding=True)), t.filings.c.part == "complaint")
)


def _going(cx: Connection, ref: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Letters with released files that can still be taken back."""
    asked = (
        select(t.outbox.c.occasion, t.papers.c.sha256)
        .join(t.papers, t.papers.c.outbox == t.outbox.c.id)
        .where(t.outbox.c.about == f"case:{ref}", t.outbox.c.template == MaterialAdded.template)
        .where(t.outbox.c.state.in_(("queued", "stopped")))
        .order_by(t.outbox.c.id, t.papers.c.n)
    )
    found: dict[str, tuple[str, ...]] = {}
    for row in cx.execute(asked):
        found[row.occasion] = (*found.get(row.occasion, ()), row.sha256)
    return tuple(found.items())
