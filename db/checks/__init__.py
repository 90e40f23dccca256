"""The audit's questions: each returns what is wrong, where, in the clerk's words. Nothing is repaired here (F39)."""

from datetime import datetime

from sqlalchemy import Connection

from db.checks import arrived, books, leaving, standing
from db.checks.problem import Check, Night, Problem
from rules.policy.office import Limits

__all__ = ["CHECKS", "DEEP", "Problem", "every"]


def every(cx: Connection, now: datetime, *, deep: bool = False, limits: Limits | None = None) -> list[Problem]:
    """All problems of all invariants, in the invariants' order. `deep`: every byte is read again too."""
    night = Night(now, limits)
    return [problem for check in (*CHECKS, *(DEEP if deep else ())) for problem in check(cx, night)]


CHECKS: tuple[Check, ...] = (
    arrived.seen,
    arrived.filed,
    arrived.waiting,
    arrived.vanished,
    arrived.behind_cursor,
    arrived.once,
    arrived.opened_twice,
    standing.receipts,
    standing.endings,
    leaving.asked_about,
    leaving.stuck,
    leaving.outside,
    standing.due,
    books.chain,
    books.replay,
    books.who_says,
    books.never_refuse,
    arrived.machines,
    leaving.no_loop,
)
DEEP: tuple[Check, ...] = (arrived.bytes_whole, leaving.bytes_whole, leaving.shield)
