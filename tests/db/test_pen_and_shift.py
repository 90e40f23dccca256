"""One pen, one shift: who writes waits his turn, who comes second is told who was first."""

import os
import socket
import threading
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from office_builders import NOW, caused, found, in_a_child, keep, opening, rows, written
from sqlalchemy import Engine, select, text

from db import letters, schema
from db import tables as t
from db.engine import open_engine
from db.pen import look, pen, shift
from rules.trouble import StoreTrouble


def test_f28_two_writers_follow_each_other_and_each_sees_what_the_other_wrote(engine: Engine):
    """No read-then-write over a stale picture: the pen begins by taking it."""

    def count_up() -> None:
        for _ in range(20):
            with pen(engine) as cx:
                seen = cx.execute(select(t.office.c.seq)).scalar_one()
                cx.execute(text("UPDATE office SET seq = :seq"), {"seq": seen + 1})

    writers = [threading.Thread(target=count_up) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    with look(engine) as cx:
        assert cx.execute(select(t.office.c.seq)).scalar_one() == 80


def test_f27_a_writer_that_waits_too_long_is_told_to_come_again(engine: Engine):
    with pen(engine), pytest.raises(StoreTrouble, match="占用") as told, pen(engine, patience=0.2):
        raise AssertionError("there is one pen")

    assert told.value.code == 75
    with pen(engine) as cx:
        assert cx.execute(select(t.office.c.seq)).scalar_one() == 0


def test_a_writer_who_gave_up_does_not_keep_the_pen_he_gets_too_late(sqlite: Engine):
    with pen(sqlite), pytest.raises(StoreTrouble), pen(sqlite, patience=0.05):
        raise AssertionError("there is one pen")

    for _ in range(5):
        with pen(sqlite, patience=5.0) as cx:
            cx.execute(text("UPDATE office SET seq = seq + 1"))
    with look(sqlite) as cx:
        assert cx.execute(select(t.office.c.seq)).scalar_one() == 5


def test_f27_a_stranger_who_locks_the_file_is_waited_for_and_then_said(sqlite: Engine):
    other = open_engine(str(sqlite.url))
    with other.connect().execution_options(begin="BEGIN EXCLUSIVE") as cx, cx.begin():
        with sqlite.connect() as ours:
            ours.exec_driver_sql("PRAGMA busy_timeout=100")
        with pytest.raises(StoreTrouble, match="占用"), pen(sqlite):
            raise AssertionError("somebody else has the file")


def test_a_look_sees_one_moment_whatever_is_written_meanwhile(engine: Engine):
    with look(engine) as reader:
        before = reader.execute(select(t.office.c.seq)).scalar_one()
        with pen(engine) as cx:
            cx.execute(text("UPDATE office SET seq = 7"))
        assert reader.execute(select(t.office.c.seq)).scalar_one() == before == 0


def test_what_fails_under_the_pen_is_undone_whole(engine: Engine):
    def fail() -> None:
        with pen(engine) as cx:
            cx.execute(text("UPDATE office SET seq = 9"))
            raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        fail()
    with look(engine) as cx:
        assert cx.execute(select(t.office.c.seq)).scalar_one() == 0


def test_f33_the_second_shift_is_told_the_firsts_process_machine_and_time(engine: Engine):
    began = datetime.now(UTC)
    with shift(engine), pytest.raises(StoreTrouble) as told, shift(engine):
        raise AssertionError("there is one shift")

    said = str(told.value)
    assert (f"pid {os.getpid()}" in said, socket.gethostname()[:20] in said, str(began.year) in said) == (
        True,
        True,
        True,
    )
    assert told.value.code == 75


def test_a_shift_that_ended_leaves_room_for_the_next(engine: Engine):
    for _ in range(3):
        with shift(engine) as ours:
            assert ours.holds()


def test_a_shift_that_ends_by_an_exception_leaves_room_too(engine: Engine):
    def fail() -> None:
        with shift(engine):
            raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        fail()
    with shift(engine) as ours:
        assert ours.holds()


def test_f33_a_shift_whose_process_was_killed_is_free_at_once(sqlite: Engine):
    def take_and_die() -> None:
        stack = ExitStack()
        stack.enter_context(shift(open_engine(str(sqlite.url))))
        os.kill(os.getpid(), 9)

    assert in_a_child(take_and_die) == -9
    with shift(sqlite) as ours:
        assert ours.holds()


def test_f33_two_processes_with_the_same_letters_have_one_effect(sqlite: Engine):
    """Both fetched the same UIDs and decided the same letter: the second finds the sighting and the cause."""

    def day(engine: Engine) -> None:
        keep(engine, found(1), found(2))
        with pen(engine) as cx:
            caused(cx, "letter:x:0", opening(), [written()])

    codes = [in_a_child(lambda: day(open_engine(str(sqlite.url)))) for _ in range(2)]
    day(sqlite)

    assert codes == [0, 0]
    assert [rows(sqlite, table) for table in ("letters", "sightings", "cases", "outbox", "ledger")] == [2, 2, 1, 1, 3]


def test_where_no_lock_file_can_be_made_the_path_is_said(sqlite: Engine, tmp_path: Path):
    (tmp_path / "office.db.shift").mkdir()

    with pytest.raises(StoreTrouble, match=r"office\.db\.shift"), shift(sqlite):
        raise AssertionError("there is no lock")


@pytest.mark.debian
def test_f29_a_shift_whose_connection_was_cut_knows_it(postgres: Engine):
    with shift(postgres) as ours:
        assert ours.holds()
        with postgres.begin() as cx:
            cx.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
                )
            )
        assert [ours.holds(), ours.holds()] == [False, False]
    assert not ours.holds()


