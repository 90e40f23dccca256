"""What stories of bad days share: citizens who write, rounds until nothing moves, what left the house, an office as environment."""

import os
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from shifts import MORNING
from sqlalchemy import Engine

from daemon.books import read_chapters
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, CONTACT, accounts, filled
from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage
from db import lists
from db.pen import look
from rules.reading import read

TOP = Path(__file__).parents[2]


def citizen(number: int) -> str:
    return f"citizen{number}@people.example"


def complaint(number: int, at: datetime = MORNING) -> bytes:
    text = f"投诉国土资源局。我的不动产登记申请第{number}号材料早已交齐，窗口拖了三个月不给办证。"
    return manners.plain_utf8(citizen(number), "", COMPLAINT, f"投诉国土资源局不办证（{number}）", text, at)


def citizens_write(host: MailHost, *numbers: int) -> None:
    for number in numbers:
        host.deliver(COMPLAINT, complaint(number), internaldate=MORNING)


def work(stage: Stage, rounds: int = 1, minutes: int = 12) -> None:
    """Rounds with time between for two looks at Sent."""
    for _ in range(rounds):
        stage.now += timedelta(minutes=minutes)
        stage.rounds.whole(stage.now)


def rows(engine: Engine) -> dict[str, str]:
    """Occasion -> state of every letter of the outbox."""
    with look(engine) as cx:
        return {row["occasion"]: row["state"] for row in lists.outbox(cx)}


def left(stage: Stage) -> Counter[str]:
    """Occasion -> how many letters of it left the house."""
    ours = [sent for sent in stage.host.sent_log if sent.mail_from in (COMPLAINT, CONTACT)]
    names = Counter(read(sent.raw).message_id for sent in ours)
    with look(stage.rounds.office.engine) as cx:
        outbox = lists.outbox(cx)
    return Counter({row["occasion"]: names[row["message_id"]] for row in outbox})


def asked(stage: Stage) -> list[str]:
    """What waits for a person."""
    with look(stage.rounds.office.engine) as cx:
        return [row["what"] for row in lists.questions(cx)]


def environment(folder: Path, host: MailHost, url: str) -> dict[str, str]:
    """What a person would export, with the book copied and filled."""
    book = folder / "book"
    for name, data in filled(dict(read_chapters())).items():
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).write_bytes(data)
    values = {"HUIYIN_DATABASE": url, "HUIYIN_BOOK": str(book)}
    for kind, address in (("COMPLAINT", COMPLAINT), ("CONTACT", CONTACT)):
        values[f"HUIYIN_{kind}_IMAP"] = host.imap_url(address)
        values[f"HUIYIN_{kind}_IMAP_PASSWORD"] = accounts()[address]
        values[f"HUIYIN_{kind}_SMTP"] = host.smtp_url(address)
    return values


def started(values: dict[str, str], *words: str, folder: Path) -> subprocess.Popen[bytes]:
    """A command as a process of its own, in a folder of its own."""
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("HUIYIN_")}
    return subprocess.Popen(
        [sys.executable, "-m", "daemon", *words],
        cwd=folder,
        env={**quiet, "PYTHONPATH": str(TOP), **values},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def ended(process: subprocess.Popen[bytes], seconds: float = 60) -> tuple[int, str]:
    output, _ = process.communicate(timeout=seconds)
    return process.returncode, output.decode("utf-8", "replace")
