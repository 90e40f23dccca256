"""Every table of the office. Times are ISO text in UTC, days ISO text, bodies JSON text. Rows are plain, meaning is above."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

meta = MetaData()


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


office = Table(
    "office",
    meta,
    Column("one", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("began", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    Column("book", Text, nullable=False, server_default=""),
    Column("sending_stopped", Text, nullable=False, server_default=""),
    CheckConstraint("one = 1", name="only_one_office"),
)

texts = Table("texts", meta, Column("sha256", Text, primary_key=True), Column("bytes", LargeBinary, nullable=False))

ledger = Table(
    "ledger",
    meta,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("cause", Text, nullable=False),
    Column("n", Integer, nullable=False),
    Column("about", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("v", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("warrant", Text, nullable=False),
    Column("warrant_ref", Text, nullable=False, server_default=""),
    Column("actor", Text, nullable=False, server_default=""),
    Column("role", Text, nullable=False, server_default=""),
    Column("at", Text, nullable=False),
    Column("book", Text, nullable=False),
    Column("prev", Text, nullable=False, unique=True),
    Column("hash", Text, nullable=False, unique=True),
    UniqueConstraint("cause", "n"),
    CheckConstraint("warrant NOT IN ('code', 'order') OR warrant_ref <> ''", name="who_says"),
)
Index("ledger_about", ledger.c.about, ledger.c.seq)

folders = Table(
    "folders",
    meta,
    _id(),
    Column("mailbox", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("life", Integer, nullable=False),
    Column("validity", Integer, nullable=False),
    Column("cursor", Integer, nullable=False),
    Column("cursor_size", Integer),
    Column("cursor_date", Text),
    Column("poll_began", Text),
    Column("poll_ended", Text),
    UniqueConstraint("mailbox", "name", "life"),
)

blobs = Table(
    "blobs",
    meta,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("bytes", LargeBinary),
    Column("erased", Integer, ForeignKey("ledger.seq")),
    CheckConstraint("bytes IS NOT NULL OR erased IS NOT NULL", name="kept_or_erased"),
)

letters = Table(
    "letters",
    meta,
    _id(),
    Column("sha256", Text, ForeignKey("blobs.sha256"), nullable=False, unique=True),
    Column("received", Text, nullable=False),
    Column("guessed", Integer, nullable=False, server_default="0"),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("round", Integer, nullable=False, server_default="0"),
    Column("message_id", Text, nullable=False, server_default=""),
    Column("text_key", Text, nullable=False, server_default=""),
    Column("from_addr", Text, nullable=False, server_default=""),
    Column("subject", Text, nullable=False, server_default=""),
    Column("auth", Text, nullable=False, server_default="none"),
    Column("disposition", Text),
    Column("kind", Text),
    Column("seq", Integer, ForeignKey("ledger.seq")),
    CheckConstraint("(state = 'decided') = (disposition IS NOT NULL AND seq IS NOT NULL)", name="decided_once"),
    CheckConstraint("disposition <> 'machine' OR kind IS NOT NULL", name="machine_named"),
    CheckConstraint("state IN ('kept', 'decided')", name="letter_states"),
)
Index(
    "letters_waiting",
    letters.c.state,
    letters.c.id,
    sqlite_where=letters.c.state == "kept",
    postgresql_where=letters.c.state == "kept",
)
Index("letters_message_id", letters.c.message_id)
Index("letters_text_key", letters.c.text_key)
Index("letters_from", letters.c.from_addr, letters.c.id)

sightings = Table(
    "sightings",
    meta,
    Column("folder", Integer, ForeignKey("folders.id"), nullable=False),
    Column("uid", Integer, nullable=False),
    Column("letter", Integer, ForeignKey("letters.id")),
    Column("note", Text),
    Column("internaldate", Text),
    Column("at", Text, nullable=False),
    PrimaryKeyConstraint("folder", "uid"),
    CheckConstraint("letter IS NOT NULL OR note IS NOT NULL", name="seen_or_noted"),
)
Index("sightings_letter", sightings.c.letter)

readings = Table(
    "readings",
    meta,
    Column("sha256", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("body", Text, nullable=False, server_default=""),
    Column("name", Text, nullable=False, server_default=""),
    Column("clean", Text, ForeignKey("blobs.sha256")),
    Column("why_not", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("sha256", "reader"),
)

cases = Table(
    "cases",
    meta,
    Column("ref", Text, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("ended", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("handling", Text, nullable=False),
    Column("lead", Text, nullable=False),
    Column("due", Text),
    Column("due_step", Text, nullable=False, server_default=""),
    Column("calendar", Text, nullable=False, server_default=""),
    Column("owner", Text, nullable=False),
    Column("book", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("seq", Integer, ForeignKey("ledger.seq"), nullable=False),
    UniqueConstraint("year", "serial"),
    CheckConstraint("ended = 1 OR due IS NOT NULL", name="open_has_due"),
)
Index("cases_due", cases.c.ended, cases.c.due)

filings = Table(
    "filings",
    meta,
    Column("letter", Integer, ForeignKey("letters.id"), nullable=False),
    Column("case", Text, ForeignKey("cases.ref"), nullable=False),
    Column("part", Text, nullable=False),
    Column("seq", Integer, ForeignKey("ledger.seq"), nullable=False),
    PrimaryKeyConstraint("letter", "case"),
)
Index("filings_case", filings.c.case)

identities = Table(
    "identities",
    meta,
    Column("case", Text, ForeignKey("cases.ref"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("salt", Text, nullable=False),
    Column("seq", Integer, ForeignKey("ledger.seq"), nullable=False),
    PrimaryKeyConstraint("case", "kind", "folded"),
)

drafts = Table(
    "drafts",
    meta,
    Column("case", Text, ForeignKey("cases.ref"), primary_key=True),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("refused", Text, nullable=False),
    Column("seq", Integer, ForeignKey("ledger.seq"), nullable=False),
)

parties = Table(
    "parties",
    meta,
    Column("case", Text, ForeignKey("cases.ref"), nullable=False),
    Column("role", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("until", Text),
    Column("seq", Integer, ForeignKey("ledger.seq"), nullable=False),
    PrimaryKeyConstraint("case", "role", "address", "since"),
)
Index("parties_address", parties.c.address)

contacts = Table(
    "contacts",
    meta,
    _id(),
    Column("unit", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("person", Text, nullable=False, server_default=""),
    Column("phone", Text, nullable=False, server_default=""),
    Column("public", Text, nullable=False, server_default=""),
    Column("since", Text, nullable=False),
    Column("until", Text),
    Column("letter", Text, nullable=False, server_default=""),
    Column("seq", Integer, ForeignKey("ledger.seq"), nullable=False),
)
Index(
    "contacts_now",
    contacts.c.unit,
    unique=True,
    sqlite_where=contacts.c.until.is_(None),
    postgresql_where=contacts.c.until.is_(None),
)
Index("contacts_address", contacts.c.address)

outbox = Table(
    "outbox",
    meta,
    _id(),
    Column("occasion", Text, nullable=False, unique=True),
    Column("seq", Integer, ForeignKey("ledger.seq"), nullable=False),
    Column("about", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("party", Text, nullable=False),
    Column("to_address", Text, nullable=False),
    Column("to_domain", Text, nullable=False),
    Column("mailbox", Text, nullable=False),
    Column("template", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("raw_sha256", Text, nullable=False),
    Column("message_id", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("manner", Integer, nullable=False, server_default="0"),
    Column("round", Integer, nullable=False, server_default="0"),
    Column("rank", Integer, nullable=False),
    Column("not_before", Text, nullable=False, server_default=""),
    Column("since", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("answer", Text, nullable=False, server_default=""),
    Column("queue_id", Text, nullable=False, server_default=""),
    Column("instead_of", Integer, ForeignKey("outbox.id")),
    CheckConstraint(
        "state IN ('queued', 'stopped', 'sending', 'unknown', 'sent', 'refused', 'withdrawn')", name="outbox_states"
    ),
)
Index("outbox_state", outbox.c.state, outbox.c.mailbox, outbox.c.rank, outbox.c.id)
Index("outbox_to", outbox.c.to_address, outbox.c.made)
Index("outbox_domain", outbox.c.to_domain, outbox.c.made)
Index("outbox_about", outbox.c.about)

papers = Table(
    "papers",
    meta,
    Column("outbox", Integer, ForeignKey("outbox.id"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("sha256", Text, ForeignKey("blobs.sha256"), nullable=False),
    Column("name", Text, nullable=False),
    PrimaryKeyConstraint("outbox", "n"),
)

codes = Table(
    "codes",
    meta,
    Column("hash", Text, primary_key=True),
    Column("outbox", Integer, ForeignKey("outbox.id"), nullable=False, unique=True),
    Column("about", Text, nullable=False),
    Column("party", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("spent", Integer, ForeignKey("ledger.seq")),
)

questions = Table(
    "questions",
    meta,
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("seq", Integer, ForeignKey("ledger.seq"), nullable=False),
    Column("about", Text, nullable=False),
    Column("letter", Text, nullable=False, server_default=""),
    Column("outbox", Text, nullable=False, server_default=""),
    Column("role", Text, nullable=False),
    Column("choices", Text, nullable=False),
    Column("proposal", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("answered", Integer, ForeignKey("ledger.seq")),
)
Index(
    "questions_open",
    questions.c.key,
    unique=True,
    sqlite_where=questions.c.answered.is_(None),
    postgresql_where=questions.c.answered.is_(None),
)
Index("questions_about", questions.c.about)

orders = Table(
    "orders",
    meta,
    Column("id", Text, primary_key=True),
    Column("letter", Text, nullable=False, server_default=""),
    Column("actor", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("question", Text, nullable=False, server_default=""),
    Column("at", Text, nullable=False),
)

readers = Table(
    "identity_readings",
    meta,
    _id(),
    Column("case", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Text, nullable=False),
)
