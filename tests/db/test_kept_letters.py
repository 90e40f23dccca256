"""KEPT-FIRST and ACCOUNTED: what was fetched is kept whole or not at all, every UID has its sighting, the same bytes are the same letter."""

from dataclasses import replace
from hashlib import sha256

import pytest
from office_builders import (
    NOW,
    a_letter,
    broken_at,
    by_hand,
    decided,
    die,
    found,
    in_a_child,
    keep,
    opening,
    raw,
    rows,
    statements_of,
)
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from db import letters
from db.engine import open_engine
from db.letters import Found, Waiting
from db.pen import look, pen
from rules.decision import Decision, Disposition
from rules.events import Held


def waiting(engine: Engine) -> list[str]:
    with look(engine) as cx:
        return [row.sha256 for row in letters.waiting(cx, 100)]


def sightings(engine: Engine) -> list[tuple[int, int, str | None]]:
    """(life, uid, note) of all, in order."""
    with engine.connect() as cx:
        asked = "SELECT f.life, s.uid, s.note FROM sightings s JOIN folders f ON f.id = s.folder ORDER BY f.id, s.uid"
        return [tuple(row) for row in cx.execute(text(asked))]


def cursor(engine: Engine) -> list[tuple[int, int]]:
    with engine.connect() as cx:
        return [tuple(row) for row in cx.execute(text("SELECT life, cursor FROM folders ORDER BY id"))]


def test_a_batch_is_kept_with_its_cursor_and_every_letter_waits(engine: Engine):
    new = keep(engine, found(1), found(2), Found(3, None, NOW, "vanished"), found(5))

    assert (new, cursor(engine)) == (3, [(1, 5)])
    assert sightings(engine) == [(1, 1, None), (1, 2, None), (1, 3, "vanished"), (1, 5, None)]
    assert waiting(engine) == [sha256(raw(f"letter {uid}")).hexdigest() for uid in (1, 2, 5)]


def test_the_bytes_come_back_as_they_came(engine: Engine):
    whole = bytes(range(256)) * 40
    keep(engine, Found(1, whole, NOW))

    with look(engine) as cx:
        assert letters.bytes_of(cx, sha256(whole).hexdigest()) == whole
        with pytest.raises(KeyError):
            letters.bytes_of(cx, "0" * 64)


@pytest.mark.parametrize("nth", range(1, 9))
def test_f1_f2_broken_off_at_any_statement_neither_bytes_nor_cursor_survive(nth: int, engine: Engine):
    with pen(engine) as cx:
        folder = letters.folder(cx, "complaint", "INBOX", "inbox", 1)

    def work() -> None:
        with pen(engine) as cx:
            letters.keep(cx, folder.id, [found(1), found(2)], NOW)

    broken = broken_at(engine, nth, work)

    expected = [0, 0, 0] if broken else [2, 2, 2]
    assert [rows(engine, table) for table in ("blobs", "letters", "sightings")] == expected
    assert cursor(engine) == [(1, 0 if broken else 2)]
    keep(engine, found(1), found(2))
    assert [rows(engine, table) for table in ("blobs", "letters", "sightings")] == [2, 2, 2]


def test_f2_killed_between_bytes_and_cursor_neither_survives(sqlite: Engine):
    with pen(sqlite) as cx:
        letters.folder(cx, "complaint", "INBOX", "inbox", 1)

    def work() -> None:
        engine = open_engine(str(sqlite.url))
        broken_at(engine, 6, lambda: keep(engine, found(1)), die)

    assert in_a_child(work) == -9
    assert [rows(sqlite, table) for table in ("blobs", "letters", "sightings")] == [0, 0, 0]
    assert cursor(sqlite) == [(1, 0)]


def test_f48_the_same_bytes_in_another_folder_are_the_same_letter_seen_again(engine: Engine):
    keep(engine, found(1))

    new = keep(engine, found(9, "letter 1"), name="垃圾邮件", role="junk")

    assert (new, rows(engine, "letters"), rows(engine, "sightings")) == (0, 1, 2)
    with look(engine) as cx:
        assert letters.seen_in(cx, 1) == ("complaint", "inbox")


def test_the_same_bytes_twice_in_one_batch_are_one_letter(engine: Engine):
    new = keep(engine, found(1, "same"), found(2, "same"))

    assert (new, rows(engine, "letters"), sightings(engine)) == (1, 1, [(1, 1, None), (1, 2, None)])


def test_f44_a_new_validity_is_a_new_life_and_the_old_uids_stay_accounted_for(engine: Engine):
    keep(engine, found(7), validity=1)

    new = keep(engine, found(1, "letter 7"), found(2), validity=2)

    assert (new, cursor(engine), rows(engine, "letters")) == (1, [(1, 7), (2, 2)], 2)
    assert sightings(engine) == [(1, 7, None), (2, 1, None), (2, 2, None)]


def test_f45_f46_a_folder_made_anew_under_the_same_validity_is_a_new_life(engine: Engine):
    keep(engine, found(7))
    with pen(engine) as cx:
        row = letters.present(cx, "complaint", "INBOX")
        assert row is not None
        again = letters.reborn(cx, row)
        letters.keep(cx, again.id, [found(7, "other bytes under the same uid")], NOW)

    assert (again.life, again.validity, cursor(engine)) == (2, 1, [(1, 7), (2, 7)])
    assert rows(engine, "letters") == 2
    with look(engine) as cx:
        present = letters.present(cx, "complaint", "INBOX")
    assert present is not None
    assert (present.life, present.cursor, present.cursor_date) == (2, 7, letters.moment(NOW))


