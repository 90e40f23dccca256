"""An office without mailboxes for the shield's stories: a real database, the demo's book, letters decided from values."""

import os
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest
from seeds import founded
from shield_office import BEGAN, Bench
from sqlalchemy import Engine, text

from daemon.books import read_chapters
from daemon.demo.cast import filled
from daemon.demo.stage import found_office, take_office
from db.engine import open_engine


@pytest.fixture(scope="session")
def filled_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's book as a folder, for commands."""
    folder = tmp_path_factory.mktemp("book")
    for name, data in filled(dict(read_chapters())).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


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


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.debian)])
def bench(
    request: pytest.FixtureRequest, tmp_path: Path, filled_book: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """An office at work, on each database; the settings of the environment name it."""
    if request.param == "sqlite":
        url = founded(tmp_path / "office.db", BEGAN)
    else:
        found_office(url := request.getfixturevalue("postgres_url"), BEGAN)
    monkeypatch.setenv("HUIYIN_DATABASE", url)
    monkeypatch.setenv("HUIYIN_BOOK", str(filled_book))
    monkeypatch.setenv("HUIYIN_COMPLAINT_SMTP", "smtps://tousu%40huiyin.example@smtp.huiyin.example:465")
    monkeypatch.setenv("HUIYIN_COMPLAINT_SMTP_PASSWORD", "for-tests")
    made = Bench(take_office(url))
    opened = [
        made.engine
    ]  # a command leaves its connections to the end of its process, which here is the end of the test

    def remembered(asked: str) -> Engine:
        opened.append(open_engine(asked))
        return opened[-1]

    for place in ("daemon.opening", "daemon.past_books"):
        monkeypatch.setattr(f"{place}.open_engine", remembered)
    yield made
    for each in opened:
        each.dispose()
