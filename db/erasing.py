"""Erasing by the book's years (保存年限): bytes, words and addresses go, rows and ledger stay, a line says what went (tombstone).

    ended(cx)                    -> cases that have ended, the day they did, and what was erased of them already
    erase(cx, ref, what, seq)    -> identities (the identity room) or letters (every byte and word of the case)
    unfiled(cx, before, …)       -> letters that belong to no case, by SHA-256
    spoken(cx, before)           -> letters of ours about no case, by SHA-256

LIMITS: what lies on the mail server stays there: we delete nothing on it. Database files give freed pages back only when they are rebuilt.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy.sql.selectable import Select

from db import people
from db import tables as t
from db.moment import kept, read
from rules.events import about_case, ref_of

IDENTITIES, LETTERS, MACHINE = "identities", "letters", "machine"
GONE = "erased-"
"""What stands where a letter's address stood, with the row's number: no two rows become one."""
ENDINGS = ("Closed", "NotAccepted", "HandedOver", "Withdrawn", "Merged", "Answered")
PAGE = 200


@dataclass(frozen=True, slots=True)
class Ended:
    """A case that has ended."""

    ref: str
    at: datetime
    erased: frozenset[str]


def any_of(cx: Connection, year: int) -> bool:
    """Whether a case of the year or an earlier one has ended: no younger one can have had its years."""
    return cx.execute(_OLD, {"last": year}).first() is not None


_OLD = select(t.cases.c.ref).where(t.cases.c.year <= bindparam("last"), t.cases.c.ended == 1).limit(1)


def ended(cx: Connection) -> Iterator[Ended]:
    """Each case that has ended, oldest first, with the moment of its last ending."""
    last = (
        select(t.ledger.c.about, func.max(t.ledger.c.at).label("at"))
        .where(t.ledger.c.kind.in_(ENDINGS))
        .group_by(t.ledger.c.about)
        .subquery()
    )
    asked = (
        select(t.cases.c.ref, last.c.at)
        .join(last, last.c.about == "case:" + t.cases.c.ref)
        .where(t.cases.c.ended == 1)
        .order_by(last.c.at, t.cases.c.ref)
    )
    gone = _erased(cx)
    for row in cx.execute(asked).all():
        yield Ended(row.ref, read(row.at), frozenset(gone.get(row.ref, ())))


def _erased(cx: Connection) -> dict[str, list[str]]:
    gone: dict[str, list[str]] = {}
    for row in cx.execute(select(t.ledger.c.about, t.ledger.c.body).where(t.ledger.c.kind == "Erased")):
        gone.setdefault(ref_of(row.about), []).append(json.loads(row.body)["what"])
    return gone


def cases(cx: Connection, *what: str) -> list[str]:
    """`case:<reference>` of every case of which one of these was erased, by the ledger's tombstones."""
    return [about_case(ref) for ref, gone in _erased(cx).items() if set(gone) & set(what)]


def erase(cx: Connection, ref: str, what: str, seq: int) -> None:
    """Empty the case's identity room, or take away all its bytes and words too. `seq`: the tombstone's line."""
    people.erase(cx, ref)
    asked = (t.questions.c.about == about_case(ref), t.questions.c.answered.is_not(None))
    cx.execute(update(t.questions).where(*asked).values(proposal="[]"))  # an order's own words may stand there
    if what != LETTERS:
        return
    mine = select(t.filings.c.letter).where(t.filings.c.case == ref)
    elsewhere = select(t.filings.c.letter).where(t.filings.c.case != ref)
    _letters(cx, select(t.letters.c.id).where(t.letters.c.id.in_(mine), t.letters.c.id.not_in(elsewhere)), seq)
    people.forget_draft(cx, ref)
    about = t.outbox.c.about == about_case(ref)
    papers = select(t.papers.c.sha256).where(t.papers.c.outbox.in_(select(t.outbox.c.id).where(about)))
    _blobs(cx, list(cx.execute(papers).scalars()), seq)
    cx.execute(delete(t.texts).where(t.texts.c.sha256.in_(_spoken_of(cx, ref))))
    for row_id in cx.execute(select(t.outbox.c.id).where(about)).scalars().all():
        _empty(cx, row_id)


