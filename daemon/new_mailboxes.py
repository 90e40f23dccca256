"""With each tick: new mailboxes of units that returned no code are asked again, then put to a person; each rung once (A16, F13)."""

from datetime import datetime

from daemon.carrying_out import carry_out
from daemon.office import Office
from db import desk as desks
from db import directory
from db import new_mailboxes as store
from db.pen import look, pen, redone
from db.record import known
from rules.unconfirmed import Unconfirmed, step_due, unconfirmed


def ask_again(office: Office, now: datetime) -> int:
    """Returns how many rungs were new."""
    desk = desks.blank(office.setting(now), "")
    with look(office.engine) as cx:
        waiting = store.unconfirmed(cx, [contact.unit for contact in directory.today(cx)])
        fresh = [one for one in waiting if (step := step_due(one, desk)) and not known(cx, one.cause(step))]
    return sum(_one(office, one.unit, now) for one in fresh)


@redone
def _one(office: Office, unit: str, now: datetime) -> bool:
    with pen(office.engine) as cx:
        asked: Unconfirmed | None = next(iter(store.unconfirmed(cx, [unit])), None)
        step = step_due(asked, desks.blank(office.setting(now), "")) if asked else None
        if asked is None or step is None or known(cx, cause := asked.cause(step)):
            return False
        desk = desks.bare(cx, office.setting(now), cause)
        decision = unconfirmed(asked, step, desk)
        if decision is None:
            return False
        carry_out(cx, office, decision, desk)
    return True
