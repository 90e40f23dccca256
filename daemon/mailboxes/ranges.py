"""Finds letters by UID in ranges, without UIDNEXT, SEARCH or sequence numbers (F47, F51)."""

from daemon.mailboxes import answers
from daemon.mailboxes.connection import Connection
from daemon.mailboxes.seen import Listed
from daemon.mailboxes.troubles import ServerTrouble, readable, say

LIST_ITEMS = "(UID INTERNALDATE RFC822.SIZE)"
HIGHEST = 4294967295
RANGE = 1000
"""About how many letters one range of the listing should bring."""


def last(connection: Connection) -> Listed | None:
    """The letter with the highest UID: `n:*` always names it, however large n is (F50); some servers want `*` alone."""
    for which in (f"{HIGHEST}:*", "*"):
        found = in_range(connection, which)
        if found:
            return found[max(found)]
    return None


def in_range(connection: Connection, uids: str) -> dict[int, Listed]:
    """The letters of a range, by UID. A line without its UID is asked for again, then it is trouble: no letter is passed over (F55)."""
    for _ in range(2):
        answer, trouble = connection.fetch(uids, LIST_ITEMS)
        if trouble is not None:
            raise trouble
        found, nameless = answers.listed(answer)
        if not nameless:
            return found
    raise ServerTrouble(say("no-uid", host=connection.place.host, folder=readable(connection.folder)))


def width(low: int, top: int, exists: int) -> int:
    """How many UIDs a range spans at first: all where the folder is small, else as if the UIDs lay evenly."""
    span = max(1, top - low + 1)
    return span if exists <= RANGE or top == HIGHEST else max(1, span * RANGE // exists)


def next_width(width: int, found: int) -> int:
    """The next range's span: twice as wide after few letters, half after many."""
    if found < RANGE // 2:
        return width * 2
    return max(1, width // 2) if found > RANGE * 2 else width
