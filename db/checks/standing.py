"""What stands: ANSWERED and DUE."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection, select

from db import files, outbox
from db import tables as t
from db.checks.problem import Night, Problem, say
from rules.case import CaseFile

ENDINGS = {
    "closed": "result",
    "refused": "refused",
    "handed-over": "handed-over",
    "withdrawn": "withdrawn",
    "answered": "answered",
}
"""State in which a case ended -> the occasion of the letter that told the complainant."""


def receipts(cx: Connection, _night: Night) -> Iterator[Problem]:
    """Every case has its receipt or the reason why none is due."""
    for row in cx.execute(_WITHOUT_RECEIPT):
        file = _file(row.body)
        if file and not file.no_receipt and file.channel == "mailbox":
            yield Problem("ANSWERED", row.ref, say("audit-no-receipt"))


def endings(cx: Connection, _night: Night) -> Iterator[Problem]:
    """Every ended case has an outcome, and its complainant, where his address is known, was written to."""
    for row in cx.execute(_ENDED).all():
        file = _file(row.body)
        if file is None:
            continue
        if not file.outcome:
            yield Problem("ANSWERED", row.ref, say("audit-no-outcome"))
        elif row.reachable and row.state in ENDINGS and not _told(cx, file):
            yield Problem("ANSWERED", row.ref, say("audit-not-told"))


def _file(body: str) -> CaseFile | None:
    """The case; None where somebody wrote into its row what no case is: LEDGER names that one."""
    try:
        return files.load(body)
    except (ValueError, KeyError, TypeError):
        return None


def _told(cx: Connection, file: CaseFile) -> bool:
    """Whether the letter of the ending exists, of whatever round of the case."""
    occasion = f"{ENDINGS[file.state]}:{file.ref}"
    rounds = (f"{occasion}:{number}" for number in range(max(file.round, file.returned) + 1))
    return bool(outbox.among(cx, (occasion, *rounds)))


def due(cx: Connection, _night: Night) -> Iterator[Problem]:
    """Every open case has a next date, by a calendar it names, and somebody who answers for it."""
    for row in cx.execute(_OPEN):
        if not _is_day(row.due):
            yield Problem("DUE", row.ref, say("audit-bad-due"))
        elif not row.calendar:
            yield Problem("DUE", row.ref, say("audit-no-calendar"))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_WITHOUT_RECEIPT = select(t.cases.c.ref, t.cases.c.body).where(
    ~select(t.outbox.c.id).where(t.outbox.c.occasion == "receipt:" + t.cases.c.ref).exists()
)
_REACHABLE = (
    select(t.parties.c.address)
    .where(t.parties.c.case == t.cases.c.ref, t.parties.c.role == "complainant", t.parties.c.until.is_(None))
    .exists()
    .label("reachable")
)
_ENDED = select(t.cases.c.ref, t.cases.c.state, t.cases.c.body, _REACHABLE).where(t.cases.c.ended == 1)
_OPEN = select(t.cases.c.ref, t.cases.c.due, t.cases.c.calendar).where(t.cases.c.ended == 0).order_by(t.cases.c.ref)