def test_f50_a_uid_that_was_seen_is_left_as_it_is(engine: Engine):
    keep(engine, found(1), found(2))

    assert keep(engine, found(2), found(3)) == 1
    assert keep(engine, found(1, "other")) == 0
    assert keep(engine) == 0
    assert (sightings(engine), cursor(engine)) == ([(1, 1, None), (1, 2, None), (1, 3, None)], [(1, 3)])


def test_a_uid_and_a_validity_may_be_as_large_as_the_protocol_allows(engine: Engine):
    """RFC 3501: unsigned 32 bits; a 32-bit column of PostgreSQL is signed."""
    keep(engine, found(4_294_967_295), validity=4_294_967_295)

    assert cursor(engine) == [(1, 4_294_967_295)]


def test_f60_without_a_servers_date_the_time_of_keeping_counts_and_is_marked(engine: Engine):
    keep(engine, replace(found(1), internaldate=None))

    with look(engine) as cx:
        assert letters.waiting(cx, 9) == [
            Waiting(1, sha256(raw("letter 1")).hexdigest(), NOW, guessed=True, tries=0, round=0)
        ]


def test_a_folder_whose_role_is_named_otherwise_now_takes_it(engine: Engine):
    with pen(engine) as cx:
        first = letters.folder(cx, "complaint", "Sent", "inbox", 1)
        letters.folder(cx, "complaint", "Sent", "sent", 1)
        now = letters.folder(cx, "complaint", "Sent", "sent", 1)

    assert (first.id, now.role) == (now.id, "sent")


def test_a_complete_poll_counts_from_its_beginning(engine: Engine):
    with pen(engine) as cx:
        letters.poll_ended(cx, letters.folder(cx, "complaint", "Sent", "sent", 1).id, NOW)
        ended = letters.present(cx, "complaint", "Sent")

    assert ended is not None
    assert ended.poll_ended == letters.moment(NOW)


def test_f4_f20_a_try_counts_unless_it_is_given_back(engine: Engine):
    keep(engine, found(1))
    with pen(engine) as cx:
        letters.try_again(cx, 1)
        letters.try_again(cx, 1)
        letters.give_back(cx, 1)

    with look(engine) as cx:
        assert [row.tries for row in letters.waiting(cx, 9)] == [1]


def held(engine: Engine) -> None:
    keep(engine, found(1))
    decision = Decision(Disposition.HELD, "unclear", events=(Held(about="office", letter="x", reason="unclear"),))
    with pen(engine) as cx:
        decided(cx, "letter 1", decision)


def test_a_held_letter_is_read_again_under_another_cause(engine: Engine):
    held(engine)
    with pen(engine) as cx:
        assert letters.read_again(cx, 1) == 1
        assert letters.read_again(cx, 1) == 0

    with look(engine) as cx:
        assert [(row.round, row.tries) for row in letters.waiting(cx, 9)] == [(1, 0)]


def test_a_letter_that_opened_a_case_is_not_read_again(engine: Engine):
    keep(engine, found(1))
    with pen(engine) as cx:
        decided(cx, "letter 1", opening())
        assert letters.read_again(cx, 1) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE letters SET state = 'decided'",
        "UPDATE letters SET disposition = 'held'",
        "UPDATE letters SET state = 'lost'",
        "UPDATE letters SET state = 'decided', seq = 1, disposition = 'machine'",
        "UPDATE letters SET state = 'decided', seq = 1, disposition = 'thrown away'",
        "UPDATE blobs SET bytes = NULL",
        "UPDATE sightings SET letter = NULL",
        "UPDATE letters SET sha256 = 'other'",
        "DELETE FROM blobs",
    ],
)
def test_the_database_refuses_a_letter_without_its_bytes_its_end_or_its_reason(statement: str, engine: Engine):
    keep(engine, found(1))
    by_hand(
        engine,
        "INSERT INTO ledger VALUES (1, 'c', 0, 'office', 'Noted', 1, '{}', 'rule', '', '', '', 'at', 'b', 'p', 'h')",
    )

    with pytest.raises(DBAPIError), pen(engine) as cx:
        cx.execute(text(statement))


def test_a_clean_copy_is_kept_once_for_each_letter_and_a_withheld_one_says_why(engine: Engine):
    with pen(engine) as cx:
        for _ in range(2):
            letters.keep_copy(cx, "letter", "paper", "01.docx", [(sha256(b"clean").hexdigest(), b"clean")], "")
            letters.keep_copy(cx, "letter", "other", "02.pdf", (), "encrypted")
        assert letters.bytes_of(cx, sha256(b"clean").hexdigest()) == b"clean"

    assert (rows(engine, "readings"), rows(engine, "blobs")) == (2, 1)


def test_a_batch_of_fifty_costs_no_more_statements_than_one_of_two(sqlite: Engine):
    with pen(sqlite) as cx:
        folder = letters.folder(cx, "complaint", "INBOX", "inbox", 1)

        small = len(statements_of(sqlite, lambda: letters.keep(cx, folder.id, [found(1), found(2)], NOW)))
        large = len(
            statements_of(sqlite, lambda: letters.keep(cx, folder.id, [found(uid) for uid in range(3, 53)], NOW))
        )

    assert (small, large) == (7, 7)


def test_letters_are_found_by_hash_and_counted(engine: Engine):
    keep(engine, found(1), found(2))

    with look(engine) as cx:
        assert letters.count(cx) == 2
        assert letters.by_hash(cx, a_letter("letter 2").sha256) == 2
        assert letters.by_hash(cx, "0" * 64) is None
        assert letters.seen_in(cx, 99) == ("complaint", "inbox")
