"""A backup: the whole office as lines of JSON, the same from either database, sealed by a hash at its end.

    {"huiyin-backup": 1, "schema": "0003", "office": "…", "at": "…", "seq": 812, "hash": "…"}
    {"table": "folders", "columns": ["id", "mailbox", …]}
    [1, "complaint", …]                          one row a line, bytes as {"b": "<base64>"}
    {"rows": 4711, "sha256": "<of every byte before this line>"}

Rows follow their keys, tables follow what they refer to; a row at a time is in memory. LIMITS: a row is as big as its letter.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import chain
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, Text, func, insert, inspect, select, text, update
from sqlalchemy.types import LargeBinary

from db import tables as t
from db.ledger import head
from db.moment import kept, read
from rules.trouble import SchemaTrouble
from rules.wording import wording

say = wording("db")
FORMAT = 1
MARK = "huiyin-backup"
VERSIONS = "alembic_version"
BATCH_ROWS, BATCH_BYTES = 200, 4 << 20
RESTORED = "restored"
"""`office.sending_stopped` until Sent was compared with the ledger's end (F32)."""


class BackupTrouble(SchemaTrouble):
    """The file is no backup of ours, of a newer program, or torn; nothing was written."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a backup says of itself first: `seq` and `hash` are the ledger's end."""

    schema: str
    office: str
    at: datetime
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Seal:
    """What it says last."""

    rows: int
    sha256: str


def lines(cx: Connection, version: str, at: datetime) -> Iterator[bytes]:
    """The office of one moment (a look) as lines."""
    digest, rows = sha256(), 0
    for line in chain([_header(cx, version, at)], _tables(cx)):
        rows += line.startswith(b"[")
        digest.update(line)
        yield line
    yield _line({"rows": rows, "sha256": digest.hexdigest()})


def _header(cx: Connection, version: str, at: datetime) -> bytes:
    end, office = head(cx), cx.execute(select(t.office.c.id)).scalar_one()
    return _line({MARK: FORMAT, "schema": version, "office": office, "at": kept(at), "seq": end.seq, "hash": end.hash})


def _tables(cx: Connection) -> Iterator[bytes]:
    for table in shape(cx):
        yield _line({"table": table.name, "columns": [column.name for column in table.columns]})
        for row in _streamed(cx, table):
            yield _line([_plain(value) for value in row])


def _streamed(cx: Connection, table: Table) -> Iterator[Any]:
    """The table's rows by their key. Letters are asked for one at a time, small rows by the hundred."""
    bulky = any(isinstance(column.type, LargeBinary) for column in table.columns)
    order = [_ordered(cx, column) for column in table.primary_key.columns]
    yield from cx.execution_options(yield_per=1 if bulky else 500).execute(select(table).order_by(*order))


def _ordered(cx: Connection, column: Column[Any]) -> Any:
    """Text in the order of its code points on both databases."""
    return column.collate("C") if cx.dialect.name == "postgresql" and isinstance(column.type, Text) else column


def shape(cx: Connection) -> list[Table]:
    """The tables as the database itself has them, of whatever version, each after those it refers to."""
    found = MetaData()
    found.reflect(cx)
    return [table for table in found.sorted_tables if table.name != VERSIONS]


def _plain(value: Any) -> Any:
    return {"b": b64encode(value).decode("ascii")} if isinstance(value, bytes | memoryview) else value


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def header(line: bytes) -> Header:
    """The first line. Raises BackupTrouble where it is not one of ours, or of a newer program."""
    given = _object(line)
    if given is None or MARK not in given:
        raise BackupTrouble(say("backup-foreign"))
    if given[MARK] != FORMAT:
        raise BackupTrouble(say("backup-newer", found=str(given[MARK])[:20], wanted=FORMAT))
    try:
        return Header(
            str(given["schema"]), str(given["office"]), read(given["at"]), int(given["seq"]), str(given["hash"])
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise BackupTrouble(say("backup-torn")) from wrong


def checked(given: Iterable[bytes]) -> tuple[Header, Seal]:
    """Read a backup to its end. Raises BackupTrouble where a byte is missing or another."""
    digest, rows, last, first = sha256(), 0, b"", None
    for line in given:
        if first is None:
            first = header(line)
        else:
            digest.update(last)
            rows += last.startswith(b"[")
        last = line
    if first is None:
        raise BackupTrouble(say("backup-foreign"))
    seal = _object(last)
    if seal != {"rows": rows, "sha256": digest.hexdigest()}:
        raise BackupTrouble(say("backup-torn"))
    return first, Seal(rows, digest.hexdigest())


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def load(cx: Connection, given: Iterable[bytes]) -> None:
    """The rows of a checked backup into tables of its own version, which are there and empty."""
    tables = {table.name: table for table in shape(cx)}
    table: Table | None = None
    columns: list[str] = []
    batch: list[list[Any]] = []
    size = 0
    for line in given:
        value = json.loads(line)
        if isinstance(value, dict):
            _put(cx, table, columns, batch)
            batch, size = [], 0
            table, columns = tables.get(value.get("table", "")), value.get("columns", [])
            continue
        batch.append([_again(item) for item in value])
        size += len(line)
        if len(batch) == BATCH_ROWS or size > BATCH_BYTES:
            _put(cx, table, columns, batch)
            batch, size = [], 0
    _number_on(cx, tables.values())


def _put(cx: Connection, table: Table | None, columns: list[str], batch: list[list[Any]]) -> None:
    if batch and table is None:
        raise BackupTrouble(say("backup-torn"))
    if batch and table is not None:
        cx.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in batch])


def _again(value: Any) -> Any:
    return b64decode(value["b"]) if isinstance(value, dict) else value


def _number_on(cx: Connection, tables: Iterable[Table]) -> None:
    """PostgreSQL counts ids apart from the rows: the next one follows those that were put in."""
    if cx.dialect.name != "postgresql":
        return
    for table in tables:
        own = inspect(cx).get_columns(table.name)
        if not any(column["name"] == "id" and column.get("autoincrement") for column in own):
            continue
        last = cx.execute(select(func.max(table.c.id))).scalar()
        named = cx.execute(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name}).scalar()
        if last and named:
            cx.execute(text("SELECT setval(CAST(:named AS regclass), :last)"), {"named": named, "last": last})


def mark_restored(cx: Connection) -> None:
    """Nothing is decided or sent until Sent was compared with what the ledger knows (F32)."""
    cx.execute(update(t.office).values(sending_stopped=RESTORED))
