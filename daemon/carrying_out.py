"""A decision is carried out: its letters are written and guarded, and all that follows from it is recorded, under the pen (COMMIT 2)."""

from sqlalchemy import Connection

from daemon.office import Office
from daemon.writing import write
from db.record import Decided, record
from rules.decision import Decision
from rules.desk import Desk


def carry_out(cx: Connection, office: Office, decision: Decision, desk: Desk, letter: Decided | None = None) -> None:
    """Under the cause and at the time of its desk. `letter`: the one that was decided; None where something else was the cause.

    Raises TemplateError where a letter cannot be written; then nothing is recorded.
    """
    finished = write(decision, desk, office.desktop)
    record(cx, desk.cause, finished.decision, finished.written, at=desk.now, book=office.book.hash, letter=letter)
