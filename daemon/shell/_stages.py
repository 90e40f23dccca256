"""The four stages as commands: each takes the shift, does its work once, and says what it did."""

import argparse
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from daemon.shell._showing import moment, say, start_log

if TYPE_CHECKING:
    from daemon.office import Office
    from daemon.post import Posted


def one_stage(options: argparse.Namespace, stage: str) -> int:
    """Run one stage. Raises StoreTrouble (75) where another process has the shift, WorldTrouble (75) where a mail server is unwilling."""
    from daemon.opening import open_office, open_rounds, settings
    from db.pen import shift

    start_log(options)
    now, given = moment(options), settings()
    office = open_office(given, now)
    with shift(office.engine) as ours, open_rounds(office, given, ours) as rounds:
        rounds.begin(now, vouched=options.now is not None)
        if stage == "poll":
            print(say("did-poll", new=rounds.poll(now)))
            _all_willing(rounds.unwilling.values())
        elif stage == "decide":
            print(say("did-decide", decided=rounds.decide(now).decided))
        elif stage == "tick":
            print(say("did-tick", cases=rounds.tick(now)))
        else:
            rounds.poll(now)
            rounds.decide(now)
            _told(office, rounds.send(now), now)
            accounts = rounds.accounts.items()
            shut = [
                say("did-not-send", mailbox=say(f"mailbox-{name}"), answer=account.unwilling)
                for name, account in accounts
                if account.unwilling
            ]
            _all_willing([*rounds.unwilling.values(), *shut])
    return 0


def _told(office: "Office", posted: "Posted", now: datetime) -> None:
    """What went, and what waits in the outbox now, whoever put it off: how many letters of which mailbox, and until when."""
    from db.due import waiting
    from db.pen import look

    with look(office.engine) as cx:
        waits = waiting(cx, now)
    total = sum(some.count for some in waits)
    print(say("did-send", sent=posted.sent, waiting=total, refused=posted.refused, unknown=posted.unknown))
    for some in waits:
        given = {"mailbox": say(f"mailbox-{some.mailbox}"), "count": some.count}
        if some.first is None or some.last is None:
            print(say("did-wait-now", **given))
            continue
        first, last = _minute(some.first), _minute(some.last)
        print(say("did-wait" if first == last else "did-wait-some", first=first, last=last, **given))


def _minute(at: datetime) -> str:
    """The first whole minute of the county's day at which it may be tried."""
    from rules.days import minute_shown

    return minute_shown(at + timedelta(seconds=59))


def _all_willing(troubles: Iterable[str]) -> None:
    """What could be done was done and said; what a server kept from being done is said too, with 75. Raises WorldTrouble."""
    from rules.trouble import WorldTrouble

    if said := list(dict.fromkeys(troubles)):
        raise WorldTrouble("\n".join(said))
