"""From the settings to an office at work: checks database and book first, and says in one sentence what is wrong with either."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from os import environ

from sqlalchemy import Connection

from daemon.continuity import HeadFile, head_of
from daemon.mailboxes import mailbox_at
from daemon.office import Office, take_rules
from daemon.owing import Owed
from daemon.reader import Reader
from daemon.rounds import Rounds
from daemon.settings import MAIL, Settings, read_settings
from daemon.smtp import Account
from daemon.writing import Desktop
from db import letters, schema
from db.books import keep_book
from db.engine import open_engine
from db.keys import COPIES, own_key
from db.pen import DiskFailed, Shift, look, pen
from rules.trouble import SettingsTrouble
from rules.wording import wording

say = wording("daemon")


class Addresses(dict[str, str]):
    """Mailbox -> our address. A command that only looks needs none; one that writes a letter says which setting it lacks."""

    def __missing__(self, mailbox: str) -> str:
        """Raises SettingsTrouble."""
        raise SettingsTrouble(say("setting-missing", names=f"HUIYIN_{mailbox.upper()}_SMTP"))


def settings() -> Settings:
    """The settings of the environment. Raises SettingsTrouble."""
    return read_settings(environ)


def open_office(given: Settings, now: datetime) -> Office:
    """The office of the settings. Raises SettingsTrouble, SchemaTrouble, BookTrouble, StoreTrouble."""
    engine = open_engine(given.database)
    schema.check(engine)
    rules = take_rules(given.book)

    def paper(digest: str) -> bytes:
        with look(engine) as cx:
            return letters.bytes_of(cx, digest)

    own = Addresses()
    if "HUIYIN_COMPLAINT_SMTP" in given.given:
        own["complaint"] = given.smtp["HUIYIN_COMPLAINT_SMTP"].sender
    if "HUIYIN_CONTACT_SMTP" in given.given:
        own["contact"] = given.smtp["HUIYIN_CONTACT_SMTP"].sender
    with pen(engine) as cx:
        keep_book(cx, rules.book.hash, rules.chapters, now)
        key = own_key(cx, COPIES)
    desktop = Desktop(rules.speaker, own, paper, copies_key=key)
    return Office(engine, rules, own, given.start or schema.began(engine), desktop)


@contextmanager
def office_seen(now: datetime) -> Iterator[tuple[Office, Connection]]:
    """The office of the settings, and one look into its store: for a command that only shows. Raises what `open_office` does."""
    office = open_office(settings(), now)
    with look(office.engine) as cx:
        yield office, cx


@contextmanager
def open_rounds(office: Office, given: Settings, ours: Shift) -> Iterator[Rounds]:
    """The stages of the shift we hold, with their mailboxes, accounts and reader; all closed at the end."""
    given.need(*MAIL)
    places = {"complaint": given.complaint, "contact": given.contact}
    rounds = Rounds(
        office,
        {name: mailbox_at(pair.imap) for name, pair in places.items()},
        {name: Account(pair.smtp) for name, pair in places.items()},
        Reader(),
        wanted={name: pair.imap.folders for name, pair in places.items()},
        head=HeadFile(office.engine, head_of(office.engine)),
        owed=Owed(head_of(office.engine).with_suffix(".owed")),
        holds=ours.holds,
    )
    try:
        yield rounds
    except DiskFailed:
        if rounds.head is not None:
            rounds.head.failed = True
        raise
    finally:
        rounds.close()
