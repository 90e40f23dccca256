"""Who writes in the year of the bench: citizens with matters of all kinds, units prompt and slow, machines; each answers what we write."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from random import Random

from daemon.books import read_chapters
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, CONTACT, Player, filled
from daemon.demo.indoors import Box
from daemon.demo.sheet import contact_sheet
from daemon.smtp import Accepted, Outcome
from rules.policy import Book
from rules.wording import wording

say = wording("daemon.bench.year")
COUNT = 90
SLOW = 0.4
"""The share of slow units."""
MANNERS = (manners.web_163, manners.plain_utf8)
Writing = Callable[[datetime], bytes]


def grown_book() -> dict[str, bytes]:
    """The demo's book with as many units more as make ninety."""
    chapters = filled(dict(read_chapters()))
    there = chapters["units.toml"].count(b"[[unit]]")
    more = "".join(
        f'\n[[unit]]\nname = "{say("extra-unit", number=number)}"\nkind = "{say("extra-kind")}"\n'
        f'line = "{say("extra-line")}"\nbecause = "bench"\n'
        for number in range(1, COUNT - there + 1)
    )
    return {**chapters, "units.toml": chapters["units.toml"] + more.encode()}


def the_units(book: Book) -> tuple[Player, ...]:
    """Every unit of the book with a mailbox of its own."""
    return tuple(Player(unit.name, f"unit{number}@unit.example") for number, unit in enumerate(book.units, 1))


