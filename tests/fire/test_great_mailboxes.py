"""Fifty thousand old letters, and one of a hundred megabytes (F56, F57): memory stays flat, it goes on where it was broken off, everybody is served."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from office_days import TOP, asked, citizens_write, environment, left, rows
from shifts import MORNING
from sqlalchemy import text

from daemon.auditing import audit
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT
from daemon.demo.stage import Stage
from db import lists
from db.pen import look
from rules.reading import read

MEGABYTE = 1 << 20
MANY = 50_000
LIMITED = """
import os, resource, sys
megabytes, times, place = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
from daemon import points
from daemon.__main__ import main
resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
reached = iter(range(1, 10**9))

def ended(code):
    lines = open("/proc/self/status").read().splitlines()  # ru_maxrss would count who started us, too
    print("most", *(int(line.split()[1]) >> 10 for line in lines if line.startswith("VmHWM:")), flush=True)
    os._exit(code)

points.watch(lambda point: ended(9) if point == place and next(reached) == times else None)
ended(main(sys.argv[4:]))
"""


def limited(
    stage: Stage, folder: Path, url: str, *words: str, megabytes: int, times: int = 0, point: str = ""
) -> tuple[int, str]:
    """A command with so much address space, ended by force where it comes to the point that often; its exit code, and what it said."""
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("HUIYIN_")}
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(megabytes), str(times), point, *words, "--now", stage.now.isoformat()],
        env={**quiet, "PYTHONPATH": str(TOP), **environment(folder, stage.host, url)},
        cwd=folder,
        capture_output=True,
        timeout=280,
        check=False,
    )
    return done.returncode, (done.stdout + done.stderr[-2000:]).decode("utf-8")


def most(said: str) -> int:
    """Megabytes that the process had at most."""
    return int(said[said.index("most ") :].split()[1])


def count(stage: Stage, words: str) -> int:
    with look(stage.rounds.office.engine) as cx:
        return int(cx.execute(text(words)).scalar_one())


@pytest.mark.long
@pytest.mark.timeout(300)
@pytest.mark.on_double("fifty thousand letters in a folder, put there in a second")
def test_f56_fifty_thousand_old_letters_are_kept_in_batches_with_flat_memory_and_a_poll_that_ended_early_is_gone_on_with(
    stage: Stage, url: str, tmp_path: Path
):
    long_ago = datetime(2016, 3, 1, 9, tzinfo=MORNING.tzinfo)
    for number in range(MANY):
        raw = f"From: old{number}@old.example\r\nTo: {COMPLAINT}\r\nSubject: {number}\r\n\r\nold letter {number}\r\n"
        stage.host.deliver(COMPLAINT, raw.encode(), internaldate=long_ago)
    batches, decided = MANY // 100, MANY // 40

    killed, _ = limited(stage, tmp_path, url, "poll", megabytes=700, times=batches, point="kept")
    kept = count(stage, "SELECT count(*) FROM letters")
    ended, said = limited(stage, tmp_path, url, "poll", megabytes=700)
    _, later = limited(stage, tmp_path, url, "decide", megabytes=700, times=decided, point="recorded")

    assert (killed, kept, ended) == (9, batches * 50, 0), said
    assert count(stage, "SELECT count(*) FROM letters") == MANY
    assert count(stage, "SELECT count(*) FROM sightings") == MANY
    assert (most(said) < 300, most(later) < 300) == (True, True), (said, later)
    assert count(stage, "SELECT count(*) FROM letters WHERE disposition = 'held'") == decided
    assert asked(stage) == ["history"]
    assert not [name for name in rows(stage.rounds.office.engine) if name.startswith("receipt:")]


@pytest.mark.long
@pytest.mark.timeout(300)
@pytest.mark.on_double("a letter of a hundred megabytes, put there without a limit")
def test_f57_a_letter_of_a_hundred_megabytes_is_kept_whole_and_opened_its_writer_is_asked_for_smaller_files_the_next_is_decided(
    stage: Stage, url: str, tmp_path: Path
):
    head = manners.plain_utf8("big@people.example", "", COMPLAINT, "投诉国土资源局不办证", "见附件。", MORNING)
    boundary, words = "----=_part", "投诉国土资源局。我的不动产登记申请材料早已交齐，窗口拖了三个月不给办证。"
    lines = head.partition(b"\r\n\r\n")[0].split(b"\r\n")
    kept = b"\r\n".join(line for line in lines if not line.lower().startswith((b"content-", b"mime-", b" ")))
    body = (
        f'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="{boundary}"\r\n\r\n--{boundary}\r\n'
        f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{words}\r\n--{boundary}\r\n"
        'Content-Type: video/mp4; name="a.mp4"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    ).encode()
    raw = kept + b"\r\n" + body + (b"QUJD" * 18 + b"\r\n") * (100 * MEGABYTE // 74) + f"\r\n--{boundary}--\r\n".encode()
    stage.host.deliver(COMPLAINT, raw, internaldate=MORNING)
    citizens_write(stage.host, 1)

    code, said = limited(stage, tmp_path, url, "send", megabytes=1500)

    assert code == 0, said
    assert count(stage, "SELECT max(size) FROM blobs") == len(raw) > 100_000_000
    with look(stage.rounds.office.engine) as cx:
        assert len(lists.cases(cx, stage.rounds.office.book)) == 2
    texts = [read(sent.raw).text for sent in stage.host.sent_log if sent.rcpt == "big@people.example"]
    assert ["请把附件分几封邮件重新发送" in text for text in texts] == [True]
    assert set(left(stage).values()) == {1}
    assert most(said) < (700 if url.startswith("sqlite") else 900)  # psycopg holds a parameter of its own beside ours
    assert audit(stage.rounds.office, stage.now + timedelta(minutes=1)).ok
