"""The same clients against Debian's Dovecot and Postfix (marked `debian`): what holds at the doubles holds at real servers."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from debian_host import DebianHost, missing

from daemon.mailboxes.imap import ImapMailbox
from daemon.mailboxes.roles import to_poll
from daemon.mailboxes.seen import Fetched, Role
from daemon.mailboxes.troubles import AuthTrouble, CertificateTrouble, FolderTrouble
from daemon.places import imap_place, smtp_place
from daemon.secret import Secret
from daemon.smtp import Accepted, Account, Refused

pytestmark = [pytest.mark.debian, pytest.mark.skipif(bool(missing()), reason=missing() or "-")]
ACCOUNTS = {"office@x.example": "code-office-7Q", "unit@x.example": "code-unit-8W"}
OFFICE, UNIT = ACCOUNTS
LETTERS = [b"Subject: %d\r\n\r\n\xd6\xd0\xce\xc4 text %s\r\n" % (number, b"x" * number) for number in range(1, 60)]
DAY = datetime(2017, 5, 9, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def host() -> Iterator[DebianHost]:
    with DebianHost(ACCOUNTS) as running:
        yield running


def a_mailbox(host: DebianHost, account: str = OFFICE, code: str = "", ca: str = "") -> ImapMailbox:
    url = f"imaps://{account.replace('@', '%40')}@localhost:{host.imaps_port}?ca={ca or host.ca}"
    return ImapMailbox(imap_place("HUIYIN_COMPLAINT_IMAP", url, Secret(code or ACCOUNTS[account])))


def an_account(host: DebianHost, code: str = "") -> Account:
    url = f"smtp://{OFFICE.replace('@', '%40')}@localhost:{host.smtp_port}?starttls=1&ca={host.ca}"
    return Account(smtp_place("HUIYIN_COMPLAINT_SMTP", url, Secret(code or ACCOUNTS[OFFICE])))


@pytest.fixture
def box(host: DebianHost) -> Iterator[ImapMailbox]:
    mailbox = a_mailbox(host)
    yield mailbox
    mailbox.close()


def everything(box: ImapMailbox, folder: str) -> list[Fetched]:
    box.open(folder)
    return list(box.letters(folder, [listed.uid for listed in box.listing(folder, 0)]))


def until(true: Callable[[], object]) -> None:
    for _ in range(200):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it never came true")


def test_every_letter_of_every_folder_comes_byte_for_byte(host: DebianHost, box: ImapMailbox) -> None:
    for folder in ("INBOX", "垃圾邮件", 'odd "name" & co'):
        for raw in LETTERS:
            host.deliver(OFFICE, raw, folder, DAY)

    for folder in ("INBOX", "垃圾邮件", 'odd "name" & co'):
        assert sorted(fetched.raw or b"" for fetched in everything(box, folder)) == sorted(LETTERS)
        assert {listed.internaldate for listed in box.listing(folder, 0)} == {DAY}
    polling = to_poll(box.folders(), ())
    assert [folder.role for folder in polling.polled][:2] == [Role.SENT, Role.INBOX]
    assert "垃圾邮件" in [folder.name for folder in polling.polled]


def test_a_letter_of_twenty_megabytes_comes_whole(host: DebianHost, box: ImapMailbox) -> None:
    """F57."""
    raw = b"Subject: big\r\n\r\n" + (b"0123456789" * 7 + b"\r\n") * 290_000
    host.deliver(OFFICE, raw, "Big")

    assert everything(box, "Big") == [Fetched(1, raw)]


def test_nothing_on_the_server_is_touched(host: DebianHost, box: ImapMailbox) -> None:
    """F48, F51: no letter is seen, flagged, moved or gone."""
    host.deliver(OFFICE, LETTERS[0], "Untouched")
    everything(box, "Untouched")

    paths = [path.name for part in ("new", "cur") for path in (host.box(OFFICE, "Untouched") / part).glob("*")]
    assert len(paths) == 1
    assert not paths[0].partition(":2,")[2]


def test_a_new_validity_is_seen(host: DebianHost, box: ImapMailbox) -> None:
    """F44."""
    host.deliver(OFFICE, LETTERS[0], "Anew")
    before = box.open("Anew").validity
    box.close()
    host.renumber(OFFICE, "Anew")

    assert box.open("Anew").validity != before


def test_an_expunged_letter_has_vanished(host: DebianHost, box: ImapMailbox) -> None:
    """F47."""
    for raw in LETTERS[:3]:
        host.deliver(OFFICE, raw, "Gone")
    box.open("Gone")
    uids = [listed.uid for listed in box.listing("Gone", 0)]
    path = next(
        path
        for part in ("new", "cur")
        for path in (host.box(OFFICE, "Gone") / part).glob("*")
        if path.read_bytes() == LETTERS[1]
    )
    path.unlink()
    box.open("Gone")

    assert [(fetched.uid, fetched.raw is not None) for fetched in box.letters("Gone", uids)] == [
        (uids[0], True),
        (uids[1], False),
        (uids[2], True),
    ]


def test_a_missing_folder_a_wrong_code_and_a_strange_certificate_are_said(host: DebianHost, box: ImapMailbox) -> None:
    """F49, F54, F59."""
    with pytest.raises(FolderTrouble, match="不存在"):
        box.open("不存在")
    with pytest.raises(AuthTrouble, match="授权码"):
        a_mailbox(host, code="wrong-code-99").open("INBOX")
    with pytest.raises(CertificateTrouble, match="证书"):
        a_mailbox(host, ca=str(host.folder / "cert.pem")).open("INBOX")


def test_postfix_takes_exactly_one_letter_whatever_its_text(host: DebianHost) -> None:
    """A56: dots, commands, bare CR and LF inside the text."""
    account = an_account(host)
    text = b".\r\n..\r\nfrom a dot\n.\nMAIL FROM:<x@y.example>\r.\rQUIT\r\n.\r\nthe end"
    raw = f"From: {OFFICE}\r\nTo: {UNIT}\r\nSubject: nasty\r\n\r\n".encode() + text

    outcome = account.submit(UNIT, raw)
    account.close()

    assert isinstance(outcome, Accepted)
    assert outcome.queue_id
    until(lambda: host.letters(UNIT))
    time.sleep(0.5)
    (arrived,) = host.letters(UNIT)
    body = arrived.replace(b"\r\n", b"\n").partition(b"\n\n")[2]
    assert body == text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") + b"\n"


def test_postfix_refuses_a_stranger_and_a_wrong_code(host: DebianHost) -> None:
    """F54, F74."""
    raw = f"From: {OFFICE}\r\nSubject: x\r\n\r\nx\r\n".encode()
    account = an_account(host)
    stranger = account.submit("nobody@x.example", raw)
    account.close()
    locked_out = an_account(host, "wrong-code-99").submit(UNIT, raw)

    assert isinstance(stranger, Refused)
    assert not stranger.account
    assert isinstance(locked_out, Refused)
    assert locked_out.account
