"""The demo's stage: the mail host, an office on a temporary database, players who post, reply and order as their programs do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

from daemon.books import read_chapters
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, CONTACT, UNITS, Player, accounts, filled
from daemon.demo.servers import MailHost
from daemon.mailboxes import mailbox_at
from daemon.mailboxes.seen import Mailbox
from daemon.office import Office, Rules, take_rules
from daemon.places import imap_place, smtp_place
from daemon.reader import Reader
from daemon.rounds import Rounds
from daemon.secret import Secret
from daemon.smtp import Account
from daemon.writing import Desktop
from db import letters, schema
from db.books import keep_book
from db.engine import open_engine
from db.keys import COPIES, own_key
from db.pen import look, pen
from db.record import record
from rules.decision import ContactEntry, Decision, Warrant, WarrantKind
from rules.events import ContactChanged, Event
from rules.letter import Letter
from rules.reading import read

OWN = {"complaint": COMPLAINT, "contact": CONTACT}


@dataclass
class Stage:
    """One performance. `now` is everybody's clock."""

    host: MailHost
    rounds: Rounds
    now: datetime
    shown: int = 0
    seen: set[int] = field(default_factory=set)

    def close(self) -> None:
        """Log out of all mailboxes; the reader may be shared and stays."""
        for mailbox in self.rounds.mailboxes.values():
            mailbox.close()
        for account in self.rounds.accounts.values():
            account.close()

    def post(self, raw: bytes, sender: Player, to: str) -> None:
        """The player's mail program sends a letter by SMTP."""
        with self.host.wire() as wire:
            wire.login(sender.address, accounts()[sender.address])
            wire.sendmail(sender.address, [to], raw)

    def arrive(self, raw: bytes, to: str) -> None:
        """The server itself puts a letter into a mailbox (a bounce)."""
        self.host.deliver(to, raw, internaldate=self.now)

    def latest(self, player: Player, about: str = "", *, coded: bool = False) -> Letter:
        """The player's newest letter whose subject holds the words, and a reply code if asked. Raises LookupError where there is none."""
        for stored in reversed(self.host.folder(player.address)):
            letter = read(stored.raw)
            if about in letter.subject and (letter.codes or not coded):
                return letter
        raise LookupError(f"{player.address} has no letter about {about!r}")

    def reply(self, player: Player, text: str, now: datetime, *, manner: str, about: str = "") -> None:
        """The player answers the newest letter that asks for an answer, in the manner of his mail program."""
        got = self.latest(player, about, coded=True)
        to = got.from_addr
        if manner == "qq":
            raw = manners.qq_reply(player.address, player.name, to, got.subject, text, now)
        elif manner == "iphone":
            raw = manners.iphone(player.address, to, f"回复：{got.subject}", text, now)
        else:
            write = {"master": manners.master_reply, "163": manners.web_163_reply, "foxmail": manners.foxmail_reply}[
                manner
            ]
            raw = write(player.address, player.name, to, got.subject, text, now, got.text)
        self.post(raw, player, to)

    def order(self, player: Player, words: str, now: datetime) -> None:
        """A member of staff answers the newest question in his mailbox."""
        got = self.latest(player, "待定事项")
        self.post(
            manners.foxmail_reply(player.address, player.name, got.from_addr, got.subject, words, now, got.text),
            player,
            COMPLAINT,
        )


@cache
def demo_rules() -> Rules:
    """The demo's filled book, read and tried on its own examples once."""
    return take_rules(chapters=filled(dict(read_chapters())))


def set_stage(folder: Path, began: datetime, host: MailHost, reader: Reader | None = None, *, url: str = "") -> Stage:
    """An office on a new database, in the folder or at the URL, with its book filled and its directory known; the host must be running."""
    found_office(url or _url(folder), began)
    return take_stage(folder, host, reader or Reader(), url=url)


def found_office(url: str, began: datetime, units: Sequence[Player] = UNITS, rules: Rules | None = None) -> None:
    """A new office in an empty database: the filled book, and these units in its directory."""
    engine, taken = open_engine(url), rules or demo_rules()
    schema.init(engine, "demo", began)
    with pen(engine) as cx:
        keep_book(cx, taken.book.hash, taken.chapters, began)
        record(cx, "directory:set-up", _directory(units), at=began, book=taken.book.hash)
    engine.dispose()


def take_stage(folder: Path, host: MailHost, reader: Reader, rules: Rules | None = None, *, url: str = "") -> Stage:
    """A shift over the office that is in the folder, or at the URL."""
    office = take_office(url or _url(folder), rules)
    return Stage(host, Rounds(office, _mailboxes(host), _accounts(host), reader), office.start)


def take_office(url: str, rules: Rules | None = None) -> Office:
    """The office at the URL, with the demo's book."""
    engine = open_engine(url)
    taken = rules or demo_rules()

    def paper(digest: str) -> bytes:
        with look(engine) as cx:
            return letters.bytes_of(cx, digest)

    with pen(engine) as cx:
        key = own_key(cx, COPIES)
    return Office(engine, taken, OWN, schema.began(engine), Desktop(taken.speaker, OWN, paper, copies_key=key))


def _url(folder: Path) -> str:
    return f"sqlite:///{folder / 'huiyin.db'}"


def _directory(units: Sequence[Player]) -> Decision:
    warrant = Warrant(WarrantKind.ORDER, "set-up", "demo", "supervision")
    events: tuple[Event, ...] = tuple(
        ContactChanged(about=f"unit:{unit.name}", warrant=warrant, unit=unit.name, what="rows", rows=1)
        for unit in units
    )
    return Decision(events=events, contacts=tuple(ContactEntry(unit.name, unit.address) for unit in units))


def _mailboxes(host: MailHost) -> dict[str, Mailbox]:
    return {
        name: mailbox_at(imap_place(name, host.imap_url(address), Secret(accounts()[address])))
        for name, address in OWN.items()
    }


def _accounts(host: MailHost) -> dict[str, Account]:
    return {
        name: Account(smtp_place(name, host.smtp_url(address), Secret(accounts()[address])))
        for name, address in OWN.items()
    }
