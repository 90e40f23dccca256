"""What a kill on the letter's way leaves, point by point (F3, F9–F12): not only never two and never none, but which of the two it is, and why."""

from datetime import timedelta
from pathlib import Path

import pytest
from seeds import staged
from shifts import MORNING, reopened
from sqlalchemy import text
from test_crashes import in_a_child, killed_at, letters_of_citizens, outcome, work_until_quiet

from daemon import points
from daemon.auditing import audit
from daemon.demo.faults import Fault
from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage
from daemon.reader import Reader
from db import lists
from db.pen import look

pytestmark = pytest.mark.long


@pytest.fixture
def wide_host(wide_host: MailHost) -> MailHost:
    wide_host.now = lambda: MORNING
    return wide_host


def killed(folder: Path, host: MailHost, point: str) -> None:
    """An office in the folder whose first shift dies at the point."""
    staged(folder, MORNING - timedelta(days=1), host, Reader()).close()

    def dying() -> None:
        child = reopened(folder, host, Reader())
        points.watch(killed_at(point, 1))
        child.rounds.begin(child.now)
        child.rounds.whole(child.now)

    assert in_a_child(dying) == -9


def first_out(stage: Stage) -> tuple[str, str, int, list[str]]:
    """Of the letter that was on its way: state, queue id, how many of it left, and what is asked about it."""
    with look(stage.rounds.office.engine) as cx:
        row = cx.execute(text("SELECT occasion, state, queue_id FROM outbox ORDER BY id")).first()
        asked = [each["what"] for each in lists.questions(cx)]
    return row.state, row.queue_id or "", outcome(stage)[row.occasion], asked


@pytest.mark.on_double("a server that says good-bye to whoever comes")
def test_f3_a_letter_that_was_kept_is_decided_though_the_server_is_gone(wide_host: MailHost, reader: Reader, tmp_path):
    letters_of_citizens(wide_host, 1)
    killed(tmp_path, wide_host, "kept")
    stage = reopened(tmp_path, wide_host, reader)
    wide_host.imap.faults.append(Fault("GREETING", "bye", times=-1))

    stage.rounds.begin(stage.now)
    stage.rounds.poll(stage.now)
    stage.rounds.decide(stage.now)

    with look(stage.rounds.office.engine) as cx:
        (letter,) = [row for row in lists.letters(cx) if row["folder"] == "INBOX"]
    assert letter["disposition"] == "opened"
    assert stage.rounds.unwilling.keys() == {"complaint", "contact"}
    stage.close()


@pytest.mark.parametrize(("point", "left"), [("before-mail", 0), ("in-data", 0)])
def test_f9_f10_killed_before_the_final_dot_nothing_left_and_ours_waits_for_a_person_and_is_not_repeated(
    wide_host: MailHost, reader: Reader, tmp_path: Path, point: str, left: int
):
    letters_of_citizens(wide_host, 1)
    killed(tmp_path, wide_host, point)

    stage = reopened(tmp_path, wide_host, reader)
    work_until_quiet(stage)

    assert first_out(stage) == ("unknown", "", left, ["unknown"])
    assert audit(stage.rounds.office, stage.now).ok
    stage.close()


@pytest.mark.parametrize("point", ["after-dot", "before-3b"])
def test_f11_f12_killed_after_the_final_dot_sent_shows_the_letter_and_nobody_is_asked(
    wide_host: MailHost, reader: Reader, tmp_path: Path, point: str
):
    letters_of_citizens(wide_host, 1)
    killed(tmp_path, wide_host, point)

    stage = reopened(tmp_path, wide_host, reader)
    work_until_quiet(stage)

    assert first_out(stage) == ("sent", "", 1, [])
    assert audit(stage.rounds.office, stage.now).ok
    stage.close()
