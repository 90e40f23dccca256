"""A mailbox reached by IMAP, with 163's (Coremail's) manners borne in mind (domain §7).

One connection, kept and used again. ID after every login, its answer read. Folders are opened read-only (EXAMINE), new mail is found by
UID only, in ranges (`ranges.py`), then bytes in batches; big letters in pieces. Never SEARCH, ENVELOPE, BODYSTRUCTURE, STORE, EXPUNGE, RFC822
(F51), never a sequence number (F47).

After a failure the server is left alone for a while (`patience.py`): until then every call raises the same trouble without the network.

LIMITS: for one thread; a folder whose UIDs lie very unevenly may answer one range with many lines (a line is about 100 bytes).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from random import random
from time import monotonic
from typing import TypeVar

from daemon.mailboxes import answers, ranges
from daemon.mailboxes.connection import Connection
from daemon.mailboxes.patience import Patience
from daemon.mailboxes.quota import asked
from daemon.mailboxes.seen import Fetched, FolderSeen, Listed, Opened, Quota, Why
from daemon.mailboxes.troubles import FolderChanged, MailTrouble, NetworkTrouble, ServerTrouble, Wait, readable, say
from daemon.mailboxes.wire import Limits
from daemon.places import ImapPlace

BATCH_LETTERS, BATCH_BYTES = 50, 8 << 20
PIECE = 4 << 20
LETTER_MOST = 256 << 20
UNKNOWN_SIZE = 1 << 20
CONNECT, OPEN, LIST, BYTES = range(4)
BROKEN_MOST = 3
"""After so many letters in a row at which the connection broke, the server is in trouble, not the letters."""

T = TypeVar("T")


class ImapMailbox:
    """One mailbox. `clock` is any steady clock in seconds, `jitter` gives numbers in [0, 1)."""

    def __init__(
        self,
        place: ImapPlace,
        limits: Limits | None = None,
        clock: Callable[[], float] = monotonic,
        jitter: Callable[[], float] = random,
    ) -> None:
        self.place, self._limits, self._clock, self._jitter = place, limits or Limits(), clock, jitter
        self._patience = Patience()
        self._trouble: MailTrouble | None = None
        self._failed_step = CONNECT
        self._connection: Connection | None = None
        self._opened: dict[str, int] = {}
        self._sizes: dict[int, int] = {}

    def folders(self) -> tuple[FolderSeen, ...]:
        """All folders that can hold letters."""
        return self._first(lambda connection: connection.folders(), CONNECT)

    def open(self, folder: str) -> Opened:
        """Look at a folder anew."""

        def look(connection: Connection) -> Opened:
            validity, exists = connection.examine(folder)
            return Opened(validity, exists, ranges.last(connection) if exists else None)

        opened = self._first(look, LIST)
        self._opened[folder] = opened.validity
        self._sizes.clear()
        return opened

    def listing(self, folder: str, after_uid: int, upto: int | None = None) -> Iterator[Listed]:
        """Letters above `after_uid`, ascending."""
        connection = self._in(folder)
        top = self._top(connection) if upto is None else upto
        low = after_uid + 1
        width = ranges.width(low, top, connection.exists)
        while low <= top:
            high = min(top, low + width - 1)
            connection = self._in(folder)
            with self._counted(LIST):
                found = ranges.in_range(connection, f"{low}:{high}")
            inside = [one for uid, one in sorted(found.items()) if low <= uid <= high]
            self._sizes.update((one.uid, one.size) for one in inside)
            yield from inside
            width = ranges.next_width(width, len(inside))
            low = high + 1

    def _top(self, connection: Connection) -> int:
        with self._counted(LIST):
            found = ranges.last(connection)
        if found is None and connection.exists:
            return ranges.HIGHEST  # a server that does not tell its last letter is asked for everything
        return found.uid if found else 0

    def letters(self, folder: str, uids: Sequence[int]) -> Iterator[Fetched]:
        """One Fetched for each UID, in order: in batches, what is missing alone."""
        start, broken = 0, 0
        while start < len(uids):
            batch = self._batch(uids, start)
            got = self._together(folder, batch)
            for uid in batch:
                raw = got.pop(uid, None)
                fetched = Fetched(uid, raw) if raw else self._alone(folder, uid)
                broken = broken + 1 if fetched.why is Why.BROKEN else 0
                if broken == BROKEN_MOST:
                    raise self._failed(NetworkTrouble(say("broken", host=self.place.host, why=f"UID {uid}")), BYTES)
                yield fetched
                self._sizes.pop(uid, None)
            start += len(batch)
        if uids:
            self._well(BYTES)

    def quota(self) -> Quota | None:
        """How full the mailbox is, where the server says so (F96)."""
        return self._first(asked, CONNECT)

    def close(self) -> None:
        """Log out."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def interrupt(self) -> None:
        """Make a thread that waits in one of the other methods give up at once; safe from any thread (F17)."""
        if self._connection is not None:
            self._connection.interrupt()

    def _batch(self, uids: Sequence[int], start: int) -> list[int]:
        batch: list[int] = []
        total = 0
        for uid in uids[start : start + BATCH_LETTERS]:
            total += self._sizes.get(uid, UNKNOWN_SIZE)
            if batch and total > BATCH_BYTES:
                break
            batch.append(uid)
        return batch

    def _together(self, folder: str, batch: Sequence[int]) -> dict[int, bytes]:
        """The letters of a batch that came whole; a broken connection gives those before the break."""
        if len(batch) == 1 and self._sizes.get(batch[0], 0) > PIECE:
            return {}
        answer, _ = self._fetch(folder, ",".join(map(str, batch)), "(UID BODY.PEEK[])")
        return answers.letters(answer)

    def _fetch(self, folder: str, uids: str, items: str) -> tuple[answers.Answer, MailTrouble | None]:
        """Ask for letters; a trouble of the whole server is raised, one of these letters is given back."""
        answer, trouble = self._in(folder).fetch(uids, items)
        if isinstance(trouble, NetworkTrouble):
            self._drop()
        if isinstance(trouble, ServerTrouble) and trouble.passing:
            raise self._failed(trouble, BYTES)
        return answer, trouble

    def _alone(self, folder: str, uid: int) -> Fetched:
        """One letter in pieces; why not, if it does not come."""
        whole = BytesIO()
        while whole.tell() < LETTER_MOST:
            piece = self._piece(folder, uid, whole.tell())
            if isinstance(piece, Why):
                return Fetched(uid, None, piece)
            whole.write(piece)
            if len(piece) < PIECE:
                return Fetched(uid, whole.getvalue()) if whole.tell() else Fetched(uid, None, Why.WITHHELD)
        return Fetched(uid, None, Why.TOO_BIG)

    def _piece(self, folder: str, uid: int, offset: int) -> bytes | Why:
        answer, trouble = self._fetch(folder, str(uid), f"(UID BODY.PEEK[]<{offset}.{PIECE}>)")
        piece = answers.letters(answer, offset).get(uid)
        if piece is not None and len(piece) <= PIECE:
            return piece
        if not isinstance(trouble, NetworkTrouble):
            answer, trouble = self._fetch(folder, str(uid), "(UID RFC822.SIZE)")
        if isinstance(trouble, NetworkTrouble):
            return Why.BROKEN
        return Why.WITHHELD if trouble or uid in answers.listed(answer)[0] else Why.VANISHED

    def _first(self, ask: Callable[[Connection], T], step: int) -> T:
        """The first question of a poll: a kept connection that died meanwhile is made anew once, unnoticed."""
        kept = self._connection
        if kept is not None:
            try:
                answer = ask(kept)
            except NetworkTrouble:
                self._drop()
            except MailTrouble as trouble:
                raise self._failed(trouble, step) from trouble.__cause__
            else:
                self._well(step)
                return answer
        connection = self._connect()
        with self._counted(step):
            return ask(connection)

    def _in(self, folder: str) -> Connection:
        """The connection with this folder open, the same folder as at `open` (F44)."""
        connection = self._connect()
        if connection.folder == folder:
            return connection
        with self._counted(OPEN):
            validity, _ = connection.examine(folder)
        before = self._opened.setdefault(folder, validity)
        if validity != before:
            connection.folder = ""
            raise FolderChanged(
                say("changed", user=self.place.user, folder=readable(folder), before=before, now=validity)
            )
        return connection

    def _connect(self) -> Connection:
        if self._connection is not None:
            return self._connection
        left = self._patience.left(self._clock())
        if left and self._trouble is not None:
            resting = say("resting", said=str(self._trouble), minutes=max(1, round(left / 60)))
            raise type(self._trouble)(resting, self._trouble.answer)
        with self._counted(CONNECT):
            self._connection = Connection(self.place, self._limits)
        return self._connection

    @contextmanager
    def _counted(self, step: int) -> Iterator[None]:
        """A trouble inside counts for the patience."""
        try:
            yield
        except MailTrouble as trouble:
            raise self._failed(trouble, step) from trouble.__cause__
        self._well(step)

    def _well(self, step: int) -> None:
        """A success at the step that failed, or a later one, wipes the patience clean.

        So a server that lets us in each time and breaks off at each letter is left alone longer and longer too (F43).
        """
        if step >= self._failed_step:
            self._patience, self._trouble, self._failed_step = Patience(), None, CONNECT

    def _failed(self, trouble: MailTrouble, step: int) -> MailTrouble:
        self._patience = self._patience.after(trouble.wait, self._clock(), self._jitter())
        self._trouble, self._failed_step = trouble, max(step, self._failed_step)
        if trouble.wait is not Wait.NONE:
            self._drop()
        return trouble

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.drop()
        self._connection = None
