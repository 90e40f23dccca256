"""Database and disk on bad days (F20, F21, F30, F31, F39), Sent in all its ways (F67), leaks and late bells (F86, F88), a unit that is gone or has no mailbox (F93)."""

import dataclasses
import os
import resource
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from office_days import TOP, asked, citizens_write, environment, left, rows, work
from shifts import MORNING, reopened
from sqlalchemy import Engine, text

from daemon import points
from daemon.auditing import audit
from daemon.demo.cast import COMPLAINT, LAND, RECEIVER, TOWN, accounts
from daemon.demo.faults import Fault
from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage, set_stage
from daemon.mailboxes.imap import ImapMailbox
from daemon.mailboxes.troubles import MailTrouble
from daemon.obeying import obey_person
from daemon.places import imap_place
from daemon.reader import Reader
from daemon.secret import Secret
from db import ledger, lists
from db.pen import look, pen
from rules.events import TroubleNoted
from rules.policy.units import UnitDirectory
from rules.reading import read
from rules.trouble import StoreTrouble


@contextmanager
def no_room_from(point: str, database: Path) -> Iterator[None]:
    """From that point on no file may grow beyond what the write-ahead log has now: writes to it fail."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    wal = Path(f"{database}-wal")

    def watch(reached: str) -> None:
        if reached == point:
            resource.setrlimit(resource.RLIMIT_FSIZE, (wal.stat().st_size, limits[1]))

    points.watch(watch)
    try:
        yield
    finally:
        points.unwatch()
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.on_sqlite("no room on the disk under the file; a server without room has a story of its own")
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_f20_no_room_when_a_decision_is_recorded_leaves_the_letter_kept_and_it_is_decided_when_there_is(
    stage: Stage, tmp_path: Path
):
    citizens_write(stage.host, 1)
    stage.rounds.poll(stage.now)

    with no_room_from("decide", tmp_path / "huiyin.db"), pytest.raises(StoreTrouble):
        stage.rounds.decide(stage.now)
    with look(stage.rounds.office.engine) as cx:
        waiting = cx.execute(text("SELECT state FROM letters")).scalar_one()
    work(stage, 2)

    assert waiting == "kept"
    assert "crashed" not in asked(stage)
    assert set(left(stage).values()) == {1}


@pytest.mark.on_sqlite("no room on the disk under the file; a server without room has a story of its own")
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_f20_where_there_is_not_even_room_to_give_a_try_back_it_is_owed_and_the_letter_is_never_held(
    stage: Stage, tmp_path: Path
):
    citizens_write(stage.host, 1, 2)
    stage.rounds.poll(stage.now)

    for _ in range(5):
        with no_room_from("tries", tmp_path / "huiyin.db"), pytest.raises(StoreTrouble):
            stage.rounds.decide(stage.now)
    work(stage, 2)

    assert {state for state, _ in tries(stage.rounds.office.engine)} == {"decided"}
    assert "crashed" not in asked(stage)
    assert set(left(stage).values()) == {1}


@pytest.mark.on_sqlite("no room on the disk under the file; a server without room has a story of its own")
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("point", "went"), [("sending", 0), ("before-3b", 1)])
def test_f21_no_room_when_a_letter_is_taken_or_its_end_is_written_it_goes_once(
    stage: Stage, tmp_path: Path, reader: Reader, point: str, went: int
):
    citizens_write(stage.host, 1)
    stage.rounds.poll(stage.now)
    stage.rounds.decide(stage.now)

    with no_room_from(point, tmp_path / "huiyin.db"), pytest.raises(StoreTrouble):
        stage.rounds.send(stage.now)
    left_at_once = len(stage.host.sent_log)
    stage.close()
    stage.rounds.office.engine.dispose()
    again = reopened(tmp_path, stage.host, reader)
    again.now = stage.now + timedelta(minutes=1)
    again.rounds.begin(again.now)
    work(again, 4)

    assert left_at_once == went
    assert set(left(again).values()) == {1}
    assert set(rows(again.rounds.office.engine).values()) == {"sent"}
    again.close()
    again.rounds.office.engine.dispose()


class Proxy:
    """Stands before PostgreSQL; every third COMMIT reaches the server, and its answer reaches nobody."""

    def __init__(self, port: int) -> None:
        self.port, self.commits, self.swallowed = port, 0, 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.own = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.port))
                cut = threading.Event()
                threading.Thread(target=self._forth, args=(client, server, cut), daemon=True).start()
                threading.Thread(target=self._back, args=(server, client, cut), daemon=True).start()

    def _forth(self, client: socket.socket, server: socket.socket, cut: threading.Event) -> None:
        with suppress(OSError):
            while data := client.recv(1 << 16):
                if b"COMMIT" in data:
                    self.commits += 1
                    if self.commits % 3 == 0:
                        cut.set()
                server.sendall(data)
        with suppress(OSError):
            server.shutdown(socket.SHUT_WR)

    def _back(self, server: socket.socket, client: socket.socket, cut: threading.Event) -> None:
        with suppress(OSError):
            while data := server.recv(1 << 16):
                if cut.is_set():
                    self.swallowed += 1
                    break
                client.sendall(data)
        for end in (client, server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self) -> None:
        self.listener.close()


@pytest.mark.debian
def test_f30_a_commit_whose_answer_was_lost_is_found_done_and_not_done_again(
    postgres_url: str, host: MailHost, reader: Reader, tmp_path: Path
):
    from sqlalchemy.engine import make_url

    real = make_url(postgres_url)
    set_stage(tmp_path, MORNING - timedelta(days=1), host, reader, url=postgres_url).rounds.office.engine.dispose()
    proxy = Proxy(real.port or 5432)
    through = real.set(port=proxy.own).render_as_string(hide_password=False)
    stage = reopened(tmp_path, host, reader, url=through)
    citizens_write(host, *range(1, 5))
    unwilling = 0
    for _ in range(60):
        stage.now += timedelta(minutes=3)
        try:
            stage.rounds.whole(stage.now)
        except StoreTrouble:
            unwilling += 1
            with suppress(StoreTrouble):
                stage.rounds.begin(stage.now)  # what was `sending` when the answer was lost is unknown from now on
    stage.close()
    stage.rounds.office.engine.dispose()
    proxy.close()

    calm = reopened(tmp_path, host, reader, url=postgres_url)
    calm.now = stage.now + timedelta(minutes=1)
    calm.rounds.begin(calm.now)
    work(calm, 4)

    with look(calm.rounds.office.engine) as cx:
        cases = lists.cases(cx, calm.rounds.office.book)
    assert (proxy.swallowed > 5, unwilling > 5) == (True, True)
    assert len(cases) == 4
    went, states = left(calm), rows(calm.rounds.office.engine)
    assert max(went.values()) == 1
    assert all(went[occasion] == 1 or states[occasion] == "unknown" for occasion in went)
    assert audit(calm.rounds.office, calm.now, deep=True).problems == ()
    calm.close()
    calm.rounds.office.engine.dispose()


ALWAYS = 1_000_000


def unlucky(engine: Engine, code: str, times: int) -> None:
    """From now on the server answers the first so many attempts to open a case with this SQLSTATE."""
    with engine.begin() as cx:
        cx.execute(text("DROP SEQUENCE IF EXISTS bad_luck"))
        cx.execute(text("CREATE SEQUENCE bad_luck"))
        cx.execute(
            text(
                f"CREATE OR REPLACE FUNCTION unlucky() RETURNS trigger AS $$ BEGIN IF nextval('bad_luck') <= {times} THEN"
                f" RAISE EXCEPTION 'bad luck' USING ERRCODE = '{code}'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql"
            )
        )
        cx.execute(
            text("CREATE OR REPLACE TRIGGER unlucky BEFORE INSERT ON cases FOR EACH ROW EXECUTE FUNCTION unlucky()")
        )


def attempts(engine: Engine) -> int:
    """How often a case was tried to be opened since; a sequence is not rolled back."""
    with look(engine) as cx:
        return int(cx.execute(text("SELECT last_value FROM bad_luck")).scalar_one())


def tries(engine: Engine) -> list[tuple[str, int]]:
    """State and tries of each letter."""
    with look(engine) as cx:
        return [(row.state, row.tries) for row in cx.execute(text("SELECT state, tries FROM letters ORDER BY id"))]


@pytest.mark.debian
@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_f20_a_server_without_room_eats_no_try_however_often_and_the_letter_is_decided_when_there_is(stage: Stage):
    unlucky(stage.rounds.office.engine, "53100", ALWAYS)
    citizens_write(stage.host, 1, 2)
    stage.rounds.poll(stage.now)

    for _ in range(5):
        with pytest.raises(StoreTrouble, match="满"):
            stage.rounds.decide(stage.now)
    waiting = tries(stage.rounds.office.engine)
    unlucky(stage.rounds.office.engine, "53100", 0)
    work(stage, 2)

    assert waiting == [("kept", 0), ("kept", 0)]
    assert "crashed" not in asked(stage)
    assert set(left(stage).values()) == {1}
    assert audit(stage.rounds.office, stage.now).ok


@pytest.mark.debian
@pytest.mark.parametrize("url", ["postgres"], indirect=True)
@pytest.mark.parametrize("code", ["40001", "40P01"])
def test_f31_a_transaction_the_server_wants_done_again_is_done_again_whole_five_times(stage: Stage, code: str):
    unlucky(stage.rounds.office.engine, code, 5)
    citizens_write(stage.host, 1)
    stage.rounds.poll(stage.now)

    stage.rounds.decide(stage.now)
    work(stage, 2)

    assert attempts(stage.rounds.office.engine) == 6
    assert set(left(stage).values()) == {1}
    assert "crashed" not in asked(stage)
    assert audit(stage.rounds.office, stage.now).ok


@pytest.mark.debian
@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_f31_after_five_times_the_command_says_later_and_no_try_is_eaten(stage: Stage):
    unlucky(stage.rounds.office.engine, "40001", ALWAYS)
    citizens_write(stage.host, 1)
    stage.rounds.poll(stage.now)

    with pytest.raises(StoreTrouble, match="稍后再试") as told:
        stage.rounds.decide(stage.now)
    waiting, tried = tries(stage.rounds.office.engine), attempts(stage.rounds.office.engine)
    unlucky(stage.rounds.office.engine, "40001", 0)
    work(stage, 2)

    assert (told.value.code, tried, waiting) == (75, 6, [("kept", 0)])
    assert set(left(stage).values()) == {1}


@pytest.mark.debian
@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_f31_of_two_writers_in_a_deadlock_ours_begins_again_and_both_come_through(
    stage: Stage, database: Callable[[str], Engine], url: str
):
    """A stranger holds the table of cases and wants the office's row; we hold the row and want the table."""
    held, wants = threading.Event(), threading.Event()
    times = Counter[str]()

    def stranger() -> None:
        with database(url).begin() as cx:
            cx.execute(text("SET LOCAL deadlock_timeout = '60s'"))
            cx.execute(text("LOCK TABLE cases IN EXCLUSIVE MODE"))
            held.set()
            wants.wait(60)
            cx.execute(text("SELECT one FROM office FOR UPDATE"))

    def at(point: str) -> None:
        times[point] += 1
        if point == "decide":
            wants.set()

    citizens_write(stage.host, 1)
    stage.rounds.poll(stage.now)
    other = threading.Thread(target=stranger)
    other.start()
    held.wait(60)
    points.watch(at)
    try:
        stage.rounds.decide(stage.now)
    finally:
        points.unwatch()
        other.join(60)
    work(stage, 2)

    assert (times["decide"], times["recorded"], other.is_alive()) == (2, 1, False)
    assert set(left(stage).values()) == {1}
    assert audit(stage.rounds.office, stage.now).ok


