"""The schema's version: made and moved by `init`, checked by every other command, in one sentence (F37, F38)."""

import os
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, inspect, select, text
from sqlalchemy.exc import DatabaseError

from db import tables as t
from db.ledger import GENESIS
from db.moment import kept, read
from db.pen import look, pen_before_tables, spoken
from rules.trouble import SchemaTrouble, StoreTrouble
from rules.wording import wording

say = wording("db")
OURS = "office"
MIGRATIONS = Path(__file__).parent / "migrations"


VERSION = text("SELECT version_num FROM alembic_version")


def versions() -> tuple[str, ...]:
    """Every version this program knows, the one it needs first: each is a file whose name begins with its number.

    Read from the names, so that a daemon that moves nothing need not hold Alembic in memory (8 MB).
    """
    return tuple(sorted((path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")), reverse=True))


def wanted() -> str:
    """The version this program needs."""
    return versions()[0]


def found(engine: Engine) -> str | None:
    """The database's version; None where it has none. Raises SchemaTrouble where the database is somebody else's."""
    try:
        with look(engine) as cx:
            names = set(inspect(cx).get_table_names())
            version = cx.execute(VERSION).scalar() if "alembic_version" in names else None
    except StoreTrouble as trouble:
        if not isinstance(trouble.__cause__, DatabaseError) or "not a database" not in str(trouble.__cause__):
            raise
        raise SchemaTrouble(say("schema-foreign", url=_shown(engine))) from trouble
    if names and (version is None or OURS not in names):
        raise SchemaTrouble(say("schema-foreign", url=_shown(engine)))
    return version


def check(engine: Engine) -> None:
    """Raises SchemaTrouble where the database is not of this program's version: both versions and the command to run. Writes nothing then."""
    version = found(engine) if exists(engine) else None
    if version is None:
        raise SchemaTrouble(say("schema-none", url=_shown(engine)))
    known = versions()
    if version != known[0]:
        key = "schema-older" if version in known else "schema-newer"
        raise SchemaTrouble(say(key, found=version, wanted=known[0]))
    _ahead(engine)


def init(engine: Engine, office_id: str, began: datetime) -> bool:
    """Make or move the schema, old or new and never between. True where the office was made now. Raises SchemaTrouble, StoreTrouble."""
    make_file(engine)
    version, known = found(engine), versions()
    if version is not None and version not in known:
        raise SchemaTrouble(say("schema-newer", found=version, wanted=known[0]))
    _ahead(engine)
    with pen_before_tables(engine) as cx:
        move(cx)
        if cx.execute(select(t.office.c.one)).first():
            return False
        cx.execute(insert(t.office).values(one=1, id=office_id, began=kept(began), seq=0, hash=GENESIS))
        return True


def move(cx: Connection, version: str = "head") -> None:
    """Make or move the tables up to a version, in the transaction at hand."""
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    settings.attributes["connection"] = cx
    command.upgrade(settings, version)


def make_room(engine: Engine) -> None:
    """A database for `db.backup` to fill: there, and empty. Raises SchemaTrouble where something is in it, StoreTrouble."""
    make_file(engine)
    if found(engine) is not None:
        raise SchemaTrouble(say("restore-not-empty", url=_shown(engine)))
    _ahead(engine)


def began(engine: Engine) -> datetime:
    """When the office began: letters that arrived earlier are history."""
    with look(engine) as cx:
        return read(cx.execute(select(t.office.c.began)).scalar_one())


def office_id(engine: Engine) -> str:
    """The office's name for itself: two databases of one name are one office."""
    with look(engine) as cx:
        name: str = cx.execute(select(t.office.c.id)).scalar_one()
    return name


def _shown(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)


def exists(engine: Engine) -> bool:
    """Whether there is a file; a server answers for itself."""
    return engine.dialect.name != "sqlite" or Path(engine.url.database or "").exists()


def make_file(engine: Engine) -> None:
    """A new SQLite file is readable by its owner alone; SQLite gives the files beside it the same rights (A78)."""
    if exists(engine):
        return
    path = Path(engine.url.database or "")
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as trouble:
        raise StoreTrouble(say("cannot-open", path=path)) from trouble


def _ahead(engine: Engine) -> None:
    """SQLite writes ahead (WAL): the mode stays with the file; a restored copy may have lost it."""
    if engine.dialect.name != "sqlite":
        return
    with spoken(engine), engine.connect().execution_options(begin="") as cx:
        if cx.exec_driver_sql("PRAGMA journal_mode").scalar() != "wal":
            cx.exec_driver_sql("PRAGMA journal_mode=WAL")
