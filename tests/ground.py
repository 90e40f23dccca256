"""Where stories are told: on SQLite and the embedded mail host; with HUIYIN_STORIES=debian on Debian's PostgreSQL, Dovecot and Postfix.

There HUIYIN_TEST_POSTGRES names the server: each office has a database of its own, a copy of one that was made once (`seeds`), dropped
behind the test. Dovecot and Postfix are started once in a process; each story finds their mailboxes empty.
A story that can be told in one place alone says why: `@pytest.mark.on_double("…")` keeps the embedded mail host, `on_sqlite("…")` the file.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Connection, Engine, event, make_url

from daemon.demo.cast import accounts
from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage

if TYPE_CHECKING:  # else only loaded where stories are told on them
    import psycopg
    from debian_mail import DebianMail, DebianPair

DEBIAN = os.environ.get("HUIYIN_STORIES", "") == "debian"
SERVER = os.environ.get("HUIYIN_TEST_POSTGRES", "")
TESTS = Path(__file__).parent
IMPORTED = re.compile(r"^\s*(?:from|import) (\w+)", re.MULTILINE)
OPENED: set[Engine] = set()
"""Held until the test ends: what a command opened would else be gone before it is closed."""
MADE: set[str] = set()
"""Databases of offices."""
SEEDS: set[str] = set()
"""Databases that are copied."""
on_sqlite: list[str] = []
"""Why the test that runs now stays on SQLite; empty where it need not."""


def lacking() -> str:
    """Why stories cannot be told on Debian's servers here; '' where they can, or need not."""
    if not DEBIAN:
        return ""
    from debian_host import missing

    return missing() if SERVER else "HUIYIN_TEST_POSTGRES is not set: HUIYIN_STORIES=debian needs a PostgreSQL"


def on_postgres() -> bool:
    """Whether an office that is made now has a PostgreSQL database."""
    return DEBIAN and not on_sqlite


def url(path: Path) -> str:
    """The database of the office of which this path is the file on SQLite."""
    return url_of(name_of(path)) if on_postgres() else f"sqlite:///{path}"


def place(path: Path) -> str:
    """An empty place for an office of which this path is the file on SQLite; its URL."""
    return create(name_of(path)) if on_postgres() else f"sqlite:///{path}"


def name_of(path: Path) -> str:
    """What the PostgreSQL database is called whose file this path is on SQLite."""
    return f"story_{sha256(str(path).encode()).hexdigest()[:20]}"


def url_of(database: str) -> str:
    return make_url(SERVER).set(database=database).render_as_string(hide_password=False)


def create(database: str, template: str = "template1") -> str:
    """A new database, in the place of the one that has the name; its URL."""
    drop(database)
    MADE.add(database)
    _server().execute(f"CREATE DATABASE {database} TEMPLATE {template}")
    return url_of(database)


def create_seed(template: str = "template1") -> str:
    """A new database that lives as long as this process; its name."""
    name = f"seed_{token_hex(8)}"
    SEEDS.add(name)
    _server().execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


def drop(*databases: str) -> None:
    for name in databases:
        _server().execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        MADE.discard(name)


@event.listens_for(Engine, "engine_connect")
def _opened(connection: Connection) -> None:
    OPENED.add(connection.engine)


def close_databases() -> None:
    """Close whatever this process has open; what goes on with one opens it anew."""
    for engine in tuple(OPENED):
        engine.dispose()
    OPENED.clear()


class Embedded(MailHost):
    """The embedded mail host, with what people and servers do on either of the two."""

    def set_password(self, address: str, password: str, service: str = "imap") -> None:
        """Another code for the mailbox ("imap"), or for handing letters in ("smtp")."""
        if service == "imap":
            self.store.accounts[address].password = password
        else:
            self.smtp.accounts[address] = password

    def renumber(self, address: str) -> None:
        """The inbox counts anew: a new UIDVALIDITY."""
        self.box(address).validity += 1

    def move(self, address: str, folder: str) -> None:
        """Somebody moves the newest letter of the inbox."""
        moved = self.folder(address)[-1]
        self.box(address).expunge(moved.uid)
        self.deliver(address, moved.raw, folder, internaldate=moved.internaldate)


@contextmanager
def mail_host(request: pytest.FixtureRequest, *, accept_any: bool = False) -> "Iterator[Embedded | DebianMail]":
    """An empty mail host for the cast; with `accept_any` it takes letters for anybody, for citizens without a mailbox here."""
    if DEBIAN and request.node.get_closest_marker("on_double") is None:
        yield _pair().fresh(accept_any=accept_any)
        return
    with Embedded(accounts=accounts(), accept_any=accept_any) as running:
        yield running


def tells(item: pytest.Item) -> bool:
    """Whether the test makes an office: its module, or that of a fixture it asks for, takes one from `seeds` or from here."""
    fixtures = {
        Path(made.func.__code__.co_filename) for found in item._fixtureinfo.name2fixturedefs.values() for made in found
    }
    return any(
        _makes_offices(file) for file in {item.path, *fixtures} - {TESTS / "conftest.py"} if TESTS in file.parents
    )


@cache
def _makes_offices(file: Path) -> bool:
    waiting, seen = [file], {file}
    while waiting:
        here = waiting.pop()
        names = set(IMPORTED.findall(here.read_text("utf-8")))
        if names & {"ground", "seeds"}:
            return True
        near = {place / f"{name}.py" for name in names for place in (here.parent, TESTS)} - seen
        waiting += [other for other in near if other.exists()]
        seen |= near
    return False


def settled(stage: Stage) -> Stage:
    """The stage, where on real servers a letter that was handed in has arrived before the office polls."""
    if not isinstance(stage.host, MailHost):
        from debian_mail import Awaiting

        stage.rounds.mailboxes = {name: Awaiting(box, stage.host) for name, box in stage.rounds.mailboxes.items()}
    return stage


def leave() -> None:
    """End what this process has started."""
    if _pair.cache_info().currsize:
        _pair().__exit__(None, None, None)
        _pair.cache_clear()
    if _server.cache_info().currsize:
        drop(*tuple(MADE), *tuple(SEEDS))
        _server().close()
        _server.cache_clear()


@cache
def _server() -> "psycopg.Connection":
    import psycopg

    plain = make_url(SERVER).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True)


@cache
def _pair() -> "DebianPair":
    from debian_mail import DebianPair

    return DebianPair(accounts()).__enter__()
