"""Who serves an office: a second run stands by and takes over, people work beside it, a lost shift is noticed, several offices are apart (F29, F33)."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import ground
import pytest
from office_days import citizen, complaint, ended, environment, left, rows, started, work
from seeds import staged
from shifts import MORNING, ZONE
from sqlalchemy import Engine, text

from daemon import logs, points
from daemon.demo.cast import COMPLAINT, CONTACT, RECEIVER, accounts
from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage, set_stage
from daemon.fitness import fitness
from daemon.heartbeat import beat, examine, heartbeat_of, standby_of
from daemon.reader import Reader
from daemon.settings import read_settings
from db.pen import shift
from rules.reading import read
from rules.trouble import StoreTrouble

TAKEOVER = 30.0
"""Seconds a dead shift may go unserved."""


def until(true: Callable[[], object], seconds: float = 120) -> float:
    """Seconds until it came true."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, "it never came true"
        time.sleep(0.1)
    return time.monotonic() - began


def receipts(host: MailHost, number: int) -> list[object]:
    return [sent for sent in host.sent_log if sent.rcpt == citizen(number) and "收件回执" in read(sent.raw).subject]


@pytest.fixture
def today(url: str, host: MailHost, reader: Reader, tmp_path: Path) -> dict[str, str]:
    """An office of today, as environment."""
    stage = set_stage(tmp_path, datetime.now(ZONE) - timedelta(days=1), host, reader, url=url)
    stage.close()
    stage.rounds.office.engine.dispose()
    host.now = lambda: datetime.now(ZONE)
    return environment(tmp_path, host, url)


