"""An office's database: made once, copied for each test; PostgreSQL where HUIYIN_TEST_POSTGRES names one (marked debian)."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from office_builders import NOW
from sqlalchemy import Engine, text

from db import schema
from db.engine import open_engine


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("office") / "office.db"
    engine = open_engine(f"sqlite:///{path}")
    schema.init(engine, "office-1", NOW)
    engine.dispose()
    return path


@pytest.fixture
def sqlite(made_once: Path, tmp_path: Path) -> Iterator[Engine]:
    path = tmp_path / "office.db"
    shutil.copy(made_once, path)
    engine = open_engine(f"sqlite:///{path}")
    schema.check(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def postgres() -> Iterator[Engine]:
    url = os.environ.get("HUIYIN_TEST_POSTGRES")
    if not url:
        pytest.skip("HUIYIN_TEST_POSTGRES is not set: no PostgreSQL to try")
    engine = open_engine(url)
    with engine.begin() as cx:
        cx.execute(text("DROP SCHEMA public CASCADE"))
        cx.execute(text("CREATE SCHEMA public"))
        cx.execute(text("DROP FUNCTION IF EXISTS ledger_is_append_only"))
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.debian)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """The same story over both databases."""
    made: Engine = request.getfixturevalue(request.param)
    if request.param == "postgres":
        schema.init(made, "office-1", NOW)
    return made
