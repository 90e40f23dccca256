"""No room on the disk when letters come (F19): they stay on the server, and each is there once when there is room again."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from office_days import citizens_write, complaint, left, work
from shifts import MORNING
from sqlalchemy import Engine, event, text

from daemon.auditing import audit
from daemon.demo.cast import COMPLAINT
from daemon.demo.stage import Stage
from db import lists
from db.pen import look
from rules.trouble import StoreTrouble


@contextmanager
def disk_full(engine: Engine) -> Iterator[None]:
    """The database file may not grow by a page: SQLite says what it says of a full disk."""
    with engine.connect() as cx:
        pages = cx.exec_driver_sql("PRAGMA page_count").scalar_one()

    def narrow(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}").close()

    engine.dispose()
    event.listen(engine, "connect", narrow)
    try:
        yield
    finally:
        event.remove(engine, "connect", narrow)
        engine.dispose()


@pytest.mark.on_sqlite("no room on the disk under the file; a server without room has a story of its own")
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_f19_no_room_when_letters_are_kept_leaves_them_on_the_server_and_each_comes_once_when_there_is(stage: Stage):
    citizens_write(stage.host, 1, 2)
    noise = "\r\n".join(os.urandom(30).hex() for _ in range(3000)).encode()
    stage.host.deliver(COMPLAINT, complaint(3) + b"\r\n" + noise, internaldate=MORNING)
    engine = stage.rounds.office.engine

    for _ in range(2):
        with disk_full(engine), pytest.raises(StoreTrouble, match="来件仍在服务器上，未丢失"):
            stage.rounds.poll(stage.now)
    with look(engine) as cx:
        kept = lists.letters(cx)
        cursors = cx.execute(text("SELECT max(cursor) FROM folders")).scalar_one()
    work(stage, 2)

    assert (kept, cursors) == ([], 0)
    with look(engine) as cx:
        assert len(lists.cases(cx, stage.rounds.office.book)) == 3
    assert set(left(stage).values()) == {1}
    assert audit(stage.rounds.office, stage.now).ok
