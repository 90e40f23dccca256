"""What was written down: LEDGER, WHO-SAYS, NEVER-REFUSE."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from db import files, ledger
from db import tables as t
from db.checks.problem import Night, Problem, say
from rules.case import CaseFile, fold
from rules.events import ref_of
from rules.life import ImpossibleMove


def chain(cx: Connection, _night: Night) -> Iterator[Problem]:
    """The ledger's chain is whole."""
    for broken in ledger.verify(cx):
        yield Problem("LEDGER", str(broken.seq), say(f"audit-chain-{broken.how}"))


def replay(cx: Connection, _night: Night) -> Iterator[Problem]:
    """A case's row equals the replay of its events, and there is a row for each (A76)."""
    rows = {row.ref: row.body for row in cx.execute(select(t.cases.c.ref, t.cases.c.body))}
    for about, lines in groupby(ledger.case_lines(cx), key=lambda line: str(line.about)):
        ref = ref_of(about)
        file, row = _folded(lines), rows.pop(ref, None)
        if file is None or row is None or not _agrees(file, row):
            yield Problem("LEDGER", ref, say("audit-replay"))
    for ref in rows:
        yield Problem("LEDGER", ref, say("audit-replay"))


def _agrees(file: CaseFile, row: str) -> bool:
    """Whether everything the row says is so. Fields that an earlier program did not write yet say nothing: nobody reads them there."""
    try:
        files.load(row)
        return _within(json.loads(row), json.loads(files.dump(file)))
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def _within(given: Any, made: Any) -> bool:
    if isinstance(given, dict):
        return isinstance(made, dict) and all(key in made and _within(said, made[key]) for key, said in given.items())
    if isinstance(given, list):
        return isinstance(made, list) and len(given) == len(made) and all(map(_within, given, made))
    return bool(given == made)


def _folded(lines: Iterator[Any]) -> CaseFile | None:
    """The case as its lines make it; None where they make none."""
    file: CaseFile | None = None
    try:
        for line in lines:
            file = fold(file, ledger.event_of(line))
    except (ImpossibleMove, ValueError, TypeError, KeyError):
        return None
    return file


def who_says(cx: Connection, _night: Night) -> Iterator[Problem]:
    """No line acts by code or order without saying by which; a code is one that we gave out."""
    for seq in cx.execute(_NO_WARRANT).scalars():
        yield Problem("WHO-SAYS", str(seq), say("audit-no-warrant"))


def never_refuse(cx: Connection, _night: Night) -> Iterator[Problem]:
    """No refusal but by an order of the head."""
    for seq in cx.execute(_REFUSED_ALONE).scalars():
        yield Problem("NEVER-REFUSE", str(seq), say("audit-refused-alone"))


_GIVEN = select(t.outbox.c.id).where(t.outbox.c.occasion == t.ledger.c.warrant_ref).exists()
_NO_WARRANT = select(t.ledger.c.seq).where(
    (t.ledger.c.warrant.in_(("code", "order")) & (t.ledger.c.warrant_ref == ""))
    | ((t.ledger.c.warrant == "code") & ~_GIVEN)
)
_REFUSED_ALONE = select(t.ledger.c.seq).where(
    t.ledger.c.kind == "NotAccepted", (t.ledger.c.warrant != "order") | (t.ledger.c.role != "head")
)
