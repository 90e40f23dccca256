"""The office's own row, the ledger, and texts by hash."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, LargeBinary, Table, UniqueConstraint

from db.tables.columns import count, meta, word

office = Table(
    "office",
    meta,
    Column("one", Integer, primary_key=True, autoincrement=False),
    word("id"),
    word("began"),
    count("seq"),
    word("hash"),
    word("book", server_default=""),
    word("sending_stopped", server_default=""),
    count("sent_vouched", server_default="0"),
    CheckConstraint("one = 1", name="only_one_office"),
)
"""The pen locks this row. `seq` and `hash` are the ledger's end; `sending_stopped` says why nothing is sent, '' where it is (F32).

A person vouched for every letter of Sent whose row is not above `sent_vouched`.
"""

numbers = Table("numbers", meta, Column("year", Integer, primary_key=True, autoincrement=False), count("upto"))
"""Serials of the year that letters in Sent bear though this database never gave them: they are not given again (F32)."""

ledger = Table(
    "ledger",
    meta,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    word("cause"),
    count("n"),
    word("about"),
    word("kind"),
    count("v"),
    word("body"),
    word("warrant"),
    word("warrant_ref", server_default=""),
    word("actor", server_default=""),
    word("role", server_default=""),
    word("at"),
    word("book"),
    word("prev", unique=True),
    word("hash", unique=True),
    UniqueConstraint("cause", "n"),
    CheckConstraint("warrant IN ('rule', 'code', 'order', 'clock', 'world')", name="warrants"),
    CheckConstraint("warrant NOT IN ('code', 'order') OR warrant_ref <> ''", name="who_says"),
)
"""总账: append-only (triggers refuse UPDATE and DELETE), hash-chained, `(cause, n)` once."""
Index("ledger_about", ledger.c.about, ledger.c.seq)

texts = Table("texts", meta, word("sha256", primary_key=True), Column("bytes", LargeBinary, nullable=False))
"""Books and templates as they were."""

keys = Table("keys", meta, word("name", primary_key=True), word("value"))
"""Keys of the office's own, drawn once (`db.keys` alone reads them): in the database, so that a backup holds them."""
