"""Killed on the letter's way (F1–F15): SIGKILL at every named point; after a restart nothing is lost and nothing doubled.

A child process is forked from this one, whose imports are done; it works over the same mail host and database, and is killed. What it left is then
taken up by a fresh shift here, and compared with what must be.
"""

import os
import signal
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from seeds import staged
from shifts import MORNING, reopened

from daemon import points
from daemon.auditing import audit
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, CONTACT
from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage
from daemon.reader import Reader
from db import lists
from db.pen import look
from rules.reading import read

POINTS = (
    "fetched",
    "keep",
    "kept",
    "tries",
    "parse",
    "decide",
    "write",
    "record",
    "recorded",
    "sending",
    "before-mail",
    "in-data",
    "after-dot",
    "before-3b",
    "sent",
)


def in_a_child(work: Callable[[], None]) -> int:
    """Run the work in a forked child that ends with it; returns how it ended (0, or minus the signal)."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def killed_at(point: str, nth: int) -> Callable[[str], None]:
    seen = Counter[str]()

    def watch(reached: str) -> None:
        seen[reached] += 1
        if reached == point and seen[reached] == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    return watch


def letters_of_citizens(host: MailHost, count: int) -> None:
    for number in range(count):
        text = f"投诉国土资源局。我的不动产登记申请第{number}号材料早已交齐，窗口拖了三个月不给办证。"
        raw = manners.plain_utf8(
            f"citizen{number}@people.example", "", COMPLAINT, f"投诉国土资源局不办证（{number}）", text, MORNING
        )
        host.deliver(COMPLAINT, raw, internaldate=MORNING)


def work_until_quiet(stage: Stage) -> None:
    """Rounds until nothing moves, with enough time between for two looks at Sent."""
    stage.rounds.begin(stage.now)
    for _ in range(5):
        stage.now += timedelta(minutes=12)
        stage.rounds.whole(stage.now)


def outcome(stage: Stage) -> Counter[str]:
    """Occasion -> how many letters of it left the house."""
    ours = [sent for sent in stage.host.sent_log if sent.mail_from in (COMPLAINT, CONTACT)]
    names = Counter(read(sent.raw).message_id for sent in ours)
    with look(stage.rounds.office.engine) as cx:
        rows = lists.outbox(cx)
    return Counter({row["occasion"]: names[row["message_id"]] for row in rows})


def assert_nothing_lost_nothing_doubled(stage: Stage, count: int) -> None:
    with look(stage.rounds.office.engine) as cx:
        cases = lists.cases(cx, stage.rounds.office.book)
        rows = {row["occasion"]: row["state"] for row in lists.outbox(cx)}
        open_questions = {row["about"] for row in lists.questions(cx)}
    assert len(cases) == count
    assert [case["letters"].__len__() for case in cases] == [1] * count
    left = outcome(stage)
    assert [occasion for occasion, copies in left.items() if copies > 1] == []
    for case in cases:
        for occasion in (f"receipt:{case['reference']}", f"transfer:{case['reference']}:1:国土资源局"):
            assert left[occasion] == 1 or (
                rows[occasion] == "unknown" and f"case:{case['reference']}" in open_questions
            ), occasion
    assert audit(stage.rounds.office, stage.now, deep=True).problems == ()


@pytest.mark.parametrize("nth", [1, pytest.param(2, marks=pytest.mark.long)])
@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_named_point_nothing_is_lost_and_nothing_doubled(
    wide_host: MailHost, reader: Reader, tmp_path: Path, point: str, nth: int
):
    """F1–F12."""
    host = wide_host
    letters_of_citizens(host, 2)
    host.now = lambda: MORNING
    staged(tmp_path, MORNING - timedelta(days=1), host, reader).close()

    def dying() -> None:
        child = reopened(tmp_path, host, Reader())
        points.watch(killed_at(point, nth))
        child.rounds.begin(child.now)
        child.rounds.whole(child.now)
        child.rounds.whole(child.now)

    ended = in_a_child(dying)

    stage = reopened(tmp_path, host, reader)
    work_until_quiet(stage)
    assert ended in (-signal.SIGKILL, 0)
    assert ended == -signal.SIGKILL or nth == 2
    assert_nothing_lost_nothing_doubled(stage, 2)
    stage.close()


def test_f15_a_letter_that_kills_its_reader_three_times_is_held_and_those_behind_it_go_on(stage: Stage, reader: Reader):
    from daemon.reader import Died

    class Deadly(Reader):
        """A reading child that one letter kills: the real child answers for all others."""

        deadly = False

        def begin(self, name: str, item: tuple[bytes, ...]) -> None:
            self.deadly = b"deadly" in item[0]
            super().begin(name, item)

        def finish(self) -> object:
            return Died("signal:9") if self.deadly else super().finish()

    stage.host.deliver(COMPLAINT, b"From: a@people.example\r\nSubject: deadly\r\n\r\nx\r\n", internaldate=MORNING)
    letters_of_citizens(stage.host, 2)
    with Deadly() as stage.rounds.reader:
        for _ in range(4):
            stage.now += timedelta(minutes=2)
            stage.rounds.whole(stage.now)

    with look(stage.rounds.office.engine) as cx:
        said = [(row["disposition"], row["why"]) for row in lists.letters(cx) if row["folder"] == "INBOX"]
    assert said == [("held", "crashed"), ("opened", None), ("opened", None)]


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_f13_killed_in_tick_between_two_cases_no_reminder_goes_twice(
    wide_host: MailHost, reader: Reader, tmp_path: Path, nth: int
):
    letters_of_citizens(wide_host, 3)
    wide_host.now = lambda: MORNING
    stage = staged(tmp_path, MORNING - timedelta(days=1), wide_host, reader)
    stage.now = MORNING
    work_until_quiet(stage)
    stage.close()
    due = MORNING + timedelta(days=1)

    def dying() -> None:
        child = reopened(tmp_path, wide_host, Reader())
        points.watch(killed_at("tick", nth))
        child.rounds.tick(due)

    ended = in_a_child(dying)

    stage = reopened(tmp_path, wide_host, reader)
    stage.now = due
    stage.rounds.tick(due)
    work_until_quiet(stage)
    reminders = [occasion for occasion in outcome(stage).elements() if occasion.startswith("remind:")]
    assert ended == -signal.SIGKILL
    assert len(reminders) == len(set(reminders)) == 3
    stage.close()


def test_f8_killed_inside_the_commit_that_takes_a_letter_for_sending_it_is_sent_once(
    wide_host: MailHost, reader: Reader, tmp_path: Path
):
    letters_of_citizens(wide_host, 1)
    wide_host.now = lambda: MORNING
    staged(tmp_path, MORNING - timedelta(days=1), wide_host, reader).close()

    def dying() -> None:
        child = reopened(tmp_path, wide_host, Reader())
        points.watch(killed_at("sending", 1))
        child.rounds.begin(child.now)
        child.rounds.whole(child.now)

    in_a_child(dying)

    stage = reopened(tmp_path, wide_host, reader)
    work_until_quiet(stage)
    assert set(outcome(stage).values()) == {1}
    stage.close()
