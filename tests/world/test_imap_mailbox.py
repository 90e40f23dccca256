"""The IMAP mailbox against a 163-like server and its faults (F40-F59): no letter lost, none torn, no hammering, nothing touched."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from world_builders import ACCOUNTS, OFFICE, a_mailbox, fast

from daemon.demo.faults import Fault
from daemon.demo.servers import MailHost
from daemon.demo.store import Folder
from daemon.mailboxes import KINDS
from daemon.mailboxes.imap import PIECE, ImapMailbox
from daemon.mailboxes.roles import to_poll
from daemon.mailboxes.seen import Fetched, FolderSeen, Listed, Role, Why
from daemon.mailboxes.troubles import (
    AuthTrouble,
    FolderChanged,
    FolderTrouble,
    MailTrouble,
    NetworkTrouble,
    ServerTrouble,
    readable,
)
from rules.trouble import SettingsTrouble

DAY = datetime(2017, 5, 9, 2, 0, tzinfo=UTC)
LETTERS = [
    b"Subject: %d\r\n\r\n\xd6\xd0\xce\xc4 \x00 bare\rCR bare\nLF %s" % (number, b"x" * number) for number in range(1, 8)
]


@pytest.fixture
def host() -> Iterator[MailHost]:
    with MailHost(ACCOUNTS) as running:
        yield running


@pytest.fixture
def box(host: MailHost) -> Iterator[ImapMailbox]:
    mailbox = a_mailbox(host)
    yield mailbox
    mailbox.close()


def fill(host: MailHost, folder: str = "INBOX") -> list[int]:
    return [host.deliver(OFFICE, raw, folder, DAY) for raw in LETTERS]


def everything(box: ImapMailbox, folder: str = "INBOX", after: int = 0) -> list[Fetched]:
    """One poll of a folder, as the office does it."""
    box.open(folder)
    return list(box.letters(folder, [listed.uid for listed in box.listing(folder, after)]))


def whole(uids: list[int]) -> list[Fetched]:
    return [Fetched(uid, raw) for uid, raw in zip(uids, LETTERS, strict=True)]


@contextmanager
def trouble(kind: type[MailTrouble], *words: str) -> Iterator[None]:
    with pytest.raises(kind) as raised:
        yield
    said = str(raised.value)
    assert all(word in said for word in words), said
    assert "\n" not in said


# the contract, for every kind of server


@pytest.mark.parametrize("coremail", [True, False])
@pytest.mark.parametrize("kind", list(KINDS.values()))
def test_every_kind_of_mailbox_gives_every_letter_byte_for_byte(
    kind: Callable[..., ImapMailbox], coremail: bool
) -> None:
    with MailHost(ACCOUNTS, coremail=coremail) as host:
        uids = fill(host)
        box = kind(a_mailbox(host).place)

        assert everything(box) == whole(uids)
        box.close()


@pytest.mark.parametrize("coremail", [True, False])
def test_only_harmless_commands_are_ever_sent(coremail: bool) -> None:
    """F51: no SEARCH, ENVELOPE, BODYSTRUCTURE, STORE, EXPUNGE, RFC822, SELECT; every FETCH is a UID FETCH."""
    with MailHost(ACCOUNTS, coremail=coremail) as host:
        fill(host)
        box = a_mailbox(host)
        box.folders()
        everything(box)
        box.close()

        verbs = {command.split(" ", 2)[1] for command in host.imap.commands}
        assert verbs == {"CAPABILITY", "LOGIN", "ID", "LIST", "EXAMINE", "UID", "LOGOUT"}
        assert {command.split("(", 1)[1] for command in host.imap.commands if "UID FETCH" in command} == {
            "UID INTERNALDATE RFC822.SIZE)",
            "UID BODY.PEEK[])",
        }
        assert [letter.flags for letter in host.folder(OFFICE)] == [set()] * len(LETTERS)


def test_id_is_sent_after_login_and_before_the_first_folder(box: ImapMailbox, host: MailHost) -> None:
    """F53."""
    box.open("INBOX")

    verbs = [command.split(" ")[1] for command in host.imap.commands]
    assert verbs.index("LOGIN") < verbs.index("ID") < verbs.index("EXAMINE")


def test_one_connection_serves_poll_after_poll(box: ImapMailbox, host: MailHost) -> None:
    fill(host)
    for _ in range(3):
        everything(box)
        everything(box, "垃圾邮件")

    assert (host.imap.connections, host.imap.logins) == (1, 1)


def test_a_kept_connection_that_died_meanwhile_is_made_anew_unnoticed(box: ImapMailbox, host: MailHost) -> None:
    uids = fill(host)
    everything(box)
    host.imap.faults.append(Fault("EXAMINE", "bye"))

    assert everything(box) == whole(uids)
    assert host.imap.logins == 2


# what is shown


def test_the_listing_has_uid_date_and_size(box: ImapMailbox, host: MailHost) -> None:
    uid = host.deliver(OFFICE, b"12345", internaldate=datetime.fromisoformat("2017-05-09T10:00:00+08:00"))

    opened = box.open("INBOX")

    assert (opened.validity, opened.exists, opened.last) == (1, 1, Listed(uid, DAY, 5))
    assert list(box.listing("INBOX", 0)) == [Listed(uid, DAY, 5)]


def test_an_empty_folder_is_empty(box: ImapMailbox) -> None:
    opened = box.open("广告邮件")

    assert (opened.exists, opened.last, list(box.listing("广告邮件", 0)), list(box.letters("广告邮件", []))) == (
        0,
        None,
        [],
        [],
    )


def test_nothing_above_the_cursor_means_nothing_though_the_server_repeats_the_last_letter(
    box: ImapMailbox, host: MailHost
) -> None:
    """F50."""
    last = fill(host)[-1]
    box.open("INBOX")

    assert list(box.listing("INBOX", last)) == []
    assert list(box.listing("INBOX", last, upto=last + 100)) == []


@pytest.mark.parametrize("coremail", [True, False])
def test_many_letters_are_listed_in_ranges_each_once_and_in_order(coremail: bool) -> None:
    """F56."""
    with MailHost(ACCOUNTS, coremail=coremail) as host:
        uids = [host.deliver(OFFICE, b"x", internaldate=DAY) for _ in range(5000)]
        host.deliver(OFFICE, b"far away", internaldate=DAY)
        box = a_mailbox(host)
        box.open("INBOX")

        assert [listed.uid for listed in box.listing("INBOX", 0)][:-1] == uids
        assert len([command for command in host.imap.commands if "UID FETCH" in command]) > 3
        box.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"09-May-2017 10:00:00 +0800"', DAY),
        ('" 9-May-2017 02:00:00 +0000"', DAY),
        ('"01-Jan-1970 00:00:00 +0000"', datetime(1970, 1, 1, tzinfo=UTC)),
        ("NIL", None),
        ('""', None),
        ('"31-Feb-2017 10:00:00 +0800"', None),
        ('"09-Mai-2017 10:00:00 +0800"', None),
        ('"01-Jan-0001 00:00:00 +0800"', None),
        ('"Tue, 9 May 2017"', None),
    ],
)
def test_a_strange_internal_date_is_no_date(
    box: ImapMailbox, host: MailHost, text: str, expected: datetime | None
) -> None:
    """F60."""
    fill(host)
    host.folder(OFFICE)[3].date_text = text
    box.open("INBOX")

    assert list(box.listing("INBOX", 0))[3].internaldate == expected


@pytest.mark.parametrize("size", [0, 3, 10 << 30, 10**18])
def test_a_lying_size_neither_skips_nor_allocates_a_letter(box: ImapMailbox, host: MailHost, size: int) -> None:
    """F52."""
    uids = fill(host)
    host.folder(OFFICE)[2].size = size

    assert everything(box) == whole(uids)


def test_a_letter_far_bigger_than_it_says_is_fetched_in_pieces(box: ImapMailbox, host: MailHost) -> None:
    """F52, F57: a batch that brings too much is broken off, and its letters are asked for alone."""
    big = b"y" * (33 << 20)
    uids = [host.deliver(OFFICE, raw, "INBOX", DAY) for raw in (LETTERS[0], big, LETTERS[1])]
    host.folder(OFFICE)[1].size = 10

    assert everything(box) == [Fetched(uids[0], LETTERS[0]), Fetched(uids[1], big), Fetched(uids[2], LETTERS[1])]


@pytest.mark.parametrize("size", [PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_a_big_letter_comes_in_pieces_and_whole(box: ImapMailbox, host: MailHost, size: int) -> None:
    """F57."""
    raw = bytes(range(256)) * (size // 256) + b"z" * (size % 256)
    uid = host.deliver(OFFICE, raw, "INBOX", DAY)

    assert everything(box) == [Fetched(uid, raw)]


def test_folders_have_their_roles_and_names_in_modified_utf7(box: ImapMailbox) -> None:
    """F49."""
    assert {(folder.name, folder.role.value) for folder in box.folders()} == {
        ("INBOX", "inbox"),
        ("草稿箱", "drafts"),
        ("已发送", "sent"),
        ("已删除", "trash"),
        ("垃圾邮件", "junk"),
        ("病毒文件夹", "virus"),
        ("广告邮件", "junk"),
        ("订阅邮件", "junk"),
    }


def test_junk_advertising_and_subscriptions_are_polled_sent_first_and_the_virus_folder_only_reported(
    box: ImapMailbox,
) -> None:
    """F49."""
    polling = to_poll(box.folders(), ())

    assert [folder.name for folder in polling.polled] == ["已发送", "INBOX", "垃圾邮件", "广告邮件", "订阅邮件"]
    assert [folder.name for folder in polling.reported] == ["病毒文件夹"]


def test_wanted_folders_are_polled_with_sent_and_missing_ones_named() -> None:
    """F49."""
    seen = (
        FolderSeen("INBOX", Role.INBOX),
        FolderSeen("信访", Role.OTHER),
        FolderSeen("Sent", Role.SENT),
        FolderSeen("病毒邮件", Role.VIRUS),
    )
    polling = to_poll(seen, ("inbox", "信访", "不存在"))

    assert ([folder.name for folder in polling.polled], polling.missing) == (["Sent", "INBOX", "信访"], ("不存在",))


def test_a_missing_folder_is_said_and_the_others_go_on(box: ImapMailbox, host: MailHost) -> None:
    """F49."""
    uids = fill(host)
    with trouble(FolderTrouble, "不存在的", "HUIYIN_COMPLAINT_IMAP"):
        box.open("不存在的")

    assert everything(box) == whole(uids)


@pytest.mark.parametrize("name", ['a"b', "a\r\nZ9 LOGOUT", "a\\b", "中\n文", "%", "*"])
def test_a_folder_name_is_never_a_command(box: ImapMailbox, host: MailHost, name: str) -> None:
    """A55."""
    with trouble(FolderTrouble):
        box.open(name)

    assert [command.split(" ")[1] for command in host.imap.commands][-1] == "EXAMINE"
    assert "LOGOUT" not in [command.split(" ")[1] for command in host.imap.commands]


# broken answers


@pytest.mark.parametrize("do", ["cut", "cut-close", "close", "reset", "bye"])
def test_a_connection_cut_inside_a_letter_gives_no_torn_letter_and_loses_none(
    box: ImapMailbox, host: MailHost, do: str
) -> None:
    """F40, F43."""
    uids = fill(host)
    host.imap.faults.append(Fault("LETTER", do, uid=uids[3], count=12))

    assert everything(box) == whole(uids)
    assert host.imap.logins == 2


def test_a_letter_at_which_the_connection_always_breaks_does_not_stop_the_others(
    box: ImapMailbox, host: MailHost
) -> None:
    """F40, F55: a line over 1,000,000 bytes."""
    uids = fill(host)
    for do in ("cut", "long-line"):
        host.imap.faults[:] = [Fault("LETTER", do, uid=uids[3], count=5, times=-1)]
        expected = whole(uids)
        expected[3] = Fetched(uids[3], None, Why.BROKEN)

        assert everything(box) == expected


def test_a_server_that_breaks_off_at_every_letter_is_left_alone(box: ImapMailbox, host: MailHost) -> None:
    """F43."""
    fill(host)
    host.imap.faults.append(Fault("LETTER", "bye", times=-1))

    with trouble(NetworkTrouble):
        everything(box)

    assert host.imap.logins <= 4
    with trouble(NetworkTrouble, "分钟后再试"):
        box.open("INBOX")


@pytest.mark.parametrize("do", ["nil", "bare", "skip", "no-uid"])
def test_bytes_left_out_once_are_asked_for_again(box: ImapMailbox, host: MailHost, do: str) -> None:
    """F41, F55."""
    uids = fill(host)
    host.imap.faults.append(Fault("LETTER", do, uid=uids[3]))

    assert everything(box) == whole(uids)


@pytest.mark.parametrize(
    ("do", "count"), [("nil", 0), ("bare", 0), ("skip", 0), ("no-uid", 0), ("wrong-uid", 77), ("long", 3)]
)
def test_bytes_never_handed_over_are_said_and_the_others_go_on(
    box: ImapMailbox, host: MailHost, do: str, count: int
) -> None:
    """F41: the cursor must not pass a UID without bytes; F55: bytes under another UID are not this letter's."""
    uids = fill(host)
    host.imap.faults.append(Fault("LETTER", do, uid=uids[3], count=count, times=-1))
    expected = whole(uids)
    expected[3] = Fetched(uids[3], None, Why.WITHHELD)

    assert everything(box) == expected


