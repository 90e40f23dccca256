"""Makes `tests/` importable for what several stories share, lets their databases lie in memory, and closes them behind each test.
With HUIYIN_STORIES=debian (`ground`) the stories alone are told, on Debian's servers, and at the end is said what stayed elsewhere and why.

A story commits a thousand times and each commit waits for the disk. What is killed here is a process and never the machine, so
nothing that a test holds is weaker where the disk is memory: what was written is there for the next process all the same.
"""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import ground
import pytest

from daemon.demo.servers import MailHost
from daemon.reader import Reader

MEMORY = Path("/dev/shm")
ROOM = 1 << 30
"""A container may have 64 MB there."""

if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """One reading child for all stories: starting it is what takes time."""
    with Reader(tmp_path_factory.mktemp("reader")) as shared:
        yield shared


@pytest.fixture
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weeks that pass bring reports with them; drawing is a process a report, and has its own tests and the demo's story."""
    monkeypatch.setattr("daemon.record.reporting.pictures", lambda _charts: "本机没有中文字体，图没有画。")


@pytest.fixture
def host(request: pytest.FixtureRequest) -> Iterator[MailHost]:
    """A mail host with a mailbox for everybody in the cast."""
    with ground.mail_host(request) as running:
        yield running


@pytest.fixture
def wide_host(request: pytest.FixtureRequest) -> Iterator[MailHost]:
    """A mail host that takes letters for anybody, for citizens without a mailbox here."""
    with ground.mail_host(request, accept_any=True) as running:
        yield running


@pytest.fixture(autouse=True)
def databases_are_closed(request: pytest.FixtureRequest) -> Iterator[None]:
    """From Python 3.13 on every connection that nobody closed is told of. A process of ours closes its own by ending; a test goes on.

    What modules and sessions made before the test stays; the test's own PostgreSQL databases go with it.
    """
    before = set(ground.MADE)
    ground.on_sqlite[:] = [mark.args[0] for mark in request.node.iter_markers("on_sqlite")]
    yield
    ground.close_databases()
    ground.on_sqlite.clear()
    ground.drop(*(ground.MADE - before))


@pytest.fixture(autouse=True)
def works_where_its_files_are(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """An office on PostgreSQL has its heartbeat and its head in the working folder."""
    if ground.DEBIAN:
        monkeypatch.chdir(request.getfixturevalue("tmp_path"))


KEPT = "kept"
"""Property of a test's report: (mark, reason) of what it is kept on."""


def pytest_configure(config: pytest.Config) -> None:
    if lacks := ground.lacking():
        raise pytest.UsageError(lacks)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On Debian's servers the stories alone are told: what touches no office has been tried already."""
    for item in items:
        for mark in (*item.iter_markers("on_double"), *item.iter_markers("on_sqlite")):
            if len(mark.args) != 1 or not str(mark.args[0]).strip():
                raise pytest.UsageError(f"{item.nodeid}: {mark.name} wants its reason in words")
            item.user_properties.append((KEPT, (mark.name, mark.args[0])))
    if ground.DEBIAN:
        others = [item for item in items if not ground.tells(item)]
        items[:] = [item for item in items if ground.tells(item)]
        config.hook.pytest_deselected(items=others)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not ground.DEBIAN:
        return
    told = [report for report in terminalreporter.getreports("passed") if report.when == "call"]
    kept = Counter(tuple(value) for report in told for name, value in report.user_properties if name == KEPT)
    terminalreporter.write_line(
        f"{len(told)} stories told on Debian's servers, of which {sum(kept.values())} stayed elsewhere in part:"
    )
    for (mark, reason), times in sorted(kept.items()):
        terminalreporter.write_line(f"  {mark} {times}: {reason}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    ground.leave()
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if ground.DEBIAN and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED  # a story is told there or says why not; none is left out
