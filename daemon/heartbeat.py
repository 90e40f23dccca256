"""The heartbeat of `run`: what it says of itself every second beside the database, and what `health` makes of it.

A run that stands by beats into a file of its own, so that a second machine is well too. LIMITS: files of this machine alone; for PostgreSQL
they lie in the working folder.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from daemon.logs import event, lost
from db.engine import open_engine
from rules.wording import wording

say = wording("daemon")
SLACK = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Health:
    """Whether an office is served, and the sentence that says so."""

    well: bool
    says: str


def heartbeat_of(url: str) -> Path:
    """Where the heartbeat lies: beside a SQLite file, else in the working folder. Raises SettingsTrouble for a URL that is none."""
    return Path(f"{open_engine(url).url.database}.heartbeat").absolute()


def standby_of(url: str) -> Path:
    """Where a run beats that waits for the shift."""
    return heartbeat_of(url).with_suffix(".standby")


def beat(path: Path, says: Mapping[str, object]) -> None:
    """Write one beat, whole, with the log lines lost so far (F18); a folder that cannot be written is said and does not stop anything."""
    aside = path.with_name(f"{path.name}.aside")
    try:
        aside.write_text(json.dumps({**says, "lost": lost()}, ensure_ascii=False), "utf-8")
        aside.replace(path)
    except OSError as trouble:
        event("heartbeat.lost", why=trouble.strerror or "")


def examine(url: str, now: datetime) -> Health:
    """Whether somebody serves the office here, or stands by."""
    told = _fresh(heartbeat_of(url), now)
    if told is not None and "desk" in told.get("alive", ()):
        return _served(told)
    if _fresh(standby_of(url), now) is not None:
        return Health(well=True, says=say("health-standby"))
    path = heartbeat_of(url)
    if not path.exists():
        return Health(well=False, says=say("health-none", path=path))
    return Health(well=False, says=say("health-late", minutes=int(_age(path, now).total_seconds() // 60)))


def lines_lost(url: str, now: datetime) -> str:
    """What a person must know of log lines that who serves the office here could not write (F18); '' where none was lost."""
    return _lost(_fresh(heartbeat_of(url), now) or {})


def _lost(told: dict[str, Any]) -> str:
    count = told.get("lost")
    return say("log-lost", count=count) if isinstance(count, int) and count else ""


def _served(told: dict[str, Any]) -> Health:
    """Well while the work is done: lines that are lost are said, and are no reason to restart it."""
    troubles = told.get("troubles")
    if isinstance(troubles, dict) and troubles:
        says = say("health-troubled", troubles="；".join(map(str, troubles.values())))
        return Health(well=False, says=says + _lost(told))
    return Health(well=True, says=say("health-ok") + _lost(told))


def _fresh(path: Path, now: datetime) -> dict[str, Any] | None:
    """What the file says, where it was written within its own interval."""
    try:
        told = json.loads(path.read_text("utf-8"))
        late = _age(path, now) > timedelta(seconds=float(told["every"])) + SLACK
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return None if late or not isinstance(told, dict) else told


def _age(path: Path, now: datetime) -> timedelta:
    return now - datetime.fromtimestamp(path.stat().st_mtime, UTC)