@pytest.mark.parametrize("count", [2, 5, 40])
def test_a_literal_announced_longer_than_it_is_never_becomes_a_letter(host: MailHost, count: int) -> None:
    """F41: it swallows what follows; the letter is asked for alone."""
    box = a_mailbox(host, fast(idle=0.5))
    uids = fill(host)
    host.imap.faults.append(Fault("LETTER", "short", uid=uids[3], count=count))

    assert everything(box) == whole(uids)
    box.close()


def test_bytes_under_the_uid_of_a_neighbour_are_believed_for_neither(box: ImapMailbox, host: MailHost) -> None:
    """F55."""
    uids = fill(host)
    host.imap.faults.append(Fault("LETTER", "wrong-uid", uid=uids[3], count=uids[4]))

    assert everything(box) == whole(uids)


def test_no_letter_answered_at_all_is_asked_for_letter_by_letter(box: ImapMailbox, host: MailHost) -> None:
    """F41: 0 of 180."""
    uids = fill(host)
    box.open("INBOX")
    listed = list(box.listing("INBOX", 0))
    host.imap.faults.append(Fault("FETCH", "empty"))

    assert list(box.letters("INBOX", [one.uid for one in listed])) == whole(uids)


def test_unasked_lines_between_are_nothing(box: ImapMailbox, host: MailHost) -> None:
    """F55."""
    uids = fill(host)
    host.imap.faults += [
        Fault("LISTED", "noise", times=-1),
        Fault("LETTER", "noise", times=-1),
        Fault("EXAMINE", "noise"),
    ]

    assert everything(box) == whole(uids)


