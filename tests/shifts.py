"""What several stories share."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import ground

from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage, take_stage
from daemon.reader import Reader

ZONE = timezone(timedelta(hours=8))
MORNING = datetime(2017, 5, 9, 9, 0, tzinfo=ZONE)


def reopened(folder: Path, host: MailHost, reader: Reader, *, url: str = "") -> Stage:
    """A fresh shift over the database that is there."""
    stage = ground.settled(take_stage(folder, host, reader, url=url or ground.url(folder / "huiyin.db")))
    stage.now = MORNING
    return stage
