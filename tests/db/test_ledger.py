"""The ledger: the same words for ever, append-only, every change found (LEDGER, A76)."""

import json
from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from office_builders import BOOK, NOW, ORDER, about, by_hand, caused, opening
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from db import ledger
from db.ledger import Broken
from db.moment import kept
from db.pen import look, pen
from rules.decision import Warrant, WarrantKind
from rules.events import KINDS, Event, Noted, revive

GOLDEN = Path(__file__).parent / "ledger_lines.json"
SAMPLES: dict[Any, Any] = {
    str: "word",
    int: 2017,
    bool: True,
    date: date(2017, 5, 9),
    date | None: date(2017, 5, 9),
    tuple[str, ...]: ("one", "two"),
}


def a(kind: type[Event]) -> Event:
    """An event of the class with every field filled."""
    filled = {field.name: SAMPLES[field.type] for field in fields(kind) if field.name not in ("about", "warrant")}
    return kind(about=about(), warrant=ORDER, **filled)


def written_down(event: Event) -> dict[str, Any]:
    return {"kind": event.kind, "v": event.v, "body": ledger.canonical(event.body())}


def test_golden_every_event_class_that_ever_was_is_read_again():
    """Lines of every class as they were first written. A line is only ever added here: a class renamed or a field taken away fails."""
    for line in json.loads(GOLDEN.read_text("utf-8")):
        again = revive(line["kind"], about(), ORDER, json.loads(line["body"]))
        given = json.loads(line["body"])
        assert {name: value for name, value in again.body().items() if name in given} == given, line["kind"]


def test_golden_every_event_class_of_the_code_has_its_line():
    """A new class wants a line: `python tests/db/test_ledger.py` adds those that are missing and changes none."""
    assert {line["kind"] for line in json.loads(GOLDEN.read_text("utf-8"))} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.__name__)
def test_fields_are_only_added_with_defaults(kind: type[Event]):
    first = next(
        json.loads(line["body"]) for line in json.loads(GOLDEN.read_text("utf-8")) if line["kind"] == kind.__name__
    )

    later = [field for field in fields(kind) if field.name not in (*first, "about", "warrant")]

    assert [field.name for field in later if field.default is MISSING] == []


def values(kind: type[Event]) -> some.SearchStrategy[Event]:
    words = some.text(some.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
    strategies: dict[Any, some.SearchStrategy[Any]] = {
        str: words,
        int: some.integers(-(2**31), 2**31),
        bool: some.booleans(),
        date: some.dates(),
        date | None: some.none() | some.dates(),
        tuple[str, ...]: some.lists(words, max_size=3).map(tuple),
    }
    rest = {field.name: strategies[field.type] for field in fields(kind) if field.name not in ("about", "warrant")}
    warrants = some.builds(Warrant, some.sampled_from(WarrantKind), words.filter(bool), words, words)
    return some.builds(kind, about=words, warrant=warrants, **rest)


@settings(max_examples=40, deadline=None)
@given(event=some.one_of([values(kind) for kind in KINDS.values()]))
def test_an_event_comes_back_from_its_line_as_it_was(event: Event):
    body = json.loads(ledger.canonical(event.body()))

    assert revive(event.kind, event.about, event.warrant, body) == event


def test_events_come_back_from_the_database_as_they_were(engine: Engine):
    events = [a(kind) for kind in KINDS.values()]
    with pen(engine) as cx:
        ledger.append(cx, "cause", events, at=kept(NOW), book=BOOK)

    with look(engine) as cx:
        assert [event for _, event in ledger.lines(cx)] == events
        assert ledger.verify(cx) == []
        assert ledger.head(cx).seq == len(KINDS)


def test_f36_a_line_with_what_no_database_takes_is_cleaned_before_it_is_hashed(engine: Engine):
    with pen(engine) as cx:
        ledger.append(cx, "cause", [Noted(about="office", what="a\ud800b", letter="\x00")], at=kept(NOW), book=BOOK)

    with look(engine) as cx:
        [(_, event)] = ledger.lines(cx)
        assert isinstance(event, Noted)
        assert (event.what, ledger.verify(cx)) == ("a�b", [])


def filled(engine: Engine) -> None:
    for serial in (1, 2, 3):
        with pen(engine) as cx:
            caused(cx, f"letter:{serial}:0", opening(serial))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger SET actor = 'somebody else' WHERE seq = 2",
        "DELETE FROM ledger WHERE seq = 2",
        "DELETE FROM ledger",
    ],
)
def test_the_database_itself_refuses_to_change_a_line(statement: str, engine: Engine):
    refuses_to(statement, engine)


def test_sqlite_refuses_to_replace_a_line_too(sqlite: Engine):
    refuses_to("INSERT OR REPLACE INTO ledger SELECT * FROM ledger WHERE seq = 2", sqlite)


def refuses_to(statement: str, engine: Engine) -> None:
    filled(engine)

    with pytest.raises(DBAPIError, match="append-only"), pen(engine) as cx:
        cx.execute(text(statement))

    with look(engine) as cx:
        assert (ledger.verify(cx), ledger.head(cx).seq) == ([], 6)