def test_a_listed_line_without_its_uid_is_asked_for_again(box: ImapMailbox, host: MailHost) -> None:
    """F55: else the letter would be passed over for ever."""
    uids = fill(host)
    host.imap.faults.append(Fault("LISTED", "no-uid", uid=uids[3]))

    assert everything(box) == whole(uids)


def test_a_listing_that_never_names_a_uid_is_trouble_not_a_gap(box: ImapMailbox, host: MailHost) -> None:
    """F55."""
    uids = fill(host)
    host.imap.faults.append(Fault("LISTED", "no-uid", uid=uids[3], times=-1))

    with trouble(ServerTrouble, "没有编号"):
        everything(box)


def test_a_letter_expunged_between_list_and_fetch_has_vanished(box: ImapMailbox, host: MailHost) -> None:
    """F47: with `* n EXPUNGE` amid the answer."""
    uids = fill(host)
    host.imap.faults.append(Fault("LETTER", "expunge", uid=uids[3]))
    expected = whole(uids)
    expected[3] = Fetched(uids[3], None, Why.VANISHED)

    assert everything(box) == expected


def test_an_absurd_literal_is_not_allocated(box: ImapMailbox, host: MailHost) -> None:
    """F52: 10 GB announced."""
    uids = fill(host)
    host.imap.faults.append(Fault("LETTER", "announce", uid=uids[3], count=10 << 30))

    assert everything(box) == whole(uids)


