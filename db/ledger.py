"""The ledger (总账): append-only, hash-chained lines. Each line's hash covers all its columns and the hash before it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from db import tables as t
from db.engine import clean
from rules.decision import Warrant, WarrantKind
from rules.events import Event, revive

GENESIS = "0" * 64
PAGE = 500
COLUMNS = (
    "seq",
    "cause",
    "n",
    "about",
    "kind",
    "v",
    "body",
    "warrant",
    "warrant_ref",
    "actor",
    "role",
    "at",
    "book",
    "prev",
)

_INSERT = insert(t.ledger)
_HEAD = select(t.office.c.seq, t.office.c.hash)
_MOVE = update(t.office).values(seq=bindparam("new_seq"), hash=bindparam("new_hash"))


@dataclass(frozen=True, slots=True)
class Head:
    """The chain's end."""

    seq: int
    hash: str


BEFORE_ALL = Head(0, GENESIS)


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that does not fit: its seq and how (changed, missing, reordered, tail)."""

    seq: int
    how: str


def canonical(body: Any) -> str:
    """JSON with sorted keys and no blanks: the same value is the same text, for ever."""
    return _TEXT.encode(body)


def _plainly(value: Any) -> Any:
    """A day in ISO, a dataclass as its fields; anything else has no place in the ledger (TypeError)."""
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return date.isoformat(value)


_TEXT = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plainly)


def line_hash(line: dict[str, Any]) -> str:
    """SHA-256 over every column but the hash itself."""
    return sha256(canonical([line[name] for name in COLUMNS]).encode("utf-8", "surrogatepass")).hexdigest()


def head(cx: Connection) -> Head:
    """The chain's end as the office's row keeps it."""
    row = cx.execute(_HEAD).one()
    return Head(row.seq, row.hash)


def last_of(cx: Connection, cause: str) -> int:
    """The newest line whose cause begins so, 0 where there is none."""
    if cx.dialect.name == "sqlite":
        in_range: int = cx.execute(_LAST_IN_RANGE, {"begins": cause, "highest": f"{cause}{HIGHEST}"}).scalar_one()
        return in_range
    found: int = cx.execute(_LAST.where(t.ledger.c.cause.startswith(cause, autoescape=True))).scalar_one()
    return found


def causes(cx: Connection, begins: str) -> list[str]:
    """Every cause that begins so, once: of few lines, such as those of one kind of trouble."""
    if cx.dialect.name == "sqlite":
        return list(cx.execute(_CAUSES_IN_RANGE, {"begins": begins, "highest": f"{begins}{HIGHEST}"}).scalars())
    return list(cx.execute(_CAUSES.where(t.ledger.c.cause.startswith(begins, autoescape=True))).scalars())


def newer(cx: Connection, this: str, that: str) -> bool:
    """Whether the newest line whose cause begins with `this` came after every line whose cause begins with `that`."""
    if cx.dialect.name != "sqlite":
        return last_of(cx, this) > last_of(cx, that)
    ranges = {"begins": this, "highest": f"{this}{HIGHEST}", "other": that, "other_highest": f"{that}{HIGHEST}"}
    return bool(cx.execute(_NEWER, ranges).scalar_one())


HIGHEST = "\U0010ffff"
"""Sorts behind every sign that a cause may hold."""
_LAST = select(func.coalesce(func.max(t.ledger.c.seq), 0))
_CAUSES = select(t.ledger.c.cause).distinct()
_RANGE = (t.ledger.c.cause >= bindparam("begins"), t.ledger.c.cause < bindparam("highest"))
"""SQLite's LIKE would read every line of the ledger."""
_LAST_IN_RANGE, _CAUSES_IN_RANGE = _LAST.where(*_RANGE), _CAUSES.where(*_RANGE)
_OTHER = _LAST.where(t.ledger.c.cause >= bindparam("other"), t.ledger.c.cause < bindparam("other_highest"))
_NEWER = select(_LAST_IN_RANGE.scalar_subquery() > _OTHER.scalar_subquery())


