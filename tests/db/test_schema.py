"""The schema: made by `init`, old or new and never between, and no command touches a database of another version (F37, F38)."""

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from office_builders import NOW, broken_at, die, in_a_child, later
from sqlalchemy import Engine, inspect, text

from db import schema
from db import tables as t
from db.engine import open_engine
from db.pen import look, pen_before_tables
from rules.trouble import SchemaTrouble, StoreTrouble


def shape(engine: Engine) -> dict[str, object]:
    """Everything a database says of its tables."""
    seen = inspect(engine)
    return {
        name: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in seen.get_columns(name)],
            seen.get_pk_constraint(name)["constrained_columns"],
            sorted((key["constrained_columns"], key["referred_table"]) for key in seen.get_foreign_keys(name)),
            sorted(key["column_names"] for key in seen.get_unique_constraints(name)),
            sorted((key["name"], str(key["column_names"]), bool(key["unique"])) for key in seen.get_indexes(name)),
            sorted(str(key["name"]) for key in seen.get_check_constraints(name)),
        )
        for name in seen.get_table_names()
        if name != "alembic_version"
    }


def test_the_versions_make_exactly_the_tables_of_the_code(engine: Engine):
    from_versions = shape(engine)
    with engine.begin() as cx:
        for statement in ("DROP TABLE IF EXISTS alembic_version",):
            cx.execute(text(statement))
        t.meta.drop_all(cx)
        t.meta.create_all(cx)

    assert from_versions == shape(engine)


def test_init_makes_the_office_once_and_may_be_run_again(engine: Engine):
    assert schema.init(engine, "office-2", later(60)) is False
    assert (schema.office_id(engine), schema.began(engine)) == ("office-1", NOW)
    assert schema.found(engine) == schema.wanted()
    schema.check(engine)


def test_a78_the_database_and_its_files_are_for_their_owner_alone(tmp_path: Path):
    engine = open_engine(f"sqlite:///{tmp_path}/office.db")
    schema.init(engine, "office-1", NOW)

    with look(engine):
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert set(modes.values()) == {0o600}
    assert {"office.db", "office.db-wal"} <= set(modes)


@pytest.mark.parametrize("nth", [*range(1, 100, 12), 200])
def test_f37_init_broken_off_before_a_statement_leaves_nothing_between(nth: int, tmp_path: Path):
    engine = open_engine(f"sqlite:///{tmp_path}/office.db")

    broken = broken_at(engine, nth, lambda: schema.init(engine, "office-1", NOW))

    names = set(inspect(engine).get_table_names())
    assert names == (set() if broken else {*t.meta.tables, "alembic_version"})
    assert schema.init(engine, "office-1", NOW) is broken
    schema.check(engine)


def test_f37_init_killed_by_the_system_can_be_run_again(tmp_path: Path):
    engine = open_engine(f"sqlite:///{tmp_path}/office.db")

    code = in_a_child(lambda: broken_at(engine, 30, lambda: schema.init(engine, "office-1", NOW), die) and None)

    assert code == -9
    assert inspect(engine).get_table_names() == []
    assert schema.init(engine, "office-1", NOW) is True


def empty(path: Path) -> None:
    path.write_bytes(b"")


def not_a_database(path: Path) -> None:
    path.write_bytes(b"Dear diary, this is no database at all. " * 100)


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database as other:
        other.execute("CREATE TABLE recipes (name TEXT)")


def foreign_with_alembic(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database as other:
        other.execute("CREATE TABLE alembic_version (version_num TEXT)")
        other.execute("INSERT INTO alembic_version VALUES ('0001')")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (empty, "python -m daemon init"),
        (not_a_database, "不是回音的"),
        (foreign, "不是回音的"),
        (foreign_with_alembic, "不是回音的"),
    ],
)
def test_f38_a_file_that_is_not_ours_is_told_and_not_written(make: Callable[[Path], None], says: str, tmp_path: Path):
    path = tmp_path / "office.db"
    make(path)
    before = path.read_bytes()

    with pytest.raises(SchemaTrouble, match=says) as told:
        schema.check(open_engine(f"sqlite:///{path}"))

    assert told.value.code == 78
    assert path.read_bytes() == before


@pytest.mark.parametrize("make", [not_a_database, foreign, foreign_with_alembic])
def test_f38_init_does_not_move_into_somebody_elses_database(make: Callable[[Path], None], tmp_path: Path):
    path = tmp_path / "office.db"
    make(path)
    before = path.read_bytes()

    with pytest.raises(SchemaTrouble):
        schema.init(open_engine(f"sqlite:///{path}"), "office-1", NOW)

    assert path.read_bytes() == before


def test_f38_a_database_that_is_not_there_is_not_made_by_a_check(tmp_path: Path):
    with pytest.raises(SchemaTrouble, match="init"):
        schema.check(open_engine(f"sqlite:///{tmp_path}/office.db"))

    assert list(tmp_path.iterdir()) == []


def test_f38_code_older_than_the_database_says_both_versions(engine: Engine):
    with engine.begin() as cx:
        cx.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(SchemaTrouble, match=f"9999.*{schema.wanted()}"):
        schema.check(engine)
    with pytest.raises(SchemaTrouble, match="9999"):
        schema.init(engine, "office-1", NOW)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.debian)])
def test_f38_a_database_older_than_the_code_names_the_command_and_init_moves_it(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
):
    made = open_engine(f"sqlite:///{tmp_path}/old.db") if kind == "sqlite" else request.getfixturevalue("postgres")
    with pen_before_tables(made) as cx:
        schema.move(cx, "0001")
        cx.execute(text("INSERT INTO office (one, id, began, seq, hash) VALUES (1, 'office-1', '2017', 0, '')"))

    with pytest.raises(SchemaTrouble, match=f"0001.*{schema.wanted()}.*init"):
        schema.check(made)

    assert schema.init(made, "office-2", NOW) is False
    schema.check(made)


def test_a_restored_copy_that_lost_its_journal_mode_gets_it_back(sqlite: Engine, tmp_path: Path):
    with sqlite.connect().execution_options(begin="") as cx:
        cx.execute(text("VACUUM INTO :path"), {"path": str(tmp_path / "copy.db")})
    copy = open_engine(f"sqlite:///{tmp_path}/copy.db")

    schema.check(copy)

    with look(copy) as cx:
        assert cx.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_init_where_no_file_can_be_made_says_so(tmp_path: Path):
    with pytest.raises(StoreTrouble, match="打不开数据库"):
        schema.init(open_engine(f"sqlite:///{tmp_path}/nowhere/office.db"), "office-1", NOW)


def test_the_names_of_the_migrations_are_their_versions_in_order():
    """Alembic says the same of them: each follows the one before."""
    settings = Config()
    settings.set_main_option("script_location", str(schema.MIGRATIONS))

    assert schema.versions() == tuple(
        script.revision for script in ScriptDirectory.from_config(settings).walk_revisions()
    )
