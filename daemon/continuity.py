"""Before anything leaves: this is the database that ran here (F26), whole after a bad end (F24), and not behind what Sent shows (F32).

Beside the database lies `<database>.head`: office, ledger's end, and whether the last shift ended well. It is written while a shift runs,
and compared when the next begins. LIMITS: it is as old as the last half minute; what was lost within that shows in Sent.
"""

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from email.parser import BytesHeaderParser
from email.policy import default
from pathlib import Path
from secrets import token_hex
from time import monotonic

from sqlalchemy import Connection, Engine

from daemon.carrying_out import carry_out
from daemon.logs import event
from daemon.named import person_of
from daemon.office import Office
from db import continuity as store
from db import desk as desks
from db import files, ledger, letters, schema
from db.pen import DiskFailed, look, pen
from db.record import record
from rules import learn
from rules.decision import Decision, Warrant, WarrantKind
from rules.events import OFFICE, Noted
from rules.numbers import code_hash, find_codes, parse_reference
from rules.shown import signs
from rules.trouble import SchemaTrouble, UsageTrouble
from rules.wording import wording

say = wording("daemon")
RESTORED = store.RESTORED
OUR_ID = re.compile(r"<[0-9a-f]{24}@[^<>@\s]+>")
"""The Message-IDs that `daemon.writing` makes."""
HEAD_BYTES = 64 << 10
NOTED_EVERY = 30.0


class SentAhead(SchemaTrouble):
    """Sent shows letters of ours that this database never wrote: it is older than they are (78)."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the last shift left: `clean` where it ended well."""

    office: str
    seq: int
    hash: str
    clean: bool


