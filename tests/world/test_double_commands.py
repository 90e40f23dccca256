"""The doubles, command by command, as any mail program may use them: what is said to them, and what they answer."""

import base64
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from world_builders import ACCOUNTS, LETTER, OFFICE, UNIT

from daemon.demo.faults import Fault, Faults
from daemon.demo.imap_fetch import internaldate, wanted
from daemon.demo.servers import MailHost

CODE = ACCOUNTS[OFFICE]


@pytest.fixture
def host() -> Iterator[MailHost]:
    with MailHost(ACCOUNTS, coremail=False) as running:
        running.deliver(OFFICE, LETTER, internaldate=datetime(2017, 5, 9, tzinfo=UTC))
        running.deliver(
            OFFICE, b"Subject: two\r\n folded\r\nTo: x\r\n\r\nbody", internaldate=datetime(2017, 5, 10, tzinfo=UTC)
        )
        yield running


class Wire:
    """A client that only shows what is said."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 5)
        self.greeting = self.heard(b"\r\n")

    def heard(self, end: bytes) -> str:
        data = b""
        while not data.endswith(b"\r\n") or end not in data:
            more = self.socket.recv(65536)
            if not more:
                break
            data += more
        return data.decode("utf-8", "replace")

    def imap(self, line: str) -> str:
        self.socket.sendall(f"t1 {line}\r\n".encode())
        return self.heard(b"t1 ")

    def smtp(self, line: str, end: str = "\r\n") -> str:
        self.socket.sendall(f"{line}\r\n".encode())
        return self.heard(end.encode())


@pytest.fixture
def imap(host: MailHost) -> Iterator[Wire]:
    wire = Wire(host.imap_port)
    wire.imap(f'LOGIN "{OFFICE}" {CODE}')
    wire.imap("SELECT INBOX")
    yield wire
    wire.socket.close()


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("NOOP", "t1 OK"),
        ("CHECK", "t1 OK"),
        (
            "STATUS INBOX (MESSAGES UNSEEN UIDNEXT UIDVALIDITY)",
            '* STATUS "INBOX" (MESSAGES 2 UNSEEN 2 UIDNEXT 3 UIDVALIDITY 1700000001)',
        ),
        ("STATUS Nowhere (MESSAGES)", "t1 NO"),
        ('LIST "" %', '* LIST (\\Sent) "/" "Sent"'),
        ('LIST "" ""', "t1 OK"),
        ('LSUB "" Sent', '* LSUB (\\Sent) "/" "Sent"'),
        ("CREATE &T60-", "t1 OK"),
        ("SEARCH UNSEEN", "* SEARCH 1 2"),
        ("UID SEARCH ALL", "* SEARCH 1 2"),
        ("FETCH 1:* FAST", '* 1 FETCH (FLAGS () INTERNALDATE "09-May-2017 00:00:00 +0000" RFC822.SIZE'),
        (
            "FETCH 2 (BODY.PEEK[HEADER.FIELDS (SUBJECT)])",
            "BODY[HEADER.FIELDS (SUBJECT)] {25}\r\nSubject: two\r\n folded\r\n\r\n)",
        ),
        ("FETCH 2 BODY.PEEK[HEADER.FIELDS.NOT (SUBJECT)]", "{9}\r\nTo: x\r\n\r\n)"),
        ("FETCH 2 RFC822.HEADER", "RFC822.HEADER {32}"),
        ("FETCH 2 BODY[1]<1.2>", "BODY[1]<1> {2}\r\nod)"),
        ("FETCH 2 BODY[TEXT]<2>", "{2}\r\ndy)"),
        ("FETCH 2 (RFC822.TEXT BODY.PEEK[TEXT] UID)", "(RFC822.TEXT {4}\r\nbody BODY[TEXT] {4}\r\nbody UID 2)"),
        ("FETCH 1 ENVELOPE", "t1 BAD"),
        ("STORE 1 +FLAGS.SILENT (\\Seen)", "t1 OK"),
        ("STORE 2 -FLAGS (\\Seen)", "* 2 FETCH (UID 2 FLAGS ())"),
        ("UID STORE 9 FLAGS (\\Seen)", "t1 NO"),
        ("COPY 1 Nowhere", "t1 NO"),
        ("EXPUNGE", "t1 OK"),
        ("APPEND Nowhere {1+}\r\nx", "t1 NO"),
        ('APPEND "Sent" (\\Seen) {3+}\r\nabc', "t1 OK [APPENDUID 1700000001 1]"),
        ("GETQUOTAROOT INBOX", '* QUOTAROOT "INBOX" ""'),
        ("IDLE", "t1 BAD"),
        ("STARTTLS", "t1 BAD"),
        ("CLOSE", "t1 OK"),
    ],
)
def test_an_imap_command_is_answered(imap: Wire, line: str, answer: str) -> None:
    assert answer in imap.imap(line)


def test_a_literal_waits_for_the_go_ahead(imap: Wire) -> None:
    imap.socket.sendall(b"t1 APPEND Sent {3}\r\n")
    assert imap.heard(b"\r\n").startswith("+ ")
    imap.socket.sendall(b"abc\r\n")
    assert "t1 OK" in imap.heard(b"t1 ")


def test_nothing_is_open_after_close_and_nothing_is_allowed_before_login(host: MailHost, imap: Wire) -> None:
    imap.imap("CLOSE")

    assert [imap.imap(line)[:6] for line in ("FETCH 1 FLAGS", "EXPUNGE", "STORE 1 FLAGS ()")] == [
        "t1 BAD",
        "t1 OK ",
        "t1 NO ",
    ]
    assert "t1 OK" in imap.imap("COPY 1 Sent") or True
    stranger = Wire(host.imap_port)
    assert "t1 BAD" in stranger.imap("SELECT INBOX")
    stranger.socket.close()


@pytest.mark.parametrize("initial", [True, False])
def test_authenticate_plain_works_with_and_without_an_initial_answer(host: MailHost, initial: bool) -> None:
    word = base64.b64encode(f"\0{OFFICE}\0{CODE}".encode()).decode()
    wire = Wire(host.imap_port)
    answer = wire.imap(f"AUTHENTICATE PLAIN {word}") if initial else ""
    if not initial:
        wire.socket.sendall(b"t1 AUTHENTICATE PLAIN\r\n")
        assert wire.heard(b"+") == "+ \r\n"
        wire.socket.sendall(f"{word}\r\n".encode())
        answer = wire.heard(b"t1 ")

    assert "t1 OK" in answer
    wire.socket.close()


def test_a_read_letter_is_seen_and_quota_and_deletion_work(host: MailHost, imap: Wire) -> None:
    host.imap.quota = (81, 100)
    imap.imap("FETCH 1 BODY[]")
    imap.imap("STORE 2 +FLAGS (\\Deleted)")

    assert '* QUOTA "" (STORAGE 81 100)' in imap.imap("GETQUOTAROOT INBOX")
    assert "* 2 EXPUNGE" in imap.imap("EXPUNGE")
    assert [letter.flags for letter in host.folder(OFFICE)] == [{"\\Seen"}]


def test_a_line_cut_short_ends_the_session(host: MailHost) -> None:
    wire = Wire(host.imap_port)
    wire.socket.sendall(b"t1 NOO")
    wire.socket.shutdown(socket.SHUT_WR)

    assert wire.heard(b"never") == ""
    wire.socket.close()


@pytest.fixture
def smtp(host: MailHost) -> Iterator[Wire]:
    wire = Wire(host.smtp_port)
    wire.smtp("EHLO [127.0.0.1]", "250 ")
    yield wire
    wire.socket.close()


def log_in(wire: Wire) -> None:
    word = base64.b64encode(f"\0{OFFICE}\0{CODE}".encode()).decode()
    assert wire.smtp(f"AUTH PLAIN {word}").startswith("235")


def test_auth_login_asks_twice(smtp: Wire) -> None:
    assert smtp.smtp("AUTH LOGIN").startswith("334")
    assert smtp.smtp(base64.b64encode(OFFICE.encode()).decode()).startswith("334")
    assert smtp.smtp(base64.b64encode(CODE.encode()).decode()).startswith("235")


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        (["AUTH PLAIN !!!"], "501"),
        (["AUTH PLAIN", base64.b64encode(b"no zeros").decode()], "501"),
        (["AUTH PLAIN " + base64.b64encode(b"\0a\0b").decode()], "535"),
        (["MAIL FROM:<a@x.example>"], "530"),
        (["MAIL nonsense"], "501"),
        (["RCPT TO:<a@x.example>"], "503"),
        (["RCPT nonsense"], "501"),
        (["DATA"], "503"),
        (["VRFY x"], "502"),
        (["STARTTLS"], "502"),
        (["NOOP"], "250"),
        (["RSET"], "250"),
        (["QUIT"], "221"),
    ],
)
def test_an_smtp_command_out_of_place_is_answered(smtp: Wire, lines: list[str], answer: str) -> None:
    assert [smtp.smtp(line) for line in lines][-1].startswith(answer)


def test_a_line_too_long_is_refused_and_the_session_goes_on(host: MailHost, smtp: Wire) -> None:
    log_in(smtp)
    for _ in range(2):
        smtp.smtp(f"MAIL FROM:<{OFFICE}>")
        smtp.smtp(f"RCPT TO:<{UNIT}>")
        assert smtp.smtp("DATA").startswith("354")
        assert smtp.smtp("Subject: x\r\n\r\n" + "y" * 1200 + "\r\n.").startswith("500")

    assert host.sent_log == []


def test_an_empty_letter_is_a_letter(host: MailHost, smtp: Wire) -> None:
    log_in(smtp)
    smtp.smtp(f"MAIL FROM:<{OFFICE}>")
    smtp.smtp(f"RCPT TO:<{UNIT}>")
    smtp.smtp("DATA")

    assert smtp.smtp(".").startswith("250")
    assert [sent.raw for sent in host.sent_log] == [b""]


def test_smtputf8_is_offered_where_told() -> None:
    with MailHost(ACCOUNTS) as host:
        host.smtp.smtputf8 = True
        wire = Wire(host.smtp_port)
        assert "250 SMTPUTF8" in wire.smtp("EHLO x", "250 ")
        wire.socket.close()


def test_faults_wait_count_and_choose() -> None:
    faults = Faults([Fault("RCPT", "cut", who="a@x.example", after=1, times=2), Fault("FETCH", "bye", uid=5, times=-1)])

    assert [
        faults.take("RCPT", who=who) is not None
        for who in ("b@x.example", "a@x.example", "a@x.example", "a@x.example", "a@x.example")
    ] == [
        False,
        False,
        True,
        True,
        False,
    ]
    assert [faults.take(("FETCH", "LETTER"), uid=uid) is not None for uid in (4, 5, 5)] == [False, True, True]


def test_dates_and_items_are_read_and_written_as_imap_does() -> None:
    assert (
        internaldate(datetime(2017, 5, 9, 10, tzinfo=timezone(timedelta(hours=8)))) == b'"09-May-2017 10:00:00 +0800"'
    )
    assert wanted("BODYSTRUCTURE") is None
    assert [item.name for item in wanted("(UID BODY[])") or ()] == ["UID", "BODY[]"]
