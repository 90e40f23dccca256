"""An office that can be set on either database, and a PostgreSQL database for each test that wants one (marked debian).

Where stories are told on Debian's servers (`ground`) it is on PostgreSQL alone, and its mail host is Dovecot and Postfix.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from secrets import token_hex

import ground
import pytest
from seeds import on_stage
from shifts import MORNING
from sqlalchemy import Engine, text

from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage
from daemon.reader import Reader
from db.engine import open_engine


@pytest.fixture
def host(request: pytest.FixtureRequest) -> Iterator[MailHost]:
    with ground.mail_host(request, accept_any=True) as running:
        running.now = lambda: MORNING
        yield running


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """A new database of its own on the server that HUIYIN_TEST_POSTGRES names."""
    server = os.environ.get("HUIYIN_TEST_POSTGRES")
    if not server:
        pytest.skip("HUIYIN_TEST_POSTGRES is not set: no PostgreSQL to try")
    name = f"huiyin_{token_hex(6)}"
    engine = open_engine(server)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as cx:
        cx.execute(text(f"CREATE DATABASE {name}"))
    yield engine.url.set(database=name).render_as_string(hide_password=False)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as cx:
        cx.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(params=["debian"] if ground.DEBIAN else ["sqlite", pytest.param("postgres", marks=pytest.mark.debian)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty place for an office, on each database."""
    if request.param == "postgres":
        made: str = request.getfixturevalue("postgres_url")
        return made
    return ground.place(tmp_path / "huiyin.db")


@pytest.fixture
def stage(url: str, host: MailHost, reader: Reader, tmp_path: Path) -> Iterator[Stage]:
    with on_stage(tmp_path, MORNING, host, reader, url=url) as made:
        made.rounds.begin(made.now)
        yield made


@pytest.fixture
def database() -> Iterator[Callable[[str], Engine]]:
    """Opens databases; all are closed at the end."""
    opened: list[Engine] = []

    def at(url: str) -> Engine:
        opened.append(open_engine(url))
        return opened[-1]

    yield at
    for engine in opened:
        engine.dispose()
