"""Looks at the four places of the settings as a clerk would: logs in, looks, says in Chinese what is wrong and what to do; changes nothing.

    for found in examine(settings, now):
        Found(setting, ok, says)

LIMITS: the window of old letters that a provider hides (F58) is only guessed, from the date of the oldest letter in INBOX.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from daemon.logs import tame
from daemon.mailboxes import mailbox_at
from daemon.mailboxes.roles import to_poll
from daemon.mailboxes.seen import FolderSeen, Mailbox, Role
from daemon.mailboxes.troubles import MailTrouble
from daemon.places import ImapPlace, SmtpPlace
from daemon.settings import MAIL, Settings
from daemon.smtp import Account
from rules.trouble import SettingsTrouble
from rules.wording import wording

say = wording("daemon")
WINDOW = (timedelta(days=26), timedelta(days=32))
"""A provider that shows the last thirty days only has its oldest letter about there."""

FULL = 80
"""Per cent of a mailbox from which on somebody must make room (F96)."""


class Found(NamedTuple):
    """One line of the examination."""

    setting: str
    ok: bool
    says: str


def examine(settings: Settings, now: datetime) -> Iterator[Found]:
    """Each place in turn; one that fails does not stop the others."""
    for name in MAIL:
        if name not in settings.given:
            yield Found(name, ok=False, says=say("setting-missing", names=name))
            continue
        try:
            if name in settings.imap:
                yield from _mailbox(settings.imap[name], now)
            else:
                yield _way_out(settings.smtp[name])
        except (MailTrouble, SettingsTrouble) as trouble:
            yield Found(name, ok=False, says=str(trouble))


def _way_out(place: SmtpPlace) -> Found:
    account = Account(place)
    offers = account.check()
    account.close()
    return Found(
        place.setting, ok=True, says=say("doctor-smtp", host=place.host, sender=place.sender, offers=tame(offers))
    )


def _mailbox(place: ImapPlace, now: datetime) -> Iterator[Found]:
    mailbox = mailbox_at(place)
    try:
        folders = mailbox.folders()
        yield Found(
            place.setting, ok=True, says=say("doctor-imap", host=place.host, user=place.user, count=len(folders))
        )
        yield from _folders(place, mailbox, folders)
        yield from _window(place, mailbox, now)
        yield from _quota(place, mailbox)
    finally:
        mailbox.close()


def _folders(place: ImapPlace, mailbox: Mailbox, folders: tuple[FolderSeen, ...]) -> Iterator[Found]:
    polling = to_poll(folders, place.folders)
    for folder in folders:
        key = (
            "doctor-polled"
            if folder in polling.polled
            else "doctor-reported"
            if folder in polling.reported
            else "doctor-left"
        )
        exists = mailbox.open(folder.name).exists
        yield Found(
            place.setting,
            ok=True,
            says=say(key, folder=tame(folder.name), role=say(f"role-{folder.role}"), count=exists),
        )
    for name in polling.missing:
        yield Found(place.setting, ok=False, says=say("doctor-missing", folder=tame(name), setting=place.setting))
    if not any(folder.role is Role.SENT for folder in folders):
        yield Found(place.setting, ok=True, says=say("doctor-no-sent"))


def _window(place: ImapPlace, mailbox: Mailbox, now: datetime) -> Iterator[Found]:
    """F58: the provider may show the last thirty days only."""
    mailbox.open("INBOX")
    oldest = next((one.internaldate for one in mailbox.listing("INBOX", 0) if one.internaldate), None)
    if oldest is not None and WINDOW[0] <= now - oldest <= WINDOW[1]:
        yield Found(place.setting, ok=False, says=say("doctor-window", date=oldest.date().isoformat()))


def _quota(place: ImapPlace, mailbox: Mailbox) -> Iterator[Found]:
    """F96: we delete nothing, and a full mailbox lets letters bounce."""
    quota = mailbox.quota()
    if quota is not None:
        words = {"percent": quota.percent, "used": quota.used // 1024, "most": quota.most // 1024}
        high = quota.percent >= FULL
        yield Found(place.setting, ok=not high, says=say("doctor-quota-high" if high else "doctor-quota", **words))
