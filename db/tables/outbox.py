"""What leaves and what waits for a person: outbox, its papers and codes, questions, orders."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from db.tables.columns import count, line, meta, number, told, word

QUEUED = text("state = 'queued'")
IN_THE_AIR = text("state IN ('sending', 'unknown')")
SENT = text("state = 'sent'")
COUNTED = text("audience = 'complainant' AND automatic = 1")
OPEN = text("answered IS NULL")

outbox = Table(
    "outbox",
    meta,
    number(),
    word("occasion", unique=True),
    line(),
    word("about"),
    word("audience"),
    word("party"),
    told("to_address"),
    told("to_domain"),
    word("mailbox"),
    word("template"),
    told("words"),
    told("text"),
    Column("raw", LargeBinary, nullable=False),
    word("raw_sha256"),
    word("message_id", unique=True),
    word("state"),
    count("attempt", server_default="0"),
    count("manner", server_default="0"),
    count("round", server_default="0"),
    count("rank"),
    count("automatic", server_default="1"),
    word("not_before", server_default=""),
    word("since"),
    word("made"),
    told("answer", server_default=""),
    told("queue_id", server_default=""),
    Column("instead_of", Integer, ForeignKey("outbox.id")),
    CheckConstraint(
        "state IN ('queued', 'stopped', 'sending', 'unknown', 'sent', 'refused', 'withdrawn')", name="outbox_states"
    ),
    CheckConstraint("occasion <> ''", name="has_occasion"),
)
"""发件: `manner` 1 = written anew from the alternative template (F71); `automatic` letters count against a day's number (NO-LOOP)."""
Index("outbox_due", outbox.c.mailbox, outbox.c.rank, outbox.c.id, sqlite_where=QUEUED, postgresql_where=QUEUED)
Index("outbox_air", outbox.c.id, sqlite_where=IN_THE_AIR, postgresql_where=IN_THE_AIR)
Index("outbox_sent", outbox.c.mailbox, outbox.c.since, sqlite_where=SENT, postgresql_where=SENT)
Index("outbox_to", outbox.c.to_address, outbox.c.made, sqlite_where=COUNTED, postgresql_where=COUNTED)
Index("outbox_domain", outbox.c.to_domain, outbox.c.made, sqlite_where=COUNTED, postgresql_where=COUNTED)
Index("outbox_about", outbox.c.about)

papers = Table(
    "papers",
    meta,
    Column("outbox", Integer, ForeignKey("outbox.id"), nullable=False),
    count("n"),
    Column("sha256", Text, ForeignKey("blobs.sha256"), nullable=False),
    told("name"),
    PrimaryKeyConstraint("outbox", "n"),
)

codes = Table(
    "codes",
    meta,
    word("hash", primary_key=True),
    Column("outbox", Integer, ForeignKey("outbox.id"), nullable=False, unique=True),
    word("about"),
    word("party"),
    told("address"),
    line("spent", nullable=True),
)
"""回信码, stored hashed. `spent` is the line in which it acted: it acts no more (A7)."""

questions = Table(
    "questions",
    meta,
    word("id", primary_key=True),
    word("key"),
    word("kind"),
    line(),
    word("about"),
    word("letter", server_default=""),
    word("outbox", server_default=""),
    word("role"),
    word("choices"),
    told("proposal"),
    word("asked"),
    line("answered", nullable=True),
)
"""待定事项: open while no ledger line answers it; one open question a key."""
Index("questions_open", questions.c.key, unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
Index("questions_about", questions.c.about)
Index("questions_outbox", questions.c.outbox)

orders = Table(
    "orders",
    meta,
    word("id", primary_key=True),
    word("letter", server_default=""),
    told("actor"),
    word("channel"),
    told("verb"),
    word("question", server_default=""),
    word("at"),
)