CORRUPTIONS: dict[str, tuple[str, str]] = {
    "UPDATE office SET seq = seq - 1": ("LEDGER", ""),
    "UPDATE outbox SET raw_sha256 = 'x' WHERE occasion LIKE 'receipt:%'": ("ONE-WAY-OUT", "receipt:"),
    "UPDATE outbox SET occasion = 'receipt:elsewhere' WHERE occasion LIKE 'receipt:%'": ("ANSWERED", "HY2017"),
    "UPDATE cases SET body = replace(body, '国土资源局', '桓仁镇')": ("LEDGER", "HY2017"),
    "DELETE FROM sightings": ("ACCOUNTED", ""),
}


@pytest.mark.parametrize("statement", CORRUPTIONS)
def test_f39_an_audit_names_the_row_that_disagrees_with_the_ledger_and_mends_nothing(stage: Stage, statement: str):
    invariant, where = CORRUPTIONS[statement]
    citizens_write(stage.host, 1)
    work(stage, 2)
    with pen(stage.rounds.office.engine) as cx:
        cx.execute(text(statement))

    first = audit(stage.rounds.office, stage.now, deep=True)
    second = audit(stage.rounds.office, stage.now + timedelta(minutes=1), deep=True)

    assert any(found.invariant == invariant and where in found.where for found in first.problems), first.problems
    assert {found.where for found in first.problems} <= {found.where for found in second.problems}


