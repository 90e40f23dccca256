"""`send` says what waits: how many letters of which mailbox, and until when, whoever put them off (F63, F64, F72)."""

from datetime import timedelta
from pathlib import Path

import pytest
from seeds import staged
from shifts import MORNING
from test_process import closed_port, exported, quoted
from test_run import the_settings

from daemon.__main__ import main
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, LI, ZHAO
from daemon.demo.faults import Fault
from daemon.demo.servers import MailHost
from daemon.reader import Reader


@pytest.fixture
def settings(host: MailHost, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """An office to which one complaint came, and whose way out of the public mailbox is shut."""
    host.now = lambda: MORNING
    stage = staged(tmp_path, MORNING, host, reader)
    stage.close()
    text = "投诉国土资源局。我的不动产登记申请材料早已交齐，窗口拖了三个月不给办证。"
    raw = manners.plain_utf8(ZHAO.address, ZHAO.name, COMPLAINT, "投诉国土资源局不办证", text, MORNING)
    host.deliver(COMPLAINT, raw, internaldate=MORNING)
    given = the_settings(tmp_path, host)
    exported(given, monkeypatch)
    return given


def sent(capsys: pytest.CaptureFixture[str], minutes: float) -> tuple[int, list[str]]:
    capsys.readouterr()
    code = main(["send", "--now", (MORNING + timedelta(minutes=minutes)).isoformat()])
    return code, capsys.readouterr().out.splitlines()


def shut(kind: str) -> str:
    """The address of the public mailbox at a port where nobody listens."""
    return f"{kind}://{quoted(COMPLAINT)}@127.0.0.1:{closed_port()}"


def test_what_an_outage_put_off_is_counted_by_every_send_with_the_time_it_waits_for(
    settings: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("HUIYIN_COMPLAINT_SMTP", shut("smtp"))

    assert sent(capsys, 0)[0] == 75
    again = sent(capsys, 1)
    monkeypatch.setenv("HUIYIN_COMPLAINT_SMTP", settings["HUIYIN_COMPLAINT_SMTP"])
    still, well = sent(capsys, 1.5), sent(capsys, 2)

    counted = "发出 0 封，稍后再发 2 封，被拒 0 封，不明 0 封。"
    waits = (
        f"投诉举报信箱有 2 封待发，要等到 {MORNING + timedelta(minutes=2):%Y-%m-%d %H:%M} 再试，早了运行 send 也不发。"
    )
    assert again == still == (0, [counted, waits])
    assert well == (0, ["发出 2 封，稍后再发 0 封，被拒 0 封，不明 0 封。"])


def test_what_waits_for_no_hour_but_for_its_mailbox_is_counted_too(
    settings: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """Nothing leaves a mailbox whose Sent could not be looked at."""
    monkeypatch.setenv("HUIYIN_COMPLAINT_SMTP", shut("smtp"))
    sent(capsys, 0)
    monkeypatch.setenv("HUIYIN_COMPLAINT_SMTP", settings["HUIYIN_COMPLAINT_SMTP"])
    monkeypatch.setenv("HUIYIN_COMPLAINT_IMAP", shut("imap"))

    code, told = sent(capsys, 5)

    assert (code, told[1:]) == (75, ["投诉举报信箱有 2 封待发，这次没有轮到，下次运行 send 再发。"])


@pytest.mark.on_double("a submission server in its moods")
def test_letters_put_off_to_several_times_are_one_line_with_the_first_and_the_last(
    settings: dict[str, str], host: MailHost, capsys: pytest.CaptureFixture[str]
):
    host.smtp.faults += [
        Fault("RCPT", "answer", text="450 4.2.0 later", times=-1, who=one.address) for one in (ZHAO, LI)
    ]
    sent(capsys, 0)
    raw = manners.plain_utf8(
        LI.address, LI.name, COMPLAINT, "投诉教育局乱收费", "投诉县教育局乱收补课费三百元。", MORNING
    )
    host.deliver(COMPLAINT, raw, internaldate=MORNING)

    code, told = sent(capsys, 1)

    first, last = (f"{MORNING + timedelta(minutes=minutes):%Y-%m-%d %H:%M}" for minutes in (2, 3))
    assert (code, told[1:]) == (
        0,
        [f"投诉举报信箱有 2 封待发：最早的要等到 {first} 再试，最晚的 {last}，早了运行 send 也不发。"],
    )
