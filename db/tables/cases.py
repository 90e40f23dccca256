"""卷: cases, what belongs to them, the identity room, the directory."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from db.tables.columns import count, line, meta, number, told, word

NOW = text("until IS NULL")


def _case() -> Column[str]:
    return Column("case", Text, ForeignKey("cases.ref"), nullable=False)


cases = Table(
    "cases",
    meta,
    word("ref", primary_key=True),
    count("year"),
    count("serial"),
    word("state"),
    count("ended"),
    word("kind"),
    word("handling"),
    word("lead"),
    Column("due", Text),
    word("due_step", server_default=""),
    word("calendar", server_default=""),
    word("owner"),
    word("book"),
    word("body"),
    line(),
    UniqueConstraint("year", "serial"),
    CheckConstraint("ended = 1 OR due IS NOT NULL", name="open_has_due"),
    CheckConstraint("owner <> ''", name="somebody_answers"),
)
"""A case as its events made it (`body`), and the columns that are asked for. `due` is the clock `due_step` by the calendar named."""
Index("cases_due", cases.c.ended, cases.c.due)

filings = Table(
    "filings",
    meta,
    Column("letter", Integer, ForeignKey("letters.id"), nullable=False),
    _case(),
    word("part"),
    line(),
    PrimaryKeyConstraint("letter", "case"),
)
Index("filings_case", filings.c.case)

identities = Table(
    "identities",
    meta,
    _case(),
    word("kind"),
    told("value"),
    told("folded"),
    word("role"),
    word("level"),
    word("salt"),
    Column("letter", Integer, ForeignKey("letters.id")),
    line(),
    PrimaryKeyConstraint("case", "kind", "folded"),
)
"""Identity in its own room (`db.people` alone comes here): erasing it deletes value and salt, the ledger stays whole."""

identity_readings = Table("identity_readings", meta, number(), word("case"), told("who"), told("why"), word("at"))
"""Who looked into the identity room, why, when."""
Index("identity_readings_case", identity_readings.c.case)

drafts = Table(
    "drafts",
    meta,
    Column("case", Text, ForeignKey("cases.ref"), primary_key=True),
    told("subject"),
    told("text"),
    told("refused"),
    line(),
)
"""What a unit may read of a complaint, as the shield made it: with the case, not in the ledger, so that it can be erased."""

parties = Table(
    "parties",
    meta,
    _case(),
    word("role"),
    told("address"),
    word("since"),
    Column("until", Text),
    line(),
    PrimaryKeyConstraint("case", "role", "address", "since"),
)
Index("parties_address", parties.c.address)

contacts = Table(
    "contacts",
    meta,
    number(),
    word("unit"),
    told("address"),
    told("person", server_default=""),
    told("phone", server_default=""),
    told("public", server_default=""),
    word("since"),
    Column("until", Text),
    word("letter", server_default=""),
    line(),
    told("sheet", server_default=""),
)
"""通讯录: a row is valid from `since` until `until`; nothing is overwritten. `letter` is the SHA-256 of the letter that said so,
`sheet` everything it said (`rules.contacts.keep`)."""
Index("contacts_now", contacts.c.unit, unique=True, sqlite_where=NOW, postgresql_where=NOW)
Index("contacts_address", contacts.c.address)
