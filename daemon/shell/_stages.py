"""The four stages as commands: each takes the shift, does its work once, and says what it did."""

import argparse
from collections.abc import Iterable

from daemon.shell._showing import moment, say, start_log


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
            posted = rounds.send(now)
            print(
                say("did-send", sent=posted.sent, waiting=posted.later, refused=posted.refused, unknown=posted.unknown)
            )
            accounts = rounds.accounts.items()
            shut = [
                say("did-not-send", mailbox=say(f"mailbox-{name}"), answer=account.unwilling)
                for name, account in accounts
                if account.unwilling
            ]
            _all_willing([*rounds.unwilling.values(), *shut])
    return 0


def _all_willing(troubles: Iterable[str]) -> None:
    """What could be done was done and said; what a server kept from being done is said too, with 75. Raises WorldTrouble."""
    from rules.trouble import WorldTrouble

    if said := list(dict.fromkeys(troubles)):
        raise WorldTrouble("\n".join(said))
