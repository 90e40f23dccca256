"""One IMAP connection: connects, checks the certificate, logs in, says who we are, asks, and turns every failure into a MailTrouble.

LIMITS: nothing here tries again; that is `imap.py`'s business.
"""

import imaplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from imapclient.exceptions import ProtocolError

from daemon.mailboxes.answers import Answer
from daemon.mailboxes.roles import role
from daemon.mailboxes.seen import FolderSeen
from daemon.mailboxes.troubles import (
    NO_TLS,
    AuthTrouble,
    CertificateTrouble,
    FolderTrouble,
    MailTrouble,
    NetworkTrouble,
    ServerTrouble,
    readable,
    say,
)
from daemon.mailboxes.wire import Client, Limits, Wire
from daemon.places import ImapPlace, Safety

OFFICE = {"name": "Huiyin", "version": "1.0", "vendor": "Huiyin"}
GOODBYE = 3.0
"""Seconds a server gets to answer LOGOUT."""
T = TypeVar("T")


class Connection:
    """A connection, logged in. Raises MailTrouble where that is not possible."""

    def __init__(self, place: ImapPlace, limits: Limits) -> None:
        self.place, self.folder, self.exists = place, "", 0
        self.capabilities: tuple[str, ...] = ()
        self.server: dict[str, str] = {}
        self._client = self._connected(limits)
        self._wire: Wire = self._client._imap
        try:
            self._enter()
        except BaseException:
            self._wire.shutdown()
            raise

    def _connected(self, limits: Limits) -> Client:
        place = self.place
        context = place.tls() if place.safety is Safety.TLS else None
        try:
            return Client(place.host, place.port, limits, context)
        except ssl.SSLError as error:
            raise self._unsafe(error) from error
        except (OSError, imaplib.IMAP4.error, UnicodeError) as error:
            raise self._unreachable(error) from error

    def _enter(self) -> None:
        if self._wire.state != "NONAUTH":
            raise CertificateTrouble(say("preauth", host=self.place.host, setting=self.place.setting))
        if self.place.safety is Safety.STARTTLS:
            self._secure()
        self._login()
        with suppress(MailTrouble, imaplib.IMAP4.error), self._spoken():  # who refuses ID says so at EXAMINE
            if self._client.has_capability("ID"):
                pairs = self._client.id_({**OFFICE, "support-email": self.place.user})
                self.server = _pairs(pairs)
        with self._spoken():
            self.capabilities = tuple(readable(word) for word in self._client.capabilities())

    def _secure(self) -> None:
        with self._spoken():
            offered = self._wire.secure(self.place.tls())
        if not offered:
            raise CertificateTrouble(say("no-starttls", host=self.place.host, setting=self.place.setting))

    def _login(self) -> None:
        place = self.place
        password = place.password.reveal() if place.password else ""
        if not (password.isascii() and place.user.isascii()):
            raise AuthTrouble(say("password-not-ascii", user=place.user, setting=place.setting))
        with self._spoken():
            kind, words = self._wire._simple_command(
                "LOGIN", self._wire._quote(place.user), self._wire._quote(password)
            )
        answer = readable(words[-1])
        if kind == "OK":
            self._wire.state = "AUTH"
            return
        refused = self._refused("LOGIN", answer)
        raise (
            refused
            if refused.passing
            else AuthTrouble(say("login", user=place.user, answer=answer, setting=place.setting), answer)
        )

    def folders(self) -> tuple[FolderSeen, ...]:
        """All folders that can hold letters; a line nobody can read is passed over."""
        kind, lines = self._ask(lambda wire: wire._untagged_response(*wire._simple_command("LIST", '""', "*"), "LIST"))
        if kind != "OK":
            raise self._refused("LIST", readable(self._wire.last_words))
        seen = []
        for line in _joined(lines):
            with suppress(ProtocolError, ValueError, UnicodeError, AttributeError, IndexError):
                for flags, separator, name in self._client._proc_folder_list(line):
                    marks = [readable(flag) for flag in flags]
                    if not {"\\noselect", "\\nonexistent"} & {mark.lower() for mark in marks}:
                        seen.append(FolderSeen(name, role(marks, name, (separator or b"").decode("ascii", "ignore"))))
        return tuple(seen)

    def examine(self, folder: str) -> tuple[int, int]:
        """Open a folder read-only; its UIDVALIDITY and number of letters."""
        self.folder = ""
        kind, words = self._ask(lambda wire: wire.select(self._client._normalise_folder(folder), readonly=True))
        answer = readable(words[-1])
        if kind != "OK":
            raise self._not_opened(folder, answer)
        told = self._wire.untagged_responses
        with self._spoken():
            validity, self.exists = _number(told.get("UIDVALIDITY")), _number(told.get("EXISTS"))
        self.folder = folder
        return validity, self.exists

    def fetch(self, uids: str, items: str) -> tuple[Answer, MailTrouble | None]:
        """What came, even of an answer that broke off; and the trouble, if any. Only UID FETCH is ever sent."""
        try:
            kind, answer = self._ask(lambda wire: wire.uid("FETCH", uids, items))
        except MailTrouble as trouble:
            return list(self._wire.untagged_responses.get("FETCH", [])), trouble
        if kind == "OK":
            return answer, None
        return [], self._refused("FETCH", readable(self._wire.last_words))

    def close(self) -> None:
        """Log out, if the server still listens."""
        with suppress(OSError, imaplib.IMAP4.error, ValueError):
            self._wire.begin()
            self._wire.hurry(GOODBYE)
            self._client.logout()
        self.drop()

    def interrupt(self) -> None:
        """End the connection under a thread that waits on it."""
        self._wire.interrupt()

    def drop(self) -> None:
        """Close without a word."""
        with suppress(OSError):
            self._wire.shutdown()

    def _ask(self, command: Callable[[Any], T]) -> T:
        with self._spoken():
            self._wire.begin()
            return command(self._wire)

    @contextmanager
    def _spoken(self) -> Iterator[None]:
        """Turn what goes wrong in a conversation into a MailTrouble."""
        try:
            yield
        except ssl.SSLCertVerificationError as error:
            raise self._unsafe(error) from error
        except (OSError, imaplib.IMAP4.abort) as error:
            bye = self._wire.untagged_responses.get("BYE")
            why = _short(Exception(bye[-1])) if bye else _short(error)
            raise NetworkTrouble(say("broken", host=self.place.host, why=why), why) from error
        except imaplib.IMAP4.error as error:
            raise self._refused("", readable(self._wire.last_words)) from error
        except (ValueError, UnicodeError, IndexError, KeyError, TypeError, AttributeError) as error:
            raise self._nonsense(error) from error  # imaplib on words it was not made for

    def _not_opened(self, folder: str, answer: str) -> MailTrouble:
        place = self.place
        if "unsafe login" in answer.lower():
            return AuthTrouble(say("unsafe", user=place.user, answer=answer), answer)
        refused = self._refused("EXAMINE", answer)
        if refused.passing:
            return refused
        return FolderTrouble(
            say("no-folder", user=place.user, folder=readable(folder), answer=answer, setting=place.setting), answer
        )

    def _refused(self, command: str, answer: str) -> ServerTrouble:
        return ServerTrouble(say("refused", host=self.place.host, command=command, answer=answer), answer)

    def _nonsense(self, error: Exception) -> ServerTrouble:
        return ServerTrouble(say("nonsense", host=self.place.host, why=type(error).__name__))

    def _unsafe(self, error: ssl.SSLError) -> CertificateTrouble:
        place, why = self.place, getattr(error, "verify_message", "") or error.reason or ""
        if why == NO_TLS:
            return CertificateTrouble(say("no-tls", host=place.host, port=place.port, setting=place.setting))
        return CertificateTrouble(say("certificate", host=place.host, why=readable(why), setting=place.setting))

    def _unreachable(self, error: Exception) -> NetworkTrouble:
        place = self.place
        return NetworkTrouble(
            say("unreachable", host=place.host, port=place.port, why=_short(error), setting=place.setting),
            _short(error),
        )


def _short(error: Exception) -> str:
    """An error in a few words: the system's own, or the server's."""
    said = (
        error.args[0]
        if error.args and isinstance(error.args[0], bytes)
        else getattr(error, "strerror", None) or str(error)
    )
    return readable(said) or type(error).__name__


def _number(told: Any) -> int:
    """The last number told, 0 for none. Raises ValueError."""
    return int(told[-1]) if told else 0


def _joined(lines: Answer) -> list[Answer]:
    """LIST lines, one a list; a name sent as a literal comes in two pieces."""
    found: list[Answer] = []
    for piece in lines:
        if piece in (None, b""):
            continue
        found.append([piece])
    return found


def _pairs(answer: Any) -> dict[str, str]:
    """What the server says of itself in its answer to ID."""
    words = [
        readable(word)
        for word in (answer[0] if answer and isinstance(answer[0], tuple) else ())
        if isinstance(word, bytes)
    ]
    return dict(zip(words[::2], words[1::2], strict=False))
