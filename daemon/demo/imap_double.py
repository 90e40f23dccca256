"""An IMAP server that stands in for 163 (Coremail) or, with `coremail=False`, for a plain one. Faults are scripted, bytes are kept exactly.

Coremail's manners (domain §7): SELECT answers "Unsafe Login" until ID was sent, no UIDNEXT, no UNSEEN, no IDLE, no MOVE, UIDVALIDITY 1,
sparse ten-digit UIDs, SEARCH by anything but ALL finds nothing, folder names in modified UTF-7.

Faults at GREETING or a command's verb: bye, close, reset, no, bad, stall, drip (`seconds` a byte), empty (OK without any line), noise.
At LETTER (a line that carries bytes) and LISTED (one that does not): see `imap_faults.py`.

LIMITS: no ENVELOPE, BODYSTRUCTURE, parts; SEARCH knows ALL only.
"""

import asyncio
import ssl
from collections.abc import Callable
from datetime import UTC, datetime

from daemon.demo.double import Double
from daemon.demo.faults import Fault
from daemon.demo.imap_session import Session
from daemon.demo.store import Store


class ImapDouble(Double):
    """The server: listens, keeps the log of commands, holds the script of faults.

    `commands` has one line a command, `account VERB text`, passwords masked. `unsafe` answers "Unsafe Login" even after ID (F53);
    `asks_id` = False lets mail programs in that send none; `quota` is (used, limit) in KB for GETQUOTAROOT; `preauth` greets with PREAUTH;
    `strip_starttls` hides STARTTLS (F59).
    """

    longest_line = 1 << 20

    def __init__(self, store: Store, tls: ssl.SSLContext | None = None, *, starttls: bool = False) -> None:
        super().__init__(tls, starttls=starttls)
        self.store, self.coremail = store, store.coremail
        self.unsafe = self.preauth = self.strip_starttls = False
        self.asks_id = True
        self.quota: tuple[int, int] | None = None
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Session:
        """One connection."""
        return Session(self, reader, writer)

    def log(self, account: str, line: str) -> None:
        """Note a command."""
        self.commands.append(f"{account or '-'} {line}")

    def fault(self, *places: str, uid: int | None = None) -> Fault | None:
        """The scripted fault of this moment, if any."""
        return self.faults.take(places, uid=uid) if self.faults else None
