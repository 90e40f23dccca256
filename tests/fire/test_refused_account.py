"""A server that refuses our account in English: the alarm, `send` and `doctor` say in Chinese what it means and what to do (F64, F73)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from office_days import citizens_write, environment, work
from sqlalchemy import Engine

from daemon import self_letter
from daemon.__main__ import main
from daemon.demo.cast import COMPLAINT, CONTACT, RECEIVER
from daemon.demo.faults import Fault
from daemon.demo.stage import Stage
from rules.reading import read

ENGLISH = "553 Mail from must equal authorized user"
MEANS = f"不让账号 {COMPLAINT} 用“{COMPLAINT}”作发件地址：发件地址必须是账号自己的地址。"
BEHIND = f"服务器说：{ENGLISH}"


@pytest.fixture
def refusing(stage: Stage) -> Stage:
    """The complaint mailbox's server takes no letter from it."""
    stage.host.smtp.faults.append(Fault("MAIL", "answer", text=ENGLISH, times=-1, who=COMPLAINT))
    return stage


def alarm(stage: Stage) -> str:
    letters = [read(sent.raw) for sent in stage.host.sent_log if sent.rcpt == RECEIVER.address]
    (told,) = [letter.text for letter in letters if "系统报警" in letter.subject]
    return told.replace("\n", "").replace(" ", "")


@pytest.mark.on_double("a submission server in its moods")
def test_f64_the_alarm_says_what_the_refusal_means_and_what_to_do_and_then_the_servers_own_words(refusing: Stage):
    citizens_write(refusing.host, 1)

    work(refusing, 2, minutes=40)

    said = alarm(refusing)
    for words in (MEANS, BEHIND, "请核对设置", "授权码", "没有丢失"):
        assert words.replace(" ", "") in said


@pytest.fixture
def command(
    refusing: Stage,
    url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    database: Callable[[str], Engine],
) -> Callable[..., tuple[int, str]]:
    for name, value in environment(tmp_path, refusing.host, url).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("daemon.opening.open_engine", database)

    def run(*words: str) -> tuple[int, str]:
        code = main([*words, "--now", refusing.now.isoformat()])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


@pytest.mark.on_double("a submission server in its moods")
def test_send_says_it_alike(refusing: Stage, command: Callable[..., tuple[int, str]]):
    citizens_write(refusing.host, 1)

    code, said = command("send")

    assert code == 75
    assert MEANS in said
    assert BEHIND in said


@pytest.mark.on_double("a submission server in its moods")
@pytest.mark.parametrize(
    ("at", "words", "before"),
    [("MAIL", ("doctor", "--no-letter"), ""), ("DOT", ("doctor",), "给自己的试信没有发出去，还在待发里。")],
)
def test_the_doctor_says_it_alike_whether_the_server_looks_at_the_envelope_or_at_the_letter(
    refusing: Stage,
    command: Callable[..., tuple[int, str]],
    monkeypatch: pytest.MonkeyPatch,
    at: str,
    words: tuple[str, ...],
    before: str,
):
    monkeypatch.setattr(self_letter.there_and_back, "__defaults__", (0.1,))
    refusing.host.smtp.faults[:] = [Fault(at, "answer", text=ENGLISH, times=-1, who=COMPLAINT)]

    code, said = command(*words)

    assert code == 1
    (place,) = [line for line in said.splitlines() if line.startswith("✗ HUIYIN_COMPLAINT_SMTP　")]
    assert place.startswith(f"✗ HUIYIN_COMPLAINT_SMTP　{before}发信服务器 127.0.0.1 {MEANS}")
    assert "请核对设置 HUIYIN_COMPLAINT_SMTP：" in place
    assert place.endswith(BEHIND)
    assert f"✓ HUIYIN_CONTACT_SMTP　已登录 127.0.0.1，发件地址 {CONTACT}" in said
