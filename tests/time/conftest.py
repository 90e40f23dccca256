"""An office on a database of its own for stories about time, with the demo's mail host."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from seeds import on_stage

from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage
from daemon.reader import Reader

ZONE = timezone(timedelta(hours=8))
MORNING = datetime(2018, 12, 28, 9, 0, tzinfo=ZONE)
"""A Friday. By the notice the Saturday after it is worked and the Monday is off."""


@pytest.fixture
def stage(host: MailHost, reader: Reader, tmp_path: Path, no_pictures: None) -> Iterator[Stage]:
    with on_stage(tmp_path, MORNING, host, reader) as made:
        yield made
