"""What the SMTP double does with an accepted letter: note it, deliver it, copy it into the sender's Sent folder."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from daemon.demo.store import Store

_FROM = re.compile(rb"^From:((?:[^\r\n]|\r\n[ \t]){0,2000})", re.IGNORECASE | re.MULTILINE)


class Sent(NamedTuple):
    """One letter for one recipient, as the wire brought it."""

    mail_from: str
    rcpt: str
    raw: bytes


class Post:
    """The post room of the double. `sent_log` has one (mail_from, rcpt, raw) for each recipient of each accepted letter."""

    def __init__(self, store: Store, *, accept_any: bool, deliver: bool = True) -> None:
        self.store, self.accept_any, self.deliver = store, accept_any, deliver
        self.copy_to_sent = store.coremail
        self.sent_log: list[Sent] = []
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def takes(self, address: str) -> bool:
        """True when a letter for this address is accepted."""
        return self.accept_any or address.lower() in self.store.accounts

    def accept(self, account: str, mail_from: str, recipients: list[str], raw: bytes) -> str:
        """Keep a letter; returns the answer to the final dot."""
        if self.store.coremail and account and not _is_from(raw, account):
            return "553 Mail from must equal authorized user"
        moment = self.now()
        for address in recipients:
            self.sent_log.append(Sent(mail_from, address, raw))
            if self.deliver and address.lower() in self.store.accounts:
                trace = f"Return-Path: <{mail_from}>\r\nReceived: from localhost by mx.example; {moment:%d %b %Y %H:%M:%S %z}\r\n"
                self.store.add(address.lower(), "INBOX", trace.encode() + raw, moment)
        self._copy(account, raw, moment)
        return f"250 Mail OK queued as smtp11,D8CowAB{len(self.sent_log):08d} {int(moment.timestamp())}"

    def _copy(self, account: str, raw: bytes, moment: datetime) -> None:
        sender = self.store.accounts.get(account) if account and self.copy_to_sent else None
        folder = sender.sent() if sender else None
        if folder is not None:
            folder.add(raw, moment, {"\\Seen"})


def _is_from(raw: bytes, account: str) -> bool:
    found = _FROM.search(raw.partition(b"\r\n\r\n")[0])
    return found is not None and account.lower().encode() in found[1].lower()
