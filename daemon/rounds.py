"""A round: poll, decide, tick, send last. Stages share rows, never objects; `run`, the demo and the tests all call these.

Nothing is sent before Sent was polled once to its end in this shift, so that letters of a shift that died are found there first.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from daemon import alarms, continuity, deciding, intake, post, recounting, sentfolder, ticking, timekeeping
from daemon.logs import event
from daemon.mailboxes.seen import Mailbox
from daemon.mailboxes.troubles import MailTrouble
from daemon.office import Office
from daemon.owing import Owed
from daemon.reader import Reader
from daemon.smtp import Account
from rules import learn
from rules.trouble import Trouble
from rules.wording import wording

say = wording("daemon")


@dataclass
class Rounds:
    """One shift's stages over one office."""

    office: Office
    mailboxes: dict[str, Mailbox]
    accounts: dict[str, Account]
    reader: Reader
    wanted: dict[str, tuple[str, ...]] = field(default_factory=dict)
    looked: set[str] = field(default_factory=set)
    """Mailboxes whose Sent was polled to its end in this shift."""
    compared: set[str] = field(default_factory=set)
    """Those of them whose Sent shows nothing that the outbox does not know (F32)."""
    head: continuity.HeadFile | None = None
    """What the last shift left beside the database; None for an office on trial."""
    unwilling: dict[str, str] = field(default_factory=dict)
    """Mailbox -> what kept it from being polled, until it is polled again: for a person who asked for one poll."""
    owed: Owed = field(default_factory=Owed)
    """Letters whose try could not be given back yet (F20)."""
    holds: Callable[[], bool] = lambda: True
    """Whether the shift is still ours: asked before each letter leaves (F33)."""

    def begin(self, now: datetime, *, vouched: bool = False) -> None:
        """The shift begins: what the last one left in the air is unknown from now on; a calendar put in since counts from now on.

        `vouched`: a person said what time it is (--now); else a time long after anything known is doubted (F80).
        """
        if self.head is not None:
            self.head.begin()
        sound = timekeeping.sound(self.office, now, starting=not vouched)
        event("shift.begins", unknown=post.take_over(self.office, now))
        if sound:
            self.recount(now)

    def recount(self, now: datetime) -> int:
        """Count open cases anew where another calendar is in force."""
        return recounting.recount_all(self.office, now)

    def poll(self, now: datetime) -> int:
        """Poll both mailboxes; one's trouble does not stop the other. Returns how many letters are new."""
        return sum(self.poll_one(name, now) for name in self.mailboxes)

    def poll_one(self, name: str, now: datetime) -> int:
        """Poll one mailbox, and settle what Sent shows."""
        try:
            polled = intake.poll(self.office, name, self.mailboxes[name], now, wanted=self.wanted.get(name, ()))
        except MailTrouble as trouble:
            event("mailbox.trouble", mailbox=name, kind=type(trouble).__name__, answer=trouble.answer)
            self.unwilling[name] = str(trouble)
            alarms.mailbox_failed(self.office, name, trouble, now)
            return 0
        self.unwilling.pop(name, None)
        sentfolder.own_after_all(self.office, now)
        alarms.over(self.office, ("mailbox",), name, now)
        with suppress(MailTrouble):
            alarms.watch_quota(self.office, name, self.mailboxes[name], now)
        if polled.sent_seen:
            self.looked.add(name)
        missing = [("folder-missing", f"{name}/{folder}") for folder in polled.missing]
        for what, where in (*missing, *polled.told):
            alarms.tell_unless_asked(self.office, learn.Trouble(what, where, say(f"told-{what}")), now)
        return polled.new

    def decide(self, now: datetime) -> deciding.Done:
        """Decide what is kept; in a restored office not before Sent told which numbers are on letters already."""
        if continuity.stopped(self.office) == continuity.RESTORED:
            if not set(self.mailboxes) <= self.looked:
                event("decide.waits", why=continuity.RESTORED)
                return deciding.Done()
            with suppress(continuity.SentAhead):  # `send` says it
                continuity.compare(self.office, self.mailboxes, now)
        with self.owed.in_hand() as owed:
            return deciding.decide_waiting(self.office, self.reader, now, owed)

    def tick(self, now: datetime) -> int:
        """Ask the clocks."""
        return ticking.tick(self.office, now)

    def send(self, now: datetime) -> post.Posted:
        """Send what is due from each mailbox whose Sent was seen. Raises SentAhead where Sent knows more than this database (F32)."""
        ready = {name: account for name, account in self.accounts.items() if name in self.looked}
        if not ready:
            return post.send(self.office, self.accounts, now, holds=self.holds, alone=True)
        continuity.may_send(self.office, ready.keys() - self.compared, now)
        self.compared |= ready.keys()
        sentfolder.settle(self.office, now)
        alarms.by_another_road(self.office, self.accounts.keys(), ready.keys(), now)
        return post.send(self.office, ready, now, holds=self.holds)

    def whole(self, now: datetime) -> None:
        """A round without the clocks: `tick` has its own hours."""
        self.poll(now)
        self.decide(now)
        self.send(now)

    def close(self) -> None:
        """Log out everywhere."""
        for mailbox in self.mailboxes.values():
            mailbox.close()
        for account in self.accounts.values():
            account.close()
        self.reader.close()
        if self.head is not None:
            with suppress(Trouble):
                self.head.end()
