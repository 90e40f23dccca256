"""A letter to ourselves and back: the whole road tried once, through the outbox like every letter, and the server's clock by it.

Under a living `run` the letter is only put into the outbox and waited for. LIMITS: the letter stays in the mailbox; we delete nothing there.
"""

import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from hashlib import sha256

from daemon import post
from daemon.examining import Found
from daemon.mailboxes import mailbox_at
from daemon.mailboxes.seen import Listed, Mailbox
from daemon.mailboxes.troubles import MailTrouble
from daemon.mime import Envelope, compose
from daemon.office import Office
from daemon.places import SmtpPlace
from daemon.settings import Pair, Settings
from daemon.smtp import Account
from daemon.smtp_answers import in_words
from db import outbox
from db.pen import look, pen, shift
from db.record import record
from rules.decision import Decision
from rules.evidence.words import word
from rules.trouble import StoreTrouble
from rules.wording import wording
from rules.written import Written

say = wording("daemon")
PATIENCE = 60.0
"""Seconds the letter gets to come back."""
LOOK = 1.0
APART = timedelta(minutes=5)
"""So far the server's clock may be from ours."""


def there_and_back(given: Settings, office: Office, now: datetime, patience: float = PATIENCE) -> Iterator[Found]:
    """One letter for each of the two mailboxes."""
    for name, pair in (("complaint", given.complaint), ("contact", given.contact)):
        try:
            yield from _one(office, name, pair, now, patience)
        except MailTrouble as trouble:
            yield Found(pair.smtp.setting, ok=False, says=str(trouble))


def _one(office: Office, name: str, pair: Pair, now: datetime, patience: float) -> Iterator[Found]:
    mailbox = mailbox_at(pair.imap)
    try:
        last = mailbox.open("INBOX").last
        occasion, message_id = _put(office, name, now)
        _send(office, occasion, Account(pair.smtp), now)
        back = _awaited(mailbox, last.uid if last else 0, message_id.encode(), patience)
    finally:
        mailbox.close()
    if back is None:
        yield Found(pair.smtp.setting, ok=False, says=_lost(office, occasion, pair.smtp, patience))
        return
    yield Found(pair.smtp.setting, ok=True, says=say("doctor-letter-back", address=pair.smtp.sender))
    if back.internaldate is not None:
        apart = abs(back.internaldate - now)
        key = "doctor-clock" if apart <= APART else "doctor-clock-apart"
        yield Found(pair.imap.setting, apart <= APART, say(key, seconds=int(apart.total_seconds())))


def _put(office: Office, name: str, now: datetime) -> tuple[str, str]:
    """(occasion, Message-ID) of the letter that waits in the outbox now."""
    address = office.desktop.addresses[name]
    message_id = f"<{secrets.token_hex(12)}@{address.rpartition('@')[2]}>"
    text = say("doctor-letter-text")
    envelope = Envelope(
        address, office.desktop.speaker.office.name, address, say("doctor-letter-subject"), message_id, now
    )
    raw = compose(envelope, text, f"<p>{text}</p>")
    made = Written(
        occasion=f"doctor:{name}:{now.isoformat()}:{secrets.token_hex(4)}",
        about="office",
        audience="staff",
        party="office",
        to_address=address,
        mailbox=name,
        template="alarm",
        words="{}",
        raw=raw,
        sha256=sha256(raw).hexdigest(),
        message_id=message_id,
        code_hash="",
        rank=1,
        text=text,
        automatic=False,
    )
    with pen(office.engine) as cx:
        record(cx, made.occasion, Decision(), [made], at=now, book=office.book.hash)
    return made.occasion, message_id


def _send(office: Office, occasion: str, account: Account, now: datetime) -> None:
    """Send this one letter, unless a living run does."""
    with ExitStack() as held:
        try:
            held.enter_context(shift(office.engine))
        except StoreTrouble:
            return
        with look(office.engine) as cx:
            row = outbox.by_occasion(cx, occasion)
        try:
            if row is not None:
                post.send_one(office, account, row.id, now)
        finally:
            account.close()


def _awaited(mailbox: Mailbox, after: int, message_id: bytes, patience: float) -> Listed | None:
    until = time.monotonic() + patience
    while True:
        mailbox.open("INBOX")
        fresh = {listed.uid: listed for listed in mailbox.listing("INBOX", after)}
        for fetched in mailbox.letters("INBOX", list(fresh)):
            if fetched.raw is not None and message_id in fetched.raw:
                return fresh[fetched.uid]
        if time.monotonic() > until:
            return None
        time.sleep(LOOK)


def _lost(office: Office, occasion: str, place: SmtpPlace, patience: float) -> str:
    """What became of the letter. One that still waits with an answer was put off, for its account's sake where the answer is 5xx."""
    with look(office.engine) as cx:
        row = outbox.by_occasion(cx, occasion)
    state, answer = (row.state, row.answer) if row else ("", "")
    if state == "queued" and answer:
        return say("doctor-letter-waits", says=in_words(answer, place))
    return say("doctor-letter-lost", seconds=int(patience), state=word("state", state), answer=answer)
