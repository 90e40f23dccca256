"""What the tables are made of: the one collection of them, and text as both databases take it."""

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from db.engine import clean

meta = MetaData()


class Written(TypeDecorator[str]):
    """Text that comes from outside: what neither database takes shows as U+FFFD, when written and when asked for (F36)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Cleaned on its way in."""
        return None if value is None else clean(value)


def number() -> Column[int]:
    """A row's own number; it never leaves the database."""
    return Column("id", Integer, primary_key=True, autoincrement=True)


def word(name: str, **more: Any) -> Column[str]:
    """Text of our own making: names of states, hashes, times; never null."""
    return Column(name, Text, nullable=False, **more)


def told(name: str, **more: Any) -> Column[str]:
    """Text from outside; never null."""
    return Column(name, Written, nullable=False, **more)


def count(name: str, **more: Any) -> Column[int]:
    """A small whole number; never null."""
    return Column(name, Integer, nullable=False, **more)


def unsigned(name: str, *, nullable: bool = False) -> Column[int]:
    """A number of the mail protocol: up to 2^32 - 1, which a 32-bit column of PostgreSQL cannot hold."""
    return Column(name, BigInteger, nullable=nullable)


def line(name: str = "seq", *, nullable: bool = False) -> Column[int]:
    """The ledger line that stands behind the row."""
    return Column(name, Integer, ForeignKey("ledger.seq"), nullable=nullable)
