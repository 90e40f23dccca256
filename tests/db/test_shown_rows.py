"""What the command line shows of the store, the identity room's log, and books by hash."""

from hashlib import sha256

import pytest
from office_builders import (
    BOOK,
    LI,
    NOW,
    a_letter,
    a_question,
    about,
    caused,
    decided,
    found,
    keep,
    later,
    opened,
    rows,
    written,
)
from sqlalchemy import Engine

from daemon.books import read_chapters
from db import books, books_taken, ledger, lists, people
from db.letters import Found
from db.pen import look, pen
from rules.asking import question_id
from rules.decision import Decision, Disposition
from rules.events import BookTaken, Held, MachineNoted
from rules.numbers import reference
from rules.policy import load
from rules.shield import Identity

REF = reference(2017, 1)


def test_letters_are_shown_by_sighting_with_the_fields_of_the_contract(engine: Engine):
    opened(engine)
    keep(engine, found(2), found(3), found(5), Found(4, None, NOW, "vanished"), validity=1)
    machine = Decision(
        Disposition.MACHINE, "vacation", events=(MachineNoted(about="office", letter="x", machine="vacation"),)
    )
    held = Decision(Disposition.HELD, "unclear", events=(Held(about="office", letter="x", reason="unclear"),))
    with pen(engine) as cx:
        decided(cx, "letter 2", machine)
        decided(cx, "letter 3", held)

    with look(engine) as cx:
        shown = lists.letters(cx)
        only = lists.letters(cx, disposition="held")

    assert shown[0] == {
        "id": 1,
        "mailbox": "complaint",
        "folder": "INBOX",
        "uid": 1,
        "uidvalidity": 1,
        "sha256": a_letter("letter 1").sha256,
        "from_addr": LI,
        "subject": "complaint",
        "disposition": "opened",
        "machine": None,
        "case": REF,
        "why": None,
    }
    assert [(row["uid"], row["disposition"], row["machine"], row["why"]) for row in shown[1:]] == [
        (2, "machine", "vacation", None),
        (3, "held", None, "unclear"),
        (4, None, None, "vanished"),
        (5, None, None, None),
    ]
    assert [row["uid"] for row in only] == [3]


def test_cases_and_their_stories_and_letters(engine: Engine):
    opened(engine)
    book = load(dict(read_chapters(None)))
    with look(engine) as cx:
        [case] = lists.cases(cx, book)
        story = lists.story(cx, REF)
        sent, other = lists.outbox(cx, case=REF), lists.outbox(cx, case=reference(2017, 2))

    assert case == {
        "number": "桓营诉〔2017〕1号",
        "reference": REF,
        "state": "registered",
        "kind": "complaint",
        "mode": None,
        "lead": None,
        "due": "2017-05-16",
        "letters": [1],
    }
    assert [line["event"] for line in story] == ["Registered", "ClockStarted", "Queued"]
    assert (story[0]["warrant"], story[0]["serial"]) == ("rule", 1)
    assert other == []
    assert [(row["case"], row["notice"], row["to"], row["state"], row["tries"]) for row in sent] == [
        (REF, "receipt", LI, "queued", 0)
    ]


def test_questions_and_the_office_own_letters(engine: Engine):
    opened(engine)
    name = question_id("order:1", "forward:1")
    with pen(engine) as cx:
        caused(
            cx,
            "order:1",
            Decision(questions=(a_question(),)),
            [written(f"ask:{name}:周敏", audience="staff", about="office")],
        )

    with look(engine) as cx:
        [asked] = lists.questions(cx)
        shown = lists.outbox(cx)
    assert asked == {
        "id": name,
        "what": "forward",
        "about": about(),
        "role": "receiver",
        "choices": ["forward", "refuse"],
        "proposal": {"unit": "国土资源局"},
        "letter": None,
        "asked": NOW.isoformat(),
    }
    assert [row["case"] for row in shown] == [REF, None]


def test_l77_who_looks_into_the_identity_room_is_written_down(engine: Engine):
    opened(engine)
    with pen(engine) as cx:
        shown = people.shown_to(cx, REF, people.Reader("周敏", "receiver", "电话核实"), later(5), BOOK)

    with look(engine) as cx:
        assert people.readings(cx, REF) == [("周敏", "电话核实", "2017-05-09T01:05:00.000000Z")]
        assert people.readings(cx, reference(2017, 2)) == []
        (line,) = [event for _, event in ledger.lines(cx, about()) if event.kind == "IdentityRead"]
    assert (line.who, line.why, line.kinds) == ("周敏", sha256("电话核实".encode()).hexdigest(), ("mobile", "name"))
    assert set(shown) == {Identity("name", "李明远"), Identity("mobile", "13800000000")}


def test_only_the_identity_room_reads_identities():
    """One module names the table: who else wants to know must ask it."""
    from pathlib import Path

    room = Path(people.__file__).parent
    naming = {
        path.name
        for path in room.rglob("*.py")
        if "identities.c" in path.read_text("utf-8") or "t.identities" in path.read_text("utf-8")
    }

    assert naming == {"people.py"}


def test_f91_a_book_is_kept_whole_by_its_hash_and_taken_once(engine: Engine):
    chapters = {"office.toml": 'name = "办公室"\n'.encode(), "units.toml": b"# none\n"}
    with pen(engine) as cx:
        first = books.keep_book(cx, BOOK, chapters, NOW)
        again = books.keep_book(cx, BOOK, chapters, later(1))
        other = books.keep_book(cx, "c" * 64, {**chapters, "units.toml": b"# one\n"}, later(2))

    with look(engine) as cx:
        assert (first, again, other) == (True, False, True)
        assert books.chapters_of(cx, BOOK) == chapters
        assert books.chapters_of(cx, "c" * 64)["units.toml"] == b"# one\n"
        with pytest.raises(KeyError):
            books.chapters_of(cx, "d" * 64)
        taken = [event for _, event in ledger.lines(cx, "office")]
        assert books_taken.taken(cx) == [
            ("2017-05-09T01:02:00.000000Z", "c" * 64),
            ("2017-05-09T01:00:00.000000Z", BOOK),
        ]
    assert [(event.hash, event.before) for event in taken if isinstance(event, BookTaken)] == [
        (BOOK, ""),
        ("c" * 64, BOOK),
    ]
    assert rows(engine, "texts") == 5


def test_every_letter_that_is_kept_is_handed_out_in_the_order_it_came(engine: Engine):
    keep(engine, found(1), found(2))

    with look(engine) as cx:
        assert [number for number, _ in books_taken.kept_letters(cx)] == [1, 2]