def append(cx: Connection, cause: str, events: list[Event], *, at: str, book: str, first: int = 0) -> list[int]:
    """Add one line an event; returns their seqs. `first` is the n of the first line within the cause."""
    end = head(cx)
    seq, previous = end.seq, end.hash
    lines = []
    for n, event in enumerate(events, first):
        seq += 1
        line = _line(seq, cause, n, event, at, book, previous)
        previous = line["hash"]
        lines.append(line)
    if lines:
        cx.execute(_INSERT, lines)
        cx.execute(_MOVE, {"new_seq": seq, "new_hash": previous})
    return [line["seq"] for line in lines]


def _line(seq: int, cause: str, n: int, event: Event, at: str, book: str, previous: str) -> dict[str, Any]:
    line: dict[str, Any] = {
        "seq": seq,
        "cause": cause,
        "n": n,
        "about": event.about,
        "kind": event.kind,
        "v": event.v,
        "body": clean(canonical(event.body())),
        "warrant": event.warrant.kind.value,
        "warrant_ref": event.warrant.ref,
        "actor": event.warrant.actor,
        "role": event.warrant.role,
        "at": at,
        "book": book,
        "prev": previous,
    }
    line["hash"] = line_hash(line)
    return line


def known(cx: Connection, cause: str) -> bool:
    """Whether the cause has had its effect (ONCE)."""
    return cx.execute(_KNOWN, {"cause": cause}).first() is not None


_KNOWN = select(t.ledger.c.seq).where(t.ledger.c.cause == bindparam("cause")).limit(1)


def known_among(cx: Connection, causes: Iterable[str]) -> set[str]:
    """Those of the causes that have had their effect."""
    wanted = list(causes)
    return set(cx.execute(_KNOWN_AMONG, {"causes": wanted}).scalars()) if wanted else set()


_KNOWN_AMONG = select(t.ledger.c.cause).where(t.ledger.c.cause.in_(bindparam("causes", expanding=True)))


def event_of(row: Any) -> Event:
    """The event of a line. Raises KeyError, ValueError, TypeError where somebody wrote a line that no event makes."""
    warrant = Warrant(WarrantKind(row.warrant), row.warrant_ref, row.actor, row.role)
    return revive(row.kind, row.about, warrant, json.loads(row.body))


def lines(cx: Connection, about: str = "") -> Iterator[tuple[Any, Event]]:
    """All lines in order, or those about one file, with their events."""
    with cx.execute(_ABOUT if about else _WHOLE, {"about": about}) as found:  # closed where the reader stops early, too
        for row in found:
            yield row, event_of(row)


_WHOLE = select(t.ledger).order_by(t.ledger.c.seq).execution_options(yield_per=PAGE)
_ABOUT = _WHOLE.where(t.ledger.c.about == bindparam("about"))


def effects(cx: Connection, cause: str) -> Iterator[Any]:
    """The lines of one cause, in order: all that came of a letter, an order, a tick."""
    yield from cx.execute(_EFFECTS, {"cause": cause})


_EFFECTS = select(t.ledger).where(t.ledger.c.cause == bindparam("cause")).order_by(t.ledger.c.n)


def case_lines(cx: Connection) -> Iterator[Any]:
    """The lines about cases, case by case, each in order."""
    asked = select(t.ledger).where(t.ledger.c.about.like("case:%")).order_by(t.ledger.c.about, t.ledger.c.seq)
    yield from cx.execute(asked.execution_options(yield_per=PAGE))


def verify(cx: Connection, after: Head = BEFORE_ALL) -> list[Broken]:
    """Every line that was changed, removed, inserted or put elsewhere; a cut tail shows against the office's row (A76).

    `after`: the lines up to this one were verified before; the chain goes on from its hash.
    """
    broken = []
    previous, expected = after.hash, after.seq + 1
    asked = select(t.ledger).where(t.ledger.c.seq > after.seq).order_by(t.ledger.c.seq)
    for row in cx.execute(asked.execution_options(yield_per=PAGE)).mappings():
        if row["seq"] != expected:
            broken.append(Broken(expected, "missing"))
        if row["prev"] != previous:
            broken.append(Broken(row["seq"], "reordered"))
        if line_hash(dict(row)) != row["hash"]:
            broken.append(Broken(row["seq"], "changed"))
        previous, expected = row["hash"], row["seq"] + 1
    end = head(cx)
    if (end.seq, end.hash) != (expected - 1, previous):
        broken.append(Broken(end.seq, "tail"))
    return broken
