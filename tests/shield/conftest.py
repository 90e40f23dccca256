"""An office without mailboxes for the shield's stories: a real database, the demo's book, letters decided from values."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from seeds import founded
from shield_office import BEGAN, Bench

from daemon.books import read_chapters
from daemon.demo.cast import filled
from daemon.demo.stage import take_office


@pytest.fixture(scope="session")
def filled_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's book as a folder, for commands."""
    folder = tmp_path_factory.mktemp("book")
    for name, data in filled(dict(read_chapters())).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def bench(tmp_path: Path, filled_book: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """An office at work; the settings of the environment name it."""
    url = founded(tmp_path / "office.db", BEGAN)
    monkeypatch.setenv("HUIYIN_DATABASE", url)
    monkeypatch.setenv("HUIYIN_BOOK", str(filled_book))
    monkeypatch.setenv("HUIYIN_COMPLAINT_SMTP", "smtps://tousu%40huiyin.example@smtp.huiyin.example:465")
    monkeypatch.setenv("HUIYIN_COMPLAINT_SMTP_PASSWORD", "for-tests")
    made = Bench(take_office(url))
    yield made
    made.engine.dispose()
