"""A mail host and an office on a database of its own, for stories that go over real sockets."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from seeds import on_stage

from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage
from daemon.reader import Reader

ZONE = timezone(timedelta(hours=8))
MORNING = datetime(2017, 5, 9, 9, 0, tzinfo=ZONE)


@pytest.fixture
def stage(host: MailHost, reader: Reader, tmp_path: Path, no_pictures: None) -> Iterator[Stage]:
    with on_stage(tmp_path, MORNING, host, reader) as made:
        made.rounds.begin(made.now)
        yield made