@pytest.fixture
def running(today: dict[str, str], tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts `run`; whatever still lives at the end is told to stop."""
    living: list[subprocess.Popen[bytes]] = []

    def start(name: str = "here") -> subprocess.Popen[bytes]:
        (tmp_path / name).mkdir(exist_ok=True)
        living.append(started(today, "run", "--every", "0.5", folder=tmp_path / name))
        return living[-1]

    yield start
    for process in living:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


def beating(url: str, folder: Path, name: str) -> Path:
    """The heartbeat of a run that was started in that folder."""
    return heartbeat_of(url) if url.startswith("sqlite") else folder / name / heartbeat_of(url).name


@pytest.mark.long
@pytest.mark.timeout(180)
def test_f33_a_second_run_stands_by_and_takes_over_within_thirty_seconds_when_the_first_is_killed(
    url: str, running: Callable[[str], subprocess.Popen[bytes]], host: MailHost, tmp_path: Path, today: dict[str, str]
):
    first = running("first")
    until(beating(url, tmp_path, "first").exists)
    second = running("second")
    waiting = standby_of(url) if url.startswith("sqlite") else tmp_path / "second" / standby_of(url).name
    until(waiting.exists)
    host.deliver(COMPLAINT, complaint(1, datetime.now(ZONE)), internaldate=datetime.now(ZONE))
    until(lambda: receipts(host, 1))

    first.kill()
    first.communicate()
    host.deliver(COMPLAINT, complaint(2, datetime.now(ZONE)), internaldate=datetime.now(ZONE))
    seconds = until(lambda: not waiting.exists(), TAKEOVER)
    until(lambda: receipts(host, 2))

    print(f"takeover after {seconds:.1f} s on {url.partition(':')[0]}")
    assert second.poll() is None
    assert [len(receipts(host, number)) for number in (1, 2)] == [1, 1]


@pytest.mark.long
@pytest.mark.timeout(180)
def test_f33_people_give_orders_and_look_at_everything_beside_a_living_run(
    url: str, running: Callable[[], subprocess.Popen[bytes]], host: MailHost, tmp_path: Path, today: dict[str, str]
):
    running()
    host.deliver(COMPLAINT, complaint(1, datetime.now(ZONE)), internaldate=datetime.now(ZONE))
    until(lambda: receipts(host, 1))
    host.deliver(
        COMPLAINT,
        b"From: x7@people.example\r\nSubject: ?\r\n\r\nhello\r\n",
        internaldate=datetime.now(ZONE),
    )

    def waiting() -> str:
        code, shown = ended(started(today, "questions", "--json", folder=tmp_path))
        assert code == 0, shown
        return shown

    until(lambda: '"id"' in waiting())
    name = waiting().partition('"id": "')[2][:10]
    ordered = ended(started(today, "answer", name, "知道了", "--by", RECEIVER.name, folder=tmp_path))
    codes = {
        words[0]: ended(started(today, *words, folder=tmp_path))[0]
        for words in (["cases"], ["letters", "--json"], ["outbox"], ["held"], ["audit"], ["backup", "beside.backup"])
    }

    assert ordered[0] == 0, ordered[1]
    assert set(codes.values()) == {0}, codes
    assert ended(started(today, "poll", folder=tmp_path))[0] == 75


@pytest.mark.long
def test_f33_what_a_living_daemon_is_sending_is_never_made_unknown(stage: Stage, url: str, tmp_path: Path):
    """At the moment before MAIL another process comes to the office."""
    values = environment(tmp_path, stage.host, url)
    came: list[tuple[int, str]] = []

    def other(point: str) -> None:
        if point == "before-mail" and not came:
            came.append(ended(started(values, "send", "--now", MORNING.isoformat(), folder=tmp_path)))
            assert "sending" in rows(stage.rounds.office.engine).values()

    stage.host.deliver(COMPLAINT, complaint(1), internaldate=MORNING)
    with shift(stage.rounds.office.engine):
        points.watch(other)
        try:
            work(stage, 2)
        finally:
            points.unwatch()

    assert came[0][0] == 75, came
    assert set(left(stage).values()) == {1}
    assert "unknown" not in rows(stage.rounds.office.engine).values()


@pytest.mark.debian
@pytest.mark.long
@pytest.mark.timeout(180)
def test_f29_a_run_whose_connection_was_cut_stops_sending_and_takes_its_shift_again(
    postgres_url: str, host: MailHost, reader: Reader, tmp_path: Path, database: Callable[[str], Engine]
):
    stage = set_stage(tmp_path, datetime.now(ZONE) - timedelta(days=1), host, reader, url=postgres_url)
    stage.close()
    stage.rounds.office.engine.dispose()
    host.now = lambda: datetime.now(ZONE)
    process = started(environment(tmp_path, host, postgres_url), "run", "--every", "0.5", folder=tmp_path)
    try:
        until((tmp_path / heartbeat_of(postgres_url).name).exists)
        with database(postgres_url).begin() as cx:
            cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            cx.execute(text(cut))
        host.deliver(COMPLAINT, complaint(1, datetime.now(ZONE)), internaldate=datetime.now(ZONE))
        until(lambda: receipts(host, 1))
    finally:
        process.send_signal(signal.SIGTERM)
        code, output = ended(process)

    assert (code, "shift.lost" in output, output.count("shift.taken")) == (0, True, 2), output
    assert len(receipts(host, 1)) == 1


def test_f33_a_process_that_lost_its_shift_sends_nothing_more(stage: Stage):
    stage.host.deliver(COMPLAINT, complaint(1), internaldate=MORNING)
    stage.rounds.poll(stage.now)
    stage.rounds.decide(stage.now)
    stage.rounds.holds = lambda: False

    with pytest.raises(StoreTrouble, match="值守权"):
        stage.rounds.send(stage.now)

    assert stage.host.sent_log == []
    assert set(rows(stage.rounds.office.engine).values()) == {"queued"}


def settings_file(folder: Path, host: MailHost, reader: Reader, *, name: str) -> Path:
    """An office of today on its own database, as a settings file."""
    (folder / name).mkdir()
    host.now = lambda: datetime.now(ZONE)
    stage = staged(folder / name, host.now() - timedelta(days=1), host, reader)
    stage.close()
    stage.rounds.office.engine.dispose()
    file = folder / name / f"{name}.env"
    values = environment(folder / name, host, ground.url(folder / name / "huiyin.db"))
    file.write_text("".join(f"{key}='{value}'\n" for key, value in values.items()), "utf-8")
    return file


def gone_away(file: Path) -> None:
    """From now on no server answers where the office's mailboxes are said to be."""
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(line.replace("127.0.0.1", "127.0.0.2") if "imap:" in line else line for line in lines))


@pytest.mark.long
@pytest.mark.timeout(180)
def test_one_offices_trouble_never_touches_another(host: MailHost, reader: Reader, tmp_path: Path):
    """Three settings files: one office is well, one has no mailbox server, one has no settings at all."""
    with MailHost(accounts=accounts(), accept_any=True) as elsewhere:
        well = settings_file(tmp_path, host, reader, name="well")
        ill = settings_file(tmp_path, elsewhere, reader, name="ill")
        gone_away(ill)
        broken = tmp_path / "broken.env"
        broken.write_text("HUIYIN_DATABASE=nonsense\n", "utf-8")
        files = [str(file) for file in (ill, broken, well)]
        process = started({}, "run", "--every", "0.5", "--office", *files, folder=tmp_path)
        try:
            host.deliver(COMPLAINT, complaint(1, host.now()), internaldate=host.now())
            until(lambda: receipts(host, 1) and elsewhere.sent_log)
            health = ended(started({}, "health", "--office", *files, folder=tmp_path))
        finally:
            process.send_signal(signal.SIGTERM)
            code, output = ended(process)

    assert code == 0, output
    assert health[0] == 1
    assert "broken.env　HUIYIN_DATABASE" in health[1]
    assert "[broken] 缺少设置" in output
    assert output.count("office.ended office=well") == output.count("office.ended office=ill") == 0
    assert all("系统报警" in read(sent.raw).subject for sent in elsewhere.sent_log[:1])


