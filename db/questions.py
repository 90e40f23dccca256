"""Questions (待定事项) as rows: open while no ledger line answers them."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, insert, select, union_all, update

from db import tables as t
from db.moment import read
from rules.decision import Question
from rules.desk import OpenQuestion

_ABOUT_IT = select(t.questions.c.id).where(t.questions.c.letter == t.letters.c.sha256)
LETTERS_LAID_ASIDE = ("held", "same-matter", "history", "crashed", "repeat")
"""Kinds of question about a held letter that only 暂存 answers and leaves held."""
PUT_OFF = and_(
    t.letters.c.disposition == "held",
    _ABOUT_IT.where(t.questions.c.kind.in_(LETTERS_LAID_ASIDE), t.questions.c.answered.is_not(None)).exists(),
    ~_ABOUT_IT.where(t.questions.c.answered.is_(None)).exists(),
)
"""Of letters: a person put it off (暂存). It is accounted for; it is still open, as `held` and the hand-over letter say."""
_PUT_OFF = select(func.count()).select_from(t.letters).where(PUT_OFF)
_INSERT = insert(t.questions)
_OPEN = select(t.questions.c.id).where(t.questions.c.key == bindparam("key"), t.questions.c.answered.is_(None))


def is_open(cx: Connection, key: str) -> bool:
    """Whether a question of this key waits for an answer."""
    return cx.execute(_OPEN, {"key": key}).first() is not None


def open_among(cx: Connection, keys: Iterable[str]) -> set[str]:
    """Those of the keys whose question waits for an answer."""
    wanted = list(keys)
    if not wanted:
        return set()
    return set(cx.execute(_OPEN_AMONG, {"keys": wanted}).scalars())


_OPEN_AMONG = select(t.questions.c.key).where(
    t.questions.c.key.in_(bindparam("keys", expanding=True)), t.questions.c.answered.is_(None)
)


def put(cx: Connection, asked: Sequence[tuple[str, Question]], letter: str, at: str, seq: int) -> None:
    """Questions are asked, by their ids, about this letter ('' = none)."""
    rows = [
        {
            "id": name,
            "key": question.key,
            "kind": question.kind,
            "seq": seq,
            "about": question.about,
            "letter": question.letter or letter,
            "outbox": question.outbox,
            "role": question.role,
            "choices": json.dumps(question.choices),
            "proposal": json.dumps(
                (*question.proposal, *(("barred", name) for name in question.barred)), ensure_ascii=False
            ),
            "asked": at,
        }
        for name, question in asked
    ]
    if rows:
        cx.execute(_INSERT, rows)


def answer(cx: Connection, keys: Sequence[str], seq: int) -> None:
    """The open questions of these keys are answered by the ledger line."""
    if keys:
        cx.execute(
            update(t.questions)
            .where(t.questions.c.key.in_(keys), t.questions.c.answered.is_(None))
            .values(answered=seq)
        )


def named(cx: Connection, name: str) -> OpenQuestion | None:
    """The question of this id, answered or not."""
    row = cx.execute(select(t.questions).where(t.questions.c.id == name)).first()
    return _read(row) if row else None


def concerning(cx: Connection, names: Sequence[str], abouts: Sequence[str]) -> tuple[OpenQuestion, ...]:
    """Questions of these ids, answered or not, and the open ones about these files."""
    if not names and not abouts:
        return ()
    rows = cx.execute(_CONCERNING, {"names": list(names), "abouts": list(abouts)})
    once = {row.id: row for row in rows}
    return tuple(map(_read, sorted(once.values(), key=lambda row: (row.seq, row.id))))


_CONCERNING = union_all(
    select(t.questions).where(t.questions.c.id.in_(bindparam("names", expanding=True))),
    select(t.questions).where(
        t.questions.c.about.in_(bindparam("abouts", expanding=True)), t.questions.c.answered.is_(None)
    ),
)


def put_off(cx: Connection) -> int:
    """How many letters a person put off."""
    return cx.execute(_PUT_OFF).scalar_one()


def about_letter(cx: Connection, digest: str) -> tuple[str, ...]:
    """Keys of the open questions about this letter alone, not about a group that it is the first of."""
    asked = select(t.questions.c.key).where(t.questions.c.letter == digest, t.questions.c.answered.is_(None))
    return tuple(key for key in cx.execute(asked).scalars() if key.endswith(f":{digest[:16]}"))


def waiting(cx: Connection) -> list[OpenQuestion]:
    """All open questions, oldest first."""
    return [_read(row) for row in cx.execute(_WAITING)]


def waiting_of(cx: Connection, kind: str) -> list[OpenQuestion]:
    """Those of a kind, oldest first."""
    return [_read(row) for row in cx.execute(_OF_KIND, {"kind": kind})]


_WAITING = select(t.questions).where(t.questions.c.answered.is_(None)).order_by(t.questions.c.seq)
_OF_KIND = _WAITING.where(t.questions.c.kind == bindparam("kind"))


def _read(row: Any) -> OpenQuestion:
    return OpenQuestion(
        key=row.key,
        kind=row.kind,
        about=row.about,
        role=row.role,
        choices=tuple(json.loads(row.choices)),
        proposal=tuple((key, value) for key, value in json.loads(row.proposal)),
        letter=row.letter,
        outbox=row.outbox,
        id=row.id,
        asked=read(row.asked),
        answered=row.answered is not None,
    )
