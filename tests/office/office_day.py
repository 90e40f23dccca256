"""A day of the office over real IMAP and SMTP: people write, units answer, the staff reply to what lies in their mailboxes, time passes."""

from datetime import timedelta

from daemon.auditing import audit
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, Player
from daemon.demo.stage import Stage
from db import lists
from db.pen import look
from rules.letter import Letter
from rules.reading import read
from rules.wording import wording

say = wording("rules")


class Day:
    """A day of the office: people write, the daemon does a round, the clock goes on."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        stage.rounds.begin(stage.now)

    def round(self, minutes: int = 5) -> None:
        """One round, then the clock goes on."""
        self.stage.rounds.whole(self.stage.now)
        self.stage.now += timedelta(minutes=minutes)

    def until(self, month: int, day: int, hour: int = 8, minute: int = 36) -> None:
        """The clock goes on to that moment of the year, the bells ring, and what they wrote leaves."""
        self.stage.now = self.stage.now.replace(month=month, day=day, hour=hour, minute=minute)
        self.stage.rounds.tick(self.stage.now)
        self.round()

    def writes(self, player: Player, subject: str, text: str) -> None:
        """A letter of its own."""
        raw = manners.web_163(player.address, player.name, COMPLAINT, subject, text, self.stage.now)
        self.stage.post(raw, player, COMPLAINT)
        self.round()

    def answers(self, player: Player, words: str, about: str = "待定事项") -> bytes:
        """A reply to the newest letter about that; its bytes are returned."""
        got = self.stage.latest(player, about, coded=True)
        raw = self.reply(player, got, words)
        self.stage.post(raw, player, COMPLAINT)
        self.round()
        return raw

    def reply(self, player: Player, got: Letter, words: str) -> bytes:
        """A reply as Foxmail writes it."""
        return manners.foxmail_reply(
            player.address, player.name, got.from_addr, got.subject, words, self.stage.now, got.text
        )

    def asked(self, kind: str, player: Player) -> str:
        """What the letter says that puts this question to this person. Raises LookupError where none lies there."""
        return self.stage.latest(player, say(f"question-{kind}"), coded=True).text

    def decides(self, kind: str, player: Player, words: str) -> None:
        """The person answers the question by reply: it waits no more, and he hears what was done."""
        before = self.questions().count(kind)
        self.answers(player, words, say(f"question-{kind}"))
        assert self.questions().count(kind) == before - 1, (kind, self.told(player))
        assert self.told(player).startswith("已办理"), self.told(player)

    def told(self, player: Player) -> str:
        """The newest letter in the mailbox."""
        letter = self.stage.latest(player)
        return f"{letter.subject}\n{letter.text}"

    def got(self, player: Player) -> list[str]:
        """Subjects of everything in the mailbox, oldest first."""
        return [read(stored.raw).subject for stored in self.stage.host.folder(player.address)]

    @property
    def cases(self) -> list[dict[str, object]]:
        """Every case, in the order of the register."""
        with look(self.stage.rounds.office.engine) as cx:
            return sorted(lists.cases(cx, self.stage.rounds.office.book), key=lambda case: str(case["reference"]))

    @property
    def states(self) -> list[str]:
        """State of every case."""
        return [str(case["state"]) for case in self.cases]

    def questions(self) -> list[str]:
        """Kinds of the questions that wait."""
        with look(self.stage.rounds.office.engine) as cx:
            return [question["what"] for question in lists.questions(cx)]

    def dispositions(self) -> list[str]:
        """What became of every letter that came in."""
        with look(self.stage.rounds.office.engine) as cx:
            return [row["disposition"] for row in lists.letters(cx) if row["folder"] != "已发送"]

    def clean(self) -> bool:
        """The audit finds nothing."""
        return audit(self.stage.rounds.office, self.stage.now, deep=True).problems == ()