@pytest.mark.parametrize("do", ["stall", "drip"])
def test_a_silent_or_dripping_server_is_given_up_within_the_limits(host: MailHost, do: str) -> None:
    """F42."""
    uids = fill(host)
    box = a_mailbox(host, fast(idle=0.3, total=0.6))
    box.open("INBOX")
    listed = list(box.listing("INBOX", 0))
    host.imap.faults.append(Fault("LETTER", do, uid=uids[3], seconds=0.05 if do == "drip" else 0))

    assert list(box.letters("INBOX", [one.uid for one in listed])) == whole(uids)
    assert host.imap.logins == 2
    box.close()


# a folder made anew


def test_a_validity_changed_between_polls_is_seen_at_the_next_open(box: ImapMailbox, host: MailHost) -> None:
    """F44."""
    fill(host)
    before = box.open("INBOX").validity
    host.box(OFFICE).recreate(validity=2)

    assert (before, box.open("INBOX").validity) == (1, 2)


def test_a_validity_changed_at_a_reconnect_in_mid_poll_stops_the_reading(box: ImapMailbox, host: MailHost) -> None:
    """F44."""
    uids = fill(host)
    box.open("INBOX")
    reading = box.letters("INBOX", uids)
    host.imap.faults.append(Fault("LETTER", "reset", uid=uids[3]))
    for _ in range(3):
        next(reading)
    host.box(OFFICE).validity = 2

    with trouble(FolderChanged, "重建"):
        next(reading)


