"""Settings: only from the environment or a named file; wrong ones are refused in one Chinese sentence; passwords never show."""

import pickle
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from daemon.places import Safety
from daemon.secret import Secret
from daemon.settings import MAIL, SETTINGS, Settings, read_settings
from rules.trouble import SettingsTrouble

IMAP, SMTP = "HUIYIN_COMPLAINT_IMAP", "HUIYIN_COMPLAINT_SMTP"
CODE = "QWERTYUIOPASDFGH"


def settings(**given: str) -> Settings:
    return read_settings(given)


def a_mailbox(
    imap: str = "imaps://name%40163.example@imap.163.example:993",
    smtp: str = "smtps://name%40163.example@smtp.163.example:465",
) -> Settings:
    return settings(**{IMAP: imap, f"{IMAP}_PASSWORD": CODE, SMTP: smtp})


def refusal(make: Callable[[], object]) -> str:
    with pytest.raises(SettingsTrouble) as trouble:
        make()
    return str(trouble.value)


def test_a_mailbox_is_read_from_its_url() -> None:
    place = a_mailbox("imaps://name%40163.example@imap.163.example?folders=INBOX,垃圾邮件").complaint.imap

    assert (place.host, place.port, place.safety, place.user) == (
        "imap.163.example",
        993,
        Safety.TLS,
        "name@163.example",
    )
    assert place.folders == ("INBOX", "垃圾邮件")


def test_the_way_out_takes_the_password_of_the_mailbox_and_its_account_as_sender() -> None:
    place = a_mailbox().complaint.smtp

    assert (place.sender, place.password) == ("name@163.example", Secret(CODE))


def test_a_way_out_may_have_its_own_password_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "code").write_text("another-code\n")
    place = settings(
        **{SMTP: "smtp://a%40b.example@c.example?starttls=1", f"{SMTP}_PASSWORD_FILE": str(tmp_path / "code")}
    ).smtp[SMTP]

    assert (place.password, place.port, place.safety) == (Secret("another-code"), 587, Safety.STARTTLS)


def test_no_user_means_no_login_and_from_gives_the_address() -> None:
    place = settings(**{SMTP: "smtp://127.0.0.1:2525?from=office%40x.example"}).smtp[SMTP]

    assert (place.user, place.password, place.sender, place.safety) == ("", None, "office@x.example", Safety.LOOPBACK)


@pytest.mark.parametrize(
    ("imap", "smtp", "words"),
    [
        ("imap://name%40x.example@imap.163.example:143", "", "明文"),
        ("", "smtp://name%40x.example@smtp.163.example:25", "明文"),
        ("imaps://imap.163.example", "", "没有写账号"),
        ("", "smtps://smtp.163.example", "看不出发件地址"),
        ("", "smtps://name@smtp.163.example", "看不出发件地址"),
        ("", "smtps://smtp.163.example?from=a%40b%0d%0aRCPT", "看不出发件地址"),
        ("imaps://name:secret-in-url@imap.163.example", "", "写了密码"),
        ("http://name@imap.163.example", "", "不是可用的地址"),
        ("imaps://name@imap.163.example:99999", "", "不是可用的地址"),
        ("imaps://name@imap.163.example:0", "", "不是可用的地址"),
        ("imaps://name@[::1", "", "不是可用的地址"),
        ("imaps://name@imap.163.example/INBOX", "", "不是可用的地址"),
        ("imaps://name@imap.163.example?folder=INBOX", "", "folder"),
        ("imap://name@imap.163.example?starttls=0", "", "starttls"),
        ("imaps://name@imap.163.example?folders=IN%0d%0aBOX", "", "控制符"),
        ("imaps://name@imap.163.example?ca=/nowhere/ca.pem", "", "证书文件"),
        ("imaps://name%0d%0aA1%20NOOP@imap.163.example", "", "账号里有"),
        ("", "smtps://name%0d%0aQUIT@smtp.163.example?from=a@b.example", "账号里有"),
    ],
)
def test_a_wrong_place_is_refused_in_one_sentence_that_names_the_setting(imap: str, smtp: str, words: str) -> None:
    """F59, F76: plain text off loopback; A55: control characters in a folder's name."""
    said = refusal(lambda: settings(**{IMAP: imap, f"{IMAP}_PASSWORD": CODE, SMTP: smtp}))

    assert words in said
    assert (IMAP if imap else SMTP) in said
    assert "\n" not in said
    assert "secret-in-url" not in said


def test_plain_text_is_allowed_to_this_machine() -> None:
    assert [
        a_mailbox(f"imap://name@{host}:1143").complaint.imap.safety for host in ("127.0.0.1", "localhost", "[::1]")
    ] == [Safety.LOOPBACK] * 3


