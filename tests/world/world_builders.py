"""Builders of the world's edge: a mail host, a letter, clients as a stranger's mail program would be."""

import smtplib
from collections.abc import Callable
from time import monotonic
from urllib.parse import quote

from imapclient import IMAPClient

from daemon.demo.servers import MailHost
from daemon.mailboxes.imap import ImapMailbox
from daemon.mailboxes.wire import Limits
from daemon.places import imap_place, smtp_place
from daemon.secret import Secret
from daemon.smtp import Account
from daemon.smtp_talk import Waits

OFFICE, UNIT = "office@163.example", "unit@163.example"
ACCOUNTS = {OFFICE: "code-office-7Q", UNIT: "code-unit-8W"}
LETTER = b"From: office@163.example\r\nTo: unit@163.example\r\nSubject: hello\r\n\r\n.a dot\r\n\xd6\xd0\xce\xc4 and last.\r\n"


def submit(host: MailHost, to: str, raw: bytes = LETTER, account: str = OFFICE) -> None:
    """Send a letter as smtplib does."""
    with smtplib.SMTP("127.0.0.1", host.smtp_port) as client:
        client.login(account, ACCOUNTS[account])
        client.sendmail(account, [to], raw)


def reader(host: MailHost, account: str = UNIT, *, identify: bool = True) -> IMAPClient:
    """A mail program that has logged in."""
    client = IMAPClient("127.0.0.1", host.imap_port, ssl=False)
    client.login(account, ACCOUNTS[account])
    if identify:
        client.id_({"name": "test"})
    return client


def fast(connect: float = 5.0, idle: float = 5.0, total: float = 20.0) -> Limits:
    """Time limits for tests."""
    return Limits(connect, idle, total)


def a_mailbox(
    host: MailHost,
    limits: Limits | None = None,
    account: str = OFFICE,
    *,
    password: str | None = None,
    clock: Callable[[], float] = monotonic,
    scheme: str = "imap",
    server: str = "127.0.0.1",
    query: str = "",
) -> ImapMailbox:
    """The office's own client at this host."""
    url = f"{scheme}://{quote(account)}@{server}:{host.imap_port}{query}"
    place = imap_place("HUIYIN_COMPLAINT_IMAP", url, Secret(password or ACCOUNTS[account]))
    return ImapMailbox(place, limits or fast(), clock, jitter=lambda: 0.0)


def an_account(
    host: MailHost,
    waits: Waits | None = None,
    *,
    user: str = OFFICE,
    password: str | None = None,
    clock: Callable[[], float] = monotonic,
    scheme: str = "smtp",
    server: str = "127.0.0.1",
    query: str = "",
) -> Account:
    """The office's own way out at this host."""
    login = f"{quote(user)}@" if user else ""
    url = f"{scheme}://{login}{server}:{host.smtp_port}{query}"
    place = smtp_place("HUIYIN_COMPLAINT_SMTP", url, Secret(password or ACCOUNTS[OFFICE]))
    return Account(place, waits or Waits(scale=0.02), clock, jitter=lambda: 0.0)
