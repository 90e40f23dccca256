"""How the office stands, read in one look: for the hand-over letters and for the questions that nobody answered."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from db import agenda, files, ledger, questions
from db import tables as t
from db.moment import read
from rules.days import local_day
from rules.handover.standing import OpenCase, Standing, Waiting

_OPEN = (
    select(t.cases.c.body, t.ledger.c.at)
    .join_from(t.cases, t.ledger, t.ledger.c.seq == t.cases.c.seq)
    .where(t.cases.c.ended == 0)
    .order_by(t.cases.c.due, t.cases.c.ref)
)
_OPENED = select(func.count()).where(t.ledger.c.kind == "Registered", t.ledger.c.seq > bindparam("seq"))
_ENDED = select(func.count()).select_from(t.cases).where(t.cases.c.ended == 1, t.cases.c.seq > bindparam("seq"))
_LAST = (
    select(t.ledger.c.seq)
    .where(t.ledger.c.cause.in_(bindparam("causes", expanding=True)))
    .order_by(t.ledger.c.seq.desc())
    .limit(1)
)


def standing(cx: Connection, began: datetime, earlier: tuple[str, ...]) -> Standing:
    """Everything a hand-over letter looks at. `earlier`: causes of hand-overs before this one, of which the last counts."""
    head = ledger.head(cx)
    last = cx.execute(_LAST, {"causes": list(earlier)}).scalar() or 0
    rows = cx.execute(_OPEN).all()
    return Standing(
        since=local_day(began),
        head=head.hash,
        seq=head.seq,
        opened=cx.execute(_OPENED, {"seq": last}).scalar_one(),
        ended=cx.execute(_ENDED, {"seq": last}).scalar_one(),
        cases=tuple(OpenCase(files.load(row.body), local_day(read(row.at))) for row in rows),
        questions=waiting(cx),
        done=agenda.tasks_done(cx),
        put_off=questions.put_off(cx),
    )


def waiting(cx: Connection) -> tuple[Waiting, ...]:
    """Every question that waits, the oldest first, with the letter that put it."""
    asked = questions.waiting(cx)
    put = dict(agenda.first_letters(cx, [question.id for question in asked]))
    return tuple(Waiting(question, put.get(question.id)) for question in asked)


def line_hash(cx: Connection, seq: int) -> str:
    """The hash of the ledger's line of that number, '' where there is none: compared with what a letter named (A76)."""
    return cx.execute(select(t.ledger.c.hash).where(t.ledger.c.seq == seq)).scalar() or ""
