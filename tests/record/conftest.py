"""The demo's story, played once: an office with a case that was sent back, redone and closed; each test gets its own copy of the database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import ground
import pytest
from record_office import MORNING
from seeds import copied, staged

from daemon.demo.story import scenes
from daemon.office import Office
from daemon.reader import Reader
from db.engine import open_engine


@pytest.fixture(scope="session")
def played(
    tmp_path_factory: pytest.TempPathFactory, reader: Reader, request: pytest.FixtureRequest
) -> Iterator[tuple[Office, Path]]:
    """The office after the story, and its database's file."""
    folder = tmp_path_factory.mktemp("story")
    with ground.mail_host(request) as host:
        stage = staged(folder, MORNING - timedelta(days=1), host, reader)
        stage.now = MORNING
        host.now = lambda: stage.now
        stage.rounds.begin(stage.now)
        for scene in scenes():
            stage.now = scene.at
            if scene.act:
                scene.act(stage, scene.at)
            else:
                stage.rounds.tick(scene.at)
            stage.rounds.whole(scene.at)
        stage.now = stage.now.replace(hour=16, minute=40) + timedelta(days=1)
        stage.rounds.tick(stage.now)
        stage.close()
        stage.rounds.office.engine.dispose()
        yield stage.rounds.office, folder / "huiyin.db"


@pytest.fixture
def office(played: tuple[Office, Path], tmp_path: Path) -> Iterator[Office]:
    """A copy of that office."""
    at_work, path = played
    engine = open_engine(copied(path, tmp_path / "huiyin.db"))
    yield replace(at_work, engine=engine)
    engine.dispose()
