"""The way out: hands one letter for one recipient to the account's submission server, on one kept connection, and says what became of it.

    account = Account(settings.complaint.smtp)
    match account.submit("unit@163.example", raw):
        case Accepted(answer, queue_id): ...
        case Later(answer, account=…, crowded=…): ...
        case Refused(answer, account=…, spam=…): ...
        case Unknown(answer): ...

The rule that everything hangs on: **Unknown exactly when the final dot may have left us and no answer to it is known**; before that the
letter is known not to be sent (F65, F66). An answer of 2xx is Accepted whatever its words (F77), of 4xx Later, of 5xx Refused:

    stage                                  4xx, or the connection is lost     5xx
    connect, EHLO, STARTTLS, AUTH, MAIL    Later, account=True                Refused, account=True (our fault: letters wait, F64, F73)
    RCPT, DATA, dot                        Later                              Refused (that letter only)

421, and words of `smtp.toml` (too many letters; our login), speak of the account at whatever stage. A certificate that does not fit is
Refused, account=True, before a password left (F76). After three refused logins none is tried for half an hour (F54).

LIMITS: for one thread.
"""

import re
import tomllib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from random import random
from time import monotonic

from daemon.envelope import NotSendable, recipient, wire_form
from daemon.mailboxes.patience import Patience
from daemon.mailboxes.troubles import AuthTrouble, CertificateTrouble, MailTrouble, NetworkTrouble, Wait
from daemon.places import SmtpPlace
from daemon.points import reach
from daemon.smtp_answers import in_words
from daemon.smtp_talk import OURS, Refusal, Reply, Talk, Waits

_MARKS = tomllib.loads(files("daemon").joinpath("smtp.toml").read_text("utf-8"))
_QUEUED = re.compile(r"\b(?:queued as|id=|queued with id) ?([A-Za-z0-9][^\s;]{0,120})", re.IGNORECASE)


@dataclass(frozen=True)
class Accepted:
    """The server took it; `queue_id` is '' where its answer has none."""

    answer: str
    queue_id: str = ""


@dataclass(frozen=True)
class Later:
    """Known not sent, may be tried again. `account`: nothing else from this account now; `crowded`: too many letters (F72)."""

    answer: str
    account: bool = False
    crowded: bool = False


@dataclass(frozen=True)
class Refused:
    """Known not sent. `account`: our settings or login are at fault, others would fare the same; `spam`: its text is disliked (F71)."""

    answer: str
    account: bool = False
    spam: bool = False


@dataclass(frozen=True)
class Unknown:
    """The final dot may have left us, and no answer to it is known."""

    answer: str


Outcome = Accepted | Later | Refused | Unknown


