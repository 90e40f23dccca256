"""What goes over the wire: exactly one letter to exactly one recipient, text equal, whatever is in it (A54-A56, F75).

The judge is aiosmtpd, a server that is not ours.
"""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from world_builders import LETTER, UNIT

from daemon.envelope import NotSendable, recipient, wire_form
from daemon.places import smtp_place
from daemon.smtp import Accepted, Account, Refused

HEAD = b"From: office@163.example\r\nTo: unit@163.example\r\nSubject: test\r\n\r\n"


class Judge:
    """Counts what arrives."""

    def __init__(self) -> None:
        self.got: list[tuple[str, list[str], bytes]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.got.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content))
        return "250 OK"


@pytest.fixture(scope="module")
def judged() -> Iterator[tuple[Account, Judge]]:
    judge, loop = Judge(), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    sessions: list[SMTP] = []

    def session() -> SMTP:
        sessions.append(SMTP(judge, hostname="judge.example", loop=loop))
        return sessions[-1]

    async def begin() -> asyncio.Server:
        return await loop.create_server(session, "127.0.0.1", 0)

    async def end() -> None:
        server.close()
        for one in sessions:
            if one.transport is not None:
                one.transport.close()
        await asyncio.sleep(0.05)

    server = asyncio.run_coroutine_threadsafe(begin(), loop).result(10)
    port = server.sockets[0].getsockname()[1]
    account = Account(smtp_place("HUIYIN_COMPLAINT_SMTP", f"smtp://127.0.0.1:{port}?from=office@163.example", None))
    yield account, judge
    account.close()
    asyncio.run_coroutine_threadsafe(end(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


def lines(raw: bytes) -> list[bytes]:
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").removesuffix(b"\n").split(b"\n")


NASTY = st.lists(
    st.sampled_from(
        [
            b"\r",
            b"\n",
            b"\r\n",
            b".",
            b"..",
            b"\n.\n",
            b"\r\n.\r\n",
            b"\r.\r",
            b"MAIL FROM:<x@y.example>",
            b"text",
            b" ",
            b"\xd6\xd0",
            b"QUIT",
        ]
    ),
    max_size=30,
).map(b"".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(text=NASTY)
def test_any_text_arrives_as_one_letter_with_equal_lines(judged: tuple[Account, Judge], text: bytes) -> None:
    """A56: dots, bare CR, bare LF, commands inside the text."""
    account, judge = judged
    judge.got.clear()

    outcome = account.submit(UNIT, HEAD + text)

    assert isinstance(outcome, Accepted)
    assert [(mail_from, rcpts) for mail_from, rcpts, _ in judge.got] == [("office@163.example", [UNIT])]
    assert lines(judge.got[0][2]) == lines(HEAD + text)


@settings(max_examples=300, deadline=None)
@given(text=st.binary(max_size=200))
def test_the_wire_form_has_only_crlf_and_no_lone_dot(text: bytes) -> None:
    """A56."""
    try:
        wired = wire_form(HEAD + text, UNIT)
    except NotSendable:
        assert b"\x00" in text
        return

    assert b"\r\n.\r\n" not in wired
    assert wired.endswith(b"\r\n")
    assert b"\r" not in wired.replace(b"\r\n", b"")
    assert b"\n" not in wired.replace(b"\r\n", b"")


@settings(max_examples=300, deadline=None)
@given(word=st.text(max_size=40), name=st.sampled_from(["Subject", "Reply-To", "X-Name", "To"]))
def test_no_header_word_makes_a_second_recipient(word: str, name: str) -> None:
    """A54: whatever stands in a header, either it goes out with our one recipient or it does not go out at all."""
    raw = f"From: office@163.example\r\n{name}: {word}\r\nDate: x\r\n\r\ntext\r\n".encode("utf-8", "surrogatepass")
    try:
        wired = wire_form(raw, UNIT)
    except NotSendable:
        return

    head = wired.partition(b"\r\n\r\n")[0].lower()
    assert not [line for line in head.split(b"\r\n") if line.startswith((b"bcc:", b"cc:", b"resent-"))]
    assert name != "To" or UNIT in word


@pytest.mark.parametrize(
    "head",
    [
        b"Subject: a\r\nBcc: x@y.example",
        b"Subject: a\nBCC : x@y.example",
        b"Subject: a\rCc: x@y.example",
        b"Subject: a\r\nSubject: b",
        b"To: unit@163.example\r\nTo: other@163.example",
        b"To: unit@163.example, other@163.example",
        b"To: other@163.example",
        b"To: nobody",
        b'To: "unit@163.example" <other@163.example>',
        b"Subject: a\r\nno colon here",
        b"Subject: a\r\nX\xc3: folded",
        b"Subject: a\r\n \r\n\tx",
        b"",
    ],
)
def test_a_letter_with_a_wrong_head_is_refused_before_the_socket(judged: tuple[Account, Judge], head: bytes) -> None:
    """A54."""
    account, judge = judged
    judge.got.clear()

    assert isinstance(
        account.submit(UNIT, b"From: office@163.example\r\n" * bool(head) + head + b"\r\n\r\ntext\r\n"), Refused
    )
    assert judge.got == []


@pytest.mark.parametrize("raw", [b"", b"\r\n", HEAD + b"x" * 999, HEAD + b"a\x00b"])
def test_a_letter_no_server_would_take_is_refused_before_the_socket(judged: tuple[Account, Judge], raw: bytes) -> None:
    account, judge = judged
    judge.got.clear()

    outcome = account.submit(UNIT, raw)

    assert isinstance(outcome, Refused)
    assert judge.got == []


def test_a_folded_head_and_a_recipient_with_a_name_are_fine() -> None:
    raw = b"From: =?utf-8?B?5Zue6Z+z?= <office@163.example>\r\nTo: =?utf-8?B?5Zue6Z+z?=\r\n <UNIT@163.example>\r\nSubject: a\r\n b\r\n\r\ntext"

    assert wire_form(raw, UNIT) == raw + b"\r\n"


@pytest.mark.parametrize(
    "address",
    [
        "x@example.net>\r\nRCPT TO:<y@z.example",
        "x@example.net\r\n",
        "x\r\n@example.net",
        "-oQueue@example.net",
        '"quoted local"@example.net',
        '"a@b"@example.net',
        "x@[127.0.0.1]",
        "x@y@z.example",
        "x y@example.net",
        "<x@example.net>",
        "x,y@example.net",
        "@example.net",
        "x@",
        "x",
        "",
        "x@localhost",
        "x@exa mple.net",
        "x@-bad.example",
        "x@bad..example",
        "x@example.net.",
        "x" * 65 + "@example.net",
        "x@" + "a" * 64 + ".example",
        "x@" + "a." * 200 + "example",
        "x@" + "a" * 100_000,
        "张三@例子.example",
        "x@exam\u2028ple.net",
    ],
)
def test_a_strange_recipient_is_refused_before_the_socket(judged: tuple[Account, Judge], address: str) -> None:
    """A55, F75."""
    account, judge = judged
    judge.got.clear()

    outcome = account.submit(address, LETTER)

    assert isinstance(outcome, Refused)
    assert not outcome.account
    assert "收件地址" in outcome.answer
    assert judge.got == []


def test_a_chinese_domain_is_written_in_ascii() -> None:
    """F75."""
    assert recipient("a@例子.example") == "a@xn--fsqu00a.example"
    assert wire_form("From: b@x.example\r\nTo: a@例子.example\r\n\r\nx\r\n".encode(), "a@xn--fsqu00a.example")


@pytest.mark.parametrize(
    "address", ["13800000000@139.example", "a.b+c_d-e@qq.example", "a..b@docomo.example", "o'neil@x.example"]
)
def test_ordinary_addresses_are_taken_as_they_are(address: str) -> None:
    assert recipient(address) == address