def _spoken_of(cx: Connection, ref: str) -> list[str]:
    """Hashes of what was written about the case's hearings: whoever came may be named in it; and of what nobody could tell its complainant.

    What was exposed names nobody.
    """
    told = t.ledger.c.kind.in_(("HearingCalled", "HearingHeld", "Untold"))
    bodies = cx.execute(select(t.ledger.c.body).where(t.ledger.c.about == about_case(ref), told)).scalars()
    return [json.loads(body).get("text", "") for body in bodies]


def _letters(cx: Connection, chosen: "Select[tuple[int]]", seq: int) -> list[str]:
    """Bytes, sender and subject of these letters, and the copies made of their papers. Returns their hashes."""
    ids = list(cx.execute(chosen).scalars())
    digests = list(cx.execute(select(t.letters.c.sha256).where(t.letters.c.id.in_(ids))).scalars())
    copies = t.readings.c.reader.in_([f"copy:{digest}" for digest in digests])
    made = cx.execute(
        select(t.readings.c.clean, t.readings.c.body).where(copies, t.readings.c.clean.is_not(None))
    ).all()
    clean = [digest for row in made for digest in (row.clean, *json.loads(row.body or "[]"))]
    cx.execute(update(t.readings).where(copies).values(clean=None, name="", body="", why_not="erased"))
    _blobs(cx, [*digests, *clean], seq)
    cx.execute(update(t.letters).where(t.letters.c.id.in_(ids)).values(from_addr="", subject="", message_id=""))
    return digests


def _blobs(cx: Connection, digests: list[str], seq: int) -> None:
    cx.execute(update(t.blobs).where(t.blobs.c.sha256.in_(digests)).values(bytes=None, erased=seq))


def unfiled(cx: Connection, before: datetime, *, machine: bool) -> list[str]:
    """Hashes of letters that arrived before the moment, belong to no case, and still have their bytes: at most a page."""
    return list(cx.execute(_UNFILED[machine], {"before": kept(before)}).scalars())


_LOOSE = (
    select(t.letters.c.sha256)
    .join(t.blobs, t.blobs.c.sha256 == t.letters.c.sha256)
    .where(
        t.letters.c.received < bindparam("before"),
        t.letters.c.id.not_in(select(t.filings.c.letter)),
        t.blobs.c.bytes.is_not(None),
    )
    .order_by(t.letters.c.id)
    .limit(PAGE)
)
_UNFILED = {
    True: _LOOSE.where(t.letters.c.disposition == "machine"),
    False: _LOOSE.where(t.letters.c.disposition != "machine"),
}


def spoken(cx: Connection, before: datetime) -> list[str]:
    """Hashes of letters of ours about no case (questions about held letters, confirmations) written before the moment: at most a page."""
    return list(cx.execute(_SPOKEN, {"before": kept(before)}).scalars())


_SPOKEN = (
    select(t.outbox.c.raw_sha256)
    .where(t.outbox.c.about.not_like("case:%"), t.outbox.c.made < bindparam("before"), t.outbox.c.text != "")
    .order_by(t.outbox.c.id)
    .limit(PAGE)
)


def erase_spoken(cx: Connection, digests: list[str]) -> None:
    """These letters of ours, by the hash of their bytes."""
    for row_id in cx.execute(select(t.outbox.c.id).where(t.outbox.c.raw_sha256.in_(digests))).scalars().all():
        _empty(cx, row_id)


def _empty(cx: Connection, row_id: int) -> None:
    emptied = {"raw": b"", "text": "", "words": "{}", "to_address": f"{GONE}{row_id}", "answer": ""}
    cx.execute(update(t.outbox).where(t.outbox.c.id == row_id).values(**emptied))


def tombstones(cx: Connection) -> set[str]:
    """Hashes of single letters that were erased."""
    lines = cx.execute(select(t.ledger.c.body).where(t.ledger.c.kind == "Erased")).scalars()
    return {body["sha256"] for body in map(json.loads, lines) if body["sha256"]}


def erase_letters(cx: Connection, digests: list[str], seq: int) -> None:
    """These letters, by hash."""
    _letters(cx, select(t.letters.c.id).where(t.letters.c.sha256.in_(digests)), seq)
