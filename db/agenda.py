"""What a reply of staff to one of our letters may mean: the numbered items of a list, the letters that questions were put by, who is away."""

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, func, literal, select

from db import tables as t
from db.ledger import lines
from rules.asking_again import asked_letter
from rules.by_letter import LISTS
from rules.desk import AgendaItem, CodeHit
from rules.events import AbsenceTold, TaskDone
from rules.handover.tasks import TASKS
from rules.notices.to_staff import QuestionAsked
from rules.policy.office import Absence
from rules.staffing import STAFF

_WORDS = select(t.outbox.c.words).where(t.outbox.c.occasion == bindparam("occasion"))
_OBEYED = select(t.orders.c.question).where(t.orders.c.question.in_(bindparam("keys", expanding=True)))
_PUT = (
    select(func.min(t.outbox.c.occasion))
    .where(
        t.outbox.c.occasion >= literal("ask:") + t.questions.c.id + ":",
        t.outbox.c.occasion < literal("ask:") + t.questions.c.id + ";",
    )
    .correlate(t.questions)
    .scalar_subquery()
)
_FIRST = (
    select(t.questions.c.id, t.outbox.c.words)
    .join_from(t.questions, t.outbox, t.outbox.c.occasion == _PUT)
    .where(t.questions.c.id.in_(bindparam("names", expanding=True)))
)


def items(cx: Connection, hits: Iterable[CodeHit]) -> tuple[AgendaItem, ...]:
    """The items of the list that the newest code belongs to; those by which an order was obeyed are done."""
    hit = next((hit for hit in hits if hit.party.startswith("staff:")), None)
    if hit is None or hit.template not in LISTS:
        return ()
    listed = json.loads(cx.execute(_WORDS, {"occasion": hit.occasion}).scalar_one())["items"]
    keys = [f"{hit.occasion}#{item['number']}" for item in listed]
    obeyed = set(cx.execute(_OBEYED, {"keys": keys}).scalars()) if keys else set()
    done = {f"task:{turn}" for turn in tasks_done(cx)} if any(_is_task(item["target"]) for item in listed) else set()
    return tuple(
        AgendaItem(
            item["number"],
            item["target"],
            f"{hit.occasion}#{item['number']}" in obeyed or item["target"] in done,
        )
        for item in listed
    )


def _is_task(target: str) -> bool:
    return target.startswith("task:")


def tasks_done(cx: Connection) -> frozenset[str]:
    """Keys of the turns of recurring tasks that anybody reported done."""
    return frozenset(
        f"{event.task}:{event.due.isoformat()}" for _row, event in lines(cx, TASKS) if isinstance(event, TaskDone)
    )


def first_letters(cx: Connection, names: Sequence[str]) -> tuple[tuple[str, QuestionAsked], ...]:
    """Question id -> the letter that put it first; questions of which nobody could be told are left out."""
    if not names:
        return ()
    found = {row.id: json.loads(row.words) for row in cx.execute(_FIRST, {"names": list(names)})}
    return tuple((name, asked_letter(words)) for name in names if (words := found.get(name)))


def absences(cx: Connection) -> tuple[Absence, ...]:
    """Who is, was or will be away, in the order it was told."""
    return tuple(
        Absence(event.person, event.since, event.until, event.deputy)
        for _row, event in lines(cx, STAFF)
        if isinstance(event, AbsenceTold)
    )
