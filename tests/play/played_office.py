"""An office played in one process: citizens, units and staff move at random, the world refuses, forgets and crashes; what must hold is asked after each move."""

import copy
import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from email.parser import BytesHeaderParser
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import ground
from played_people import SIGNS, UNIT_BOXES
from played_texts import decoded, whole_text
from seeds import copied, founded
from shifts import MORNING
from sqlalchemy import event, select
from step_audit import Reached, StepAudit

from daemon import points
from daemon.chronicle import FIELDS
from daemon.demo.cast import CONTACT
from daemon.demo.indoors import Box, indoor_rounds, without_reports
from daemon.demo.stage import demo_rules, take_office
from daemon.office import Office, Rules
from daemon.smtp import Accepted, Later, Outcome, Refused, Unknown
from db import checks, files, ledger, questions
from db import tables as t
from db.pen import look
from rules.case import CaseFile
from rules.desk import OpenQuestion
from rules.letter import Letter
from rules.reading import read
from rules.trouble import WorldTrouble

loaded = lru_cache(maxsize=4096)(files.load)
HEADERS = BytesHeaderParser()
CODED = {
    "clock",
    "channel",
    "kind_of",
    "key",
    "role",
    "verb",
    "template",
    "flag",
    "handling",
    "finding",
    "outcome",
    "value",
    "part",
    "machine",
    "how",
    "reason",
    "what",
    "ground",
}
"""Fields of events that hold a word of the program's."""
TOLD_ELSEWHERE = frozenset(("OrderRefused", "Held"))
"""Their reasons are whole sentences, in the letter to who ordered and in the question."""


class Crash(BaseException):
    """The process ended here; nothing of ours may catch it."""


@dataclass
class Arrived:
    """A letter of ours in somebody's mailbox."""

    to: str
    raw: bytes
    message_id: str
    subject: str

    @cached_property
    def letter(self) -> Letter:
        return read(self.raw)

    @cached_property
    def whole(self) -> str:
        return whole_text(self.raw)


@cache
def played_rules() -> Rules:
    return without_reports(demo_rules())


def quick_office(url: str) -> Office:
    """The office over the database, which need not outlive the machine: here processes end, the power does not."""
    office = take_office(url, played_rules())
    event.listen(office.engine, "connect", _loosely)
    office.engine.dispose()
    return office


def _loosely(connection: Any, _record: object) -> None:
    if ground.on_postgres():
        connection.execute("SET synchronous_commit TO off")
        connection.commit()
    else:
        connection.execute("PRAGMA synchronous=OFF")