@pytest.mark.debian
def test_f29_a_backend_ended_amid_a_transaction_is_a_world_trouble_and_the_next_pen_works(postgres: Engine):
    engine = postgres
    schema.init(engine, "office-1", NOW)

    def cut() -> None:
        with pen(engine) as cx:
            cx.execute(text("UPDATE office SET seq = 9"))
            victim = cx.execute(text("SELECT pg_backend_pid()")).scalar_one()
            with engine.begin() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": victim})
            cx.execute(text("UPDATE office SET seq = 10"))

    with pytest.raises(StoreTrouble, match="连不上数据库服务器"):
        cut()
    with pen(engine) as cx:
        assert cx.execute(select(t.office.c.seq)).scalar_one() == 0


def test_a_server_that_is_not_there_is_said(tmp_path: Path):
    gone = open_engine("postgresql://nobody@127.0.0.1:1/office")

    with pytest.raises(StoreTrouble, match="连不上"), look(gone):
        raise AssertionError("nobody is there")
    with pytest.raises(StoreTrouble, match="连不上"), shift(gone):
        raise AssertionError("nobody is there")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://hy:geheim@127.0.0.1:1/office", "127.0.0.1:1/office"),
        ("postgresql+psycopg://hy:geheim@[::1]:1/office", "[::1]:1/office"),
        ("postgresql://hy:geheim@nowhere.invalid/office", "nowhere.invalid:5432/office"),
        ("postgresql://hy:geheim@/office?host=/nowhere", "/nowhere:5432/office"),
    ],
)
def test_a_server_that_is_not_there_is_named_with_the_setting_and_never_with_the_password(url: str, shown: str):
    gone = open_engine(url)

    for door in (look, pen, shift):
        with pytest.raises(StoreTrouble) as told, door(gone):
            raise AssertionError("nobody is there")

        assert f"连不上数据库服务器 {shown}。" in str(told.value)
        assert "HUIYIN_DATABASE" in str(told.value)
        assert "geheim" not in str(told.value)


def refusing(words: str) -> int:
    """The port of a server that lets nobody in, with PostgreSQL's words; it ends with the process."""
    said = b"".join(sign + text.encode() + b"\0" for sign, text in ((b"S", "FATAL"), (b"C", "28P01"), (b"M", words)))
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            peer, _ = server.accept()
            with peer:
                while peer.recv(4096)[4:8] == (80877103).to_bytes(4, "big"):  # SSLRequest
                    peer.sendall(b"N")
                peer.sendall(b"E" + (len(said) + 5).to_bytes(4, "big") + said + b"\0")

    threading.Thread(target=serve, daemon=True).start()
    return int(server.getsockname()[1])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ('password authentication failed for user "hy"', "不让用户“hy”登录"),
        ('role "hy" does not exist', "不让用户“hy”登录"),
        ('no pg_hba.conf entry for host "127.0.0.1", user "hy"', "pg_hba.conf"),
        ('database "office" does not exist', "没有这个库"),
        ("sorry, too many clients already", "连不上数据库服务器"),
    ],
)
def test_a_server_that_lets_us_not_in_is_told_from_one_that_is_not_there(words: str, told: str):
    port = refusing(words)

    with pytest.raises(StoreTrouble) as said, look(open_engine(f"postgresql://hy:geheim@127.0.0.1:{port}/office")):
        raise AssertionError("nobody was let in")

    assert told in str(said.value)
    assert f"127.0.0.1:{port}/office" in str(said.value)
    assert "geheim" not in str(said.value)


def test_the_pen_of_one_office_does_not_wait_for_another(sqlite: Engine, tmp_path: Path, made_once: Path):
    other = open_engine(f"sqlite:///{tmp_path}/other.db")
    (tmp_path / "other.db").write_bytes(made_once.read_bytes())
    with pen(sqlite), pen(other, patience=0.1) as cx:
        assert letters.count(cx) == 0
