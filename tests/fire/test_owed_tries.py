"""A try that the world took is given back by the next command (F20); one that a process died of counts, however it died (F15)."""

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from office_days import asked, citizens_write, environment, left, work
from seeds import staged
from shifts import MORNING, reopened
from sqlalchemy import text

from daemon import points
from daemon.__main__ import main
from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage
from daemon.owing import ROOM
from daemon.reader import Reader
from db.pen import look

DECIDE = ("decide", "--now", MORNING.isoformat())
on_a_file = pytest.mark.on_sqlite(
    "no room on the disk under the file; what is owed to a server's office lies beside it too"
)


@pytest.fixture
def office(host: MailHost, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """An office with one letter kept, whose commands are given as a person gives them."""
    stage = staged(tmp_path, MORNING, host, reader)
    citizens_write(host, 1)
    stage.rounds.begin(MORNING)
    stage.rounds.poll(MORNING)
    stage.close()
    stage.rounds.office.engine.dispose()
    for name, value in environment(tmp_path, host, f"sqlite:///{tmp_path}/huiyin.db").items():
        monkeypatch.setenv(name, value)
    again = reopened(tmp_path, host, reader)
    yield again
    again.close()
    again.rounds.office.engine.dispose()


@contextmanager
def full_from(point: str, database: Path) -> Iterator[None]:
    """From that point on the log beside the database cannot grow, and no file can be longer than the little one beside it is."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    def watch(reached: str) -> None:
        if reached == point:
            wal = Path(f"{database}-wal")
            resource.setrlimit(resource.RLIMIT_FSIZE, (max(wal.stat().st_size, ROOM), limits[1]))

    points.watch(watch)
    try:
        yield
    finally:
        points.unwatch()
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def killed_while_reading() -> int:
    """The command in a process of its own that ends at the letter; how it ended."""
    pid = os.fork()
    if pid == 0:
        points.watch(lambda reached: os.kill(os.getpid(), signal.SIGKILL) if reached == "parse" else None)
        os._exit(main(list(DECIDE)))
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def letter(stage: Stage) -> tuple[str, int, str]:
    """State, tries and disposition of the one letter."""
    with look(stage.rounds.office.engine) as cx:
        row = cx.execute(text("SELECT state, tries, disposition FROM letters")).one()
    return row.state, row.tries, row.disposition or ""


@on_a_file
def test_f20_commands_that_each_leave_a_full_disk_behind_eat_no_try_and_the_letter_is_decided_when_there_is_room(
    office: Stage, tmp_path: Path
):
    for _ in range(5):
        with full_from("tries", tmp_path / "huiyin.db"):
            assert main(list(DECIDE)) == 75
        assert letter(office) == ("kept", 1, "")

    assert main(list(DECIDE)) == 0
    assert letter(office)[::2] == ("decided", "opened")
    work(office, 2)
    assert "crashed" not in asked(office)
    assert set(left(office).values()) == {1}


@on_a_file
def test_f15_a_letter_at_which_whole_processes_die_is_held_after_three_though_a_try_was_owed_to_it_before(
    office: Stage, tmp_path: Path
):
    with full_from("tries", tmp_path / "huiyin.db"):
        assert main(list(DECIDE)) == 75

    seen = []
    for _ in range(3):
        assert killed_while_reading() == -signal.SIGKILL
        seen.append(letter(office))
    assert main(list(DECIDE)) == 0

    assert seen == [("kept", 1, ""), ("kept", 2, ""), ("kept", 3, "")]
    assert letter(office)[::2] == ("decided", "held")
    assert "crashed" in asked(office)


@on_a_file
def test_what_is_owed_is_written_over_in_place_and_a_torn_note_gives_nothing_back(office: Stage, tmp_path: Path):
    note = tmp_path / "huiyin.db.owed"
    with full_from("tries", tmp_path / "huiyin.db"):
        main(list(DECIDE))
    owed, place = note.read_bytes(), note.stat().st_ino

    note.write_bytes(b"\xff 1x -3 \x00")
    assert killed_while_reading() == -signal.SIGKILL

    assert (owed.split(), len(owed), oct(note.stat().st_mode)[-3:]) == ([b"1"], ROOM, "600")
    assert (letter(office), note.stat().st_ino, note.read_bytes().strip()) == (("kept", 2, ""), place, b"")
