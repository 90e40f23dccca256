"""Orders (指令) as they were given: who, by which way, which verb, to which question. The ledger says what each of them did."""

from collections.abc import Iterable

from sqlalchemy import Connection, insert

from db import tables as t
from rules.events import Event, Ordered


def keep_by_letter(cx: Connection, digest: str, events: Iterable[Event], moment: str) -> None:
    """The orders that a letter gave, one row for each that stood; named by the letter. A refused one stands in the ledger alone."""
    rows = [
        {
            "id": f"{digest[:16]}-{place}",
            "letter": digest,
            "actor": event.warrant.actor,
            "channel": event.channel,
            "verb": event.verb,
            "question": event.question,
            "at": moment,
        }
        for place, event in enumerate(each for each in events if isinstance(each, Ordered))
    ]
    if rows:
        cx.execute(insert(t.orders), rows)
