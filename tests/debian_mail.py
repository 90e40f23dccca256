"""Debian's Dovecot and Postfix with the face of the embedded mail host, so that a story need not know on which of the two it is told.

    with DebianPair(accounts()) as pair:          # once in a process
        host = pair.fresh(accept_any=False)       # for each story: empty mailboxes
        host.deliver("office@x.example", raw); host.folder("office@x.example"); host.sent_log; host.imap_url("office@x.example")

What was handed to Postfix is waited for before anybody looks: its queue is empty, and each letter has the date of the story's clock.
LIMITS: the inside of the double (`imap`, `smtp`, `store`, `box`) is not here; a story that needs it says so (`on_double`).
"""

import os
import pwd
import re
import shutil
import smtplib
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from debian_host import OWNER, DebianHost, free_ports

from daemon.demo.post import Sent
from daemon.demo.store import StoredLetter
from daemon.mailboxes.seen import FolderSeen, Mailbox

SENT, COPIES = "已发送", "sent.copies"
FOLDERS = {SENT: "\\Sent", "垃圾邮件": "\\Junk", "广告邮件": "", "订阅邮件": ""}
"""The names of 163's folders."""
DATES = """
# The date of a letter is the story's, and is set once it has arrived.
mail_never_cache_fields = imap.envelope date.received
mail_save_crlf = yes
"""
QUICK = """in_flow_delay = 0
default_destination_concurrency_limit = 1
sender_bcc_maps = texthash:{p}/copies
transport_maps = texthash:{p}/ways
only_known = check_recipient_access texthash:{p}/vmap, check_recipient_access static:{{550 5.1.1 no such user here}}
"""
SERVICES = """127.0.0.1:{port} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_client_restrictions=permit_sasl_authenticated,reject
  -o smtpd_recipient_restrictions=$only_known
sentcopy unix - n n - - virtual
  -o virtual_mailbox_maps=texthash:{p}/sent
  -o virtual_mailbox_base={d}/mail
  -o virtual_uid_maps=static:{uid}
  -o virtual_gid_maps=static:{gid}
"""
ADDED = (b"return-path", b"delivered-to", b"received", b"received")
"""What stands before a letter when it has come: three lines of Dovecot's and one of Postfix's."""
MOMENT = re.compile(r"(\d+)\..*?M(\d+)")
PATIENCE = 30.0
"""Seconds in which a letter must have gone through Postfix."""


class DebianPair(DebianHost):
    """One Dovecot and one Postfix that have a mailbox for anybody; what an account sends is copied into its Sent, as 163 does.

    `fresh` gives a story an empty host.
    """

    everybody = True

    def __init__(self, accounts: dict[str, str]) -> None:
        super().__init__(accounts, FOLDERS)
        (self.strict_port,) = free_ports(1)
        self.codes = {"imap": accounts, "smtp": accounts}
        """Who may log in now."""

    def fresh(self, *, accept_any: bool = False) -> "DebianMail":
        """The host with nothing in it; recipients without an account are taken, or get 550."""
        self.deliver_all()  # what the story before has sent belongs to it
        gone = self.folder / f"gone-{time.time_ns()}"
        (self.folder / "mail").rename(gone)
        self._own_new(self.folder / "mail")
        shutil.rmtree(gone, ignore_errors=True)  # a session that ends late may still write there
        for service in self.codes:
            self.set_codes(self.accounts, service)
        return DebianMail(self, self.smtp_port if accept_any else self.strict_port)

    def deliver_all(self) -> None:
        """Wait until Postfix has nothing on its way any more."""
        until = time.monotonic() + PATIENCE
        while _queued(self.folder / "queue"):
            if time.monotonic() > until:
                raise TimeoutError((self.folder / "postfix.log").read_text()[-3000:])
            time.sleep(0.002)

    def set_codes(self, codes: dict[str, str], service: str) -> None:
        """From now on these are the codes."""
        if self.codes[service] != codes:
            self.codes[service] = codes
            time.sleep(1.1)
            self.write_users(codes, service)
            time.sleep(1.1)

    def _write(self) -> None:
        super()._write()
        with (self.folder / "dovecot.conf").open("a") as conf:
            conf.write(DATES)

    def _write_postfix(self) -> None:
        super()._write_postfix()
        p, owner = self._postfix, pwd.getpwnam(OWNER)
        copies = {address: f"{number}@{COPIES}" for number, address in enumerate(self.accounts)}
        sent = {copies[address]: f"{address}/{self.box(address, SENT).name}/" for address in copies}
        for name, lines in (("copies", copies), ("sent", sent), ("ways", {COPIES: "sentcopy:"})):
            (p / name).write_text("".join(f"{key} {value}\n" for key, value in lines.items()))
        with (p / "main.cf").open("a") as main:
            main.write(QUICK.format(p=p))
        with (p / "master.cf").open("a") as master:
            words = {"port": self.strict_port, "uid": owner.pw_uid, "gid": owner.pw_gid}
            master.write(SERVICES.format(p=p, d=self.folder, **words))

    def _own_new(self, folder: Path) -> None:
        folder.mkdir()
        owner = pwd.getpwnam(OWNER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)


