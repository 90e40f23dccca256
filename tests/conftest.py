"""Makes `tests/` importable for what several stories share, and closes behind each test the databases it opened."""

from collections.abc import Iterator
from weakref import WeakSet

import pytest
from sqlalchemy import Connection, Engine, event

OPENED: WeakSet[Engine] = WeakSet()


@event.listens_for(Engine, "engine_connect")
def _opened(connection: Connection) -> None:
    OPENED.add(connection.engine)


@pytest.fixture(autouse=True)
def databases_are_closed() -> Iterator[None]:
    """From Python 3.13 on every connection that nobody closed is told of. A process of ours closes its own by ending; a test goes on."""
    yield
    for engine in tuple(OPENED):
        engine.dispose()
    OPENED.clear()