def unknown_one(stage: Stage, *, stored: bool) -> None:
    """A citizen's receipt left, or not, and its answer was lost."""
    citizens_write(stage.host, 1)
    stage.rounds.poll(stage.now)
    stage.rounds.decide(stage.now)
    stage.host.smtp.faults.append(Fault("DOT", "cut-after-store" if stored else "cut"))
    stage.rounds.send(stage.now)


def receipt(stage: Stage) -> str:
    return next(state for name, state in rows(stage.rounds.office.engine).items() if name.startswith("receipt:"))


@pytest.mark.on_double("the connection is cut at the final dot")
def test_f67_a_sent_folder_that_shows_the_letter_late_settles_it_in_the_end(stage: Stage):
    unknown_one(stage, stored=True)
    box = stage.host.box(COMPLAINT, "已发送")
    late, box.letters = box.letters, []
    stage.now += timedelta(minutes=3)
    stage.rounds.whole(stage.now)
    before = receipt(stage)
    box.letters = [*late, *box.letters]

    work(stage, 2)

    assert (before, receipt(stage)) == ("unknown", "sent")


@pytest.mark.on_double("the connection is cut at the final dot")
def test_f67_a_message_id_that_the_provider_rewrote_is_known_by_our_code(stage: Stage):
    unknown_one(stage, stored=True)
    for stored in stage.host.box(COMPLAINT, "已发送").letters:
        head, _, rest = stored.raw.partition(b"Message-ID: <")
        object.__setattr__(stored, "raw", head + b"Message-ID: <tencent_" + rest)

    work(stage, 2)

    assert receipt(stage) == "sent"


