"""Kept letters are decided: one try each in its own commit, read without the pen, decided and recorded under it (COMMIT 2)."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from jinja2 import TemplateError
from sqlalchemy import Connection

from daemon.logs import event
from daemon.obeying import with_questioned
from daemon.office import Office
from daemon.points import reach
from daemon.reader import Died, Reader
from daemon.resending import with_resent
from daemon.studying import Studied, begin, finish, heard_twice, warm
from daemon.whose_turn import in_turn, ordered_again
from daemon.writing import write
from db import desk as desks
from db import letters, orders
from db.moment import kept
from db.pen import pen, redone
from db.record import Decided, known, record
from rules import learn
from rules.days import SHANGHAI
from rules.decide import decide
from rules.decision import Decision, Disposition
from rules.desk import Desk
from rules.reading import sender_at_a_glance
from rules.trouble import StoreTrouble
from rules.wording import wording

say = wording("daemon")
MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Done:
    """How many letters a round decided, held for crashing, and left for later."""

    decided: int = 0
    crashed: int = 0


def decide_waiting(office: Office, reader: Reader, now: datetime, owed: set[int] | None = None) -> Done:
    """Decide every letter that is kept. One letter's trouble never stops the others (STEADY).

    `owed`: letters whose try could not even be given back, for want of room (F20). They get it before anything is tried; it is kept by the
    caller from round to round, and from one command to the next (`daemon.owing`).
    """
    owed = set() if owed is None else owed
    for letter in tuple(owed):
        _try_less(office, letter, owed)
    first = _decide_these(office, reader, in_turn(office, lambda: warm(office, reader)), now, owed)
    again = _decide_these(office, reader, ordered_again(office) if first.decided else iter(()), now, owed)
    return Done(first.decided + again.decided, first.crashed + again.crashed)


def _decide_these(
    office: Office, reader: Reader, rows: Iterator[letters.Waiting], now: datetime, owed: set[int]
) -> Done:
    decided = crashed = 0
    for row, studied in _read_ahead(office, reader, rows, owed):
        if _decide_one(office, reader, row, studied, now, owed):
            decided += 1
        else:
            crashed += 1
    return Done(decided, crashed)


def _read_ahead(
    office: Office, reader: Reader, rows: Iterator[letters.Waiting], owed: set[int]
) -> Iterator[tuple[letters.Waiting, Studied | Died | None]]:
    """Each letter as it was read; while one is recorded, the child reads the next. None for a letter that is not read any more.

    A letter at which a process ended before is read alone: if it ends one again, no other letter was in hand.
    """
    begun: letters.Waiting | None = None
    try:
        for row in rows:
            studied = finish(reader) if begun else None
            before, begun = begun, None
            if not row.tries:
                begun = _begin(office, reader, row)
            if before:
                yield before, studied
            if row.tries:
                yield row, _alone(office, reader, row)
        if begun:
            before, begun = begun, None
            yield before, finish(reader)
    finally:
        if begun:
            _give_back(office, begun.id, owed)


def _begin(office: Office, reader: Reader, row: letters.Waiting) -> letters.Waiting:
    raw = _try_more(office, row)
    reach("tries")
    begin(office, reader, raw)
    return row


@redone
def _try_more(office: Office, row: letters.Waiting) -> bytes:
    with pen(office.engine) as cx:
        letters.try_again(cx, row.id)
        return letters.bytes_of(cx, row.sha256)


def _alone(office: Office, reader: Reader, row: letters.Waiting) -> Studied | Died | None:
    if row.tries >= MOST_TRIES:
        return None
    _begin(office, reader, row)
    return finish(reader)


def _give_back(office: Office, letter: int, owed: set[int]) -> None:
    """The world's fault never makes a letter held: where it is too great even for this, the try is owed (F20)."""
    with suppress(StoreTrouble):
        _try_less(office, letter, owed)


@redone
def _try_less(office: Office, letter: int, owed: set[int]) -> None:
    owed.add(letter)
    with pen(office.engine) as cx:
        letters.give_back(cx, letter)
    owed.discard(letter)


def _decide_one(
    office: Office,
    reader: Reader,
    row: letters.Waiting,
    studied: Studied | Died | None,
    now: datetime,
    owed: set[int],
) -> bool:
    """One letter: True where it was decided, False where its reading died and it stays for another try."""
    if studied is None:
        _give_up(office, row, now)
        return True
    reach("parse")
    if isinstance(studied, Died):
        event("letter.died", letter=row.sha256[:16], why=studied.why)
        return False
    try:
        _record(office, row, heard_twice(office, reader, row, studied), now)
    except StoreTrouble:
        _give_back(office, row.id, owed)
        raise
    return True


@redone
def _record(office: Office, row: letters.Waiting, studied: Studied, now: datetime) -> None:
    cause = f"letter:{row.sha256}:{row.round}"
    with pen(office.engine) as cx:
        if known(cx, cause):
            return
        desk = studied.on(desks.for_letter(cx, studied.letter, row, office.setting(now), cause))
        for copy in studied.copies:
            letters.keep_copy(cx, row.sha256, copy.attachment, copy.name, copy.pages, copy.why_not)
        decision = decide(studied.letter, with_questioned(cx, office, studied.letter, desk))
        reach("decide")
        _write_and_record(cx, office, Decided(row.id, row.sha256, studied.letter), decision, desk)
        reach("record")
    reach("recorded")


def _write_and_record(cx: Connection, office: Office, row: Decided, decision: Decision, desk: Desk) -> None:
    try:
        finished = write(decision, desk, office.desktop)
    except TemplateError as broken:
        event("template.broken", letter=row.sha256[:16], why=str(broken))
        finished = write(learn.unwritten(_unwritten(row, str(broken)), desk), desk, office.desktop)
    finished = with_resent(cx, finished, desk, office.desktop)
    reach("write")
    record(cx, desk.cause, finished.decision, finished.written, at=desk.now, book=office.book.hash, letter=row)
    if finished.decision.disposition is Disposition.ORDER:
        orders.keep_by_letter(cx, row.sha256, finished.decision.events, kept(desk.now))


@redone
def _give_up(office: Office, row: letters.Waiting, now: datetime) -> None:
    """Three ends that were crashes: held, with a question; the letters behind it go on (F15)."""
    cause = f"letter:{row.sha256}:{row.round}"
    with pen(office.engine) as cx:
        if known(cx, cause):
            return
        desk = desks.bare(cx, office.setting(now), cause)
        _write_and_record(cx, office, Decided(row.id, row.sha256), learn.crashed(_crashed(cx, row), desk), desk)


def _unwritten(row: Decided, why: str) -> learn.Unwritten:
    return learn.Unwritten(row.sha256, why, *((row.letter.from_addr, row.letter.subject) if row.letter else ()))


def _crashed(cx: Connection, row: letters.Waiting) -> learn.Crashed:
    """What a person needs to find it in the mailbox; of its bytes no more is looked at than who wrote."""
    mailbox, role = letters.seen_in(cx, row.id)
    place = say("letter-place", mailbox=say(f"mailbox-{mailbox}"), folder=say(f"role-{role}"), at=_at(row.received))
    return learn.Crashed(row.sha256, sender_at_a_glance(letters.heads(cx, [row])[row.id]), place)


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
