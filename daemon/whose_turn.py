"""Whose letter is decided next: in the order they came, but nobody waits behind a flood or behind a letter that ended a process."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from daemon.office import Office
from db import letters
from db.pen import look
from rules.reading import sender_at_a_glance

BATCH = 50


def in_turn(office: Office, warm: Callable[[], None]) -> Iterator[letters.Waiting]:
    """Letters in the order they were kept. Later come those of an address beyond the number that the book takes one by one (A49), and
    last those at which a process ended before (F15): neither keeps anybody else waiting. `warm` is called once before the first."""
    crowd, suspects = Crowd(office.book.limits.letters_per_sender_day), []
    after = 0
    while True:
        with look(office.engine) as cx:
            waiting = letters.waiting(cx, BATCH, after)
            heads = letters.heads(cx, waiting) if waiting and (after or len(waiting) > crowd.most) else {}
        if waiting and not after:
            warm()
        if not waiting:
            break
        after = waiting[-1].id
        suspects += [row for row in waiting if row.tries]
        yield from (row for row in waiting if not row.tries and not crowd.is_late(row, heads.get(row.id, b"")))
    yield from crowd.late
    yield from suspects


def ordered_again(office: Office) -> Iterator[letters.Waiting]:
    """Letters that an order of this round set to be read again: they lie before it, and need not wait for another round."""
    after = 0
    while True:
        with look(office.engine) as cx:
            waiting = letters.waiting(cx, BATCH, after)
        if not waiting:
            return
        after = waiting[-1].id
        yield from (row for row in waiting if row.round and not row.tries)


@dataclass(slots=True)
class Crowd:
    """The letters that wait for all others: those of an address beyond `most` of it."""

    most: int
    late: list[letters.Waiting] = field(default_factory=list)
    _seen: Counter[str] = field(default_factory=Counter)

    def is_late(self, row: letters.Waiting, head: bytes) -> bool:
        """Whether the letter waits, by the address its head names; one whose head names none never does."""
        address = sender_at_a_glance(head) if head else ""
        if not address:
            return False
        self._seen[address] += 1
        if self._seen[address] > self.most:
            self.late.append(row)
        return self._seen[address] > self.most
