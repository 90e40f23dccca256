"""The log: an event's name and its keys, one line an event, as text or JSON, to standard error.

    log = logs.event
    log("letter.kept", letter=12, folder="INBOX", size=4711)
    2017-05-09T10:00:00+08:00 letter.kept letter=12 folder=INBOX size=4711
    {"at": "2017-05-09T10:00:00+08:00", "event": "letter.kept", "letter": 12, "folder": "INBOX", "size": 4711}

What never gets in (A74, A75, QUIET): control characters, line ends, bidi marks and terminal escapes are escaped; a value is cut after
MOST_OF_A_VALUE signs; every registered secret is struck out, in its percent- and base64-form too. Whoever logs hands over ids, counts,
hashes and a server's words, never a letter's text, a complainant's name or a reply code.

Other libraries log through `logging`; `open_log` lets their warnings through the same sieve and silences what they say of the wire.
LIMITS: a log that cannot be written (closed pipe, full disk) is counted in `lost()`, and work goes on (F18).
"""

import base64
import json
import logging
import re
import sys
import threading
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Protocol
from urllib.parse import quote

MOST_OF_A_VALUE = 300
SHORTEST_SECRET = 4
"""Shorter ones would strike out half the log."""
STRUCK = "***"
CHINA = timezone(timedelta(hours=8))
NOISY = ("imapclient", "mailparser", "schedule", "alembic", "sqlalchemy", "asyncio", "pypdf", "PIL")

_PLAIN = re.compile(r"[\w.@:/+\-]{1,300}", re.ASCII)
_lock = threading.Lock()
_secrets: set[str] = set()


class Stream(Protocol):
    """Where lines go."""

    def write(self, line: str, /) -> object:
        """Take a line."""

    def flush(self) -> object:
        """Let it out."""


class _State:
    """Where the log goes and how; one for the process."""

    def __init__(self) -> None:
        self.as_json = False
        self.stream: Stream | None = None
        self.clock: Callable[[], datetime] = lambda: datetime.now(CHINA)
        self.lost = 0


_state = _State()


def open_log(
    *, as_json: bool = False, stream: Stream | None = None, clock: Callable[[], datetime] | None = None
) -> None:
    """Say how to log; without it the log is text on standard error. Other libraries' warnings come the same way."""
    _state.as_json, _state.stream = as_json, stream
    if clock is not None:
        _state.clock = clock
    root = logging.getLogger()
    root.handlers[:] = [_Sieve()]
    root.setLevel(logging.WARNING)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)


def register(secret: str) -> None:
    """Make a secret known: it is struck from every line from now on."""
    if len(secret) < SHORTEST_SECRET:
        return
    coded = base64.b64encode(secret.encode()).decode().rstrip("=")
    with _lock:
        _secrets.update({secret, quote(secret, safe=""), coded})


def lost() -> int:
    """How many lines could not be written."""
    return _state.lost


def event(name: str, /, **keys: object) -> None:
    """Write one event."""
    moment = _state.clock().isoformat(timespec="seconds")
    if _state.as_json:
        line = json.dumps(
            {"at": moment, "event": name} | {key: _json(value) for key, value in keys.items()}, ensure_ascii=False
        )
    else:
        line = " ".join([moment, name, *(f"{key}={_text(value)}" for key, value in keys.items())])
    stream = _state.stream or sys.stderr
    try:
        with _lock:
            stream.write(line + "\n")
            stream.flush()
    except (OSError, ValueError):
        _state.lost += 1  # F18: no room or no reader for the log is no reason to stop


def tame(text: str, most: int = MOST_OF_A_VALUE) -> str:
    """Text from outside for one line of a log or terminal: secrets struck, controls escaped, cut."""
    shown = text[: 4 * most]
    for secret in sorted(_secrets, key=len, reverse=True):
        shown = shown.replace(secret, STRUCK)
    if len(text) > 4 * most:  # a secret may lie across the cut, where it was not seen
        shown = shown[: -max(map(len, _secrets), default=1)]
    shown = shown[:most]
    escaped = harmless(shown)
    return escaped if len(text) <= most else f"{escaped}… (+{len(text) - most})"


def harmless(text: str, escape: Callable[[str], str] | None = None) -> str:
    """The text whole, every sign that a terminal might obey (line ends too) escaped: \\x1b, or as `escape` writes it (A74)."""
    if text.isprintable():
        return text
    return "".join(sign if _harmless(sign) else (escape or _escape)(sign) for sign in text)


def _harmless(sign: str) -> bool:
    """False for controls, format marks (bidi, zero width), line ends of every kind, surrogates."""
    return sign == " " or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _escape(sign: str) -> str:
    return f"\\x{ord(sign):02x}" if ord(sign) < 256 else f"\\u{ord(sign):04x}"


def _json(value: object) -> object:
    return value if value is None or isinstance(value, bool | int | float) else tame(str(value))


def _text(value: object) -> str:
    shown = tame(str(value))
    if _PLAIN.fullmatch(shown):
        return shown
    return '"' + shown.replace('"', "'") + '"'


class _Sieve(logging.Handler):
    """What other libraries log, as one of our events."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            words = record.getMessage()
        except (TypeError, ValueError):
            words = str(record.msg)
        event(f"library.{record.levelname.lower()}", library=record.name, says=words)
