"""New mailboxes of units that were asked for their code and have not returned it (A16)."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, select

from db import tables as t
from db.moment import read
from rules.days import local_day
from rules.handling.new_mailbox import first_of
from rules.unconfirmed import Unconfirmed


def unconfirmed(cx: Connection, units: Iterable[str]) -> tuple[Unconfirmed, ...]:
    """The newest request of each of the units, where its letters went and neither code has acted; others are left out."""
    rows = cx.execute(_ASKED, {"abouts": [f"unit:{unit}" for unit in units]}).all()
    newest = {row.about: first_of(row.occasion) for row in rows}
    found = []
    for about, occasion in newest.items():
        letters = [row for row in rows if row.about == about and first_of(row.occasion) == occasion]
        if all(row.state == "sent" and row.spent is None for row in letters):
            sent = local_day(read(letters[0].since))
            found.append(Unconfirmed(about.removeprefix("unit:"), letters[0].to_address, occasion, sent))
    return tuple(found)


_ASKED = (
    select(
        t.outbox.c.about,
        t.outbox.c.occasion,
        t.outbox.c.to_address,
        t.outbox.c.state,
        t.outbox.c.since,
        t.codes.c.spent,
    )
    .join_from(t.outbox, t.codes, t.codes.c.outbox == t.outbox.c.id)
    .where(t.outbox.c.about.in_(bindparam("abouts", expanding=True)), t.outbox.c.template == "mailbox_confirm")
    .order_by(t.outbox.c.id)
)
