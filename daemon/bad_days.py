"""What becomes of letters when a server is unwilling: in another dress after a refusal for spam, withdrawn where they come too late."""

import dataclasses
import email
import email.policy
import re
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection

from daemon import alarms
from daemon.logs import event
from daemon.mime import Enclosure, Envelope, compose
from daemon.office import Office
from daemon.writing import OURS
from db import files as cases
from db import outbox
from db.pen import look, pen, redone
from db.record import record
from rules import learn
from rules.decision import Decision, Warrant, WarrantKind
from rules.events import Queued
from rules.stale import pressing_for, stale, withdrawn
from rules.wording import wording
from rules.written import Written

say = wording("daemon")

LONG = timedelta(hours=24)
"""A letter that waited so long for its server is told of (F63)."""
BRACKET = re.compile(r"\s*(\[[^\[\]]{1,60}\])$")


def withdraw_stale(cx: Connection, office: Office, row: outbox.Row, now: datetime) -> bool:
    """A reminder whose case moved on while the server was away is withdrawn with its line (F78). True where it was."""
    ref = pressing_for(row.template, row.about)
    if row.state != "queued" or not ref:  # for any other letter no case is read
        return False
    reason = stale(row.occasion, cases.get(cx, ref))
    if not reason:
        return False
    cause = f"report:{row.occasion}:{row.attempt}:stale"
    record(cx, cause, withdrawn(row.about, row.occasion, reason), at=now, book=office.book.hash)
    event("letter.withdrawn", reason=reason)
    return True


@redone
def write_otherwise(office: Office, row: outbox.Row, answer: str, now: datetime) -> None:
    """The server took it for spam: the same letter in another dress, once; a second refusal is final and asked about (F71)."""
    with pen(office.engine) as cx:
        old = outbox.written(cx, row.occasion)
        if old is None or not outbox.outcome(cx, row, "queued", now, answer=answer):
            return
        made = _otherwise(office, old, now)
        outbox.alternative(cx, row, made, now)
        line = Queued(
            about=row.about,
            warrant=Warrant(WarrantKind.WORLD, "otherwise"),
            occasion=row.occasion,
            template=row.template,
            audience=row.audience,
            sha256=made.sha256,
            copy=made.copy,
        )
        cause = f"report:{row.occasion}:{row.attempt}:otherwise"
        record(cx, cause, Decision(events=(line,)), at=now, book=office.book.hash)
    event("letter.otherwise", attempt=row.attempt)


def _otherwise(office: Office, old: Written, now: datetime) -> Written:
    """Other bytes: same receiver, Message-ID, code and files. The guard reads them when they leave."""
    head = email.message_from_bytes(old.raw, policy=email.policy.default)
    subject = str(head["Subject"])
    found = BRACKET.search(subject)
    code = f" {found[1]}" if found else ""
    spoken = office.desktop.speaker.otherwise(BRACKET.sub("", subject), old.text)
    envelope = Envelope(
        sender=office.desktop.addresses[old.mailbox],
        sender_name=office.desktop.speaker.office.name,
        to=old.to_address,
        subject=f"{spoken.subject}{code}",
        message_id=old.message_id,
        date=now.astimezone(OURS),
        answers=str(head.get("In-Reply-To", "")),
        automatic=str(head["Auto-Submitted"]),
    )
    files = tuple(
        Enclosure(part.get_filename() or "", part.get_content_type(), bytes(part.get_payload(decode=True)))
        for part in head.iter_attachments()
    )
    raw = compose(envelope, spoken.text, spoken.html, files)
    return dataclasses.replace(old, raw=raw, sha256=sha256(raw).hexdigest(), text=spoken.text)


def tell_if_long(cx: Connection, office: Office, row: outbox.Row, answer: str, now: datetime) -> None:
    """One letter for all of a mailbox's letters that wait longer than a day."""
    if now - row.made >= LONG:
        alarms.tell(cx, office, learn.Trouble("smtp-late", row.mailbox, say("told-smtp-late", answer=answer)), now)


def well_again(office: Office, mailbox: str, now: datetime) -> bool:
    """A letter left: the account works, and where none of its letters waits for a day any more, that is over too. Always True."""
    with look(office.engine) as cx:
        late = outbox.waits_since(cx, mailbox, now - LONG)
    return alarms.over(office, ("smtp-account",) if late else ("smtp-account", "smtp-late"), mailbox, now)
