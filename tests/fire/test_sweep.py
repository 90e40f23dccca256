"""The sweep (F16): SIGKILL before and after every SQL statement, SMTP line and IMAP command of a story; afterwards all is as if undisturbed.

    complaint ─ receipt, transfer ─▶ unit's result ─ question ─▶ staff's order ─ feedback ─▶ complainant's opinion ─ closed

The points are found by a run that nobody kills; their count is printed. HUIYIN_SWEEP takes every nth point, on PostgreSQL
every fourth of those, where a point costs a database made anew; 1 takes all of them on both.
"""

import os
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from office_days import left, rows, work
from shifts import MORNING, reopened
from sqlalchemy import Engine, event, make_url, text

from daemon.auditing import audit
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, LAND, LI, REVIEWER
from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage, set_stage
from daemon.mailboxes.wire import Wire
from daemon.reader import Reader
from daemon.smtp_talk import Talk
from daemon.studying import warm
from db import lists
from db.engine import open_engine
from db.pen import look
from rules.wording import wording

say = wording("daemon.demo")
EVERY = int(os.environ.get("HUIYIN_SWEEP", "17"))
SHARE = {"sqlite": 1, "postgresql": 4 if EVERY > 1 else 1}
Step = Callable[[Stage], None]


def complains(stage: Stage) -> None:
    raw = manners.web_163(LI.address, LI.name, COMPLAINT, say("subject-complaint"), say("text-complaint"), stage.now)
    stage.post(raw, LI, COMPLAINT)


def reports(stage: Stage) -> None:
    stage.reply(LAND, say("text-result"), stage.now, manner="163")


def approves(stage: Stage) -> None:
    stage.order(REVIEWER, "同意", stage.now)


def is_content(stage: Stage) -> None:
    stage.reply(LI, say("text-satisfied"), stage.now, manner="qq")


STEPS: tuple[tuple[str, Step], ...] = (
    ("complaint", complains),
    ("result", reports),
    ("order", approves),
    ("opinion", is_content),
)


