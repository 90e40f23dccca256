"""What comes from outside, shown on a terminal (A74): a pseudo-terminal takes what the commands print, and nothing of it is an order to one."""

import os
import pty
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
import test_process
from shifts import MORNING

from daemon.demo.cast import COMPLAINT
from daemon.demo.servers import MailHost

settings = test_process.settings
"""An office with one complaint on its way, as environment."""
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
"""What our own tables order: bold and back."""
ORDERS = "\x1b[2J\x1b]52;c;cm0gLXJmIC8=\x07\x1b]0;title\x07\x9b31m\x90q\x08\x08\u202e\u2066\u2028\x85\x00"
SHOWN = """
import os, sys
from daemon.__main__ import main
for words in sys.argv[1:]:
    print("==", ascii(words), main(words.split()))
"""


def on_a_terminal(settings: dict[str, str], *commands: str) -> str:
    """What a terminal is given while the commands run one after the other."""
    ours, theirs = pty.openpty()
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("HUIYIN_")}
    process = subprocess.Popen(
        [sys.executable, "-c", SHOWN, *commands],
        env={**quiet, "PYTHONPATH": str(test_process.TOP), "TERM": "xterm-256color", **settings},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    given = bytearray()
    try:
        while piece := os.read(ours, 1 << 16):
            given += piece
    except OSError:  # the last writer has left
        pass
    os.close(ours)
    process.wait(60)
    return given.decode("utf-8")


def hostile(number: int) -> bytes:
    """A letter that gives orders to a terminal in every place that a command shows, in clear and coded."""
    from base64 import b64encode

    coded = f"=?utf-8?B?{b64encode(('投诉国土资源局' + ORDERS).encode()).decode()}?="
    name = f"=?utf-8?B?{b64encode(('张三' + ORDERS).encode()).decode()}?="
    raw = ORDERS.replace("\x00", "").replace("\u2028", "").replace("\x85", "")
    heads = (
        f'From: {name} <"a{raw}b"@people.example>' if number == 1 else f"From: {name} <citizen{number}@people.example>"
    )
    long = "x" * 1_000_000 if number == 2 else ""
    subject = f"Subject: {coded} {raw} {long}\r\n 2017-05-09T10:00:00+08:00 letter.kept letter=1"
    body = f"投诉国土资源局。我的不动产登记材料早已交齐，窗口拖了三个月不给办证。{ORDERS}"
    return (
        f"{heads}\r\nTo: {COMPLAINT}\r\n{subject}\r\nMessage-ID: <{number}{raw}@people.example>\r\n"
        f'Content-Type: text/plain; charset=utf-8; name="{raw}.doc"\r\n\r\n{body}\r\n'
    ).encode()


@pytest.mark.long
@pytest.mark.on_double("letters of signs that a real server would not pass on as they are")
def test_a74_no_order_from_outside_reaches_a_terminal(
    settings: dict[str, str],
    host: MailHost,
    tmp_path: Path,
):
    for number in range(1, 4):
        (tmp_path / f"{number}.eml").write_bytes(hostile(number))
        host.deliver(COMPLAINT, hostile(number), internaldate=MORNING)
    case = "桓营诉〔2017〕3号"

    given = on_a_terminal(
        settings,
        f"poll --now {MORNING.isoformat()}",
        f"send --log json --now {MORNING.isoformat()}",
        "letters",
        "letters --json",
        "cases",
        f"case {case}",
        "held",
        "outbox",
        "questions",
        "audit",
        *(f"{command} {tmp_path}/{number}.eml" for command in ("read", "judge", "shield") for number in (1, 2, 3)),
        f"trace {tmp_path}/1.eml",
        f"case {ORDERS.replace(chr(0), '').split()[0]}",
    )

    plain = COLOURS.sub("", given).replace("\r\n", "\n")
    codes = [int(line.rpartition(" ")[2]) for line in plain.splitlines() if line.startswith("==")]
    assert codes == [0] * 19 + [2, 2]  # the last two: what nobody was sent, and what is no number
    assert {sign for sign in plain if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") and sign != "\n"} == set()
    assert "投诉国土资源局" in plain
    assert not re.search(r"^2017-05-09T10:00:00\+08:00 letter\.kept", plain, re.MULTILINE)
    assert max(map(len, plain.splitlines())) < 10_000