@pytest.mark.on_double("the connection is cut at the final dot")
@pytest.mark.parametrize("what", ["missing", "empty"])
def test_f67_a_sent_folder_that_is_missing_or_stays_empty_leaves_it_to_a_person(stage: Stage, what: str):
    unknown_one(stage, stored=False)
    if what == "missing":
        del stage.host.store.accounts[COMPLAINT].folders["已发送"]

    work(stage, 4)

    assert receipt(stage) == "unknown"
    assert "unknown" in asked(stage)


def test_f86_a_job_that_fails_is_said_once_and_keeps_nobody_from_his_own(stage: Stage, tmp_path: Path):
    from daemon.running import Run

    run = Run(stage.rounds, lambda: stage.now, 60.0, tmp_path / "heartbeat")
    done: list[str] = []

    def broken() -> None:
        raise ValueError("a bug")

    for _ in range(3):
        run._guarded("poll", broken)
        run._guarded("decide", lambda: done.append("decided"))

    assert (done, run.over, list(run.troubles)) == (["decided"] * 3, None, ["poll"])
    run._guarded("poll", lambda: None)
    assert run.troubles == {}


@pytest.mark.on_double("a server that breaks every third connection off")
def test_f88_a_thousand_polls_with_broken_connections_leave_no_descriptor_behind(host: MailHost):
    citizens_write(host, 1, 2)
    ticks = iter(range(10**9))
    user = COMPLAINT.replace("@", "%40")
    place = imap_place("x", f"imap://{user}@127.0.0.1:{host.imap_port}", Secret(accounts()[COMPLAINT]))
    mailbox = ImapMailbox(place, clock=lambda: 7200.0 * next(ticks))

    def poll() -> None:
        with suppress(MailTrouble):
            mailbox.open("INBOX")
            for fetched in mailbox.letters("INBOX", [letter.uid for letter in mailbox.listing("INBOX", 0)]):
                assert fetched.uid

    poll()
    before = len(list(Path("/proc/self/fd").iterdir()))
    for number in range(1000):
        if number % 3 == 0:
            host.imap.faults.append(Fault("FETCH" if number % 2 else "EXAMINE", "bye"))
        poll()
    mailbox.close()

    assert len(list(Path("/proc/self/fd").iterdir())) <= before + 8  # the host's own ends of it included