def test_all_faults_are_said_at_once() -> None:
    said = refusal(
        lambda: settings(
            **{IMAP: "imaps://name@x.example", SMTP: "ftp://x", "HUIYIN_START": "yesterday", "HUIYIN_CONTACT_IMPA": "x"}
        )
    )

    assert [line.split("。")[0] for line in said.split("\n")] == [
        "设置 HUIYIN_CONTACT_IMPA 不认识，不会生效",
        f"设置 {IMAP} 没有授权码",
        f"设置 {SMTP} 不是可用的地址",
        "设置 HUIYIN_START 的值“yesterday”不是日期时间",
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("HUIYIN_BOOK /etc/huiyin/book", "第 2 行看不懂"),
        ("HUIYIN_BOOK='/etc/huiyin/book", "第 2 行看不懂"),
        ("HUIYIN_STRAT=2017-05-09T08:00", "HUIYIN_STRAT 不认识"),
        ("HUIYIN_DATABSE=sqlite:///x.db", "HUIYIN_DATABSE 不认识"),
    ],
)
def test_a_line_of_the_file_that_would_be_without_effect_is_refused(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "huiyin.env"
    path.write_text(f"# the office\n{line}\nHUIYIN_DATABASE=sqlite:///y.db\nLANG=C\n", "utf-8")

    said = refusal(lambda: settings(HUIYIN_ENV=str(path)))

    assert words in said
    assert "\n" not in said


def test_what_is_missing_is_said_when_it_is_needed() -> None:
    empty = settings()

    assert refusal(lambda: empty.need("HUIYIN_DATABASE", *MAIL)) == refusal(
        lambda: empty.need("HUIYIN_DATABASE", *MAIL)
    )
    assert "HUIYIN_DATABASE、HUIYIN_COMPLAINT_IMAP" in refusal(lambda: empty.need("HUIYIN_DATABASE", *MAIL))
    assert "HUIYIN_DATABASE" in refusal(lambda: empty.database)
    assert "HUIYIN_CONTACT_IMAP、HUIYIN_CONTACT_SMTP" in refusal(lambda: empty.contact)


def test_database_book_and_start_are_read() -> None:
    read = settings(HUIYIN_DATABASE="sqlite:///x.db", HUIYIN_BOOK="/etc/huiyin/book", HUIYIN_START="2017-05-09T08:00")

    assert (read.database, read.book, read.start) == (
        "sqlite:///x.db",
        Path("/etc/huiyin/book"),
        datetime(2017, 5, 9, 8, tzinfo=timezone(timedelta(hours=8))),
    )


def test_a_named_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / "huiyin.env"
    file.write_bytes(
        "\ufeffHUIYIN_DATABASE=sqlite:///file.db\r\nHUIYIN_BOOK='/from/file'\r\nPATH=/evil\r\n# 说明\r\n".encode()
    )

    read = settings(HUIYIN_ENV=str(file), HUIYIN_DATABASE="sqlite:///environment.db")

    assert (read.database, read.book) == ("sqlite:///environment.db", Path("/from/file"))


def test_a_named_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "gbk.env").write_bytes(b"HUIYIN_BOOK=\xd6\xd0")

    assert "gbk.env" in refusal(lambda: settings(HUIYIN_ENV=str(tmp_path / "gbk.env")))
    assert "nothing.env" in refusal(lambda: settings(HUIYIN_ENV=str(tmp_path / "nothing.env")))


def test_a_password_file_must_hold_one_line(tmp_path: Path) -> None:
    for number, content in enumerate([b"", b"two\nlines\n", b"\xff\xfe", None]):
        path = tmp_path / str(number)
        if content is not None:
            path.write_bytes(content)
        said = refusal(
            lambda path=path: settings(**{IMAP: "imaps://name@x.example", f"{IMAP}_PASSWORD_FILE": str(path)})
        )  # type: ignore[misc]
        assert f"{IMAP}_PASSWORD_FILE" in said


def test_two_passwords_for_one_place_are_refused(tmp_path: Path) -> None:
    given = {IMAP: "imaps://name@x.example", f"{IMAP}_PASSWORD": "one-code", f"{IMAP}_PASSWORD_FILE": str(tmp_path)}

    assert "只能写一个" in refusal(lambda: settings(**given))
    both = {**given, SMTP: "smtps://name@x.example"}
    assert refusal(lambda: settings(**both)).count("只能写一个") == 1


def test_no_password_shows_in_any_print_of_the_settings() -> None:
    """A75."""
    read = settings(
        **{
            IMAP: "imaps://name@x.example",
            f"{IMAP}_PASSWORD": CODE,
            "HUIYIN_DATABASE": "postgresql://huiyin:db-code-5@db.example/x",
        },
    )

    shown = f"{read!r} {read.imap} {read.imap[IMAP].password} {read.imap[IMAP].password!r}"

    assert CODE not in shown
    assert "db-code-5" not in shown
    with pytest.raises(TypeError):
        pickle.dumps(read.imap[IMAP].password)


def test_a_broken_certificate_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("not a certificate")
    place = a_mailbox(f"imaps://name@x.example?ca={tmp_path / 'ca.pem'}").complaint.imap

    assert "证书文件" in refusal(place.tls)


def test_a_strange_database_url_is_no_trouble_of_ours() -> None:
    assert settings(HUIYIN_DATABASE="postgresql://[::1").database == "postgresql://[::1"


def test_the_table_names_every_setting_once() -> None:
    names = [setting.name for setting in SETTINGS]

    assert len(set(names)) == len(names)
    assert set(MAIL) <= set(names)


def test_equal_secrets_are_equal_and_may_be_counted() -> None:
    assert len({Secret("one-code"), Secret("one-code"), Secret("other")}) == 2


def test_a_password_of_two_lines_is_refused() -> None:
    """A55: it would become a command of its own."""
    said = refusal(lambda: settings(**{IMAP: "imaps://name@x.example", f"{IMAP}_PASSWORD": "code\r\nA1 NOOP"}))

    assert f"{IMAP}_PASSWORD" in said
    assert "NOOP" not in said
