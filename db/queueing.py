"""Written letters are put into the outbox, each with its code and its papers; an occasion has one letter."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from db import tables as t
from db.letters import keep_blob
from db.tracing import mark
from rules.enclosed import house_files
from rules.notices.notice import Paper
from rules.written import Written

_INSERT = insert(t.outbox).returning(t.outbox.c.id, t.outbox.c.occasion)
_CODE = insert(t.codes)
_PAPER = insert(t.papers)
_THERE = select(t.outbox.c.occasion).where(t.outbox.c.occasion.in_(bindparam("occasions", expanding=True)))


def exists(cx: Connection, occasion: str) -> bool:
    """Whether the occasion has its letter."""
    return bool(among(cx, (occasion,)))


def among(cx: Connection, occasions: Iterable[str]) -> set[str]:
    """Those of the occasions that have their letter."""
    wanted = list(occasions)
    if not wanted:
        return set()
    return set(cx.execute(_THERE, {"occasions": wanted}).scalars())


def put(cx: Connection, written: Sequence[Written], at: str, seq: int) -> None:
    """Written letters wait, or lie stopped, each with its code and its papers."""
    if not written:
        return
    ids = {row.occasion: row.id for row in cx.execute(_INSERT, [_values(made, at, seq) for made in written])}
    codes = [
        {
            "hash": made.code_hash,
            "outbox": ids[made.occasion],
            "about": made.about,
            "party": made.party,
            "address": made.to_address.lower(),
        }
        for made in written
        if made.code_hash
    ]
    if codes:
        cx.execute(_CODE, codes)
    papers = [
        {"outbox": ids[made.occasion], "n": n, "sha256": paper.sha256, "name": paper.name}
        for made in written
        for n, paper in enumerate(made.papers)
    ]
    if papers:
        _keep_house_files(cx, {str(paper["sha256"]) for paper in papers})
        cx.execute(_PAPER, papers)


def _keep_house_files(cx: Connection, named: set[str]) -> None:
    """A file that the house itself encloses (the blank sheet) came with no letter: it is kept when it is first enclosed."""
    for digest in named & house_files().keys():
        keep_blob(cx, digest, house_files()[digest])


def _values(made: Written, at: str, seq: int) -> dict[str, object]:
    return {
        "occasion": made.occasion,
        "seq": seq,
        "about": made.about,
        "audience": made.audience,
        "party": made.party,
        "to_address": made.to_address.lower(),
        "to_domain": made.to_address.lower().rpartition("@")[2],
        "mailbox": made.mailbox,
        "template": made.template,
        "words": made.words,
        "text": made.text,
        "raw": made.raw,
        "raw_sha256": made.sha256,
        "message_id": made.message_id,
        "state": made.state,
        "round": made.round,
        "rank": made.rank,
        "automatic": int(made.automatic),
        "since": at,
        "made": at,
    }


def written(cx: Connection, occasion: str) -> Written | None:
    """The letter of an occasion as it was written, papers, code hash and copy's mark included: what a person may send again."""
    asked = select(t.outbox, t.codes.c.hash).join(t.codes, t.codes.c.outbox == t.outbox.c.id, isouter=True)
    row = cx.execute(asked.where(t.outbox.c.occasion == occasion)).first()
    if row is None:
        return None
    sent = select(t.papers.c.sha256, t.papers.c.name).where(t.papers.c.outbox == row.id).order_by(t.papers.c.n)
    return Written(
        occasion=row.occasion,
        about=row.about,
        audience=row.audience,
        party=row.party,
        to_address=row.to_address,
        mailbox=row.mailbox,
        template=row.template,
        words=row.words,
        raw=bytes(row.raw),
        sha256=row.raw_sha256,
        message_id=row.message_id,
        code_hash=row.hash or "",
        rank=row.rank,
        papers=tuple(Paper(paper.sha256, paper.name) for paper in cx.execute(sent)),
        text=row.text,
        round=row.round,
        copy=mark(cx, row.about, row.occasion, row.raw_sha256),
    )


def words_of(cx: Connection, row_id: int) -> dict[str, Any]:
    """The words of which the letter was made, by its notice's fields; {} where they were erased."""
    found: dict[str, Any] = json.loads(cx.execute(_WORDS, {"row": row_id}).scalar() or "{}")
    return found


_WORDS = select(t.outbox.c.words).where(t.outbox.c.id == bindparam("row"))