@pytest.mark.long
@pytest.mark.timeout(180)
def test_f32_two_offices_on_one_mailbox_would_answer_everybody_twice_so_the_second_is_not_started(
    host: MailHost, reader: Reader, tmp_path: Path
):
    files = [str(settings_file(tmp_path, host, reader, name=name)) for name in ("first", "copied")]
    process = started({}, "run", "--every", "0.5", "--office", *files, folder=tmp_path)
    try:
        host.deliver(COMPLAINT, complaint(1, host.now()), internaldate=host.now())
        until(lambda: receipts(host, 1))
        health = ended(started({}, "health", "--office", *files, folder=tmp_path))
    finally:
        process.send_signal(signal.SIGTERM)
        code, output = ended(process)

    assert code == 0, output
    assert "office.refused office=copied" in output
    assert "office.starts office=copied" not in output
    assert health[0] == 1
    assert f"{files[1]} 和 {files[0]} 写了同样的信箱（{CONTACT}、{COMPLAINT}）" in health[1]
    assert len(receipts(host, 1)) == 1


def test_health_knows_a_run_that_serves_one_that_stands_by_and_none(tmp_path: Path):
    url, now = f"sqlite:///{tmp_path}/office.db", datetime.now(UTC)
    none = examine(url, now)
    beat(standby_of(url), {"every": 5.0})
    waiting = examine(url, now)
    beat(heartbeat_of(url), {"every": 60.0, "alive": ["desk"], "troubles": {}})
    serving = examine(url, now)
    beat(heartbeat_of(url), {"every": 60.0, "alive": ["desk"], "troubles": {"complaint": "连不上"}})
    troubled = examine(url, now)
    standby_of(url).unlink()
    late = examine(url, now + timedelta(minutes=5))

    assert [found.well for found in (none, waiting, serving, troubled, late)] == [False, True, True, False, False]
    assert "连不上" in troubled.says


class NoRoom:
    """A log on a full disk."""

    def write(self, line: str, /) -> object:
        raise OSError(28, "No space left on device")

    def flush(self) -> None:
        """Nothing was taken."""


def test_f18_health_and_doctor_say_in_chinese_that_log_lines_were_lost_and_the_office_is_still_served(
    stage: Stage, url: str, monkeypatch: pytest.MonkeyPatch
):
    given, now = read_settings({"HUIYIN_DATABASE": url}), datetime.now(UTC)

    def told() -> list[str]:
        return [
            found.says for found in fitness(given, stage.rounds.office, now) if found.setting == "日志" and not found.ok
        ]

    office = {"every": 60.0, "alive": ["desk"], "troubles": {}}
    monkeypatch.setattr(logs._state, "lost", 0)
    beat(heartbeat_of(url), office)
    before = (examine(url, now), told())
    with monkeypatch.context() as there:
        there.setattr(logs._state, "stream", NoRoom())
        logs.event("anything")
    beat(heartbeat_of(url), office)
    after = examine(url, now)
    beat(heartbeat_of(url), {**office, "troubles": {"complaint": "连不上"}})

    assert (before[0].well, "日志" in before[0].says, before[1]) == (True, False, [])
    assert (after.well, "日志有" in after.says, [says in after.says for says in told()]) == (True, True, [True])
    assert "日志有" in examine(url, now).says


@pytest.mark.long
def test_f37_init_backs_a_database_up_before_it_moves_it(tmp_path: Path, database: Callable[[str], Engine]):
    from db import schema
    from db.pen import pen_before_tables

    url = f"sqlite:///{tmp_path}/old.db"
    old = database(url)
    with pen_before_tables(old) as cx:
        schema.move(cx, "0001")
        cx.execute(text("INSERT INTO office (one, id, began, seq, hash) VALUES (1, 'office-1', '2017', 0, '')"))
    old.dispose()

    code, output = ended(started({"HUIYIN_DATABASE": url}, "init", folder=tmp_path))

    assert code == 0, output
    assert (tmp_path / f"old.db.before-{schema.wanted()}.backup").exists()
    schema.check(database(url))
