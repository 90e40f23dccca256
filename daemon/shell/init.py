"""`init`: makes the database, or moves it to this program's version; the office begins now unless HUIYIN_START says otherwise."""

import argparse
from uuid import uuid4

from daemon.shell._showing import moment, say


def arguments(_parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(options: argparse.Namespace) -> int:
    """Make or move the schema."""
    from daemon.opening import settings
    from db import schema
    from db.engine import open_engine

    given = settings()
    engine = open_engine(given.database)
    made = schema.init(engine, uuid4().hex, given.start or moment(options))
    print(say("init-made" if made else "init-moved", version=schema.wanted()))
    return 0
