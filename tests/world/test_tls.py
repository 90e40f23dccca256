"""Certificates: a bad one fails before any password leaves (F59, F76); a good one of a named authority works."""

import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme
from world_builders import ACCOUNTS, LETTER, OFFICE, UNIT, a_mailbox, an_account

from daemon.demo.faults import Fault
from daemon.demo.servers import MailHost
from daemon.mailboxes.troubles import CertificateTrouble, MailTrouble, NetworkTrouble
from daemon.smtp import Accepted, Later, Refused

AUTHORITY = trustme.CA()
STRANGER = trustme.CA()


def a_context(
    authority: trustme.CA = AUTHORITY, name: str = "localhost", until: datetime | None = None
) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, not_after=until).configure_cert(context)
    return context


GOOD = a_context()
BAD = {
    "self-signed": a_context(STRANGER),
    "wrong name": a_context(name="elsewhere.example"),
    "expired": a_context(until=datetime(2020, 1, 1, tzinfo=UTC)),
}


@pytest.fixture(scope="module")
def ca(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    AUTHORITY.cert_pem.write_to_path(str(path))
    return f"?ca={path}"


SCHEMES = [("imaps", "smtps", False, ""), ("imap", "smtp", True, "&starttls=1")]


@pytest.mark.parametrize(("imap", "smtp", "starttls", "query"), SCHEMES)
def test_letters_come_and_go_over_tls(ca: str, imap: str, smtp: str, starttls: bool, query: str) -> None:
    with MailHost(ACCOUNTS, tls=GOOD, starttls=starttls) as host:
        uid = host.deliver(OFFICE, LETTER)
        box = a_mailbox(host, scheme=imap, server="localhost", query=ca + query)
        account = an_account(host, scheme=smtp, server="localhost", query=ca + query)

        assert box.open("INBOX").exists == 1
        assert [fetched.raw for fetched in box.letters("INBOX", [uid])] == [LETTER]
        assert [type(account.submit(UNIT, LETTER)) for _ in range(3)] == [Accepted] * 3
        assert (host.imap.logins, host.smtp.logins) == (1, 1)
        box.close()
        account.close()


@pytest.mark.parametrize(("imap", "smtp", "starttls", "query"), SCHEMES)
@pytest.mark.parametrize("bad", list(BAD))
def test_a_bad_certificate_stops_us_before_the_password(
    ca: str, imap: str, smtp: str, starttls: bool, query: str, bad: str
) -> None:
    """F59, F76."""
    with MailHost(ACCOUNTS, tls=BAD[bad], starttls=starttls) as host:
        with pytest.raises(CertificateTrouble, match="证书不符") as raised:
            a_mailbox(host, scheme=imap, server="localhost", query=ca + query).open("INBOX")
        outcome = an_account(host, scheme=smtp, server="localhost", query=ca + query).submit(UNIT, LETTER)

        assert raised.value.code == 75
        assert isinstance(outcome, Refused)
        assert outcome.account
        assert "证书不符" in outcome.answer
        assert (host.imap.logins, host.smtp.logins, host.sent_log) == (0, 0, [])
        assert not [
            command
            for command in host.imap.commands + host.smtp.commands
            if "LOGIN" in command or command.startswith("AUTH")
        ]


def test_without_a_named_authority_the_systems_own_are_asked() -> None:
    """There is no switch to skip the check."""
    with MailHost(ACCOUNTS, tls=GOOD) as host, pytest.raises(CertificateTrouble):
        a_mailbox(host, scheme="imaps", server="localhost").open("INBOX")


def test_starttls_stripped_stops_us_before_the_password(ca: str) -> None:
    """F59, F76."""
    with MailHost(ACCOUNTS, tls=GOOD, starttls=True) as host:
        host.imap.strip_starttls = True
        host.smtp.faults.append(Fault("STARTTLS", "hide"))

        with pytest.raises(CertificateTrouble, match="STARTTLS"):
            a_mailbox(host, scheme="imap", server="localhost", query=f"{ca}&starttls=1").open("INBOX")
        outcome = an_account(host, scheme="smtp", server="localhost", query=f"{ca}&starttls=1").submit(UNIT, LETTER)

        assert isinstance(outcome, Refused)
        assert "STARTTLS" in outcome.answer
        assert (host.imap.logins, host.smtp.logins) == (0, 0)


def test_starttls_refused_or_broken_off_stops_us_before_the_password(ca: str) -> None:
    """F59, F76."""
    with MailHost(ACCOUNTS, tls=GOOD, starttls=True) as host:
        for imap_fault, smtp_fault in (("no", "answer"), ("reset", "cut")):
            host.imap.faults.append(Fault("STARTTLS", imap_fault))
            host.smtp.faults.append(Fault("STARTTLS", smtp_fault, text="454 not now"))
            with pytest.raises(MailTrouble):
                a_mailbox(host, scheme="imap", server="localhost", query=f"{ca}&starttls=1").open("INBOX")
            outcome = an_account(host, scheme="smtp", server="localhost", query=f"{ca}&starttls=1").submit(UNIT, LETTER)
            assert isinstance(outcome, Later)

        assert (host.imap.logins, host.smtp.logins) == (0, 0)


def test_preauth_stops_us() -> None:
    """F59."""
    with MailHost(ACCOUNTS) as host:
        host.imap.preauth = True
        with pytest.raises(CertificateTrouble, match="PREAUTH"):
            a_mailbox(host).open("INBOX")


def test_a_server_that_speaks_no_tls_is_said(ca: str) -> None:
    with MailHost(ACCOUNTS) as host:
        with pytest.raises(CertificateTrouble, match=r"不是加密端口.*starttls=1"):
            a_mailbox(host, scheme="imaps", server="localhost", query=ca).open("INBOX")
        outcome = an_account(host, scheme="smtps", server="localhost", query=ca).submit(UNIT, LETTER)
        assert isinstance(outcome, Refused)
        assert "不是加密端口" in outcome.answer


def test_a_server_that_hangs_up_during_the_handshake_is_a_network_trouble(ca: str) -> None:
    with MailHost(ACCOUNTS) as host:
        host.imap.faults.append(Fault("GREETING", "reset"))
        host.smtp.faults.append(Fault("CONNECT", "cut"))
        with pytest.raises((NetworkTrouble, CertificateTrouble)):
            a_mailbox(host, scheme="imaps", server="localhost", query=ca).open("INBOX")
        assert isinstance(
            an_account(host, scheme="smtps", server="localhost", query=ca).submit(UNIT, LETTER), Later | Refused
        )


def test_a_certificate_file_that_is_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    with MailHost(ACCOUNTS, tls=GOOD) as host, pytest.raises(Exception, match="证书文件"):
        a_mailbox(host, scheme="imaps", server="localhost", query=f"?ca={tmp_path / 'ca.pem'}").open("INBOX")
