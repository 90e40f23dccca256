"""Every order through real IMAP and SMTP: given, confirmed to whoever gave it, and a line of the ledger with his name."""

import io
import re
from pathlib import Path

import pytest
from every_order import ELSEWHERE, STORY, Bounces, Keys, Orders, Replies, Step, Writes, told
from office_day import Day
from PIL import Image

from daemon.auditing import audit
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, RECEIVER
from daemon.demo.stage import Stage
from daemon.handing_over import hand_over
from daemon.obeying import obey_person
from db import ledger, lists
from db.pen import look
from rules.events import Ordered, TaskDone
from rules.orders.verbs import VERBS
from rules.reading import read
from rules.wording import wording

say = wording("rules")
FOLDER = Path(__file__).parent


class Week(Day):
    """A day that performs the table's steps."""

    def perform(self, step: Step) -> None:
        """One step, then a round."""
        match step:
            case Writes():
                self._writes(step)
            case Replies():
                self.answers(step.who, self._named(step.text), step.about)
            case Bounces():
                got = self.stage.latest(step.unit)
                bounce = manners.bounce_163(COMPLAINT, step.unit.address, got.subject, self.stage.now, got.message_id)
                self.stage.arrive(bounce, COMPLAINT)
                self.round()
            case Orders() | Keys():
                self._ordered(step)

    def _writes(self, step: Writes) -> None:
        subject, text = self._named(step.subject), self._named(step.text)
        if not step.picture:
            return self.writes(step.who, subject, text)
        picture = io.BytesIO()
        Image.new("RGB", (40, 30), "white").save(picture, "PNG")
        file = ("1.png", picture.getvalue())
        raw = manners.with_file(step.who.address, step.who.name, COMPLAINT, subject, text, self.stage.now, file)
        self.stage.post(raw, step.who, COMPLAINT)
        return self.round()

    def _ordered(self, step: Orders | Keys) -> None:
        before, letters = self.given(), len(self.stage.host.folder(step.who.address))
        if isinstance(step, Orders):
            self.answers(step.who, self._named(step.words), say(f"question-{step.kind}"))
        else:
            said = obey_person(
                self.stage.rounds.office,
                self._place(step),
                self._named(step.words),
                step.who.name,
                self.stage.now,
            )
            assert said.done, (step, said.says)
            if step.at_once:
                return
            self.round()
        fresh = [read(stored.raw).subject for stored in self.stage.host.folder(step.who.address)[letters:]]
        new = self.given()[len(before) :]
        second = any(verb == step.verb for verb, _ in new) or step.verb in ("expose", "circular", "disclose", "see")
        assert second, (step, new, self.told(step.who))
        assert any(subject.startswith("已办理") for subject in fresh), (step, fresh)
        if step.state:
            assert self.cases[step.case - 1]["state"] == step.state, step

    def _place(self, step: Keys) -> str:
        """What the order at the keyboard is about."""
        if not step.kind:
            return str(self.cases[step.case - 1]["reference"])
        with look(self.stage.rounds.office.engine) as cx:
            return [str(row["id"]) for row in lists.questions(cx) if row["what"] == step.kind][-1]

    def _named(self, words: str) -> str:
        """References of cases stand where the table has their numbers."""
        return re.sub(r"\{(\d)\}", lambda found: str(self.cases[int(found[1]) - 1]["reference"]), words).replace(
            "{check}", self.stage.rounds.office.book.record.checks[0].label
        )

    @property
    def cases(self) -> list[dict[str, object]]:
        """Every case, in the order of their numbers."""
        with look(self.stage.rounds.office.engine) as cx:
            return sorted(lists.cases(cx, self.stage.rounds.office.book), key=lambda case: str(case["reference"]))

    def given(self) -> list[tuple[str, str]]:
        """(order, person) of every line."""
        with look(self.stage.rounds.office.engine) as cx:
            return [(event.verb, event.warrant.actor) for _, event in ledger.lines(cx) if isinstance(event, Ordered)]


@pytest.fixture
def week(stage: Stage) -> Week:
    return Week(stage)


def test_the_table_names_every_order():
    assert told() | set(ELSEWHERE) == set(VERBS)
    assert not told() & set(ELSEWHERE)


@pytest.mark.parametrize("verb", ELSEWHERE)
def test_an_order_told_elsewhere_is_told_there(verb: str):
    name, _, test = ELSEWHERE[verb].partition("::")

    assert f"def {test}(" in (FOLDER / name).read_text("utf-8")


@pytest.mark.long
def test_every_order_is_given_confirmed_and_written_down(week: Week):
    for steps in STORY.values():
        for step in steps:
            week.perform(step)

    assert audit(week.stage.rounds.office, week.stage.now, deep=True).problems == ()


def test_a_task_reported_twice_on_one_morning_is_one_line(week: Week):
    """By two letters to the same list, and by one to the evening's (A7)."""
    office = week.stage.rounds.office
    week.stage.now = week.stage.now.replace(day=26, hour=8, minute=40)
    assert hand_over(office, week.stage.now) == 1
    week.round()
    morning = week.stage.latest(RECEIVER, "早交接", coded=True)
    number = next(line.split("　")[0].strip() for line in morning.text.splitlines() if "开展宣传" in line)
    week.answers(RECEIVER, f"{number} 已办", "早交接")
    assert "已办理" in week.told(RECEIVER)
    week.answers(RECEIVER, f"{number} 已办", "早交接")
    assert say("order-answered") in week.told(RECEIVER)

    with look(office.engine) as cx:
        done = [event.task for _, event in ledger.lines(cx) if isinstance(event, TaskDone)]
    assert done == ["开展宣传"]
