"""`doctor`: says in Chinese what is wrong with the four places and what to do; the office itself is looked at in tests/fire."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from world_builders import ACCOUNTS, OFFICE, UNIT

from daemon.__main__ import main
from daemon.demo.servers import MailHost


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailHost]:
    with MailHost(ACCOUNTS) as running:
        for prefix, address in (("COMPLAINT", OFFICE), ("CONTACT", UNIT)):
            user = address.replace("@", "%40")
            monkeypatch.setenv(f"HUIYIN_{prefix}_IMAP", f"imap://{user}@127.0.0.1:{running.imap_port}")
            monkeypatch.setenv(f"HUIYIN_{prefix}_SMTP", f"smtp://{user}@127.0.0.1:{running.smtp_port}")
            monkeypatch.setenv(f"HUIYIN_{prefix}_IMAP_PASSWORD", ACCOUNTS[address])
        yield running


def doctor(capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    """Without a database the office itself is one line more that is wrong."""
    code = main(["doctor", "--no-letter", "--now", "2017-06-08T10:00:00+08:00", *more])
    out = capsys.readouterr().out
    assert "HUIYIN_DATABASE" in out.splitlines()[-1 if more else -2]
    return code, out


def test_four_good_places_are_well(host: MailHost, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = doctor(capsys)

    assert code == 1
    assert out.count("✗") == 2  # the missing database, and the sentence at the end that names the sign
    assert out.count("✓ HUIYIN_COMPLAINT_IMAP　收取：") == 5
    assert "只报告不收取：病毒文件夹（病毒，0 封）" in out
    assert (host.sent_log, host.smtp.logins, host.imap.logins) == ([], 2, 2)


def test_a_wrong_code_is_said_with_the_remedy_and_the_others_are_looked_at(
    host: MailHost, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """F54, A75."""
    monkeypatch.setenv("HUIYIN_CONTACT_IMAP_PASSWORD", "wrong-code-42")
    code, out = doctor(capsys)

    assert code == 1
    assert out.count("客户端授权码") == 2
    assert "✓ HUIYIN_COMPLAINT_SMTP" in out
    assert "wrong-code-42" not in out


def test_unsafe_login_is_said_with_the_remedy(host: MailHost, capsys: pytest.CaptureFixture[str]) -> None:
    """F53."""
    host.imap.unsafe = True
    code, out = doctor(capsys)

    assert code == 1
    assert "请在网页登录邮箱并确认客户端授权码" in out


def test_a_missing_setting_folder_and_sent_are_said(
    host: MailHost, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """F49."""
    monkeypatch.delenv("HUIYIN_CONTACT_SMTP")
    monkeypatch.setenv(
        "HUIYIN_CONTACT_IMAP", f"imap://unit%40163.example@127.0.0.1:{host.imap_port}?folders=INBOX,信访件"
    )
    del host.store.accounts[UNIT].folders["已发送"]
    code, out = doctor(capsys)

    assert code == 1
    assert "✗ HUIYIN_CONTACT_SMTP　缺少设置" in out
    assert "✗ HUIYIN_CONTACT_IMAP　找不到文件夹“信访件”" in out
    assert "没有“已发送”文件夹" in out


def test_a_window_of_thirty_days_is_suspected(host: MailHost, capsys: pytest.CaptureFixture[str]) -> None:
    """F58."""
    host.deliver(OFFICE, b"Subject: old\r\n\r\nx", internaldate=datetime(2017, 5, 10, tzinfo=UTC))
    code, out = doctor(capsys)

    assert code == 1
    assert "2017-05-10" in out
    assert "收取全部邮件" in out


def test_json_gives_one_object_a_finding(host: MailHost, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = doctor(capsys, "--json")
    rows = [json.loads(line) for line in out.splitlines()]

    assert code == 1
    assert {row["setting"] for row in rows if row["ok"]} == {
        f"HUIYIN_{box}_{way}" for box in ("COMPLAINT", "CONTACT") for way in ("IMAP", "SMTP")
    }
    assert [row["setting"] for row in rows if not row["ok"]] == ["HUIYIN_DATABASE"]