A_THOUSAND_POLLS = """
import os, resource, sys
from datetime import timedelta
from pathlib import Path
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
from daemon.mailboxes.troubles import MailTrouble
from daemon.opening import open_office, open_rounds, settings
from db.pen import shift
from datetime import datetime

def held():
    return len(os.listdir("/proc/self/fd")), len(os.listdir(os.environ["TMPDIR"]))

now = datetime.fromisoformat(sys.argv[1])
given = settings()
office = open_office(given, now)
with shift(office.engine) as ours, open_rounds(office, given, ours) as rounds:
    steady = iter(range(10**9))
    for box in rounds.mailboxes.values():
        box._clock = lambda: 7200.0 * next(steady)  # no waiting after a failure
    rounds.begin(now, vouched=True)
    rounds.whole(now)
    before = held()
    for number in range(1000):
        rounds.poll(now)
        if number % 50 == 0:
            rounds.decide(now)
            rounds.send(now)
    print("held", *before, *held())
"""


@pytest.mark.long
@pytest.mark.timeout(300)
@pytest.mark.on_double("a server that breaks connections off, at every third poll")
def test_f88_with_sixty_four_descriptors_a_thousand_polls_and_resets_leave_none_behind_and_no_file(
    stage: Stage, url: str, tmp_path: Path
):
    (tmp_path / "tmp").mkdir()
    values = {**environment(tmp_path, stage.host, url), "TMPDIR": str(tmp_path / "tmp"), "PYTHONPATH": str(TOP)}
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("HUIYIN_")}
    citizens_write(stage.host, 1, 2)
    faults = [Fault(at, do, after=7, times=300) for at in ("EXAMINE", "LIST") for do in ("reset", "bye")]
    stage.host.imap.faults += faults

    done = subprocess.run(
        [sys.executable, "-c", A_THOUSAND_POLLS, stage.now.isoformat()],
        env={**quiet, **values},
        cwd=tmp_path,
        capture_output=True,
        timeout=280,
        check=False,
    )

    said = done.stderr.decode("utf-8")[-3000:]
    assert done.returncode == 0, said
    files, temporary, files_after, temporary_after = map(int, done.stdout.split()[1:])
    assert (files_after <= files + 2, temporary_after <= temporary) == (True, True), said
    assert sum(fault.uses for fault in faults) > 500
    assert set(left(stage).values()) == {1}


def test_f93_a_unit_without_a_mailbox_leaves_the_case_with_its_days_and_somebody_to_answer(stage: Stage):
    with pen(stage.rounds.office.engine) as cx:
        cx.execute(text("UPDATE contacts SET until = since WHERE address = :unit"), {"unit": LAND.address})
    citizens_write(stage.host, 1)

    work(stage, 2)

    with look(stage.rounds.office.engine) as cx:
        case = lists.cases(cx, stage.rounds.office.book)[0]
        owner = cx.execute(text("SELECT owner FROM cases")).scalar_one()
    assert {"no-mailbox", "forward"} & set(asked(stage))
    assert case["due"]
    assert owner
    assert audit(stage.rounds.office, stage.now).ok


