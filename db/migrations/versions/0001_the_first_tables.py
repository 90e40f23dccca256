"""the first tables"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    for tables in (_office, _letters, _seen_and_read, _cases, _belongings, _outbox, _waiting):
        tables()
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def _own() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True)


def _word(name: str, *more: Any, **rest: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), *more, nullable=False, **rest)


def _maybe(name: str, *more: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), *more, nullable=True)


def _count(name: str, *more: Any, **rest: Any) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), *more, nullable=False, **rest)


def _of(name: str, place: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(place), nullable=nullable)


def _line(name: str = "seq", *, nullable: bool = False) -> sa.Column[int]:
    return _of(name, "ledger.seq", nullable=nullable)


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _office() -> None:
    op.create_table(
        "office",
        sa.Column("one", sa.Integer(), primary_key=True, autoincrement=False),
        *(_word("id"), _word("began"), _count("seq"), _word("hash")),
        *(_word("book", server_default=""), _word("sending_stopped", server_default="")),
        sa.CheckConstraint("one = 1", name="only_one_office"),
    )
    op.create_table(
        "ledger",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        *(_word("cause"), _count("n"), _word("about"), _word("kind"), _count("v"), _word("body"), _word("warrant")),
        *(_word(name, server_default="") for name in ("warrant_ref", "actor", "role")),
        *(_word("at"), _word("book"), _word("prev", unique=True), _word("hash", unique=True)),
        sa.UniqueConstraint("cause", "n"),
        sa.CheckConstraint("warrant IN ('rule', 'code', 'order', 'clock', 'world')", name="warrants"),
        sa.CheckConstraint("warrant NOT IN ('code', 'order') OR warrant_ref <> ''", name="who_says"),
    )
    op.create_index("ledger_about", "ledger", ["about", "seq"])
    op.create_table("texts", _word("sha256", primary_key=True), sa.Column("bytes", sa.LargeBinary(), nullable=False))


def _letters() -> None:
    op.create_table(
        "folders",
        *(_own(), _word("mailbox"), _word("name"), _word("role"), _count("life")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("validity", "cursor")),
        sa.Column("cursor_size", sa.BigInteger(), nullable=True),
        *(_maybe("cursor_date"), _maybe("poll_began"), _maybe("poll_ended")),
        sa.UniqueConstraint("mailbox", "name", "life"),
    )
    op.create_table(
        "blobs",
        _word("sha256", primary_key=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=True),
        _line("erased", nullable=True),
        sa.CheckConstraint("bytes IS NOT NULL OR erased IS NOT NULL", name="kept_or_erased"),
    )
    op.create_table(
        "letters",
        *(_own(), _word("sha256", sa.ForeignKey("blobs.sha256"), unique=True), _word("received")),
        *(_count("guessed", server_default="0"), _word("state")),
        *(_count(name, server_default="0") for name in ("tries", "round")),
        *(_word(name, server_default="") for name in ("message_id", "text_key", "whole_key", "from_addr", "subject")),
        *(_word("auth", server_default="none"), _maybe("disposition"), _maybe("kind"), _line(nullable=True)),
        sa.CheckConstraint(
            "(state = 'decided') = (disposition IS NOT NULL) AND (state = 'decided') = (seq IS NOT NULL)",
            name="decided_once",
        ),
        sa.CheckConstraint("disposition <> 'machine' OR kind IS NOT NULL", name="machine_named"),
        sa.CheckConstraint("state IN ('kept', 'decided')", name="letter_states"),
        sa.CheckConstraint(
            "disposition IN ('opened', 'joined', 'contact', 'order', 'held', 'machine')", name="dispositions"
        ),
    )
    op.create_index("letters_waiting", "letters", ["id"], **_where("state = 'kept'"))
    op.create_index("letters_message_id", "letters", ["message_id"])
    op.create_index("letters_whole_key", "letters", ["whole_key"])
    op.create_index("letters_from", "letters", ["from_addr", "id"])


def _seen_and_read() -> None:
    op.create_table(
        "sightings",
        *(_of("folder", "folders.id"), sa.Column("uid", sa.BigInteger(), nullable=False)),
        *(_of("letter", "letters.id", nullable=True), _maybe("note"), _maybe("internaldate"), _word("at")),
        sa.PrimaryKeyConstraint("folder", "uid"),
        sa.CheckConstraint("letter IS NOT NULL OR note IS NOT NULL", name="seen_or_noted"),
    )
    op.create_index("sightings_letter", "sightings", ["letter"])
    op.create_table(
        "readings",
        *(_word("sha256"), _word("reader"), _word("body", server_default=""), _word("name", server_default="")),
        *(_maybe("clean", sa.ForeignKey("blobs.sha256")), _word("why_not", server_default="")),
        sa.PrimaryKeyConstraint("sha256", "reader"),
    )
    op.create_index("readings_reader", "readings", ["reader"])


def _cases() -> None:
    op.create_table(
        "cases",
        *(_word("ref", primary_key=True), _count("year"), _count("serial"), _word("state"), _count("ended")),
        *(_word("kind"), _word("handling"), _word("lead"), _maybe("due")),
        *(_word("due_step", server_default=""), _word("calendar", server_default="")),
        *(_word("owner"), _word("book"), _word("body"), _line()),
        sa.UniqueConstraint("year", "serial"),
        sa.CheckConstraint("ended = 1 OR due IS NOT NULL", name="open_has_due"),
        sa.CheckConstraint("owner <> ''", name="somebody_answers"),
    )
    op.create_index("cases_due", "cases", ["ended", "due"])
    op.create_table(
        "filings",
        *(_of("letter", "letters.id"), _case(), _word("part"), _line()),
        sa.PrimaryKeyConstraint("letter", "case"),
    )
    op.create_index("filings_case", "filings", ["case"])


def _case(**more: Any) -> sa.Column[str]:
    return _word("case", sa.ForeignKey("cases.ref"), **more)


def _belongings() -> None:
    op.create_table(
        "identities",
        *(_case(), _word("kind"), _word("value"), _word("folded"), _word("role"), _word("level"), _word("salt")),
        *(_of("letter", "letters.id", nullable=True), _line()),
        sa.PrimaryKeyConstraint("case", "kind", "folded"),
    )
    op.create_table("identity_readings", _own(), _word("case"), _word("who"), _word("why"), _word("at"))
    op.create_index("identity_readings_case", "identity_readings", ["case"])
    op.create_table("drafts", _case(primary_key=True), _word("subject"), _word("text"), _word("refused"), _line())
    op.create_table(
        "parties",
        *(_case(), _word("role"), _word("address"), _word("since"), _maybe("until"), _line()),
        sa.PrimaryKeyConstraint("case", "role", "address", "since"),
    )
    op.create_index("parties_address", "parties", ["address"])
    op.create_table(
        "contacts",
        *(_own(), _word("unit"), _word("address")),
        *(_word(name, server_default="") for name in ("person", "phone", "public")),
        *(_word("since"), _maybe("until"), _word("letter", server_default=""), _line()),
    )
    op.create_index("contacts_now", "contacts", ["unit"], unique=True, **_where("until IS NULL"))
    op.create_index("contacts_address", "contacts", ["address"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        *(_own(), _word("occasion", unique=True), _line(), _word("about"), _word("audience"), _word("party")),
        *(_word("to_address"), _word("to_domain"), _word("mailbox"), _word("template"), _word("words"), _word("text")),
        *(sa.Column("raw", sa.LargeBinary(), nullable=False), _word("raw_sha256"), _word("message_id", unique=True)),
        _word("state"),
        *(_count(name, server_default="0") for name in ("attempt", "manner", "round")),
        *(_count("rank"), _count("automatic", server_default="1"), _word("not_before", server_default="")),
        *(_word("since"), _word("made"), _word("answer", server_default=""), _word("queue_id", server_default="")),
        _of("instead_of", "outbox.id", nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'stopped', 'sending', 'unknown', 'sent', 'refused', 'withdrawn')", name="outbox_states"
        ),
        sa.CheckConstraint("occasion <> ''", name="has_occasion"),
    )
    counted = "audience = 'complainant' AND automatic = 1"
    op.create_index("outbox_due", "outbox", ["mailbox", "rank", "id"], **_where("state = 'queued'"))
    op.create_index("outbox_air", "outbox", ["id"], **_where("state IN ('sending', 'unknown')"))
    op.create_index("outbox_sent", "outbox", ["mailbox", "since"], **_where("state = 'sent'"))
    op.create_index("outbox_to", "outbox", ["to_address", "made"], **_where(counted))
    op.create_index("outbox_domain", "outbox", ["to_domain", "made"], **_where(counted))
    op.create_index("outbox_about", "outbox", ["about"])


def _waiting() -> None:
    op.create_table(
        "papers",
        *(_of("outbox", "outbox.id"), _count("n"), _word("sha256", sa.ForeignKey("blobs.sha256")), _word("name")),
        sa.PrimaryKeyConstraint("outbox", "n"),
    )
    op.create_table(
        "codes",
        *(_word("hash", primary_key=True), _count("outbox", sa.ForeignKey("outbox.id"), unique=True)),
        *(_word("about"), _word("party"), _word("address"), _line("spent", nullable=True)),
    )
    op.create_table(
        "questions",
        *(_word("id", primary_key=True), _word("key"), _word("kind"), _line(), _word("about")),
        *(_word("letter", server_default=""), _word("outbox", server_default=""), _word("role")),
        *(_word("choices"), _word("proposal"), _word("asked"), _line("answered", nullable=True)),
    )
    op.create_index("questions_open", "questions", ["key"], unique=True, **_where("answered IS NULL"))
    op.create_index("questions_about", "questions", ["about"])
    op.create_index("questions_outbox", "questions", ["outbox"])
    op.create_table(
        "orders",
        *(_word("id", primary_key=True), _word("letter", server_default=""), _word("actor"), _word("channel")),
        *(_word("verb"), _word("question", server_default=""), _word("at")),
    )


APPEND_ONLY = {
    "sqlite": (
        "CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
        "CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
        # INSERT OR REPLACE deletes the old row without asking the trigger above.
        "CREATE TRIGGER ledger_no_replace BEFORE INSERT ON ledger WHEN EXISTS (SELECT 1 FROM ledger WHERE seq = NEW.seq"
        " OR prev = NEW.prev OR hash = NEW.hash OR (cause = NEW.cause AND n = NEW.n))"
        " BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION ledger_is_append_only() RETURNS trigger AS $$"
        " BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger"
        " FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()",
    ),
}
