"""What the doubles keep: accounts, their folders, and letters byte for byte. In memory only.

    store = Store({"office@163.example": "code"}, coremail=True)
    uid = store.add("office@163.example", "INBOX", raw, when)

LIMITS: nothing survives the process; one lock a folder, so that a test may add while the servers run.
"""

import threading
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import datetime

COREMAIL_FOLDERS = (
    ("INBOX", ()),
    ("草稿箱", ("\\Drafts",)),
    ("已发送", ("\\Sent",)),
    ("已删除", ("\\Trash",)),
    ("垃圾邮件", ("\\Junk",)),
    ("病毒文件夹", ()),
    ("广告邮件", ()),
    ("订阅邮件", ()),
)
PLAIN_FOLDERS = (
    ("INBOX", ()),
    ("Drafts", ("\\Drafts",)),
    ("Sent", ("\\Sent",)),
    ("Junk", ("\\Junk",)),
    ("Trash", ("\\Trash",)),
)
COREMAIL_FIRST, COREMAIL_STEP = 1320021998, 37


@dataclass(slots=True)
class StoredLetter:
    """One letter as the server holds it; `size` and `date_text` are set where the server shall lie about them."""

    uid: int
    raw: bytes
    internaldate: datetime
    flags: set[str] = field(default_factory=set)
    size: int | None = None
    date_text: str | None = None


class Folder:
    """A mailbox folder: letters sorted by UID, UIDs sparse where `step` > 1."""

    def __init__(
        self, name: str, flags: tuple[str, ...] = (), *, validity: int = 1, first: int = 1, step: int = 1
    ) -> None:
        self.name, self.flags, self.validity, self.step = name, flags, validity, step
        self.next_uid = first
        self.letters: list[StoredLetter] = []
        self.hidden_before: datetime | None = None
        self.lock = threading.Lock()

    def add(self, raw: bytes, internaldate: datetime, flags: set[str] | None = None, uid: int | None = None) -> int:
        """Put a letter in, byte for byte; returns its UID (a given one may fall anywhere)."""
        with self.lock:
            number = self.next_uid if uid is None else uid
            place = bisect_left(self.letters, number, key=_uid)
            self.letters.insert(place, StoredLetter(number, raw, internaldate, set(flags or ())))
            self.next_uid = max(self.next_uid, number + self.step)
        return number

    def find(self, uid: int) -> StoredLetter | None:
        """The letter with this UID, if it is still there."""
        place = bisect_left(self.letters, uid, key=_uid)
        return self.letters[place] if place < len(self.letters) and self.letters[place].uid == uid else None

    def expunge(self, uid: int) -> None:
        """Take a letter out, as a person at another mail program does."""
        with self.lock:
            self.letters = [letter for letter in self.letters if letter.uid != uid]

    def recreate(self, *, validity: int | None = None, first: int = 1) -> None:
        """Delete the folder and make it anew: empty, UIDs restart (F45 where `validity` stays as it was)."""
        with self.lock:
            self.letters, self.next_uid = [], first
            self.validity = self.validity if validity is None else validity

    def visible(self) -> list[StoredLetter]:
        """The letters a client is shown (163 can hide old ones: F58)."""
        if self.hidden_before is None:
            return self.letters
        return [letter for letter in self.letters if letter.internaldate >= self.hidden_before]


def _uid(letter: StoredLetter) -> int:
    return letter.uid


class Account:
    """One mailbox: password and folders by name."""

    def __init__(self, address: str, password: str, *, coremail: bool) -> None:
        self.address, self.password = address, password
        shape = (
            {"validity": 1, "first": COREMAIL_FIRST, "step": COREMAIL_STEP} if coremail else {"validity": 1700000001}
        )
        listed = COREMAIL_FOLDERS if coremail else PLAIN_FOLDERS
        self.folders = {name: Folder(name, flags, **shape) for name, flags in listed}

    def sent(self) -> Folder | None:
        """The folder into which the server copies what this account sends, if it has one."""
        return next((folder for folder in self.folders.values() if "\\Sent" in folder.flags), None)


class Store:
    """All accounts of one host."""

    def __init__(self, accounts: dict[str, str], *, coremail: bool) -> None:
        self.coremail = coremail
        self.accounts = {
            address: Account(address, password, coremail=coremail) for address, password in accounts.items()
        }

    def add(self, mailbox: str, folder: str, raw: bytes, internaldate: datetime) -> int:
        """Put a letter into a mailbox without any protocol; returns its UID."""
        return self.accounts[mailbox].folders[folder].add(raw, internaldate)

    def admits(self, address: str, password: str) -> Account | None:
        """The account, if the password is right."""
        account = self.accounts.get(address)
        return account if account is not None and account.password == password else None