def without_land(stage: Stage, how: str) -> Callable[[], None]:
    """The unit has no mailbox any more, or is off the book's list; what puts it back."""
    office = stage.rounds.office
    if how == "无邮箱":
        with pen(office.engine) as cx:
            until = cx.execute(
                text("SELECT until FROM contacts WHERE address = :unit"), {"unit": LAND.address}
            ).scalar_one()
            cx.execute(text("UPDATE contacts SET until = since WHERE address = :unit"), {"unit": LAND.address})

        def back() -> None:
            with pen(office.engine) as cx:
                values = {"unit": LAND.address, "until": until}
                cx.execute(text("UPDATE contacts SET until = :until WHERE address = :unit"), values)

        return back
    units = UnitDirectory(tuple(unit for unit in office.book.units if unit.name != LAND.name))
    rules = dataclasses.replace(office.rules, book=dataclasses.replace(office.book, units=units))
    stage.rounds.office = dataclasses.replace(office, rules=rules)
    return lambda: setattr(stage.rounds, "office", office)


@pytest.mark.parametrize("how", ["无邮箱", "单位已撤销"])
def test_f93_a_lead_unit_that_goes_while_its_case_is_open_is_asked_about_once_and_the_case_keeps_its_days(
    stage: Stage, how: str
):
    def case() -> tuple[str, str, str]:
        with look(stage.rounds.office.engine) as cx:
            row = lists.cases(cx, stage.rounds.office.book)[0]
        return row["number"], row["state"], row["due"]

    def told() -> list[str]:
        ours = [read(sent.raw) for sent in stage.host.sent_log if "系统报警" in read(sent.raw).subject]
        return [letter.text for letter in ours if how in letter.text]

    citizens_write(stage.host, 1)
    work(stage, 2)
    before = case()
    back = without_land(stage, how)
    for _ in range(3):
        stage.rounds.tick(stage.now)
        work(stage)

    assert case() == before
    assert asked(stage).count("trouble") == 1
    assert [before[0] in letter and "改派" in letter for letter in told()[:1]] == [True]
    with look(stage.rounds.office.engine) as cx:
        assert cx.execute(text("SELECT owner FROM cases")).scalar_one()
    back()
    stage.rounds.tick(stage.now)
    assert "trouble" not in asked(stage)
    assert audit(stage.rounds.office, stage.now).ok


@pytest.mark.parametrize("how", ["无邮箱", "单位已撤销"])
def test_f93_the_alarm_about_a_unit_ends_with_its_line_and_no_letter_when_no_case_waits_there_any_more(
    stage: Stage, how: str
):
    def line(what: str) -> int:
        with look(stage.rounds.office.engine) as cx:
            noted = [event.what for _, event in ledger.lines(cx) if isinstance(event, TroubleNoted)]
        return noted.count(what)

    what = "unit-unreached" if how == "无邮箱" else "unit-gone"
    citizens_write(stage.host, 1)
    work(stage, 2)
    without_land(stage, how)
    stage.rounds.tick(stage.now)
    work(stage)
    assert (asked(stage).count("trouble"), line(what)) == (1, 1)

    obey_person(stage.rounds.office, "桓营诉〔2017〕1号", f"改派 {TOWN.name}", RECEIVER.name, stage.now)
    letters = len(stage.host.sent_log)
    for _ in range(2):
        stage.rounds.tick(stage.now)
        work(stage)

    assert ("trouble" in asked(stage), line(f"{what}-moot"), line(f"{what}-over")) == (False, 1, 0)
    assert not [sent for sent in stage.host.sent_log[letters:] if "恢复" in read(sent.raw).subject]
    assert audit(stage.rounds.office, stage.now).ok
