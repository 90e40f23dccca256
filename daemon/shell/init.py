"""`init`: makes the database, or moves it to this program's version; the office begins now unless HUIYIN_START says otherwise."""

import argparse
from typing import TYPE_CHECKING
from uuid import uuid4

from daemon.shell._showing import moment, say

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Engine


def arguments(_parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(options: argparse.Namespace) -> int:
    """Make or move the schema."""
    from daemon.opening import settings
    from db import schema
    from db.engine import open_engine

    given = settings()
    engine = open_engine(given.database)
    _keep_the_old(engine, moment(options))
    made = schema.init(engine, uuid4().hex, given.start or moment(options))
    print(say("init-made" if made else "init-moved", version=schema.wanted()))
    return 0


def _keep_the_old(engine: "Engine", now: "datetime") -> None:
    """A database that will be moved to another version is backed up first (F37)."""
    from pathlib import Path

    from daemon import backup
    from db import schema

    version = schema.found(engine) if schema.exists(engine) else None
    if version is None or version == schema.wanted() or version not in schema.versions():
        return
    file = Path(f"{engine.url.database}.before-{schema.wanted()}.backup").absolute()
    backup.write(engine, file, now, version)
    print(say("init-backup", file=file))
