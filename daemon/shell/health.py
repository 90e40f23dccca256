"""`health`: whether `run` lives: exit 0, or 1 with the reason. For cron, systemd and Docker."""

import argparse
import json
from datetime import UTC, datetime, timedelta

from daemon.shell._showing import say

SLACK = timedelta(minutes=2)


def arguments(_parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(_options: argparse.Namespace) -> int:
    """Read the heartbeat."""
    from daemon.opening import settings
    from daemon.shell.run import heartbeat_of
    from rules.trouble import DONE, FOUND

    path = heartbeat_of(settings().database)
    try:
        beat = json.loads(path.read_text("utf-8"))
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError):
        print(say("health-none", path=path))
        return FOUND
    age = datetime.now(UTC) - written
    if age > timedelta(seconds=beat["every"]) + SLACK or "desk" not in beat["alive"]:
        print(say("health-late", minutes=int(age.total_seconds() // 60)))
        return FOUND
    print(say("health-ok"))
    return DONE
