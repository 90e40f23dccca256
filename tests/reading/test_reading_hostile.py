"""STEADY and A71: hostile letters in a child with hard limits, every pattern on its worst case, mutated letters.

A child that needs more than 10 seconds of CPU or 512 MB is killed by the kernel: then there is no answer and the test fails.
"""

import json
import pkgutil
import random
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters_made import a_letter, a_part, a_winmail, in_html, of_parts, read

import rules.numbers
import rules.reading
from rules.numbers import DEFAULT
from rules.reading import payloads
from rules.reading import read as read_safely

TOP = Path(__file__).parents[2]
CHILD = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
from rules.reading import read
letter = read(eval(sys.argv[1]))
print(json.dumps([letter.limits, letter.oddities, letter.from_addr, len(letter.text), len(letter.attachments)]))
"""
HEAD = "b'From: z@example.com\\r\\nSubject: x\\r\\n'"


def in_a_child(expression: str) -> list[Any]:
    """What a child makes of the letter that an expression builds; empty where it was killed."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, expression], cwd=TOP, capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-500:]
    return list(json.loads(done.stdout))


HOSTILE = {
    "nesting 1,000 deep": (
        HEAD
        + " + b''.join(b'Content-Type: multipart/mixed; boundary=b%d\\r\\n\\r\\n--b%d\\r\\n' % (n, n) for n in range(1000)) + b'\\r\\nhello'",
        "nesting",
    ),
    "letters in letters 1,000 deep": (
        HEAD + " + b'Content-Type: message/rfc822\\r\\n\\r\\n' * 1000 + b'\\r\\nhello'",
        "letters",
    ),
    "10,000 parts": (
        HEAD
        + " + b'Content-Type: multipart/mixed; boundary=b\\r\\n\\r\\n' + b'--b\\r\\nContent-Type: application/pdf\\r\\n\\r\\n\\r\\n' * 10000",
        "parts",
    ),
    "a head of 1 MB": (HEAD + " + b'X-A: ' + b'a' * (1 << 20) + b'\\r\\n\\r\\nhello'", "head"),
    "300,000 folds": (HEAD + " + b'X-A: b' + b'\\r\\n b' * 300000 + b'\\r\\n\\r\\nhello'", "head"),
    "80,000 encoded words": (
        "b'From: z@example.com\\r\\nSubject: ' + b'=?utf-8?B?5oqV6K+J?=\\r\\n ' * 80000 + b'\\r\\n\\r\\nhello'",
        "head",
    ),
    "100,000 recipients": (HEAD + " + b'To: ' + b'a@b.example, ' * 100000 + b'\\r\\n\\r\\nhello'", "addresses"),
    "2 MB of tags": (HEAD + " + b'Content-Type: text/html\\r\\n\\r\\n' + b'<div><p>' * 250000", "text"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_letter_is_read_within_the_limits_and_says_so(what: str):
    expression, limit = HOSTILE[what]
    limits, oddities, sender, _, _ = in_a_child(expression)

    assert (limit in limits, sender, any("来件超出读取限度" in odd or "收件人过多" in odd for odd in oddities)) == (
        True,
        "z@example.com",
        True,
    )


@pytest.mark.long
@pytest.mark.parametrize("depth", [49, 50, 51, 500, 1000, 100_000])
def test_l16_every_depth_of_nesting(depth: int):
    parts = f"b''.join(b'Content-Type: multipart/mixed; boundary=b%d\\r\\n\\r\\n--b%d\\r\\n' % (n, n) for n in range({depth}))"
    limits, *_ = in_a_child(f"{HEAD} + {parts} + b'\\r\\nhello'")

    assert ("nesting" in limits) == (depth > 50)


@pytest.mark.long
def test_an_attachment_of_100_mb_is_read_within_the_limits():
    part = "b'--b\\r\\nContent-Type: application/pdf\\r\\nContent-Transfer-Encoding: base64\\r\\n\\r\\n' + b'QUFB' * (100 << 18)"
    limits, oddities, *rest = in_a_child(
        f"{HEAD} + b'Content-Type: multipart/mixed; boundary=b\\r\\n\\r\\n--b\\r\\n\\r\\nhello\\r\\n' + {part}"
    )

    assert (limits, rest, "来件超出读取限度：整封邮件过大，请人工查看原件" in oddities) == (
        ["letter"],
        ["z@example.com", 5, 1],
        True,
    )


@pytest.mark.long
@pytest.mark.parametrize(
    "expression",
    [
        f"{HEAD} + b'X-A: b\\r\\n' * 100000 + b'\\r\\nhello'",
        f"{HEAD} + b'Content-Type: text/html\\r\\n\\r\\n' + b'<' * 2000000",
        f"{HEAD} + b'Content-Type: text/html\\r\\n\\r\\n' + b'<a href=\"http://x.example/a\">b</a>' * 60000",
        f"{HEAD} + b'Content-Type: text/html\\r\\n\\r\\n' + b'<blockquote>' * 90000 + b'x<br>' * 9000",
        f"{HEAD} + b'\\r\\n' + b'On 1 Jan 2017 10:00 a:\\n' * 90000",
        f"{HEAD} + b'\\r\\n' + '发件人：x\\n\\n\\n'.encode() * 60000",
        f"{HEAD} + b'Content-Type: text/plain' + b';a=b' * 60000 + b'\\r\\n\\r\\nx'",
        f"{HEAD} + b'Content-Transfer-Encoding: base64\\r\\n\\r\\n' + b'QQ==' * 250000",
        f"{HEAD} + b'Content-Type: multipart/mixed; boundary=b\\r\\n\\r\\n' + (b'--b\\r\\nContent-Type: text/html\\r\\n\\r\\n' + b'<b>x</b>' * 10000 + b'\\r\\n') * 100",
        "b'From: ' + b'\"' * 200000 + b'\\r\\n\\r\\nx'",
        "b'From: mailer-daemon@x.example\\r\\nSubject: failure notice\\r\\n\\r\\n' + b'<a@' * 300000",
    ],
)  # fmt: skip
def test_other_hostile_letters_are_read_within_the_limits(expression: str):
    assert len(in_a_child(expression)) == 5


def patterns() -> dict[str, re.Pattern[Any]]:
    """Every pattern of the reading and of the numbers, those inside tables and tuples too."""
    found: dict[str, re.Pattern[Any]] = {}

    def gather(name: str, value: Any, depth: int = 0) -> None:
        if isinstance(value, re.Pattern):
            found[f"{name}: {value.pattern[:40]!r}"] = value
        elif isinstance(value, tuple | list) and depth < 6:
            for inner in value:
                gather(name, inner, depth + 1)
        elif hasattr(type(value), "__dataclass_fields__") and depth < 6:
            for field in type(value).__dataclass_fields__:
                gather(name, getattr(value, field), depth + 1)

    modules = [import_module(f"rules.reading.{module.name}") for module in pkgutil.iter_modules(rules.reading.__path__)]
    for module in [*modules, rules.numbers]:
        for name, value in vars(module).items():
            gather(f"{module.__name__}.{name}", value)
    gather("rules.numbers.signs", tuple(rules.numbers._patterns(DEFAULT)))
    return found


REPEATED = [
    "1", "a", "在", " ", "、", ">", "=?", "-", "_", "<", "@", "a@a.", "写道：", "发件人：", "\n", "a\n", "> ", "(", "\"", "'", ":", ";a=", "<p ", "HY2017", "桓营诉〔",
    "回信码 ", "1 ", "0 ", "—", "*", "|", "\t", "=?utf-8?Q?", "color:", "发自", "sent from ", "message to ", "已收到", "&", "<!", "2017年", "10:00 ", "http://", "\\", "%", "\x00",
]  # fmt: skip
SIGNS = 50_000
"""Signs of the worst case: a quadratic pattern needs 2,500 million steps for them, which the child's limit of CPU ends."""
PATTERN_CHILD = """
import resource, sys
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/tests/reading"]
import test_reading_hostile as here
found = here.patterns()
for name, pattern in found.items():
    for sign in here.REPEATED:
        spent = resource.getrusage(resource.RUSAGE_SELF)
        used = int(spent.ru_utime + spent.ru_stime)  # the limit counts the system's seconds too
        resource.setrlimit(resource.RLIMIT_CPU, (used + 6, resource.RLIM_INFINITY))
        print(name, repr(sign), flush=True)
        text = sign * (here.SIGNS // len(sign))
        for worst in (text, "\\n在" + text + "x"):
            subject = worst.encode() if isinstance(pattern.pattern, bytes) else worst
            pattern.fullmatch(subject)
            sum(1 for _ in pattern.finditer(subject))
print(len(found))
"""


@pytest.mark.long
def test_a71_every_pattern_is_linear_or_bounded():
    done = subprocess.run(
        [sys.executable, "-c", PATTERN_CHILD, str(TOP)],
        cwd=TOP,
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )

    assert (done.returncode, done.stdout.split("\n")[-2:-1]) == (0, [str(len(patterns()))]), done.stdout.split("\n")[
        -2:
    ]


SEEDS = [
    a_letter("您好，投诉国土所。\n\n在 2017-05-09 10:00:00，\"a\" <a@example.com> 写道：\n> 旧信", Subject="=?gb2312?B?zbbL3w==?="),
    in_html("<p style='display:none'>a</p><blockquote>b</blockquote><div class=gmail_quote>On 9 May 2017, a wrote:</div>", "您好"),
    of_parts(a_part("正文"), a_part(b"%PDF-1.4", "application/pdf", Disposition="attachment; filename*0*=utf-8''%E8%AF%81; filename*1=a.pdf")),
    of_parts(a_part(a_winmail("a.txt", b"abc", "正文"), "application/ms-tnef; name=winmail.dat")),
    of_parts(a_part("Sorry"), a_part("Final-Recipient: rfc822;a@b.example\nAction: failed", "message/delivery-status"), a_part("To: a@b.example\n\nx", "message/rfc822"), kind="report; report-type=delivery-status", From="MAILER-DAEMON@x.example"),
    a_letter("[HY2017-00012-K7/4F7Q2M9KTX] 桓营诉〔2017〕12号", From="\"a\" <b@c.example>, d@e.example", Date="Tue, 09 May 2017 10:00:00 CST"),
    a_letter("投诉".encode("gbk"), Content_Type="text/plain; charset=x-unknown", Content_Transfer_Encoding="8bit"),
    a_letter(b"begin 644 a\n&YHJ5Z*^)\n`\nend\n", Content_Transfer_Encoding="x-uuencode"),
]  # fmt: skip


def mutated(dice: random.Random) -> bytes:
    """A letter cut, spliced with another, bit-flipped, or with a piece doubled."""
    data = bytearray(dice.choice(SEEDS))
    kind = dice.randrange(5)
    if kind == 0:
        return bytes(data[: dice.randrange(len(data))])
    if kind == 1:
        for _ in range(dice.randrange(1, 40)):
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        return bytes(data)
    start, end = sorted(dice.randrange(len(data)) for _ in range(2))
    if kind == 2:
        return bytes(data[:start] + data[end:])
    if kind == 3:
        other = dice.choice(SEEDS)
        return bytes(data[:start]) + other[dice.randrange(len(other)) :]
    return bytes(data[:end] + data[start:end] * dice.randrange(1, 5) + data[end:])


def is_sound(raw: bytes) -> bool:
    """The reading itself raised nothing, its value is storable text and the same twice."""
    letter = read(raw)
    json.dumps(letter.text + letter.own_words + letter.subject + letter.from_name, ensure_ascii=False).encode("utf-8")
    assert [found for found, _ in payloads(raw)] == list(letter.attachments)
    assert not set(letter.text + letter.own_words) & set("\u200b\ufeff\0\ue000")
    return letter == read_safely(raw)


def test_mutated_letters_are_read():
    dice = random.Random(20170509)

    assert all(is_sound(mutated(dice)) for _ in range(250))


@pytest.mark.long
def test_twenty_thousand_mutated_letters_are_read():
    dice = random.Random(12345)

    assert all(is_sound(mutated(dice)) for _ in range(20_000))


@given(st.binary(max_size=600))
def test_any_bytes_are_a_letter(raw: bytes):
    assert is_sound(raw)


@given(st.lists(st.sampled_from(["From: ", "Subject: ", "\r\n", "\n", "\r", " ", "Content-Type: multipart/mixed; boundary=b", "--b", "--", "=?utf-8?B?", "?=", "message/rfc822",
    "Content-Transfer-Encoding: base64", "<a@b.example>", "投", "\0", ";", "\"", "text/html", "<p>", "Content-Type: "]), max_size=60))  # fmt: skip
def test_any_order_of_a_letters_pieces_is_a_letter(pieces: list[str]):
    assert is_sound("".join(pieces).encode())


def test_a_fault_of_ours_is_an_unread_letter_and_no_exception(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rules.reading, "compose", lambda *_: 1 / 0)
    letter = read_safely(b"x")

    assert (letter.from_trouble, letter.oddities, letter.limits) == (
        "none",
        ("来件未能读出，请人工查看原件",),
        ("unread",),
    )
