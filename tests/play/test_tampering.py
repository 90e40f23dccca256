"""A lived office replays to the same rows, and whatever somebody changes past the program `audit --deep` names (A76, A77)."""

import pytest
from played_course import begun
from played_office import PlayedOffice
from sqlalchemy import Connection, text

from db import files
from db.pen import look, pen
from rules.life import STANDING, State


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> PlayedOffice:
    return begun(tmp_path_factory.mktemp("lived"))


def test_every_case_row_is_the_replay_of_its_lines(lived: PlayedOffice, tmp_path):
    play = PlayedOffice(tmp_path, lived)

    assert {file.state for file in play.cases()} >= {State.HANDLING, State.REPORTED, State.FEEDBACK}
    with look(play.office.engine) as cx:
        for file in play.cases():
            assert files.replayed(cx, file.ref) == file
            assert STANDING[file.state].owner
    assert play.problems(deep=True) == []
    play.close()


ZERO = {"sqlite": "x'00'", "postgresql": "'\\x00'::bytea"}
CHANGES = {
    "a76 a case's state": ("UPDATE cases SET body = replace(body, '\"reported\"', '\"closed\"')", "LEDGER"),
    "a76 a case's round": ("UPDATE cases SET body = replace(body, '\"round\":1', '\"round\":2')", "LEDGER"),
    "a76 a line's words": (
        "UPDATE ledger SET body = replace(body, 'transfer', 'assign') WHERE kind = 'Assigned'",
        "LEDGER",
    ),
    "a76 a line taken out": (
        "DELETE FROM ledger WHERE seq = (SELECT min(seq) FROM ledger WHERE kind = 'Delivered')",
        "LEDGER",
    ),
    "a76 a cut tail": ("DELETE FROM ledger WHERE seq = (SELECT max(seq) FROM ledger) AND kind = 'Delivered'", "LEDGER"),
    "a77 a letter's bytes": (
        "UPDATE blobs SET bytes = {zero} WHERE sha256 = (SELECT min(sha256) FROM letters)",
        "KEPT-FIRST",
    ),
    "a77 two letters swapped": (
        "UPDATE blobs SET bytes = (SELECT b.bytes FROM blobs b WHERE b.sha256 = (SELECT max(sha256) FROM letters)) "
        "WHERE sha256 = (SELECT min(sha256) FROM letters)",
        "KEPT-FIRST",
    ),
    "a77 a letter of ours": ("UPDATE outbox SET raw = {zero} WHERE template = 'receipt'", "ONE-WAY-OUT"),
    "a77 a letter of ours with its hash": (
        "UPDATE outbox SET raw = (SELECT raw FROM outbox WHERE template = 'receipt' ORDER BY id LIMIT 1), "
        "raw_sha256 = (SELECT raw_sha256 FROM outbox WHERE template = 'receipt' ORDER BY id LIMIT 1) "
        "WHERE template = 'transfer'",
        "ONE-WAY-OUT",
    ),
}


def disarmed(cx: Connection) -> None:
    """Nothing of the database stands in the way of who may write everything."""
    if cx.dialect.name == "sqlite":
        cx.execute(text("PRAGMA defer_foreign_keys = ON"))
        for name in ("ledger_no_update", "ledger_no_delete", "ledger_no_replace"):
            cx.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
    else:
        cx.execute(text("SET LOCAL session_replication_role = replica"))  # neither triggers nor foreign keys


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_past_the_program_is_named(what: str, lived: PlayedOffice, tmp_path):
    play = PlayedOffice(tmp_path, lived)
    statement, invariant = CHANGES[what]
    with pen(play.office.engine) as cx:
        disarmed(cx)
        assert cx.exec_driver_sql(statement.format(zero=ZERO[cx.dialect.name])).rowcount > 0

    assert invariant in {problem.invariant for problem in play.problems(deep=True)}
    play.close()