@pytest.mark.parametrize(
    ("statements", "broken"),
    [
        (["UPDATE ledger SET body = '{}' WHERE seq = 3"], [Broken(3, "changed")]),
        (["UPDATE ledger SET role = 'head' WHERE seq = 3"], [Broken(3, "changed")]),
        (["DELETE FROM ledger WHERE seq = 3"], [Broken(3, "missing"), Broken(4, "reordered")]),
        (["DELETE FROM ledger WHERE seq = 6"], [Broken(6, "tail")]),
        (["DELETE FROM ledger WHERE seq > 0"], [Broken(6, "tail")]),
        (
            [
                "UPDATE ledger SET seq = 99 WHERE seq = 3",
                "UPDATE ledger SET seq = 3 WHERE seq = 4",
                "UPDATE ledger SET seq = 4 WHERE seq = 99",
            ],
            [
                Broken(3, "reordered"),
                Broken(3, "changed"),
                Broken(4, "reordered"),
                Broken(4, "changed"),
                Broken(5, "reordered"),
            ],
        ),
    ],
)
def test_a76_a_line_changed_removed_cut_or_swapped_is_found(
    statements: list[str], broken: list[Broken], sqlite: Engine
):
    filled(sqlite)
    with sqlite.connect() as cx:
        cx.exec_driver_sql("PRAGMA foreign_keys=OFF")
        cx.rollback()

    foreign_keys_off(sqlite, statements)

    with look(sqlite) as cx:
        assert ledger.verify(cx) == broken


def foreign_keys_off(engine: Engine, statements: list[str]) -> None:
    with engine.connect().execution_options(begin="") as cx:
        cx.exec_driver_sql("PRAGMA foreign_keys=OFF")
        for name in ("ledger_no_update", "ledger_no_delete", "ledger_no_replace"):
            cx.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            cx.execute(text(statement))
        cx.exec_driver_sql("PRAGMA foreign_keys=ON")


def test_a76_a_chain_computed_anew_after_an_inserted_line_shows_against_the_head_that_was_printed(sqlite: Engine):
    """Who can write everything can compute everything; the head in yesterday's letter to the staff is out of his reach."""
    filled(sqlite)
    with look(sqlite) as cx:
        printed = ledger.head(cx)
        lines = [dict(row._mapping) for row, _ in ledger.lines(cx)]
    lines[2]["body"] = "{}"
    previous = lines[1]["hash"]
    for line in lines[2:]:
        line["prev"] = previous
        line["hash"] = previous = ledger.line_hash(line)
    by_hand(sqlite, "UPDATE ledger SET prev = 'x' || seq, hash = 'y' || seq WHERE seq > 2")
    for line in lines[2:]:
        by_hand(sqlite, "UPDATE ledger SET body = :body, prev = :prev, hash = :hash WHERE seq = :seq", **line)
    by_hand(sqlite, "UPDATE office SET hash = :hash", hash=previous)

    with look(sqlite) as cx:
        assert ledger.verify(cx) == []
        assert ledger.head(cx) != printed


def test_a_warrant_by_code_or_order_without_saying_which_is_refused_by_the_database(engine: Engine):
    nameless = Noted(about="office", what="x", warrant=Warrant(WarrantKind.ORDER))

    with pytest.raises(DBAPIError, match="who_says"), pen(engine) as cx:
        ledger.append(cx, "cause", [nameless], at=kept(NOW), book=BOOK)


def test_a76_the_chain_goes_on_from_a_line_that_was_verified(engine: Engine):
    """Who verified up to a line reads on from its hash: a line that follows another one than that shows."""
    with pen(engine) as cx:
        ledger.append(cx, "first", [Noted(about="office", what="x")], at=kept(NOW), book=BOOK)
        verified = ledger.head(cx)
        ledger.append(cx, "second", [Noted(about="office", what="y")], at=kept(NOW), book=BOOK)

        assert ledger.verify(cx, verified) == []
        assert ledger.verify(cx, ledger.Head(verified.seq, ledger.GENESIS)) == [Broken(2, "reordered")]


def test_a_trouble_lasts_from_the_line_that_told_of_it_to_the_line_that_ends_it(engine: Engine):
    """Asked of each mailbox in each round: one statement, by the index of causes; a name that begins like another is another."""
    with pen(engine) as cx:
        for cause, newer in (("report:a:1", True), ("report:ab:1", True), ("over:a:1", False), ("report:a:2", True)):
            ledger.append(cx, cause, [Noted(about="office", what="x")], at=kept(NOW), book=BOOK)

            assert ledger.newer(cx, "report:a:", "over:a:") is newer
        assert not ledger.newer(cx, "report:b:", "over:b:")
        assert ledger.known_among(cx, ("report:a:2", "report:a:3")) == {"report:a:2"}
        assert ledger.known_among(cx, ()) == set()


def test_appending_nothing_moves_nothing(engine: Engine):
    with pen(engine) as cx:
        assert ledger.append(cx, "cause", [], at=kept(NOW), book=BOOK) == []
        assert ledger.head(cx) == ledger.Head(0, ledger.GENESIS)


if __name__ == "__main__":
    known = json.loads(GOLDEN.read_text("utf-8")) if GOLDEN.exists() else []
    there = {line["kind"] for line in known}
    known += [written_down(a(kind)) for name, kind in KINDS.items() if name not in there]
    GOLDEN.write_text("[\n" + ",\n".join(json.dumps(line, ensure_ascii=False) for line in known) + "\n]\n", "utf-8")
