"""The office's tests stand at the desks that the doors' tests build; its stories have a mail host and an office on a database of their own."""

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from office_day import Day
from seeds import on_stage

sys.path.insert(0, str(Path(__file__).parent.parent / "doors"))

from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage
from daemon.reader import Reader

MORNING = datetime(2017, 5, 9, 8, 0, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def stage(host: MailHost, reader: Reader, tmp_path: Path, no_pictures: None) -> Iterator[Stage]:
    with on_stage(tmp_path, MORNING, host, reader) as made:
        yield made


@pytest.fixture
def day(stage: Stage) -> Day:
    return Day(stage)