@dataclass
class HeadFile:
    """The file beside the database, and the database file's own name on the disk."""

    engine: Engine
    path: Path
    inode: int = 0
    noted: float = 0.0
    failed: bool = False
    """The disk failed meanwhile: the next shift reads everything first (F24)."""

    def begin(self) -> None:
        """A shift begins. Raises SchemaTrouble where this is another or an older database, DiskFailed where it is torn."""
        was = self._read()
        self._alone()
        with look(self.engine) as cx:
            if was is not None:
                self._compare(cx, was)
            if was is not None and not was.clean and not store.integrity(cx):
                raise DiskFailed(say("head-torn", path=self._database))
        self.inode = self._inode()
        self.note(clean=False)

    def look_again(self) -> None:
        """Is the file still the one we opened? Twice a minute the ledger's end is written down. Raises DiskFailed, StoreTrouble."""
        if self.inode and self._inode() != self.inode:
            raise DiskFailed(say("head-replaced", path=self._database))
        if monotonic() - self.noted > NOTED_EVERY:
            self.note(clean=False)

    def end(self) -> None:
        """The shift ended well, unless it ended because it could not."""
        if self.inode and self._inode() == self.inode and not self.failed:
            self.note(clean=True)

    def note(self, *, clean: bool) -> None:
        """Write down the ledger's end. Raises StoreTrouble."""
        with look(self.engine) as cx:
            end = ledger.head(cx)
        now = Head(schema.office_id(self.engine), end.seq, end.hash, clean)
        self.noted = monotonic()
        aside = self.path.with_name(f"{self.path.name}.aside")
        try:
            aside.write_text(json.dumps(asdict(now)), "utf-8")
            aside.replace(self.path)
        except OSError as trouble:
            event("head.lost", why=trouble.strerror or "")

    def _read(self) -> Head | None:
        try:
            return Head(**json.loads(self.path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _compare(self, cx: Connection, was: Head) -> None:
        if schema.office_id(self.engine) != was.office:
            raise SchemaTrouble(say("head-other-office", path=self._database, head=self.path))
        end = ledger.head(cx)
        if end.seq < was.seq:
            raise SchemaTrouble(say("head-older", path=self._database, found=end.seq, wanted=was.seq))
        if was.seq and store.line(cx, was.seq) != was.hash:
            raise SchemaTrouble(say("head-other-history", path=self._database, seq=was.seq))

    @property
    def _database(self) -> str:
        return self.engine.url.database or ""

    def _inode(self) -> int:
        if self.engine.dialect.name != "sqlite":
            return 0
        try:
            return Path(self._database).stat().st_ino
        except OSError:
            return -1

    def _alone(self) -> None:
        """A second name for the file would have a -wal of its own: the two would tear each other."""
        if self.engine.dialect.name == "sqlite" and Path(self._database).stat().st_nlink > 1:
            raise SchemaTrouble(say("head-links", path=self._database))


def head_of(engine: Engine) -> Path:
    """Where the head lies: beside a SQLite file, else in the working folder."""
    return Path(f"{engine.url.database}.head").absolute()


def stopped(office: Office) -> str:
    """Why nothing is sent: '', restored, ahead."""
    with look(office.engine) as cx:
        return store.stopped(cx)


def may_send(office: Office, mailboxes: Collection[str], now: datetime) -> None:
    """Before the first letter of a shift leaves a mailbox. Raises SentAhead."""
    why = stopped(office)
    if why == store.AHEAD:
        raise SentAhead(say("sent-ahead"))
    if why or mailboxes:
        compare(office, mailboxes, now)


def compare(office: Office, mailboxes: Iterable[str], now: datetime) -> None:
    """Compare what Sent shows with the outbox; letters of ours it does not know stop all sending. Raises SentAhead."""
    found: list[str] = []
    serials: dict[int, int] = {}
    with look(office.engine) as cx:
        for mailbox in mailboxes:
            for strange in store.sent_strangers(cx, mailbox):
                subject, message_id = _heads(cx, strange)
                if _ours(cx, office, subject, message_id):
                    found.append(strange.sha256)
                    _count(office, subject, serials)
    with pen(office.engine) as cx:
        for year, serial in serials.items():
            files.reserve(cx, year, serial)
        if not found:
            if store.stopped(cx) == store.RESTORED:
                store.stop(cx, "")
            return
        if store.stopped(cx) != store.AHEAD:
            _stop(cx, office, now)
    raise SentAhead(say("sent-ahead"))


def _heads(cx: Connection, strange: store.Strange) -> tuple[str, str]:
    """(subject, Message-ID); of a letter nobody read yet only the head is looked at."""
    if strange.decided:
        return strange.subject, strange.message_id
    head = BytesHeaderParser(policy=default).parsebytes(letters.bytes_of(cx, strange.sha256)[:HEAD_BYTES])
    return str(head["Subject"] or ""), str(head["Message-ID"] or "").strip()


def _ours(cx: Connection, office: Office, subject: str, message_id: str) -> bool:
    """Our form of Message-ID, or our bracket with a code not given here (QQ writes ids anew); a person's own letter is neither."""
    if store.known_message(cx, message_id):
        return False
    if OUR_ID.fullmatch(message_id):
        return True
    codes = find_codes(subject, signs(office.book))
    return bool(codes) and not any(store.known_code(cx, code_hash(code.code)) for code in codes)


def _count(office: Office, subject: str, serials: dict[int, int]) -> None:
    for code in find_codes(subject, signs(office.book)):
        found = parse_reference(code.reference, signs(office.book))
        if found:
            serials[found.year] = max(serials.get(found.year, 0), found.serial)


def _stop(cx: Connection, office: Office, now: datetime) -> None:
    store.stop(cx, store.AHEAD)
    cause = f"report:{store.NOTED}:{now.isoformat()}"
    desk = desks.bare(cx, office.setting(now), cause)
    told = learn.trouble(learn.Trouble(store.NOTED, "office", say("sent-ahead"), say("place-office")), desk)
    carry_out(cx, office, told, desk)


def resume(office: Office, person: str, now: datetime) -> None:
    """A person who saw the audit vouches for what Sent shows; letters leave again. Raises UsageTrouble."""
    cause = f"order:{token_hex(8)}"
    warrant = Warrant(WarrantKind.ORDER, cause, person, person_of(person, office.book).role)
    with pen(office.engine) as cx:
        if store.stopped(cx) != store.AHEAD:
            raise UsageTrouble(say("resume-nothing"))
        if not store.audited_since(cx):
            raise UsageTrouble(say("resume-audit-first"))
        store.vouch(cx)
        noted = Noted(about=OFFICE, warrant=warrant, what="sending-resumed")
        record(cx, cause, Decision(events=(noted,)), at=now, book=office.book.hash)