@dataclass
class World:
    """Everybody outside the office. `due` holds what they will write, by day."""

    boxes: dict[str, Box]
    units: tuple[Player, ...]
    named: tuple[str, ...]
    """Units that people complain of."""
    chance: Random
    today: date = date(2017, 1, 1)
    written: int = 0
    got: int = 0
    due: dict[date, list[tuple[str, Writing]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        names = {unit.address: unit for unit in self.units}
        slow = self.chance.sample(sorted(names), int(len(names) * SLOW))
        self._units, self._slow = names, frozenset(slow)

    def post(self, to: str, raw: bytes, now: datetime) -> None:
        """A letter arrives at the office."""
        self.boxes["contact" if to == CONTACT else "complaint"].deliver(raw, now)
        self.written += 1

    def answers(self, now: datetime, most: int) -> Iterator[None]:
        """What was to be written by today, no more than so many."""
        for day in sorted(day for day in self.due if day <= now.date()):
            waiting = self.due.pop(day)
            for to, write in waiting[:most]:
                self.post(to, write(now), now)
                yield
            if len(waiting) > most:
                self.due[day] = waiting[most:]
                return
            most -= len(waiting)

    def new_letter(self, now: datetime) -> None:
        """Somebody writes of his own accord."""
        number, kind = self.written, self.chance.random()
        person = f"citizen{self.chance.randrange(4000)}@people.example"
        if kind < 0.5:
            self.post(COMPLAINT, self._complaint(person, number, now), now)
        elif kind < 0.62:
            text = self._line("odd", number)
            self.post(COMPLAINT, self._new(person, say("odd-subject", number=number), text, now), now)
        elif kind < 0.8:
            self.post(COMPLAINT, self._machine(number, now), now)
        elif kind < 0.9 and self.boxes["complaint"].inbox:  # the same letter, come again
            self.post(COMPLAINT, self.chance.choice(self.boxes["complaint"].inbox[-200:])[1], now)
        else:
            self.post(CONTACT, self._sheet(now), now)

    def _line(self, key: str, number: int) -> str:
        lines = say(key, unit=self.chance.choice(self.named), number=number, name=_name(number), phone=_phone(number))
        return self.chance.choice(lines.strip().splitlines())

    def _complaint(self, person: str, number: int, now: datetime) -> bytes:
        text = self._line("complaints", number)
        return self._new(person, say("subject", unit=self.chance.choice(self.named), number=number), text, now)

    def _new(self, person: str, subject: str, text: str, now: datetime) -> bytes:
        return self.chance.choice(MANNERS)(person, "", COMPLAINT, subject, text, now)

    def _machine(self, number: int, now: datetime) -> bytes:
        if number % 2:
            return manners.qq_vacation(f"away{number}@people.example", "", COMPLAINT, say("sign"), now)
        text = say("machine", number=number).strip()
        return manners.plain_utf8(f"news{number}@shop.example", "", COMPLAINT, text[:12], text, now)

    def _sheet(self, now: datetime) -> bytes:
        """A unit's contact sheet, again."""
        unit = self.chance.choice(self.units)
        words = say("sheet")
        return manners.with_file(unit.address, unit.name, CONTACT, words, words, now, contact_sheet(unit))

    def take(self, to: str, raw: bytes) -> Outcome:
        """A letter of ours arrives; whoever gets it decides when he will answer, and what."""
        self.got += 1
        if to in self._units:
            self._at_unit(to, raw)
        elif to.endswith("@people.example"):
            self._at_citizen(to, raw)
        return Accepted("250 ok", f"q{self.got}")

    def _at_unit(self, to: str, raw: bytes) -> None:
        subject, sender = heads(raw)
        slow, chance = to in self._slow, self.chance
        if any(word in subject for word in say("asks-unit").split()):
            self._later(1 if not slow else chance.randrange(1, 6), to, sender, subject, say("sign"))
            if chance.random() < 0.05:
                other = chance.choice(self.named)
                self._later(chance.randrange(1, 3), to, sender, subject, say("back", unit=other))
            elif slow and chance.random() < 0.2:
                self._later(chance.randrange(8, 14), to, sender, subject, say("later"))
            if not slow or chance.random() < 0.7:
                self._later(self._long(slow=slow), to, sender, subject, self._report())
        elif any(word in subject for word in say("urges-unit").split()) and chance.random() < 0.6:
            self._later(chance.randrange(1, 9), to, sender, subject, self._report())

    def _long(self, *, slow: bool) -> int:
        return self.chance.randrange(16, 50) if slow else self.chance.randrange(3, 16)

    def _report(self) -> str:
        if self.chance.random() < 0.12:
            return say("bare-report")
        return say("report", number=self.written).strip()

    def _at_citizen(self, to: str, raw: bytes) -> None:
        subject, sender = heads(raw)
        chance = self.chance.random()
        if say("result-told") in subject and chance < 0.6:
            words = say("satisfied") if chance < 0.48 else say("unsatisfied", number=self.got)
            self._later(self.chance.randrange(1, 12), to, sender, subject, words)
        elif say("supplement-asked") in subject and chance < 0.7:
            words = say("supplement", number=1 + self.got % 28, unit=self.chance.choice(self.named))
            self._later(self.chance.randrange(1, 10), to, sender, subject, words)
        elif chance < 0.01:
            self._later(self.chance.randrange(5, 30), to, sender, subject, say("asks"))

    def _later(self, days: int, who: str, to: str, subject: str, words: str) -> None:
        unit = self._units.get(who)
        name = unit.name if unit else ""

        def write(now: datetime) -> bytes:
            return manners.qq_reply(who, name, to, subject, words, now)

        self.due[self.today + timedelta(days=days)].append((to, write))


def heads(raw: bytes) -> tuple[str, str]:
    """(subject, address of the sender) of a letter of ours."""
    message = message_from_bytes(raw)
    sender = CONTACT if CONTACT in str(message["From"]) else COMPLAINT
    return str(make_header(decode_header(str(message["Subject"])))), sender


def _name(number: int) -> str:
    signs = say("surnames") + say("given")
    surnames, given = signs[: len(say("surnames"))], say("given")
    return surnames[number % len(surnames)] + given[number // 7 % len(given)] + given[number // 3 % len(given)]


def _phone(number: int) -> str:
    return f"138{number % 100_000_000:08}"
