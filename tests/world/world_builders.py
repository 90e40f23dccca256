"""Builders of the world's edge: a mail host, a letter, clients as a stranger's mail program would be."""

import smtplib

from imapclient import IMAPClient

from daemon.demo.servers import MailHost

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
