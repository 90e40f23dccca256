"""`demo --keep`: somebody with an ordinary mail program writes to the office, has his receipt, and looks at the case with the command printed."""

import imaplib
import json
import os
import re
import signal
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from daemon.demo.cast import COMPLAINT, HEAD, LAND, STRANGER, accounts
from rules.reading import read

pytestmark = pytest.mark.long
PATIENCE = 120


class Kept:
    """What the kept demo printed."""

    def __init__(self, child: subprocess.Popen[str], lines: list[str]) -> None:
        self.child, told = child, "\n".join(lines)
        self.imap = int(re.search(r"IMAP 127\.0\.0\.1:(\d+)", told)[1])
        self.smtp = int(re.search(r"SMTP 127\.0\.0\.1:(\d+)", told)[1])
        self.env = re.search(r"HUIYIN_ENV=(\S+)", told)[1]
        self.told = told

    def command(self, *words: str) -> str:
        """What a command prints on the settings that the demo wrote down."""
        asked, told = [sys.executable, "-m", "daemon", *words], {**os.environ, "HUIYIN_ENV": self.env}
        return subprocess.run(asked, env=told, capture_output=True, text=True, encoding="utf-8", check=True).stdout


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    child = subprocess.Popen(
        [sys.executable, "-m", "daemon", "demo", "--keep"], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    lines = []
    for line in child.stdout:
        lines.append(line.rstrip())
        if "Ctrl-C" in line:
            break
    yield Kept(child, lines)
    child.send_signal(signal.SIGINT)
    assert child.wait(PATIENCE) == 0
    child.stdout.close()


def letters(kept: Kept, address: str) -> list[bytes]:
    """As imaplib reads a mailbox: LOGIN, SELECT, SEARCH ALL, FETCH."""
    with imaplib.IMAP4("127.0.0.1", kept.imap) as client:
        client.login(address, accounts()[address])
        client.select("INBOX")
        numbers = client.search(None, "ALL")[1][0].split()
        return [client.fetch(number.decode(), "(RFC822)")[1][0][1] for number in numbers]


def awaited(kept: Kept, address: str, about: str) -> str:
    """The text of the letter with these words in its subject, once it is there."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for raw in letters(kept, address):
            letter = read(raw)
            if about in letter.subject:
                return letter.text
        time.sleep(0.5)
    raise AssertionError(about)


def test_a_letter_from_a_mail_program_is_receipted_forwarded_and_shown(kept: Kept) -> None:
    for address, password in accounts().items():
        assert f"  {address}  {password}" in kept.told
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = STRANGER.address, COMPLAINT, "投诉国土资源局不给办证"
    letter.set_content("我是陈大文，电话13911112222。国土资源局窗口不给我办不动产登记，跑了三趟。请查处。")
    with smtplib.SMTP("127.0.0.1", kept.smtp) as client:
        client.login(STRANGER.address, accounts()[STRANGER.address])
        client.send_message(letter)

    number = re.search(r"桓营诉〔\d{4}〕\d+号", awaited(kept, STRANGER.address, "收件回执"))[0]

    forwarded = awaited(kept, LAND.address, f"转办单：{number}")
    assert "已隐去" in forwarded
    assert "13911112222" not in forwarded
    assert number in [json.loads(line)["number"] for line in kept.command("cases", "--json").splitlines()]


def test_a_member_of_staff_decides_at_the_command_line(kept: Kept) -> None:
    asked = [json.loads(line) for line in kept.command("questions", "--json").splitlines()]
    steer = next(question["id"] for question in asked if question["what"] == "steer")

    assert "已办理" in kept.command("answer", steer, "暂存", "--by", HEAD.name)