class PlayedOffice:
    """One office and its world. Every move ends with a whole round."""

    def __init__(self, folder: Path, before: "PlayedOffice | None" = None) -> None:
        """A new office in the folder; or one that goes on where another, closed, stands, as often as one likes."""
        self.path = folder / "huiyin.db"
        if before is None:
            founded(self.path, MORNING - timedelta(days=1))
        self._lay(before, Reached())
        self.office = quick_office(ground.url(self.path))
        self._begin()

    def begin_again(self, before: "PlayedOffice", reached: Reached) -> None:
        """Another play in the same folder, from where that one stands."""
        self.close()
        self._lay(before, reached)
        self._begin()

    def _lay(self, before: "PlayedOffice | None", reached: Reached) -> None:
        if before is not None:
            copied(before.path, self.path)
        self.boxes = copy.deepcopy(before.boxes) if before else {"complaint": Box(), "contact": Box()}
        self.now = before.now if before else MORNING
        self.arrived: list[Arrived] = list(before.arrived) if before else []
        self.letters: list[tuple[str, bytes]] = list(before.letters) if before else []
        self.audit = before.audit.going_on(reached) if before else StepAudit(reached)
        self.accepted: Counter[str] = Counter()
        self.fates: list[str] = []
        self.countdown = self.read_until = self.turns = 0

    def _begin(self) -> None:
        self.rounds = indoor_rounds(self.office, self.boxes, self.take)
        self.rounds.begin(self.now, vouched=True)

    def close(self) -> None:
        points.unwatch()
        self.office.engine.dispose()

    # what the world does

    def take(self, to: str, raw: bytes) -> Outcome:
        """A submission server of moods."""
        fate = self.fates.pop(0) if self.fates else "accepted"
        if fate == "refused":
            return Refused("550 User not found")
        if fate in ("later", "crowded"):
            return Later("451 try again", crowded=fate == "crowded")
        if fate == "lost":
            return Unknown("")
        head = HEADERS.parsebytes(raw)
        self.arrived.append(Arrived(to, raw, head["Message-ID"], decoded(head["Subject"])))
        self.accepted[head["Message-ID"]] += 1
        if fate == "arrived":
            box = "contact" if CONTACT in str(head["From"]) else "complaint"
            self.boxes[box].sent.append((self.now, raw))
            return Unknown("")
        return Accepted("250 ok", "q1")

    def post(self, raw: bytes, to: str) -> None:
        self.letters.append((to, raw))
        self.boxes["contact" if to == CONTACT else "complaint"].deliver(raw, self.now)

    def crash_at(self, nth: int) -> None:
        """The process ends at the nth point from now on."""
        self.countdown = nth
        points.watch(self._count)

    def _count(self, _point: str) -> None:
        self.countdown -= 1
        if self.countdown == 0:
            raise Crash

    def a_round(self, minutes: int = 12) -> None:
        """Poll, decide, tick, send; a crash in it begins another shift, which does it again."""
        self.now += timedelta(minutes=minutes)
        self.turns += 1
        try:
            self._whole()
        except Crash:
            self.close()
            self._begin()
            self._whole()
        points.unwatch()

    def _whole(self) -> None:
        self.rounds.poll(self.now)
        self.rounds.decide(self.now)
        with suppress(WorldTrouble):
            self.rounds.tick(self.now)
        self.rounds.send(self.now)

    # what is

    def waiting(self) -> list[OpenQuestion]:
        with look(self.office.engine) as cx:
            return list(questions.waiting(cx))

    def cases(self) -> list[CaseFile]:
        with look(self.office.engine) as cx:
            bodies = cx.execute(select(t.cases.c.body).order_by(t.cases.c.ref)).scalars().all()
        return [loaded(body) for body in bodies]

    def head(self) -> str:
        with look(self.office.engine) as cx:
            return ledger.head(cx).hash

    def problems(self, *, deep: bool = False) -> list[checks.Problem]:
        """The whole audit, as at night."""
        with look(self.office.engine) as cx:
            return checks.every(cx, self.now, deep=deep, limits=self.office.book.limits)

    def fresh_problems(self) -> list[checks.Problem]:
        """The same checks, going on where they stood last."""
        with look(self.office.engine) as cx:
            return self.audit.problems(cx, self.now, self.office.book.limits)

    def without_words(self) -> set[tuple[str, str, str]]:
        """(event, field, value) of lines about cases that a case's story would pass over: nobody gave the value its word."""
        with look(self.office.engine) as cx:
            lines = [(row.kind, json.loads(row.body)) for row in ledger.case_lines(cx)]
        coded = {(kind, name, str(body[name])) for kind, body in lines for name in CODED & body.keys()}
        return {
            (kind, name, value)
            for kind, name, value in coded
            if value and kind not in TOLD_ELSEWHERE and not FIELDS[name](value, self.office.book)
        }

    def told_to_units(self) -> list[str]:
        """Who is named, without having agreed to it, in what units got since this was asked last: in the letter's own case, or an open one."""
        fresh, self.read_until = self.arrived[self.read_until :], len(self.arrived)
        to_units = [letter for letter in fresh if letter.to in UNIT_BOXES]
        if not to_units:
            return []
        cases, wrote = self.cases(), self._who_wrote()
        known = {wrote.get(file.ref) for file in cases if file.disclosed}
        hidden = {file.ref: wrote[file.ref] for file in cases if wrote.get(file.ref) in SIGNS.keys() - known}
        ended = {file.ref for file in cases if file.ended}
        return [
            f"{letter.subject}: {ref}"
            for letter in to_units
            for ref, address in hidden.items()
            if (ref in letter.subject or ref not in ended) and any(sign in letter.whole for sign in SIGNS[address])
        ]

    def _who_wrote(self) -> dict[str, str]:
        """Case -> the complainant's mailbox."""
        with look(self.office.engine) as cx:
            asked = select(t.parties.c.case, t.parties.c.address).where(t.parties.c.role == "complainant")
            return {row.case: row.address for row in cx.execute(asked)}