@dataclass
class Counted:
    """Counts what the process says to the database and to the servers; at the nth it is killed."""

    nth: int = 0
    seen: Counter[str] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        self.seen = Counter()

    def reach(self, kind: str) -> None:
        self.seen[kind] += 1
        if self.seen.total() == self.nth:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """From now on, in this process."""
        event.listen(Engine, "before_cursor_execute", lambda *_: self.reach("sql"))
        event.listen(Engine, "after_cursor_execute", lambda *_: self.reach("sql"))
        event.listen(Engine, "commit", lambda _: self.reach("sql"))
        for kind, owner, name in (("imap", Wire, "_command"), ("smtp", Talk, "_send"), ("smtp", Talk, "_reply")):
            setattr(owner, name, self.told(kind, getattr(owner, name)))

    def told(self, kind: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def around(*args: Any, **named: Any) -> Any:
            self.reach(kind)
            given = method(*args, **named)
            self.reach(kind)
            return given

        return around


class Files:
    """SQLite's files, and a copy of them in another folder."""

    def __init__(self, url: str) -> None:
        self.folder = Path(make_url(url).database or "").parent
        self.saved = self.folder / "saved"

    def save(self) -> None:
        self.saved.mkdir()
        for path in self.folder.glob("huiyin.db*"):
            shutil.copy(path, self.saved / path.name)

    def put_back(self) -> None:
        for path in self.folder.glob("huiyin.db*"):
            path.unlink()
        for path in self.saved.iterdir():
            shutil.copy(path, self.folder / path.name)

    def forget(self) -> None:
        shutil.rmtree(self.saved, ignore_errors=True)


class Database:
    """A database on the server, and a copy of it beside."""

    def __init__(self, url: str) -> None:
        self.name = str(make_url(url).database)
        self.server = open_engine(make_url(url).set(database="postgres").render_as_string(hide_password=False))

    def save(self) -> None:
        self._do(f"CREATE DATABASE {self.name}_saved TEMPLATE {self.name}")

    def put_back(self) -> None:
        self._do(f"DROP DATABASE {self.name} WITH (FORCE)", f"CREATE DATABASE {self.name} TEMPLATE {self.name}_saved")

    def forget(self) -> None:
        self._do(f"DROP DATABASE IF EXISTS {self.name}_saved WITH (FORCE)")
        self.server.dispose()

    def _do(self, *statements: str) -> None:
        with self.server.connect().execution_options(isolation_level="AUTOCOMMIT") as cx:
            for statement in statements:
                cx.execute(text(statement))
        self.server.dispose()  # a process that is forked finds no connection of ours


@pytest.fixture
def copies(url: str) -> Iterator[Files | Database]:
    """Where the office's database is saved and put back."""
    made = Files(url) if url.startswith("sqlite") else Database(url)
    yield made
    made.forget()


@dataclass
class Moment:
    """Office and mail host as they were: taken once, put back before every kill."""

    copies: Files | Database
    host: MailHost
    boxes: dict[tuple[str, str], tuple[list[Any], int]]
    sent: list[Any]

    @classmethod
    def take(cls, copies: Files | Database, host: MailHost) -> "Moment":
        copies.save()
        boxes = {
            (address, name): (list(box.letters), box.next_uid)
            for address, account in host.store.accounts.items()
            for name, box in account.folders.items()
        }
        return cls(copies, host, boxes, list(host.sent_log))

    def put_back(self) -> None:
        self.copies.put_back()
        for (address, name), (letters, next_uid) in self.boxes.items():
            box = self.host.box(address, name)
            box.letters, box.next_uid = list(letters), next_uid
        self.host.sent_log[:] = self.sent


def in_a_child(folder: Path, url: str, host: MailHost, now: Any, counted: Counted, report: Path) -> int:
    """One shift that does the step's work, killed at the nth point; the points it saw are written down where it lives."""
    pid = os.fork()
    if pid == 0:
        try:
            stage = reopened(folder, host, Reader(), url=url)
            counted.watch()
            stage.rounds.begin(now, vouched=True)
            for _ in range(2):
                stage.rounds.whole(now)
            report.write_text(" ".join(f"{kind}={many}" for kind, many in counted.seen.items()), "utf-8")
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def picture(stage: Stage) -> tuple[object, ...]:
    """What must be equal: cases, dispositions, letters written, by name and not by time."""
    with look(stage.rounds.office.engine) as cx:
        cases = [
            (case["reference"], case["state"], case["lead"], len(case["letters"]))
            for case in lists.cases(cx, stage.rounds.office.book)
        ]
        letters = Counter(
            (row["from_addr"], row["disposition"]) for row in lists.letters(cx) if row["folder"] == "INBOX"
        )
    written = Counter(
        occasion.partition(":")[0] for occasion in rows(stage.rounds.office.engine) if not occasion.startswith("ask:")
    )
    return cases, letters, written


def after_a_restart(folder: Path, url: str, host: MailHost, reader: Reader, now: Any) -> tuple[tuple[object, ...], int]:
    """(picture, letters of unknown fate); asserts that nothing is doubled and that what is unknown has its question."""
    stage = reopened(folder, host, reader, url=url)
    stage.now = now
    stage.rounds.begin(now, vouched=True)
    work(stage, 3)
    went, states = left(stage), rows(stage.rounds.office.engine)
    assert max(went.values()) == 1
    missing = [occasion for occasion, copies in went.items() if copies == 0]
    with look(stage.rounds.office.engine) as cx:
        asked = {question["what"] for question in lists.questions(cx)}
    assert all(states[occasion] == "unknown" for occasion in missing), missing
    assert not missing or "unknown" in asked
    assert audit(stage.rounds.office, stage.now, deep=True).problems == ()
    shown = picture(stage)
    stage.close()
    stage.rounds.office.engine.dispose()
    return shown, len(missing)


@pytest.mark.on_double("a moment of the mail host is put back hundreds of times")
@pytest.mark.long
@pytest.mark.timeout(20_000)
@pytest.mark.parametrize("upto", range(len(STEPS)), ids=[name for name, _ in STEPS])
def test_f16_killed_at_every_point_of_the_story_all_is_as_if_undisturbed(
    url: str, copies: Files | Database, host: MailHost, reader: Reader, tmp_path: Path, upto: int
):
    stage = set_stage(tmp_path, MORNING - timedelta(days=1), host, reader, url=url)
    warm(stage.rounds.office, reader)
    stage.now = MORNING
    host.now = lambda: stage.now
    for _, step in STEPS[:upto]:
        step(stage)
        work(stage, 3)
    STEPS[upto][1](stage)
    stage.close()
    stage.rounds.office.engine.dispose()
    now = stage.now + timedelta(minutes=1)
    moment, report = Moment.take(copies, host), tmp_path / "points"
    assert in_a_child(tmp_path, url, host, now, Counted(), report) == 0
    points = dict(pair.split("=") for pair in report.read_text("utf-8").split())
    undisturbed, _ = after_a_restart(tmp_path, url, host, reader, now)

    kind = make_url(url).get_backend_name()
    total, tried, unknown = sum(map(int, points.values())), 0, 0
    for nth in range(1 + upto, total + 1, EVERY * SHARE[kind]):
        moment.put_back()
        assert in_a_child(tmp_path, url, host, now, Counted(nth), report) in (-signal.SIGKILL, 0), nth
        shown, missing = after_a_restart(tmp_path, url, host, reader, now)
        unknown += missing
        tried += 1
        if not missing:  # a letter nobody can vouch for asks a person one question more
            assert shown == undisturbed, nth

    print(
        f"sweep {STEPS[upto][0]} on {kind}: points {total} {points}, tried {tried}, lost 0, doubled 0, unknown with a question {unknown}"
    )