def test_a_folder_made_anew_under_the_same_validity_shows_in_its_last_letter(box: ImapMailbox, host: MailHost) -> None:
    """F45: UIDs restart below the cursor though UIDVALIDITY is still 1."""
    cursor = fill(host)[-1]
    host.box(OFFICE).recreate()
    host.deliver(OFFICE, LETTERS[0], "INBOX", DAY)

    last = box.open("INBOX").last

    assert last is not None
    assert last.uid < cursor


def test_a_uid_given_again_to_other_bytes_shows_in_size_and_date(box: ImapMailbox, host: MailHost) -> None:
    """F46."""
    cursor = fill(host)[-1]
    before = box.open("INBOX").last
    host.box(OFFICE).expunge(cursor)
    host.box(OFFICE).add(b"another letter", datetime(2018, 1, 1, tzinfo=UTC), uid=cursor)

    after = box.open("INBOX").last

    assert before is not None
    assert after is not None
    assert (before.uid, before.size != after.size) == (after.uid, True)


def test_letters_hidden_by_the_server_are_not_there(box: ImapMailbox, host: MailHost) -> None:
    """F58: the oldest letter shown tells the window."""
    fill(host)
    host.deliver(OFFICE, b"new", internaldate=datetime(2017, 6, 30, tzinfo=UTC))
    host.box(OFFICE).hidden_before = datetime(2017, 6, 1, tzinfo=UTC)
    box.open("INBOX")

    assert [listed.internaldate for listed in box.listing("INBOX", 0)] == [datetime(2017, 6, 30, tzinfo=UTC)]


# getting in


def test_unsafe_login_though_id_was_sent_says_what_to_do(box: ImapMailbox, host: MailHost) -> None:
    """F53."""
    host.imap.unsafe = True

    with trouble(AuthTrouble, "网页登录", "授权码", "Unsafe Login"):
        box.open("INBOX")


def test_a_refused_login_is_tried_three_times_then_not_for_half_an_hour(host: MailHost) -> None:
    """F54."""
    now = [0.0]
    box = a_mailbox(host, password="wrong-code", clock=lambda: now[0])
    for minute in range(120):
        now[0] = minute * 60.0
        with trouble(AuthTrouble, "客户端授权码"):
            box.open("INBOX")
        if minute == 4:
            assert host.imap.logins == 3

    assert host.imap.logins == 3 + 3


def test_a_code_revoked_at_noon_is_noticed_and_a_new_login_wipes_the_slate(box: ImapMailbox, host: MailHost) -> None:
    """F54."""
    box.open("INBOX")
    host.store.accounts[OFFICE].password = "another"
    host.imap.faults.append(Fault("EXAMINE", "bye"))
    with trouble(AuthTrouble):
        box.open("INBOX")

    assert "Login error" in box._trouble.answer if box._trouble else False


