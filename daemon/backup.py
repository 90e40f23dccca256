"""Backups as files: written aside and renamed (F14), read only when whole, retired by number; and the drill that tries one.

A file is gzip around the lines of `db.backup`, for its owner alone (A78). LIMITS: it holds identities; the office must guard where it is
carried to.
"""

import gzip
import os
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import BinaryIO

from sqlalchemy import Connection, Engine, func, select, text

from daemon.disk import why
from daemon.points import reach
from db import backup, checks, schema
from db.backup import BackupTrouble, Header, Seal
from db.engine import open_engine
from db.pen import look, pen_before_tables, spoken
from rules.policy.office import Limits
from rules.trouble import WorldTrouble
from rules.wording import wording

say, torn_words = wording("daemon"), wording("db")
LONGEST_LINE = 1 << 30
LEVEL = 6


@dataclass(frozen=True, slots=True)
class Drilled:
    """What a drill found: how the rebuilt office differs from the backup or breaks an invariant, and what came since (no fault)."""

    header: Header
    rows: int
    differences: tuple[str, ...]
    newer: tuple[str, ...]
    seconds: float


def write(engine: Engine, path: Path, now: datetime, version: str | None = None) -> Header:
    """Back the office up into the file. Raises WorldTrouble where the file cannot be written; then there is none under its name."""
    aside = path.with_name(f"{path.name}.{token_hex(4)}.aside")
    try:
        with _owners(aside) as file, look(engine) as cx:
            first = b""
            with gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=file, mtime=0) as packed:
                for line in backup.lines(cx, version or schema.wanted(), now):
                    first = first or line
                    packed.write(line)
        reach("export")
        aside.replace(path)
        _settled(path.parent)
    except OSError as trouble:
        raise WorldTrouble(say("backup-no-file", file=path, why=why(trouble))) from trouble
    finally:
        aside.unlink(missing_ok=True)
    return backup.header(first)


@contextmanager
def _owners(path: Path) -> Iterator[BinaryIO]:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _settled(folder: Path) -> None:
    """The name lasts too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(path: Path) -> Iterator[bytes]:
    """The lines of a file. Raises BackupTrouble where it is torn or none of ours, WorldTrouble where it cannot be read."""
    try:
        with gzip.open(path) as packed:
            yield from iter(lambda: packed.readline(LONGEST_LINE), b"")
    except (EOFError, zlib.error) as torn:
        raise BackupTrouble(torn_words("backup-torn")) from torn
    except gzip.BadGzipFile as other:
        key = "backup-torn" if "CRC" in str(other) or "length" in str(other) else "backup-foreign"
        raise BackupTrouble(torn_words(key)) from other
    except OSError as trouble:
        raise WorldTrouble(say("backup-no-file", file=path, why=why(trouble))) from trouble


def check(path: Path) -> tuple[Header, Seal]:
    """The backup, read to its end and known to be whole. Raises BackupTrouble, WorldTrouble."""
    header, seal = backup.checked(read(path))
    known = schema.versions()
    if header.schema not in known:
        raise BackupTrouble(torn_words("backup-newer-schema", found=header.schema[:20], wanted=known[0]))
    return header, seal


def restore(engine: Engine, path: Path, *, live: bool = True) -> Header:
    """Rebuild the office in an empty database, whole or not at all, and move it to this program's version.

    `live`: it will be worked with, so nothing leaves before Sent was compared (F32). Raises BackupTrouble, SchemaTrouble, StoreTrouble.
    """
    header, _ = check(path)
    schema.make_room(engine)
    with pen_before_tables(engine) as cx:
        schema.move(cx, header.schema)
        backup.load(cx, read(path))
        schema.move(cx)
        if live:
            backup.mark_restored(cx)
    return header


def retire(path: Path, keep: int) -> list[Path]:
    """Delete all but the newest `keep` backups of this office beside the file; other files are left alone. Returns what went."""
    ours = _header_of(path)
    siblings = [found for found in path.parent.glob(f"*{path.suffix}") if found.is_file()]
    same = [
        (header.at, found)
        for found in siblings
        if (header := _header_of(found)) and ours and header.office == ours.office
    ]
    gone = [found for _, found in sorted(same, reverse=True)[max(keep, 1) :] if found != path]
    for found in gone:
        found.unlink(missing_ok=True)
    return gone


def _header_of(path: Path) -> Header | None:
    try:
        return backup.header(next(iter(read(path)), b""))
    except (BackupTrouble, WorldTrouble):
        return None


def drill(engine: Engine, path: Path, now: datetime, limits: Limits) -> Drilled:
    """Rebuild the backup in a scratch place of the same kind of database, audit it, compare it with the backup, and clear it away."""
    began = time.monotonic()
    header, seal = check(path)
    with scratch(engine) as place:
        restore(place, path, live=False)
        with look(place) as cx:
            problems = [
                f"{found.invariant} {found.where} {found.says}"
                for found in checks.every(cx, now, deep=True, limits=limits)
            ]
            if header.schema == schema.wanted():
                again = _sealed(backup.lines(cx, header.schema, header.at))
                problems += [] if again == seal else [say("drill-differs")]
            there = _counts(cx)
        place.dispose()
    newer = _newer(engine, there)
    return Drilled(header, seal.rows, tuple(problems), newer, time.monotonic() - began)


def _sealed(lines: Iterator[bytes]) -> Seal:
    return backup.checked(lines)[1]


def _counts(cx: Connection) -> dict[str, int]:
    return {table.name: cx.execute(select(func.count()).select_from(table)).scalar_one() for table in backup.shape(cx)}


def _newer(engine: Engine, there: dict[str, int]) -> tuple[str, ...]:
    """What the office has written since the backup."""
    with look(engine) as cx:
        here = _counts(cx)
    return tuple(
        say("drill-newer", table=name, more=count - there.get(name, 0))
        for name, count in sorted(here.items())
        if count > there.get(name, 0)
    )


@contextmanager
def scratch(engine: Engine) -> Iterator[Engine]:
    """An empty database like the given one: a file in a folder that vanishes, or a schema of its own on the same server."""
    if engine.dialect.name == "sqlite":
        with TemporaryDirectory(
            prefix="huiyin-drill-", dir=Path(engine.url.database or "").absolute().parent
        ) as folder:
            yield open_engine(f"sqlite:///{folder}/drill.db")
        return
    name = f"huiyin_drill_{token_hex(6)}"
    with spoken(engine), engine.begin() as cx:
        cx.execute(text(f"CREATE SCHEMA {name}"))
    try:
        yield open_engine(
            engine.url.update_query_dict({"options": f"-csearch_path={name}"}).render_as_string(hide_password=False)
        )
    finally:
        with spoken(engine), engine.begin() as cx:
            cx.execute(text(f"DROP SCHEMA {name} CASCADE"))
