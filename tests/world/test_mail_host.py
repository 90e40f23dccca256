"""The doubles in good order: what the demo, the story and the crash tests build on."""

import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from world_builders import ACCOUNTS, LETTER, OFFICE, UNIT, reader, submit

from daemon.demo.faults import Fault
from daemon.demo.servers import MailHost


@pytest.fixture
def host() -> Iterator[MailHost]:
    with MailHost(ACCOUNTS) as running:
        yield running


def test_a_letter_sent_by_smtp_is_fetched_by_imap_byte_for_byte(host: MailHost) -> None:
    submit(host, UNIT)

    with reader(host) as client:
        client.select_folder("INBOX", readonly=True)
        (uid,) = (letter.uid for letter in host.folder(UNIT))
        answer = client.fetch([uid], ["BODY.PEEK[]"])[uid]

    assert answer[b"BODY[]"].endswith(LETTER)


def test_the_log_of_sent_letters_has_one_line_for_each_recipient(host: MailHost) -> None:
    submit(host, UNIT)

    assert host.sent_log == [(OFFICE, UNIT, LETTER)]


def test_what_an_account_sends_is_copied_into_its_sent_folder_as_163_does(host: MailHost) -> None:
    submit(host, UNIT)

    assert [letter.raw for letter in host.folder(OFFICE, "已发送")] == [LETTER]


def test_a_recipient_without_a_mailbox_is_refused_with_550(host: MailHost) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        submit(host, "nobody@163.example")

    assert refused.value.recipients["nobody@163.example"][0] == 550


def test_a_host_that_accepts_anyone_keeps_the_letter_in_its_log() -> None:
    with MailHost(ACCOUNTS, accept_any=True) as host:
        submit(host, "nobody@163.example")

        assert [sent.rcpt for sent in host.sent_log] == ["nobody@163.example"]


def test_the_sender_must_be_the_account(host: MailHost) -> None:
    with smtplib.SMTP("127.0.0.1", host.smtp_port) as client:
        client.login(OFFICE, ACCOUNTS[OFFICE])

        assert client.mail(UNIT) == (553, b"Mail from must equal authorized user")


def test_the_header_from_must_be_the_account_too(host: MailHost) -> None:
    with pytest.raises(smtplib.SMTPDataError) as refused:
        submit(host, UNIT, LETTER.replace(b"From: office", b"From: somebody"))

    assert refused.value.smtp_code == 553


def test_select_before_id_is_an_unsafe_login(host: MailHost) -> None:
    with reader(host, identify=False) as client, pytest.raises(client.Error, match="Unsafe Login"):
        client.select_folder("INBOX", readonly=True)


def test_a_host_left_up_for_mail_programs_asks_for_no_id(host: MailHost) -> None:
    host.imap.asks_id = False
    with reader(host, identify=False) as client:
        assert client.select_folder("INBOX", readonly=True)[b"UIDVALIDITY"] == 1


def test_coremail_says_neither_uidnext_nor_more_than_validity_one(host: MailHost) -> None:
    with reader(host) as client:
        opened = client.select_folder("INBOX", readonly=True)

    assert (opened[b"UIDVALIDITY"], b"UIDNEXT" in opened) == (1, False)


def test_coremail_finds_nothing_by_search(host: MailHost) -> None:
    host.deliver(UNIT, LETTER)
    with reader(host) as client:
        client.select_folder("INBOX", readonly=True)

        assert (client.search(["FROM", "office"]), len(client.search("ALL"))) == ([], 1)


def test_folders_come_in_modified_utf7_with_their_flags(host: MailHost) -> None:
    with reader(host) as client:
        folders = {name: flags for flags, _, name in client.list_folders()}

    assert folders["已发送"] == (b"\\Sent",)
    assert set(folders) == {"INBOX", "草稿箱", "已发送", "已删除", "垃圾邮件", "病毒文件夹", "广告邮件", "订阅邮件"}


def test_the_internal_date_is_the_one_given(host: MailHost) -> None:
    when = datetime(2017, 5, 9, 10, 0, tzinfo=UTC)
    uid = host.deliver(UNIT, LETTER, internaldate=when)
    with reader(host) as client:
        client.normalise_times = False
        client.select_folder("INBOX", readonly=True)

        assert client.fetch([uid], ["INTERNALDATE"])[uid][b"INTERNALDATE"] == when


def test_the_command_log_never_shows_a_password(host: MailHost) -> None:
    reader(host).logout()

    assert ACCOUNTS[UNIT] not in " ".join(host.imap.commands)


def test_a_scripted_fault_happens_once_and_is_gone(host: MailHost) -> None:
    host.smtp.faults.append(Fault("RCPT", "answer", text="450 4.2.0 greylisted"))
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        submit(host, UNIT)

    submit(host, UNIT)

    assert len(host.sent_log) == 1


def test_a_mail_program_can_flag_copy_append_and_expunge(host: MailHost) -> None:
    with MailHost(ACCOUNTS, coremail=False) as plain, reader(plain) as client:
        client.append("INBOX", LETTER)
        client.select_folder("INBOX")
        (uid,) = client.search("ALL")
        client.copy([uid], "Trash")
        client.add_flags([uid], ["\\Deleted"])
        client.expunge()

        assert (plain.folder(UNIT), [letter.raw for letter in plain.folder(UNIT, "Trash")]) == ([], [LETTER])
