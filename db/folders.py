"""Folders, their lives and cursors. A life ends when UIDVALIDITY changes or the folder was made anew under the same one (F44–F46)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from db import tables as t
from db.moment import kept


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A folder in its present life: `cursor` is the highest UID accounted for."""

    id: int
    mailbox: str
    name: str
    role: str
    life: int
    validity: int
    cursor: int
    cursor_size: int | None = None
    cursor_date: str | None = None
    poll_began: str | None = None
    poll_ended: str | None = None


def folder(cx: Connection, mailbox: str, name: str, role: str, validity: int) -> FolderRow:
    """The folder's present life; a new one begins where it is unknown or its UIDVALIDITY changed (F44)."""
    row = present(cx, mailbox, name)
    if row is not None and row.validity == validity:
        if row.role != role:
            cx.execute(update(t.folders).where(t.folders.c.id == row.id).values(role=role))
        return row
    return _born(cx, mailbox, name, role, validity, (row.life if row else 0) + 1)


def present(cx: Connection, mailbox: str, name: str) -> FolderRow | None:
    """The folder's present life, where it was polled before."""
    row = cx.execute(_PRESENT, {"mailbox": mailbox, "name": name}).mappings().first()
    return FolderRow(**row) if row else None


_PRESENT = (
    select(t.folders)
    .where(t.folders.c.mailbox == bindparam("mailbox"), t.folders.c.name == bindparam("name"))
    .order_by(t.folders.c.life.desc())
    .limit(1)
)


def reborn(cx: Connection, row: FolderRow) -> FolderRow:
    """A new life under the same UIDVALIDITY: the folder was made anew (F45, F46)."""
    return _born(cx, row.mailbox, row.name, row.role, row.validity, row.life + 1)


def _born(cx: Connection, mailbox: str, name: str, role: str, validity: int, life: int) -> FolderRow:
    made = cx.execute(
        insert(t.folders)
        .values(mailbox=mailbox, name=name, role=role, life=life, validity=validity, cursor=0)
        .returning(t.folders.c.id)
    ).scalar_one()
    return FolderRow(made, mailbox, name, role, life, validity, 0)


def poll_ended(cx: Connection, folder_id: int, began: datetime) -> None:
    """The poll came to the folder's end: its beginning counts as a complete look (Sent settles unknown rows by it)."""
    cx.execute(_ENDED, {"folder": folder_id, "began": kept(began)})


_ENDED = (
    update(t.folders)
    .where(t.folders.c.id == bindparam("folder"))
    .values(poll_began=bindparam("began"), poll_ended=bindparam("began"))
)


def asked_in_vain(cx: Connection, folder_id: int, uid: int) -> int:
    """One poll more in which the server did not hand this UID over; returns how many those are."""
    this = (t.withheld.c.folder == folder_id) & (t.withheld.c.uid == uid)
    more = update(t.withheld).where(this).values(polls=t.withheld.c.polls + 1).returning(t.withheld.c.polls)
    polls = cx.execute(more).scalar()
    if polls is None:
        cx.execute(insert(t.withheld).values(folder=folder_id, uid=uid, polls=1))
    return polls or 1


def last_polled(cx: Connection, mailbox: str) -> str | None:
    """When the last poll began that read an inbox of the mailbox to its end; None before the first."""
    asked = select(func.max(t.folders.c.poll_ended)).where(t.folders.c.mailbox == mailbox, t.folders.c.role == "inbox")
    return cx.execute(asked).scalar()