class DebianMail:
    """A story's mail host on the pair: what `daemon.demo.servers.MailHost` shows of itself."""

    def __init__(self, pair: DebianPair, smtp_port: int) -> None:
        self.pair, self.smtp_port, self.imap_port = pair, smtp_port, pair.imaps_port
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        self._seen: set[str] = set()
        self._log: list[Sent] = []
        self._owner = pwd.getpwnam(OWNER)

    def imap_url(self, address: str) -> str:
        return f"imaps://{_quoted(address)}@localhost:{self.imap_port}?ca={self.pair.ca}"

    def smtp_url(self, address: str) -> str:
        return f"smtp://{_quoted(address)}@localhost:{self.smtp_port}?starttls=1&ca={self.pair.ca}"

    @contextmanager
    def wire(self) -> Iterator[smtplib.SMTP]:
        with smtplib.SMTP("localhost", self.smtp_port) as wire:
            wire.starttls(context=ssl.create_default_context(cafile=self.pair.ca))
            yield wire
        self.settle()

    def set_password(self, address: str, password: str, service: str = "imap") -> None:
        """Another code for the mailbox ("imap"), or for handing letters in ("smtp")."""
        self.pair.set_codes({**self.pair.codes[service], address: password}, service)

    def renumber(self, address: str) -> None:
        """The inbox counts anew: a new UIDVALIDITY."""
        self.pair.renumber(address)

    def move(self, address: str, folder: str) -> None:
        """Somebody moves the newest letter of the inbox."""
        path = _letters(self.pair.box(address))[-1]
        path.rename(self._box(address, folder) / "new" / _name(path))

    @property
    def sent_log(self) -> list[Sent]:
        self.settle()
        return self._log

    def folder(self, address: str, name: str = "INBOX") -> list[StoredLetter]:
        """The letters a folder holds now, oldest first; they have no UID here."""
        self.settle()
        return [
            StoredLetter(0, _without_way(path.read_bytes()), _date(path))
            for path in _letters(self.pair.box(address, name))
        ]

    def deliver(self, to: str, raw: bytes, folder: str = "INBOX", internaldate: datetime | None = None) -> None:
        """Put a letter into a mailbox without SMTP, byte for byte."""
        box = self._box(to, folder)
        seconds, rest = divmod(time.time_ns(), 1_000_000_000)
        name = f"{seconds}.M{rest // 1000:06}P{os.getpid()}_{len(self._seen)}.put"
        path = box / "tmp" / name
        path.write_bytes(raw)
        self._date(path, internaldate or self.now())
        self._seen.add(name)
        path.rename(box / "new" / name)

    def settle(self) -> None:
        """Wait until Postfix has delivered everything, and date what came."""
        self.pair.deliver_all()
        root = self.pair.folder / "mail"
        boxes = (*root.iterdir(), *root.glob(f"*/{self.pair.box('', SENT).name}"))
        came = [path for box in boxes for path in _letters(box) if _name(path) not in self._seen]
        for path in sorted(came, key=_moment):
            with suppress(FileNotFoundError):  # Dovecot moves it from new to cur just now: it is there the next time
                self._take(path, path.parent.parent, logged=path.parents[2] == root)

    def _take(self, path: Path, box: Path, *, logged: bool) -> None:
        raw = path.read_bytes()
        self._date(path, self.now())
        self._seen.add(_name(path))
        if logged:
            self._log.append(Sent(_sender(raw), box.name, _without_way(raw)))

    def _box(self, address: str, folder: str) -> Path:
        """The Maildir, made where it is not there yet."""
        box = self.pair.box(address, folder)
        for made in (self.pair.box(address), box, *(box / part for part in ("tmp", "new", "cur"))):
            if not made.exists():
                self.pair._own_new(made)
        return box

    def _date(self, path: Path, moment: datetime) -> None:
        os.utime(path, (moment.timestamp(),) * 2)
        os.chown(path, self._owner.pw_uid, self._owner.pw_gid)


class Awaiting:
    """A mailbox of the office's in a story: before each poll what was handed in has arrived, as hours lie between two scenes."""

    def __init__(self, mailbox: Mailbox, host: DebianMail) -> None:
        self._mailbox, self._host = mailbox, host

    def folders(self) -> tuple[FolderSeen, ...]:
        self._host.settle()
        return self._mailbox.folders()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._mailbox, name)


def _quoted(address: str) -> str:
    return address.replace("@", "%40")


def _queued(queue: Path) -> bool:
    """Whether something is on its way. In this order: a letter moves from one folder to the next."""
    return any(
        kept.is_file() for part in ("maildrop", "incoming", "active", "deferred") for kept in (queue / part).rglob("*")
    )


def _letters(box: Path) -> list[Path]:
    found = [path for part in ("new", "cur") if (box / part).is_dir() for path in (box / part).iterdir()]
    return sorted(found, key=_moment)


def _name(path: Path) -> str:
    """Flags are written behind a colon."""
    return path.name.partition(":")[0]


def _moment(path: Path) -> tuple[int, int]:
    """Seconds and microseconds: Dovecot's names have `.M123P`, Postfix's own `M123.`."""
    seconds, micro = MOMENT.match(path.name).groups()
    return int(seconds), int(micro)


def _date(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _sender(raw: bytes) -> str:
    return raw.partition(b"<")[2].partition(b">")[0].decode("ascii")


def _without_way(raw: bytes) -> bytes:
    """The letter as it was handed in, where it came by Postfix."""
    rest = raw
    for name in ADDED:
        if not rest[:20].lower().startswith(name + b":"):
            return raw
        rest = _after_header(rest)
    return rest


def _after_header(raw: bytes) -> bytes:
    rest = raw.partition(b"\r\n")[2]
    while rest[:1] in (b" ", b"\t"):
        rest = rest.partition(b"\r\n")[2]
    return rest
