"""来件: where they were seen, their bytes, themselves, and what was read out of them."""

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
    UniqueConstraint,
    text,
)

from db.tables.columns import count, line, meta, number, told, unsigned, word

KEPT = text("state = 'kept'")

folders = Table(
    "folders",
    meta,
    number(),
    word("mailbox"),
    told("name"),
    word("role"),
    count("life"),
    unsigned("validity"),
    unsigned("cursor"),
    unsigned("cursor_size", nullable=True),
    Column("cursor_date", Text),
    Column("poll_began", Text),
    Column("poll_ended", Text),
    UniqueConstraint("mailbox", "name", "life"),
)
"""One row a life of a folder: a new life begins when UIDVALIDITY changes or the folder was made anew under the same one (F44–F46)."""

blobs = Table(
    "blobs",
    meta,
    word("sha256", primary_key=True),
    unsigned("size"),
    Column("bytes", LargeBinary),
    line("erased", nullable=True),
    CheckConstraint("bytes IS NOT NULL OR erased IS NOT NULL", name="kept_or_erased"),
)
"""原件: bytes under their hash, once."""

letters = Table(
    "letters",
    meta,
    number(),
    Column("sha256", Text, ForeignKey("blobs.sha256"), nullable=False, unique=True),
    word("received"),
    count("guessed", server_default="0"),
    word("state"),
    count("tries", server_default="0"),
    count("round", server_default="0"),
    told("message_id", server_default=""),
    word("text_key", server_default=""),
    word("whole_key", server_default=""),
    told("from_addr", server_default=""),
    told("subject", server_default=""),
    word("auth", server_default="none"),
    Column("disposition", Text),
    Column("kind", Text),
    line(nullable=True),
    CheckConstraint(
        "(state = 'decided') = (disposition IS NOT NULL) AND (state = 'decided') = (seq IS NOT NULL)",
        name="decided_once",
    ),
    CheckConstraint("disposition <> 'machine' OR kind IS NOT NULL", name="machine_named"),
    CheckConstraint("state IN ('kept', 'decided')", name="letter_states"),
    CheckConstraint("disposition IN ('opened', 'joined', 'contact', 'order', 'held', 'machine')", name="dispositions"),
)
"""One blob = one letter: the unit of accounting and decision. `text_key`, `whole_key`: see `db.copies` (F62)."""
Index("letters_waiting", letters.c.id, sqlite_where=KEPT, postgresql_where=KEPT)
Index("letters_message_id", letters.c.message_id)
Index("letters_whole_key", letters.c.whole_key)
Index("letters_from", letters.c.from_addr, letters.c.id)

sightings = Table(
    "sightings",
    meta,
    Column("folder", Integer, ForeignKey("folders.id"), nullable=False),
    unsigned("uid"),
    Column("letter", Integer, ForeignKey("letters.id")),
    Column("note", Text),
    Column("internaldate", Text),
    word("at"),
    PrimaryKeyConstraint("folder", "uid"),
    CheckConstraint("letter IS NOT NULL OR note IS NOT NULL", name="seen_or_noted"),
)
"""见件: a UID of a folder is a letter, or a note why it is none (vanished, withheld)."""
Index("sightings_letter", sightings.c.letter)

withheld = Table(
    "withheld",
    meta,
    Column("folder", Integer, ForeignKey("folders.id"), nullable=False),
    unsigned("uid"),
    count("polls"),
    PrimaryKeyConstraint("folder", "uid"),
)
"""In how many polls a UID was asked for in vain: at the third it is noted and those behind it come (F41)."""

readings = Table(
    "readings",
    meta,
    word("sha256"),
    word("reader"),
    told("body", server_default=""),
    told("name", server_default=""),
    Column("clean", Text, ForeignKey("blobs.sha256")),
    word("why_not", server_default=""),
    PrimaryKeyConstraint("sha256", "reader"),
)
"""What a reader made of a paper: a cache, except the clean copies (`copy:<letter>`) that letters to units carry.

Of a picture of several pages `clean` is the first one and `body` the list of the others' SHA-256s.
"""
Index("readings_reader", readings.c.reader)
