"""`doctor` over a whole office: a letter to itself and back, clock, calendar, disk, quota, book, directory, staff, rights (F58, F96, A78)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from office_days import environment, work
from shifts import MORNING
from sqlalchemy import Engine

from daemon import fitness
from daemon.__main__ import main
from daemon.auditing import audit
from daemon.demo.cast import COMPLAINT, CONTACT
from daemon.demo.faults import Fault
from daemon.demo.stage import Stage

Doctor = Callable[..., tuple[int, str]]


@pytest.fixture
def doctor(
    stage: Stage,
    url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    database: Callable[[str], Engine],
) -> Doctor:
    for name, value in environment(tmp_path, stage.host, url).items():
        monkeypatch.setenv(name, value)
    # a command leaves its connections to the end of its process, which here is the end of the test
    monkeypatch.setattr("daemon.opening.open_engine", database)

    def run(*more: str) -> tuple[int, str]:
        code = main(["doctor", "--now", stage.now.isoformat(), *more])
        return code, capsys.readouterr().out

    return run


@pytest.mark.on_double("the server dates a letter by the story's clock, while the doctor waits for it")
def test_a_letter_to_itself_goes_and_comes_back_through_the_outbox_and_is_no_riddle_afterwards(
    stage: Stage, doctor: Doctor
):
    _, out = doctor()
    work(stage, 2)

    assert out.count("的试信发出去又收到了") == 2
    assert out.count("邮件服务器的时间与本机相差 0 秒") == 2
    assert {(sent.mail_from, sent.rcpt) for sent in stage.host.sent_log} == {(COMPLAINT, COMPLAINT), (CONTACT, CONTACT)}
    assert audit(stage.rounds.office, stage.now, deep=True).problems == ()


@pytest.mark.on_double("a server that refuses its own mailbox")
def test_a_letter_that_does_not_come_back_is_told_with_the_servers_words(
    stage: Stage, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
):
    from daemon import self_letter

    stage.host.smtp.faults.append(Fault("RCPT", "answer", text="550 User not found", times=-1))
    monkeypatch.setattr(self_letter.there_and_back, "__defaults__", (0.1,))

    code, out = doctor()

    assert code == 1
    assert "秒内没有收到" in out
    assert "550 User not found" in out


@pytest.mark.on_double("the server dates a letter by the story's clock, while the doctor waits for it")
def test_a_servers_clock_far_from_ours_is_told(stage: Stage, doctor: Doctor):
    stage.host.now = lambda: stage.now + timedelta(minutes=20)

    code, out = doctor()

    assert code == 1
    assert "相差 1200 秒。请校准" in out


@pytest.mark.on_double("a mailbox that grows at a word")
def test_f96_a_mailbox_nearly_full_is_told_by_the_doctor_and_rings_once_and_each_day_at_the_brim(
    stage: Stage, doctor: Doctor
):
    stage.host.imap.quota = (850, 1000)
    _, out = doctor("--no-letter")
    work(stage, 4)
    first = alarms(stage)
    stage.host.imap.quota = (970, 1000)
    for _ in range(3):
        stage.now += timedelta(days=1)
        work(stage, 2)
    daily = alarms(stage)
    stage.host.imap.quota = (100, 1000)
    work(stage, 2)

    assert "✗ HUIYIN_COMPLAINT_IMAP　信箱已用 85%" in out
    assert (first, daily) == (2, 8)  # two mailboxes: once each, then each of three days


def alarms(stage: Stage) -> int:
    from db import lists
    from db.pen import look

    with look(stage.rounds.office.engine) as cx:
        return sum(row["what"] == "trouble" for row in lists.questions(cx))


def test_units_without_a_mailbox_and_a_provisional_calendar_are_told(stage: Stage, doctor: Doctor):
    _, out = doctor("--no-letter")
    stage.now = MORNING.replace(year=2026, month=12)
    _, later = doctor("--no-letter")

    assert "个单位没有登记邮箱" in out
    assert "✓ HUIYIN_BOOK　今后 60 个工作日" in out
    assert "2027 年的放假通知" in later


@pytest.mark.on_sqlite("who may read the file")
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_files_that_others_can_read_are_told(stage: Stage, doctor: Doctor, tmp_path: Path):
    (tmp_path / "huiyin.db").chmod(0o644)

    code, out = doctor("--no-letter")

    assert code == 1
    assert f"chmod 600 {tmp_path / 'huiyin.db'}" in out


def test_a_book_that_is_refused_is_told_as_the_books_fault(
    stage: Stage, doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("HUIYIN_BOOK", str(tmp_path / "empty"))

    code, out = doctor("--no-letter")

    assert code == 1
    assert "✗ HUIYIN_BOOK　" in out
    assert "里没有规则册" in out


def test_a_disk_nearly_full_is_told(stage: Stage, doctor: Doctor, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fitness, "ROOM", 1 << 60)

    code, out = doctor("--no-letter")

    assert code == 1
    assert "请腾出空间" in out


def test_a_staff_member_whose_mailbox_is_the_offices_own_is_told(stage: Stage, doctor: Doctor, tmp_path: Path):
    office = tmp_path / "book" / "office.toml"
    office.write_text(office.read_text("utf-8").replace("zuzhang@office.example", COMPLAINT), "utf-8")

    _, out = doctor("--no-letter")

    assert "王组长 的邮箱就是本局的投诉信箱" in out
