"""From the mailbox into the store: bytes, letter, sighting and cursor in one commit per batch of ≤ 50 letters or 8 MB (COMMIT 1).

A letter's bytes are committed before anything else happens to it (KEPT-FIRST); the cursor never passes a UID without bytes or a note.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from daemon.logs import event
from daemon.mailboxes.roles import to_poll
from daemon.mailboxes.seen import FolderSeen, Listed, Mailbox, Opened, Role, Why
from daemon.mailboxes.troubles import FolderChanged, FolderTrouble
from daemon.office import Office
from daemon.points import reach
from db import letters
from db.pen import look, pen, redone

BATCH_LETTERS, BATCH_BYTES = 50, 8 << 20
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
WITHHELD = "withheld"
HELD_BACK = 3
"""A letter the server does not hand over is asked for in so many polls; then it is noted and reported (F41)."""


@dataclass(frozen=True, slots=True)
class Polled:
    """A poll of one mailbox."""

    new: int = 0
    seen: int = 0
    missing: tuple[str, ...] = ()
    """Folders the settings name and the server does not have (F49)."""
    told: tuple[tuple[str, str], ...] = ()
    """What a person must hear of, and where: a letter the server keeps back (F41), a folder made anew (F45, F46)."""
    troubled: tuple[str, ...] = ()
    """Folders that could not be read now."""
    sent_seen: bool = True
    """Sent, where the account has one, was read: only then may anything leave."""


def poll(office: Office, name: str, mailbox: Mailbox, now: datetime, *, wanted: Sequence[str] = ()) -> Polled:
    """Poll every folder that may hold letters. A folder's trouble does not stop the others; the connection's (MailTrouble) does."""
    polling = to_poll(mailbox.folders(), wanted)
    new = seen = 0
    troubled: list[str] = []
    told: list[tuple[str, str]] = []
    for folder in polling.polled:
        try:
            came = _folder(office, name, mailbox, folder, now, told)
        except (FolderTrouble, FolderChanged) as trouble:
            event("folder.trouble", mailbox=name, folder=folder.name, why=type(trouble).__name__)
            troubled.append(folder.name)
            continue
        new, seen = new + came[0], seen + came[1]
    event("polled", mailbox=name, new=new, seen=seen)
    sent = {folder.name for folder in polling.polled if folder.role is Role.SENT}
    return Polled(new, seen, polling.missing, tuple(told), tuple(troubled), not sent & set(troubled))


def _folder(
    office: Office, name: str, mailbox: Mailbox, folder: FolderSeen, now: datetime, told: list[tuple[str, str]]
) -> tuple[int, int]:
    """How many letters are new, and how many were seen; what a person must hear of is put into `told`."""
    opened = mailbox.open(folder.name)
    row, renewed = _row(office, name, mailbox, folder, opened)
    if renewed:
        told.append(("folder-anew", f"{name}/{folder.name}"))
    new = seen = 0
    for batch in _batches(mailbox.listing(folder.name, row.cursor)):
        kept = _fetch(office, mailbox, row, batch, now)
        reach("fetched")
        if kept:
            new += _keep(office, row, kept, now)
            reach("kept")
            told += [("letter-withheld", f"{name}/{folder.name}/{one.uid}") for one in kept if one.note == WITHHELD]
        seen += len(kept)
        if len(kept) < len(batch):
            break  # a UID without bytes: the cursor stays before it, it is asked again next time
    else:
        _ended(office, row, now)
    return new, seen


@redone
def _keep(office: Office, row: letters.FolderRow, kept: Sequence[letters.Found], now: datetime) -> int:
    with pen(office.engine) as cx:
        new = letters.keep(cx, row.id, kept, now)
        reach("keep")
    return new


@redone
def _ended(office: Office, row: letters.FolderRow, now: datetime) -> None:
    with pen(office.engine) as cx:
        letters.poll_ended(cx, row.id, now)


def _row(
    office: Office, name: str, mailbox: Mailbox, folder: FolderSeen, opened: Opened
) -> tuple[letters.FolderRow, bool]:
    """The folder's life: a new one where validity changed (F44) or the letter at the cursor is another one (F45, F46: True)."""
    with look(office.engine) as cx:
        known = letters.present(cx, name, folder.name)
    renewed = (
        known is not None and known.validity == opened.validity and _made_anew(known, mailbox, folder.name, opened)
    )
    if known is not None and renewed:
        event("folder.anew", mailbox=name, folder=folder.name, validity=opened.validity)
    if known is not None and not renewed and (known.validity, known.role) == (opened.validity, folder.role.value):
        return known, False  # nothing to write: an idle poll takes the pen once, at its end
    with pen(office.engine) as cx:
        if known is not None and renewed:
            return letters.reborn(cx, known), True
        return letters.folder(cx, name, folder.name, folder.role.value, opened.validity), False


def _made_anew(row: letters.FolderRow, mailbox: Mailbox, folder: str, opened: Opened) -> bool:
    """The cursor lies above the highest UID, though a letter was there, or the letter at the cursor has another date."""
    if row.cursor == 0 or opened.exists == 0:
        return False
    if opened.last is not None and opened.last.uid < row.cursor:
        return _restarted(row, opened.last)
    there = next(iter(mailbox.listing(folder, row.cursor - 1, row.cursor)), None)
    if there is None or there.internaldate is None or row.cursor_date is None:
        return False
    return letters.moment(there.internaldate) != row.cursor_date


def _restarted(row: letters.FolderRow, last: Listed) -> bool:
    """Letters were expunged at the end (no new life), or the numbering began again: then the last letter is younger than the cursor's."""
    if last.internaldate is None or row.cursor_date is None:
        return True
    return letters.moment(last.internaldate) > row.cursor_date


def _batches(listing: Iterator[Listed]) -> Iterator[list[Listed]]:
    batch: list[Listed] = []
    size = 0
    for listed in listing:
        if batch and (len(batch) == BATCH_LETTERS or size + listed.size > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(listed)
        size += max(listed.size, 0)
    if batch:
        yield batch


def _fetch(
    office: Office, mailbox: Mailbox, row: letters.FolderRow, batch: Sequence[Listed], now: datetime
) -> list[letters.Found]:
    """The batch's letters up to the first whose bytes must be asked for again."""
    dates = {listed.uid: _usable(listed.internaldate, now) for listed in batch}
    found = []
    for fetched in mailbox.letters(row.name, [listed.uid for listed in batch]):
        if fetched.raw is not None:
            found.append(letters.Found(fetched.uid, fetched.raw, dates[fetched.uid]))
            continue
        if fetched.why is not Why.VANISHED and not _given_up(office, row, fetched.uid):
            break
        note = "vanished" if fetched.why is Why.VANISHED else WITHHELD
        event("letter.missing", folder=row.name, uid=fetched.uid, why=note)
        found.append(letters.Found(fetched.uid, None, dates[fetched.uid], note))
    return found


def _usable(date: datetime | None, now: datetime) -> datetime | None:
    """The server's date, where it can be one: not before mail like this, not after tomorrow (F60)."""
    return date if date is not None and EARLIEST <= date <= now + timedelta(days=1) else None


@redone
def _given_up(office: Office, row: letters.FolderRow, uid: int) -> bool:
    """Counted in the store: a poll may be a process of its own."""
    with pen(office.engine) as cx:
        return letters.asked_in_vain(cx, row.id, uid) >= HELD_BACK