def test_gbk_words_of_a_refusal_are_readable(box: ImapMailbox, host: MailHost) -> None:
    """F54: and the code is not in them."""
    host.imap.faults.append(Fault("LOGIN", "no", text="登录失败，请使用授权码登录".encode("gbk")))

    with trouble(AuthTrouble, "请使用授权码登录"):
        box.open("INBOX")


def test_a_code_with_full_width_letters_is_not_sent(host: MailHost) -> None:
    with trouble(AuthTrouble, "全角"):
        a_mailbox(host, password="ＡＢＣＤ").open("INBOX")

    assert host.imap.logins == 0


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault("GREETING", "bye", text=b"too many connections"), NetworkTrouble),
        (Fault("GREETING", "stall"), NetworkTrouble),
        (Fault("GREETING", "reset"), NetworkTrouble),
        (Fault("CAPABILITY", "bad"), NetworkTrouble),
        (Fault("LOGIN", "bye"), NetworkTrouble),
        (Fault("LOGIN", "no", text="[UNAVAILABLE] try later"), ServerTrouble),
        (Fault("LOGIN", "bad"), ServerTrouble),
        (Fault("ID", "bye"), NetworkTrouble),
        (Fault("EXAMINE", "bye"), NetworkTrouble),
        (Fault("EXAMINE", "no", text="[UNAVAILABLE] backend down"), ServerTrouble),
        (Fault("EXAMINE", "bad"), ServerTrouble),
        (Fault("FETCH", "bye"), NetworkTrouble),
        (Fault("FETCH", "no", text="[UNAVAILABLE] try later"), ServerTrouble),
        (Fault("FETCH", "bad"), ServerTrouble),
    ],
    ids=lambda value: f"{value.at}-{value.do}" if isinstance(value, Fault) else value.__name__,
)
def test_an_unwilling_server_is_a_trouble_and_then_left_alone_for_a_minute(
    host: MailHost, fault: Fault, kind: type[MailTrouble]
) -> None:
    """F43."""
    now = [100.0]
    uids = fill(host)
    box = a_mailbox(host, fast(idle=0.3), clock=lambda: now[0])
    host.imap.faults.append(fault)
    with trouble(kind):
        box.open("INBOX")
    connections = host.imap.connections

    with trouble(kind, "分钟后再试"):
        box.open("INBOX")
    assert host.imap.connections == connections

    assert patiently(box, now) == whole(uids)
    box.close()


def patiently(box: ImapMailbox, now: list[float]) -> list[Fetched]:
    """Everything, a minute later, or at the latest after the next two waits: a broken line may take one more connection with it."""
    for minutes in (1, 2, 4):
        now[0] += 61 * minutes
        with suppress(NetworkTrouble):
            return everything(box)
    raise AssertionError("the mailbox did not come back")


def test_id_refused_is_no_trouble_where_the_folder_opens(host: MailHost) -> None:
    with MailHost(ACCOUNTS, coremail=False) as plain:
        plain.imap.faults.append(Fault("ID", "bad"))
        box = a_mailbox(plain)

        assert box.open("INBOX").exists == 0
        box.close()


def test_a_server_that_is_not_there_is_named_with_its_setting() -> None:
    with MailHost(ACCOUNTS) as host:
        box = a_mailbox(host)

    with trouble(NetworkTrouble, "127.0.0.1", "HUIYIN_COMPLAINT_IMAP"):
        box.open("INBOX")


def test_listing_and_letters_are_trouble_too_when_the_server_says_no(box: ImapMailbox, host: MailHost) -> None:
    """F43."""
    uids = fill(host)
    box.open("INBOX")
    host.imap.faults.append(Fault("FETCH", "no", text="[UNAVAILABLE] later", times=-1))

    with trouble(ServerTrouble, "FETCH"):
        list(box.letters("INBOX", uids))


def test_a_no_to_one_letter_is_that_letters_trouble(box: ImapMailbox, host: MailHost) -> None:
    """F41."""
    uids = fill(host)[:1]
    box.open("INBOX")
    host.imap.faults.append(Fault("FETCH", "no", text="cannot read message", times=3))

    assert list(box.letters("INBOX", uids)) == [Fetched(uids[0], None, Why.WITHHELD)]


