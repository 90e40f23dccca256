"""Who complains at a unit: for the guard over words that a person of ours writes freely to it."""

from sqlalchemy import Connection, select

from db import tables as t
from db.people import known_by
from rules.life import OPEN
from rules.shield import Identity


def known_at(cx: Connection, unit: str) -> tuple[Identity, ...]:
    """Everything that identifies the people of the open cases that this unit has: for the guard over a letter that is about no case."""
    role = f"unit:{unit}"
    asked = (
        select(t.parties.c.case)
        .join(t.cases, t.cases.c.ref == t.parties.c.case)
        .where(t.parties.c.role == role, t.parties.c.until.is_(None), t.cases.c.state.in_(sorted(OPEN)))
        .distinct()
        .order_by(t.parties.c.case)
    )
    found = (identity for ref in cx.execute(asked).scalars() for identity in known_by(cx, ref))
    return tuple(dict.fromkeys(found))
