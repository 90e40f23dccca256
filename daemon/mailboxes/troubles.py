"""What can go wrong at a mail server, each a WorldTrouble with a Chinese sentence and a class of waiting.

    MailTrouble
     ├─ NetworkTrouble     GROWING   no connection, broken off, silent, BYE
     ├─ ServerTrouble      GROWING   the server said NO or BAD, or something nobody understands
     ├─ CertificateTrouble GROWING   certificate, STARTTLS or PREAUTH: no password left us (F59, F76)
     ├─ AuthTrouble        AUTH      login refused (F54), "Unsafe Login" (F53): three tries, then one every half hour
     ├─ FolderTrouble      NONE      one folder is missing or cannot be opened; the others go on (F49)
     └─ FolderChanged      NONE      the folder was made anew while we read it (F44): open it again

`answer` holds the server's own words, decoded and made harmless.
"""

from enum import StrEnum

from daemon.logs import tame
from rules.trouble import WorldTrouble
from rules.wording import wording

say = wording("daemon.mailboxes")
PASSING = ("[UNAVAILABLE]", "[INUSE]", "[SERVERBUG]", "[LIMIT]", "[OVERQUOTA]")

NO_TLS = "WRONG_VERSION_NUMBER"
"""What OpenSSL calls an answer in clear."""


class Wait(StrEnum):
    """How to wait after a trouble: see `patience.py`."""

    NONE = "none"
    GROWING = "growing"
    AUTH = "auth"


class MailTrouble(WorldTrouble):
    """A mail server or the way to it is unwilling."""

    wait = Wait.GROWING

    def __init__(self, sentence: str, answer: str = "") -> None:
        super().__init__(sentence)
        self.answer = answer


class NetworkTrouble(MailTrouble):
    """No connection, or it broke."""


class ServerTrouble(MailTrouble):
    """The server refused or answered nonsense; `passing` where it says itself that the trouble is its own (RFC 5530)."""

    def __init__(self, sentence: str, answer: str = "") -> None:
        super().__init__(sentence, answer)
        self.passing = any(code in answer for code in PASSING)


class CertificateTrouble(MailTrouble):
    """The connection is not safe; nothing secret was sent over it."""


class AuthTrouble(MailTrouble):
    """The server does not let us in."""

    wait = Wait.AUTH


class FolderTrouble(MailTrouble):
    """This folder cannot be opened."""

    wait = Wait.NONE


class FolderChanged(MailTrouble):
    """This folder is another one than the one we opened."""

    wait = Wait.NONE


def readable(words: bytes | str | None) -> str:
    """A server's words as text: UTF-8, else GB 18030 (163 and QQ answer in GBK: F54, F73), one line, no controls, cut."""
    if words is None:
        return ""
    if isinstance(words, str):
        return tame(words.strip(), 200)
    try:
        text = words.decode("utf-8")
    except UnicodeDecodeError:
        text = words.decode("gb18030", "replace")
    return tame(text.strip(), 200)
