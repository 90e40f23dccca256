"""Who complains in other cases: for the guard over words that a person of ours writes freely to a unit."""

from sqlalchemy import Connection, bindparam, select

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


def others_now(cx: Connection, ref: str) -> tuple[Identity, ...]:
    """Who plainly complains in the other cases that are open: for the guard over words that a person wrote into a letter about this one."""
    rows = cx.execute(_OTHERS, {"ref": ref})
    return tuple(Identity(row.kind, row.value, row.role, row.level) for row in rows)


_OTHERS = (
    select(t.identities.c.kind, t.identities.c.value, t.identities.c.role, t.identities.c.level)
    .join(t.cases, t.cases.c.ref == t.identities.c.case)
    .where(
        t.cases.c.ended == 0,
        t.identities.c.case != bindparam("ref"),
        t.identities.c.role == "complainant",
        t.identities.c.level == "direct",
        t.identities.c.kind.in_(("name", "mobile", "landline", "idcard", "email")),
    )
    .distinct()
    .order_by(t.identities.c.kind, t.identities.c.value)
)
