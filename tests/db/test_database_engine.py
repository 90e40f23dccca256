"""Connections: what every one of them is told, and that none is used again after an error."""

from contextlib import suppress
from pathlib import Path

import pytest
from office_builders import NOW, a_letter, decided, found, keep, opening, rows, written
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError, PendingRollbackError

from db.engine import clean, open_engine
from db.pen import look, pen
from rules.trouble import SettingsTrouble, StoreTrouble


def test_f25_every_connection_writes_through_to_the_disk(sqlite: Engine):
    told = []
    with pen(sqlite) as first, look(sqlite) as second:
        for cx in (first, second):
            told.append(
                [
                    cx.exec_driver_sql(f"PRAGMA {name}").scalar()
                    for name in ("journal_mode", "synchronous", "foreign_keys")
                ]
            )

    assert told == [["wal", 2, 1], ["wal", 2, 1]]


@pytest.mark.parametrize("url", ["", "huiyin.db", "mysql://a@b/c", "redis://x", "sqlite://", "postgresql://a@b"])
def test_a_url_that_is_no_database_of_ours_is_said_in_one_sentence(url: str):
    with pytest.raises(SettingsTrouble, match="HUIYIN_DATABASE"):
        open_engine(url)


def test_a_postgresql_url_uses_psycopg_3():
    assert open_engine("postgresql://a@localhost/b").dialect.driver == "psycopg"


@pytest.mark.parametrize(
    ("text_given", "kept"), [("a\x00b", "a�b"), ("a\ud800b", "a�b"), ("\udfff", "�"), ("龘😀", "龘😀")]
)
def test_f36_what_no_database_takes_shows_as_a_replacement_sign(text_given: str, kept: str):
    assert clean(text_given) == kept


def test_f36_the_same_text_is_kept_by_both_databases_and_the_bytes_are_untouched(engine: Engine):
    words = "letter \x00\ud83d 1"
    letter = a_letter("letter 1", subject=words, from_addr="a\x00@people.example", message_id="<\udc00@x>", text=words)
    keep(engine, found(1))
    with pen(engine) as cx:
        decided(
            cx,
            "letter 1",
            opening(),
            [written(words=words, text=words)],
            subject=letter.subject,
            from_addr=letter.from_addr,
            message_id=letter.message_id,
        )
        kept = cx.execute(text("SELECT subject, from_addr, message_id FROM letters")).one()
        sent = cx.execute(text("SELECT words, text FROM outbox")).one()
        raw = cx.execute(text("SELECT bytes FROM blobs")).scalar_one()

    assert tuple(kept) == ("letter �� 1", "a�@people.example", "<�@x>")
    assert tuple(sent) == ("letter �� 1", "letter �� 1")
    assert bytes(raw) == found(1).raw


def test_f22_after_an_error_nothing_of_the_transaction_is_written_even_where_the_error_is_swallowed(sqlite: Engine):
    def swallow(cx: Connection) -> None:
        cx.execute(text("INSERT INTO texts VALUES ('a', x'00')"))
        with suppress(IntegrityError):
            cx.execute(text("INSERT INTO texts VALUES ('a', x'00')"))
        cx.execute(text("INSERT INTO texts VALUES ('b', x'00')"))

    with pytest.raises(PendingRollbackError), pen(sqlite) as cx:
        swallow(cx)

    assert rows(sqlite, "texts") == 0


def test_f22_a_full_database_rolls_back_whole_and_leaves_no_half_case(sqlite: Engine):
    """SQLITE_FULL ends the transaction by itself; statements after it would commit alone."""
    keep(sqlite, found(1))
    with sqlite.connect() as cx:
        pages = cx.exec_driver_sql("PRAGMA page_count").scalar_one()
    sqlite.dispose()

    def decide(cx: Connection) -> None:
        cx.exec_driver_sql(f"PRAGMA max_page_count={pages + 1}")
        decided(cx, "letter 1", opening(), [written(words="x" * 100_000)])

    with pytest.raises(StoreTrouble, match="磁盘已满"), pen(sqlite) as cx:
        decide(cx)

    assert [rows(sqlite, table) for table in ("cases", "ledger", "outbox", "filings")] == [0, 0, 0, 0]
    with pen(sqlite) as cx:
        decided(cx, "letter 1", opening(), [written()])
    assert [rows(sqlite, table) for table in ("cases", "outbox")] == [1, 1]


def test_f19_a_full_disk_at_keep_says_that_the_letters_are_still_on_the_server(sqlite: Engine):
    def fill(cx: Connection) -> None:
        pages = cx.exec_driver_sql("PRAGMA page_count").scalar_one()
        cx.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        cx.execute(text("INSERT INTO blobs VALUES ('a', 1, zeroblob(1000000), NULL)"))

    with pytest.raises(StoreTrouble, match="来件仍在服务器上，未丢失") as told, pen(sqlite) as cx:
        fill(cx)

    assert told.value.code == 75
    assert rows(sqlite, "blobs") == 0


def test_f23_a_place_that_cannot_be_written_is_named_and_no_other_is_used(tmp_path: Path):
    engine = open_engine(f"sqlite:///{tmp_path}/not-there/office.db")

    with pytest.raises(StoreTrouble, match=r"not-there/office\.db"), pen(engine):
        raise AssertionError("there is nothing to write to")
    with pytest.raises(StoreTrouble, match=r"not-there/office\.db"), look(engine):
        raise AssertionError("there is nothing to read")
    assert not (tmp_path / "not-there").exists()


def test_a_torn_database_file_is_said_in_the_clerks_words(sqlite: Engine, tmp_path: Path):
    keep(sqlite, *(found(uid) for uid in range(1, 40)))
    sqlite.dispose()
    for rest in ("office.db-wal", "office.db-shm"):
        (tmp_path / rest).unlink(missing_ok=True)
    torn = (tmp_path / "office.db").read_bytes()
    (tmp_path / "office.db").write_bytes(torn[:100] + b"\xff" * (len(torn) - 100))

    with pytest.raises(StoreTrouble, match="已损坏"), look(sqlite) as cx:
        cx.execute(text("SELECT count(*) FROM letters"))


def test_a_bug_in_a_statement_stays_loud(sqlite: Engine):
    with pytest.raises(IntegrityError), pen(sqlite) as cx:
        cx.execute(
            text("INSERT INTO letters (sha256, received, state) VALUES ('no blob', :at, 'kept')"), {"at": str(NOW)}
        )
