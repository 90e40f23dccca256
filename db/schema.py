"""The schema's version: made and moved by `init`, checked by every other command, in one sentence (F37, F38)."""

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, insert, inspect, select

from db import tables as t
from db.ledger import GENESIS
from db.moment import kept, read
from db.pen import look, pen
from rules.trouble import SchemaTrouble
from rules.wording import wording

say = wording("db")
OURS = "office"


def config() -> Config:
    """Alembic's configuration: only where the versions lie."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return made


def wanted() -> str:
    """The version this program needs."""
    return ScriptDirectory.from_config(config()).get_current_head() or ""


def found(engine: Engine) -> str | None:
    """The database's version; None where it has none. Raises SchemaTrouble where the database is somebody else's."""
    with look(engine) as cx:
        names = set(inspect(cx).get_table_names())
        version = MigrationContext.configure(cx).get_current_revision() if "alembic_version" in names else None
    if names and (version is None or OURS not in names):
        raise SchemaTrouble(say("schema-foreign", url=_shown(engine)))
    return version


def _shown(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)


def check(engine: Engine) -> None:
    """Raises SchemaTrouble where the database is not of this program's version: both versions and the command to run. Writes nothing."""
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
        raise SchemaTrouble(say("schema-none", url=_shown(engine)))
    version = found(engine)
    if version is None:
        raise SchemaTrouble(say("schema-none", url=_shown(engine)))
    if version != wanted():
        known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
        key = "schema-older" if version in known else "schema-newer"
        raise SchemaTrouble(say(key, found=version, wanted=wanted()))


def init(engine: Engine, office_id: str, began: datetime) -> bool:
    """Make or move the schema, old or new and never between. True where the office was made now."""
    version = found(engine) if _exists(engine) else None
    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    if version is not None and version not in known:
        raise SchemaTrouble(say("schema-newer", found=version, wanted=wanted()))
    with pen_before_tables(engine) as cx:
        settings = config()
        settings.attributes["connection"] = cx
        command.upgrade(settings, "head")
        if cx.execute(select(t.office.c.one)).first():
            return False
        cx.execute(insert(t.office).values(one=1, id=office_id, began=kept(began), seq=0, hash=GENESIS))
        return True


def _exists(engine: Engine) -> bool:
    return engine.dialect.name != "sqlite" or Path(engine.url.database or "").exists()


def began(engine: Engine) -> datetime:
    """When the office began: letters that arrived earlier are history."""
    with look(engine) as cx:
        return read(cx.execute(select(t.office.c.began)).scalar_one())


def pen_before_tables(engine: Engine) -> AbstractContextManager[Connection]:
    """The pen where the office's row may not be there yet."""
    if engine.dialect.name == "sqlite":
        return pen(engine)
    return engine.begin()
