"""A mail host and an office on a database of its own, for stories that go over real sockets."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from seeds import staged

from daemon.demo.cast import accounts
from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage
from daemon.reader import Reader

ZONE = timezone(timedelta(hours=8))
MORNING = datetime(2017, 5, 9, 9, 0, tzinfo=ZONE)


@pytest.fixture
def host() -> Iterator[MailHost]:
    with MailHost(accounts=accounts()) as running:
        yield running


@pytest.fixture
def wide_host() -> Iterator[MailHost]:
    """A mail host that takes letters for anybody, for citizens without a mailbox here."""
    with MailHost(accounts=accounts(), accept_any=True) as running:
        yield running


@pytest.fixture
def stage(host: MailHost, reader: Reader, tmp_path: Path, no_pictures: None) -> Iterator[Stage]:
    made = staged(tmp_path, MORNING - timedelta(days=1), host, reader)
    made.now = MORNING
    host.now = lambda: made.now
    made.rounds.begin(made.now)
    yield made
    made.close()
    made.rounds.office.engine.dispose()
