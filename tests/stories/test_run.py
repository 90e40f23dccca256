"""`run` itself, as a process of its own against the mail host: everything arrives with no other command; it stands by, and stops at once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import ground
import pytest
from seeds import staged
from shifts import MORNING, ZONE

from daemon.books import read_chapters
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, CONTACT, LAND, LI, REVIEWER, accounts, filled
from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage
from daemon.heartbeat import heartbeat_of
from daemon.reader import Reader
from rules.wording import wording

say = wording("daemon.demo")
TOP = Path(__file__).parents[2]


def the_settings(folder: Path, host: MailHost) -> dict[str, str]:
    """What a person would export, with the book copied and filled."""
    book = folder / "book"
    for name, data in filled(dict(read_chapters())).items():
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).write_bytes(data)
    values = {"HUIYIN_DATABASE": ground.url(folder / "huiyin.db"), "HUIYIN_BOOK": str(book)}
    for kind, address in (("COMPLAINT", COMPLAINT), ("CONTACT", CONTACT)):
        values[f"HUIYIN_{kind}_IMAP"] = host.imap_url(address)
        values[f"HUIYIN_{kind}_IMAP_PASSWORD"] = accounts()[address]
        values[f"HUIYIN_{kind}_SMTP"] = host.smtp_url(address)
    return values


def daemon(settings: dict[str, str], *words: str) -> subprocess.Popen[bytes]:
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("HUIYIN_")}
    return subprocess.Popen(
        [sys.executable, "-m", "daemon", *words],
        env={**quiet, "PYTHONPATH": str(TOP), **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def until(true: Callable[[], object], seconds: float = 60) -> None:
    for _ in range(int(seconds * 10)):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it never came true")


@pytest.fixture
def office(host: MailHost, reader: Reader, tmp_path: Path) -> tuple[Stage, dict[str, str]]:
    stage = staged(tmp_path, MORNING, host, reader)
    stage.close()
    stage.now = datetime.now(ZONE)
    host.now = lambda: datetime.now(ZONE)
    return stage, the_settings(tmp_path, host)


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    output, _ = process.communicate(timeout=20)
    return process.returncode, output.decode("utf-8", "replace")


def test_run_alone_carries_a_complaint_to_the_feedback(office: tuple[Stage, dict[str, str]], host: MailHost):
    stage, settings = office
    process = daemon(settings, "run", "--every", "0.5")
    try:
        stage.post(
            manners.web_163(LI.address, LI.name, COMPLAINT, say("subject-complaint"), say("text-complaint"), stage.now),
            LI,
            COMPLAINT,
        )
        until(lambda: subjects(host, LI.address, "收件回执") and subjects(host, LAND.address, "转办单"))
        stage.reply(LAND, say("text-signed"), stage.now, manner="master")
        until(lambda: subjects(host, LAND.address, "已登记"))
        stage.reply(LAND, say("text-result"), stage.now, manner="163")
        until(lambda: subjects(host, REVIEWER.address, "办结报告请审核"))
        stage.order(REVIEWER, "同意", stage.now)
        until(lambda: subjects(host, LI.address, "办理结果"))
    finally:
        process.send_signal(signal.SIGTERM)
        code, output = ended(process)
    assert code == 0, output
    assert "Traceback" not in output
    assert LI.name not in output


def subjects(host: MailHost, address: str, about: str) -> list[bytes]:
    from rules.reading import read

    return [stored.raw for stored in host.folder(address) if about in read(stored.raw).subject]


def test_f17_run_ends_within_eight_seconds_of_sigterm_with_exit_code_0(office: tuple[Stage, dict[str, str]]):
    _, settings = office
    process = daemon(settings, "run", "--every", "0.5")
    until(heartbeat_of(settings["HUIYIN_DATABASE"]).exists)

    process.send_signal(signal.SIGTERM)

    code, output = ended(process)
    assert (code, "Traceback" in output) == (0, False), output
    code, output = ended(daemon(settings, "health"))
    assert (code, "程序没有在运行" in output) == (1, True), output


@pytest.mark.long
def test_f33_a_second_run_stands_by_and_a_one_shot_command_says_who_has_the_shift(office: tuple[Stage, dict[str, str]]):
    _, settings = office
    first = daemon(settings, "run", "--every", "0.5")
    until(heartbeat_of(settings["HUIYIN_DATABASE"]).exists)
    second = daemon(settings, "run", "--every", "0.5")
    try:
        code, output = ended(daemon(settings, "poll"))
        assert code == 75, output
        assert str(first.pid) in output
        assert second.poll() is None
    finally:
        second.send_signal(signal.SIGTERM)
        first.send_signal(signal.SIGTERM)
    assert ended(first)[0] == 0
    assert ended(second)[0] == 0


def test_run_with_the_book_as_shipped_says_what_to_fill_in(office: tuple[Stage, dict[str, str]]):
    _, settings = office
    shipped = {name: value for name, value in settings.items() if name != "HUIYIN_BOOK"}

    code, output = ended(daemon(shipped, "run"))

    assert code == 78
    assert "电话" in output


def test_a_missing_setting_is_named_in_one_sentence(office: tuple[Stage, dict[str, str]]):
    _, settings = office
    short = {name: value for name, value in settings.items() if name != "HUIYIN_CONTACT_IMAP"}

    code, output = ended(daemon(short, "run"))

    assert code == 78
    assert "HUIYIN_CONTACT_IMAP" in output
    assert "Traceback" not in output