def test_a_place_whose_certificate_file_is_gone_is_said(host: MailHost, tmp_path: Path) -> None:
    authorities = tmp_path / "authorities.pem"
    authorities.touch()
    place = a_mailbox(host, query=f"?ca={authorities}").place
    authorities.unlink()

    with pytest.raises(SettingsTrouble, match=r"authorities\.pem"):
        place.tls()


def test_a_list_refused_is_trouble(box: ImapMailbox, host: MailHost) -> None:
    """F43."""
    host.imap.faults.append(Fault("LIST", "no", text="LIST not now"))

    with trouble(ServerTrouble, "LIST"):
        box.folders()


def test_a_validity_that_is_no_number_is_nonsense(box: ImapMailbox, host: MailHost) -> None:
    host.box(OFFICE).validity = "one"  # type: ignore[assignment]

    with trouble(ServerTrouble, "看不懂"):
        box.open("INBOX")


def test_folders_that_hold_no_letters_or_cannot_be_read_are_passed_over(box: ImapMailbox, host: MailHost) -> None:
    """F49."""
    folders = host.store.accounts[OFFICE].folders
    folders["目录"] = Folder("目录", ("\\Noselect",))
    folders["odd"] = Folder("odd", ('\\Marked) "', "("))
    folders["2017"] = Folder("2017")

    assert {"目录", "2017"} & {folder.name for folder in box.folders()} == {"2017"}


def test_a_letter_without_end_is_too_big(box: ImapMailbox, host: MailHost, monkeypatch: pytest.MonkeyPatch) -> None:
    """F57: bounded, and said."""
    monkeypatch.setattr("daemon.mailboxes.imap.LETTER_MOST", 2 * PIECE)
    uid = host.deliver(OFFICE, b"z" * (3 * PIECE), "INBOX", DAY)

    assert everything(box) == [Fetched(uid, None, Why.TOO_BIG)]


def test_no_word_of_a_server_is_no_word() -> None:
    assert (readable(None), readable(b" ok\r\n"), readable("x\x1b[2J")) == ("", "ok", "x\\x1b[2J")


def test_an_answer_that_takes_too_long_as_a_whole_is_given_up(host: MailHost) -> None:
    """F42."""
    box = a_mailbox(host, fast(total=0.0))

    with trouble(NetworkTrouble):
        box.open("INBOX")


def test_a_waiting_poll_can_be_interrupted_from_another_thread(host: MailHost) -> None:
    """F17: a stop within 8 s, though the server is silent."""
    box = a_mailbox(host, fast(idle=30, total=30))
    uids = fill(host)
    box.open("INBOX")
    host.imap.faults.append(Fault("FETCH", "stall"))
    host.imap.faults.append(Fault("GREETING", "bye", times=-1))
    stop = threading.Timer(0.2, box.interrupt)
    began = time.monotonic()
    stop.start()

    with trouble(NetworkTrouble):
        list(box.letters("INBOX", uids))
    stop.join()
    assert time.monotonic() - began < 8


def test_an_interrupt_without_a_connection_is_nothing(box: ImapMailbox) -> None:
    box.interrupt()
    box.close()

    assert box._connection is None


def test_folders_the_office_made_itself_are_polled_and_archives_are_not(box: ImapMailbox, host: MailHost) -> None:
    """F49: a rule of the web mailbox may put complaints into a new folder."""
    folders = host.store.accounts[OFFICE].folders
    for name, flags in (("其他文件夹/企业来信", ()), ("归档", ()), ("All Mail", ("\\All",))):
        folders[name] = Folder(name, flags)

    assert [folder.name for folder in to_poll(box.folders(), ()).polled][-1] == "其他文件夹/企业来信"
    assert {folder.name for folder in box.folders() if folder.role is Role.ARCHIVE} == {"归档", "All Mail"}


def test_a_server_that_does_not_tell_its_last_letter_is_asked_for_everything(box: ImapMailbox, host: MailHost) -> None:
    """F41, F51."""
    uids = fill(host)
    box.open("INBOX")
    host.imap.faults.append(Fault("FETCH", "empty", times=2))

    assert [listed.uid for listed in box.listing("INBOX", 0)] == uids
