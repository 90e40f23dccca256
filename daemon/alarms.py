"""Alarms: one letter for each trouble to the duty person, by whatever road still works, and one when it is well again (S20).

A trouble lasts from the ledger line that told of it to the line that says it is over, or moot, whatever a person answered meanwhile.
LIMITS: where no account can send, the log and the exit message are all there is.
"""

import email
import email.policy
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection

from daemon.carrying_out import carry_out
from daemon.examining import FULL
from daemon.logs import event
from daemon.mailboxes.seen import Mailbox
from daemon.mailboxes.troubles import AuthTrouble, CertificateTrouble, MailTrouble
from daemon.mime import Envelope, again
from daemon.office import Office
from db import desk as desks
from db import ledger, letters, outbox
from db.moment import read
from db.pen import look, pen
from db.record import record
from rules import learn
from rules.days import local_day
from rules.decision import Decision, Warrant, WarrantKind
from rules.desk import Desk
from rules.events import Queued
from rules.wording import wording

say = wording("daemon")
SILENCE = timedelta(minutes=30)
"""A mailbox that could not be polled for so long rings (F43); a login or certificate that is refused rings at once (F54, F59)."""
MOST = 20
BRIM = 95
"""Per cent from which on a full mailbox is told of every day."""


def mailbox_failed(office: Office, name: str, trouble: MailTrouble, now: datetime) -> None:
    """A poll failed: ring, where it is our settings or where it lasts."""
    with look(office.engine) as cx:
        last = letters.last_polled(cx, name)
    if not isinstance(trouble, AuthTrouble | CertificateTrouble) and last and now - read(last) < SILENCE:
        return
    with pen(office.engine) as cx:
        tell(cx, office, learn.Trouble("mailbox", name, str(trouble)), now)


def watch_quota(office: Office, name: str, mailbox: Mailbox, now: datetime) -> None:
    """A mailbox nearly full is told of once, and once more each day from 95 % on (F96)."""
    quota = mailbox.quota()
    if quota is None:
        return
    says = say("doctor-quota-high", percent=quota.percent, used=quota.used // 1024, most=quota.most // 1024)
    full = [("quota-full", f"{name}/{local_day(now).isoformat()}")] if quota.percent >= BRIM else []
    for what, where in [("quota", name), *full] if quota.percent >= FULL else []:
        with pen(office.engine) as cx:
            tell(cx, office, learn.Trouble(what, where, says), now)
    if quota.percent < FULL:
        over(office, ("quota",), name, now)


def tell(cx: Connection, office: Office, trouble: learn.Trouble, now: datetime) -> bool:
    """Under the pen: the trouble's one letter, unless it lasts already. True where it was told now."""
    if lasts(cx, trouble.what, trouble.where):
        return False
    carry_out(cx, office, *_told(cx, office, trouble, now))
    event("alarm", what=trouble.what, where=trouble.where, says=trouble.says)
    return True


def tell_unless_asked(office: Office, trouble: learn.Trouble, now: datetime) -> None:
    """The trouble's letter, unless its question waits for an answer already: for what comes again after it was answered."""
    with pen(office.engine) as cx:
        decision, desk = _told(cx, office, trouble, now)
        if not all(desks.is_open(cx, question.key) for question in decision.questions):
            carry_out(cx, office, decision, desk)


def _told(cx: Connection, office: Office, trouble: learn.Trouble, now: datetime) -> tuple[Decision, Desk]:
    desk = desks.bare(cx, office.setting(now), f"report:{trouble.what}:{trouble.where}:{now.isoformat()}")
    return learn.trouble(_placed(trouble), desk), desk


def over(office: Office, whats: Iterable[str], where: str, now: datetime) -> bool:
    """End the alarm about something that works again, with a letter where one was sent. Always True, so that a caller asks once."""
    with look(office.engine) as cx:
        lasting = [what for what in whats if lasts(cx, what, where)]
    for what in lasting:
        with pen(office.engine) as cx:
            if lasts(cx, what, where):
                _put(cx, office, what, where, now)
    return True


def moot(office: Office, what: str, where: str, now: datetime) -> None:
    """What lasts and harms nothing any more is over without a letter: it is not well, there is only nothing to do about it."""
    with pen(office.engine) as cx:
        if lasts(cx, what, where):
            desk = desks.bare(cx, office.setting(now), f"over:{what}:{where}:{now.isoformat()}")
            carry_out(cx, office, learn.moot(learn.Trouble(what, where)), desk)
            event("alarm.moot", what=what, where=where)


def lasting(cx: Connection, what: str) -> list[str]:
    """Where troubles of that kind were told of and are not over; no place has a colon in its name."""
    places = {cause.split(":")[2] for cause in ledger.causes(cx, f"report:{what}:")}
    return sorted(where for where in places if lasts(cx, what, where))


def _put(cx: Connection, office: Office, what: str, where: str, now: datetime) -> None:
    cause = f"over:{what}:{where}:{now.isoformat()}"
    desk = desks.bare(cx, office.setting(now), cause)
    carry_out(cx, office, learn.over(_placed(learn.Trouble(what, where)), desk), desk)
    event("alarm.over", what=what, where=where)


def lasts(cx: Connection, what: str, where: str) -> bool:
    """Whether the trouble was told of and is not over."""
    return ledger.newer(cx, f"report:{what}:{where}:", f"over:{what}:{where}:")


def _placed(trouble: learn.Trouble) -> learn.Trouble:
    """With its place in the office's words."""
    mailbox, slash, folder = trouble.where.partition("/")
    place = say(f"mailbox-{mailbox}") if mailbox in ("complaint", "contact") else mailbox
    return learn.Trouble(trouble.what, trouble.where, trouble.says, f"{place}{slash}{folder}")


def by_another_road(office: Office, accounts: Collection[str], ready: Collection[str], now: datetime) -> None:
    """Letters to staff about the office itself leave by a mailbox that can send, where their own cannot."""
    with look(office.engine) as cx:
        shut = {name for name in accounts if name not in ready or lasts(cx, "smtp-account", name)}
        waiting = [row_id for name in shut for row_id in outbox.due_alarms(cx, now + SILENCE, name, MOST)]
    open_one = next((name for name in ready if name not in shut), None)
    if open_one is None:
        return
    for row_id in waiting:
        with pen(office.engine) as cx:
            _reroute(cx, office, outbox.get(cx, row_id), open_one, now)


def _reroute(cx: Connection, office: Office, row: outbox.Row, mailbox: str, now: datetime) -> None:
    """The provider takes no letter with another's address in From (553): its head is written anew, its body stays."""
    if row.state != "queued":
        return
    head = email.message_from_bytes(row.raw, policy=email.policy.default)
    raw = again(
        row.raw,
        Envelope(
            sender=office.desktop.addresses[mailbox],
            sender_name=office.desktop.speaker.office.name,
            to=row.to_address,
            subject=str(head["Subject"]),
            message_id=row.message_id,
            date=now,
            automatic=str(head["Auto-Submitted"]),
        ),
    )
    digest = sha256(raw).hexdigest()
    outbox.reroute(cx, row, mailbox, raw, digest)
    line = Queued(
        about=row.about,
        warrant=Warrant(WarrantKind.WORLD, "other-road"),
        occasion=row.occasion,
        template=row.template,
        audience=row.audience,
        sha256=digest,
    )
    cause = f"report:{row.occasion}:{row.attempt}:by-{mailbox}"
    record(cx, cause, Decision(events=(line,)), at=now, book=office.book.hash)
