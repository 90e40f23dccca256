"""Disks that cannot be written or that fail once (F23, F24): said with the path and 75, no other place is used, and nothing goes on as if nothing were."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from office_days import TOP, citizens_write, ended, environment, rows, started
from seeds import staged
from shifts import MORNING, reopened
from sqlalchemy import text

from daemon.auditing import audit
from daemon.continuity import head_of
from daemon.demo.servers import MailHost
from daemon.heartbeat import heartbeat_of
from daemon.reader import Reader
from db.engine import open_engine
from db.pen import look

on_a_file = pytest.mark.on_sqlite("what happens to the disk under the file")
NOW = ("--now", MORNING.isoformat())


def mounts() -> str:
    """Why no file system can be mounted here; '' where one can."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return "a file system of its own can only be mounted by root"
    tried = subprocess.run(["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "nothing can be mounted in this container"


@contextmanager
def mounted(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.debian
@on_a_file
def test_f23_on_a_file_system_that_may_only_be_read_every_command_says_where_with_75_and_writes_nowhere_else(
    host: MailHost, reader: Reader, tmp_path: Path
):
    if why := mounts():
        pytest.skip(why)
    with mounted(tmp_path / "disk") as disk:
        (disk / "office").mkdir()
        stage = staged(disk / "office", MORNING, host, reader)
        stage.close()
        stage.rounds.office.engine.dispose()
        citizens_write(host, 1)
        values = environment(tmp_path, host, f"sqlite:///{disk}/office/huiyin.db")
        working = tmp_path / "working"
        working.mkdir()
        before = everything(tmp_path)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)

        for words in (["poll", *NOW], ["run", "--every", "0.3"], ["cases"], ["audit"], ["backup", "x.backup"]):
            code, said = ended(started(values, *words, folder=working))

            assert (words, code, f"{disk}/office" in said) == (words, 75, True), said
            assert "Traceback" not in said
        assert everything(tmp_path) == before
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        code, said = ended(started(values, "send", *NOW, folder=working))
    assert (code, "新收来信" in said or "发出" in said) == (0, True), said


NO_FILE_MAY_GROW = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from daemon.__main__ import main
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.long
@on_a_file
@pytest.mark.parametrize("most", [0, 4096])
def test_f23_where_wal_and_shm_cannot_grow_a_poll_says_which_file_with_75_and_the_letter_stays_on_the_server(
    host: MailHost, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
):
    stage = staged(tmp_path, MORNING, host, reader)
    stage.close()
    stage.rounds.office.engine.dispose()
    citizens_write(host, 1)
    values = environment(tmp_path, host, f"sqlite:///{tmp_path}/huiyin.db")
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("HUIYIN_")}
    done = subprocess.run(
        [sys.executable, "-c", NO_FILE_MAY_GROW, str(most), "poll", *NOW],
        env={**quiet, "PYTHONPATH": str(TOP), **values},
        capture_output=True,
        timeout=60,
        check=False,
    )

    said = (done.stdout + done.stderr).decode("utf-8")
    assert (done.returncode, str(tmp_path) in said, "Traceback" in said) == (75, True, False), said
    again = reopened(tmp_path, host, reader)
    again.rounds.begin(MORNING)
    again.rounds.whole(MORNING)
    assert {state for name, state in rows(again.rounds.office.engine).items() if name.startswith("receipt:")} == {
        "sent"
    }
    assert audit(again.rounds.office, MORNING).ok
    again.close()


FAILS_ONCE = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
static int fails(int fd) {                      /* once: the first sync of the office's database while the file ARMED is there */
    char link[64], path[4096];
    const char *armed = getenv("ARMED");
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size < 0 || armed == NULL) return 0;
    path[size] = 0;
    if (strstr(path, "huiyin.db") == NULL || unlink(armed) != 0) return 0;
    errno = EIO;
    return 1;
}
int fsync(int fd) { return fails(fd) ? -1 : ((int (*)(int)) dlsym(RTLD_NEXT, "fsync"))(fd); }
int fdatasync(int fd) { return fails(fd) ? -1 : ((int (*)(int)) dlsym(RTLD_NEXT, "fdatasync"))(fd); }
"""


@pytest.fixture(scope="module")
def fails_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that lets one sync of the database fail with EIO."""
    if (compiler := shutil.which("cc") or shutil.which("gcc")) is None:
        pytest.skip("no C compiler here: a disk that fails one sync cannot be made")
    folder = tmp_path_factory.mktemp("shim")
    (folder / "once.c").write_text(FAILS_ONCE)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", folder / "once.so", folder / "once.c", "-ldl"], check=True)
    return folder / "once.so"


def until(true: object, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if true() or process.poll() is not None:  # type: ignore[operator]
            return
        time.sleep(0.05)
    raise AssertionError("it never came true")


@pytest.mark.long
@on_a_file
@pytest.mark.on_double("who logs in is counted")
def test_f24_after_one_sync_that_failed_the_run_ends_with_75_and_the_next_reads_every_page_before_it_polls(
    host: MailHost, reader: Reader, tmp_path: Path, fails_once: Path
):
    stage = staged(tmp_path, MORNING, host, reader)
    stage.close()
    engine, database = stage.rounds.office.engine, tmp_path / "huiyin.db"
    engine.dispose()
    armed, url = tmp_path / "armed", f"sqlite:///{database}"
    values = environment(tmp_path, host, url)
    failing = {**values, "LD_PRELOAD": str(fails_once), "ARMED": str(armed)}

    process = started(failing, "run", "--every", "0.3", *NOW, folder=tmp_path)
    until(heartbeat_of(url).exists, process)
    armed.touch()
    citizens_write(host, 1)
    code, said = ended(process)
    assert (code, str(database) in said, armed.exists(), "Traceback" in said) == (75, True, False, False), said
    assert '"clean": false' in head_of(engine).read_text("utf-8")

    whole = spoiled(database)
    logins = host.imap.logins
    code, said = ended(started(values, "poll", *NOW, folder=tmp_path))
    assert (code, "损坏" in said, host.imap.logins) == (75, True, logins), said

    database.write_bytes(whole)
    code, said = ended(started(values, "send", *NOW, folder=tmp_path))
    assert code == 0, said
    receipts = [state for name, state in rows(open_engine(url)).items() if name.startswith("receipt:")]
    assert receipts == ["sent"]


def spoiled(database: Path) -> bytes:
    """The first page of an index that nothing reads by itself is torn, head and all, for the index may be empty yet; the file as it was."""
    engine = open_engine(f"sqlite:///{database}")
    with engine.connect().execution_options(begin="") as cx:
        cx.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        root = cx.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'letters_from'").scalar_one()
        size = cx.exec_driver_sql("PRAGMA page_size").scalar_one()
    with look(engine) as cx:
        assert cx.execute(text("SELECT 1")).scalar() == 1
    engine.dispose()
    whole = database.read_bytes()
    data = bytearray(whole)
    data[(root - 1) * size : root * size] = b"\x55" * size
    database.write_bytes(data)
    return whole