class Account:
    """One way out. `clock` is any steady clock in seconds, `jitter` gives numbers in [0, 1)."""

    def __init__(
        self,
        place: SmtpPlace,
        waits: Waits | None = None,
        clock: Callable[[], float] = monotonic,
        jitter: Callable[[], float] = random,
    ) -> None:
        self.place, self.host, self.sender = place, place.host, place.sender
        self._waits, self._clock, self._jitter = waits or Waits(), clock, jitter
        self._patience = Patience()
        self._refused: Refused | None = None
        self.unwilling = ""
        """What keeps this account from sending, in words for a person; '' once it took a letter."""
        self._talk: Talk | None = None
        self._dirty = False
        self._handing_over = False

    def submit(self, to: str, raw: bytes) -> Outcome:
        """Send one letter to one recipient."""
        outcome = self._submit(to, raw)
        if isinstance(outcome, Accepted):
            self.unwilling = ""
        elif isinstance(outcome, Later | Refused) and outcome.account:
            self.unwilling = in_words(outcome.answer, self.place)
        return outcome

    def _submit(self, to: str, raw: bytes) -> Outcome:
        try:
            address = recipient(to)
            data = wire_form(raw, address)
        except NotSendable as why:
            return Refused(str(why))
        left = self._patience.left(self._clock())
        if left and self._refused is not None:
            return self._refused
        try:
            talk = self._ready(len(data))
        except MailTrouble as trouble:
            return self._shut_out(trouble)
        self._handing_over = True
        outcome = self._deliver(talk, address, data)
        self._handing_over = False
        if isinstance(outcome, Unknown) or (not isinstance(outcome, Accepted) and outcome.account):
            self._drop()
        return outcome

    def check(self) -> str:
        """Connect, log in, name our address, sending nothing; the server's offers in one line. Raises MailTrouble, worded for a person."""
        self.close()
        talk = self._talk = Talk(self.place, self._waits)
        try:
            self._mail(talk, 0)
        except MailTrouble as trouble:
            raise MailTrouble(in_words(str(trouble), self.place), trouble.answer) from trouble
        talk.ask(b"RSET")
        return " ".join(sorted(talk.offers))

    def close(self) -> None:
        """Say goodbye; a later call connects again."""
        if self._talk is not None:
            self._talk.quit()
        self._talk = None

    def interrupt(self) -> None:
        """Make a thread that waits in `submit` give up at once, unless its letter is being handed over; safe from any thread (F17)."""
        talk = self._talk
        if talk is not None and not self._handing_over:
            talk.interrupt()

    def break_off(self) -> None:
        """As `interrupt`, and a letter that is being handed over is unknown from now on; safe from any thread (F17)."""
        talk = self._talk
        if talk is not None:
            talk.interrupt()

    def _ready(self, size: int) -> Talk:
        """A conversation in which MAIL FROM has been accepted; a kept one that died meanwhile is made anew once. Raises MailTrouble."""
        kept = self._talk
        if kept is not None:
            with suppress(NetworkTrouble):
                if not kept.speaks() and (not self._dirty or kept.ask(b"RSET").good):
                    return self._mail(kept, size)
            self._drop()
        talk = self._talk = Talk(self.place, self._waits)
        self._patience, self._refused = Patience(), None
        return self._mail(talk, size)

    def _mail(self, talk: Talk, size: int) -> Talk:
        options = f" SIZE={size}" if "SIZE" in talk.offers else ""
        reply = talk.ask(f"MAIL FROM:<{self.sender}>{options}".encode())
        self._dirty = True
        if reply.code == 421:
            raise NetworkTrouble(str(reply), str(reply))
        if not reply.good:
            raise Refusal(str(reply), reply)
        return talk

    def _deliver(self, talk: Talk, address: str, data: bytes) -> Outcome:
        """RCPT, DATA, the letter: nothing is sent yet. Then the dot."""
        try:
            reply = talk.ask(f"RCPT TO:<{address}>".encode())
            if reply.good:
                reply = talk.ask(b"DATA", self._waits.data)
            if reply.code != 354:
                return _verdict(reply)
            talk.body(data)
            reach("in-data")
        except NetworkTrouble as trouble:
            return Later(str(trouble), account=True)
        try:
            reply = talk.dot()
            reach("after-dot")
        except NetworkTrouble as trouble:
            return Unknown(str(trouble))
        self._dirty = False
        return _verdict(reply, after_dot=True)

    def _shut_out(self, trouble: MailTrouble) -> Outcome:
        """What a conversation that never came to our letter means."""
        if isinstance(trouble, Refusal):
            self._drop()
            return _verdict(trouble.reply, account=trouble.reply.code != 552)  # 552: this letter is too big, says MAIL
        if isinstance(trouble, AuthTrouble):
            self._patience = self._patience.after(Wait.AUTH, self._clock(), self._jitter())
            self._refused = Refused(str(trouble), account=True)
            return self._refused
        if isinstance(trouble, CertificateTrouble):
            return Refused(str(trouble), account=True)
        return Later(str(trouble), account=True)

    def _drop(self) -> None:
        if self._talk is not None:
            self._talk.drop()
        self._talk, self._dirty = None, False


def _verdict(reply: Reply, *, account: bool = False, after_dot: bool = False) -> Outcome:
    """What an answer means for the letter."""
    words = str(reply)
    if after_dot and 200 <= reply.code < 300:
        found = _QUEUED.search(reply.words)
        return Accepted(words, found[1].rstrip(".,)") if found else "")
    if reply.passing:
        crowded = _says(words, "crowded")
        return Later(words, account=account or crowded or reply.code == 421, crowded=crowded)
    if reply.code >= 500:
        return Refused(
            words, account=account or reply.code in OURS or _says(words, "account"), spam=_says(words, "spam")
        )
    return Unknown(words) if after_dot else Later(words, account=True)


def _says(words: str, what: str) -> bool:
    return any(mark.lower() in words.lower() for mark in _MARKS[what])
