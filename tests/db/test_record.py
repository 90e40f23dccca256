"""Record: everything that follows from a cause, once, all or nothing, and only what the life table allows."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from office_builders import (
    BOOK,
    LAND,
    LI,
    NOW,
    ORDER,
    a_letter,
    a_question,
    about,
    broken_at,
    caused,
    decided,
    die,
    found,
    in_a_child,
    keep,
    later,
    opened,
    opening,
    rows,
    statements_of,
    written,
)
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from db import directory, files, ledger, letters, outbox, people, questions
from db.engine import open_engine
from db.pen import look, pen
from db.record import Decided, Recorded, record
from rules import events as ev
from rules.asking import question_id
from rules.decision import ContactEntry, Decision, Disposition, Draft, Filing, Party, Settled, Warrant, WarrantKind
from rules.life import ImpossibleMove, State
from rules.notices.notice import Paper
from rules.numbers import reference
from rules.shield import Identity

REF = reference(2017, 1)
TABLES = ("cases", "ledger", "outbox", "codes", "filings", "identities", "parties", "drafts", "questions")


def test_a_complaint_opens_a_case_with_everything_that_belongs_to_it(engine: Engine):
    keep(engine, found(1))
    with pen(engine) as cx:
        recorded = decided(
            cx,
            "letter 1",
            opening(questions=(a_question(),)),
            [written(), written("transfer:1", audience="unit", to=LAND)],
        )

    with look(engine) as cx:
        kinds = [event.kind for _, event in ledger.lines(cx)]
        assert (recorded, kinds) == (
            Recorded((1, 2, 3, 4, 5)),
            ["Registered", "ClockStarted", "Queued", "Queued", "Asked"],
        )
        assert files.get(cx, REF) == files.replayed(cx, REF)
        assert letters.waiting(cx, 9) == []
        assert people.parties_of(cx, (REF,)) == ((REF, "complainant", LI),)
        assert people.draft_of(cx, REF) == Draft(REF, "投诉", "某人投诉某窗口。")
        assert {identity.value for identity in people.known_by(cx, REF)} == {"李明远", "13800000000"}
        assert [question.key for question in questions.waiting(cx)] == ["forward:1"]
        assert [outbox.get(cx, number).occasion for number in outbox.due(cx, NOW, "complaint", 9)] == [
            f"receipt:{REF}",
            "transfer:1",
        ]
        row = cx.execute(text("SELECT disposition, kind, from_addr, subject, seq FROM letters")).one()
        case = cx.execute(text("SELECT state, ended, due, due_step, calendar, owner, book, seq FROM cases")).one()
    assert tuple(row) == ("opened", "complaint", LI, "complaint", 5)
    assert tuple(case) == ("registered", 0, "2017-05-16", "accept", "2017", "receiver", BOOK, 5)


def test_once_a_known_cause_has_no_second_effect(engine: Engine):
    opened(engine)
    before = [rows(engine, table) for table in TABLES]

    with pen(engine) as cx:
        again = decided(cx, "letter 1", opening(2), [written("other:1")])

    assert (again, [rows(engine, table) for table in TABLES]) == (Recorded(duplicate=True), before)


def statement_count(engine: Engine) -> int:
    keep(engine, found(9))
    with pen(engine) as cx:
        return len(statements_of(engine, lambda: decided(cx, "letter 9", opening(9), [written(serial=9)])))


@pytest.mark.parametrize("nth", range(1, 16))
def test_f6_broken_off_at_any_statement_nothing_of_the_case_survives_and_it_is_decided_again(nth: int, engine: Engine):
    keep(engine, found(1))

    def work() -> None:
        with pen(engine) as cx:
            decided(cx, "letter 1", opening(questions=(a_question(),)), [written()])

    broken = broken_at(engine, nth, work)

    expected = [0] * 9 if broken else [1, 4, 1, 1, 1, 2, 1, 1, 1]
    assert [rows(engine, table) for table in TABLES] == expected
    work()
    assert [rows(engine, table) for table in TABLES] == [1, 4, 1, 1, 1, 2, 1, 1, 1]
    with look(engine) as cx:
        assert ledger.verify(cx) == []


def test_f6_killed_inside_the_transaction_nothing_survives(sqlite: Engine):
    keep(sqlite, found(1))

    def work() -> None:
        engine = open_engine(str(sqlite.url))

        def decide() -> None:
            with pen(engine) as cx:
                decided(cx, "letter 1", opening(), [written()])

        broken_at(engine, 10, decide, die)

    assert in_a_child(work) == -9
    assert [rows(sqlite, table) for table in TABLES] == [0] * 9


def test_an_opened_case_costs_few_statements_however_many_letters_it_writes(sqlite: Engine):
    """The price of a decision is counted, not timed: no more than fourteen, with two letters and a question."""
    keep(sqlite, found(1))
    out = [written(), written("transfer:1", audience="unit", to=LAND)]
    with pen(sqlite) as cx:
        sent = statements_of(sqlite, lambda: decided(cx, "letter 1", opening(questions=(a_question(),)), out))

    assert len(sent) <= 16, "\n".join(sent)
    assert statement_count(sqlite) <= 14


def test_never_refuse_a_rule_cannot_refuse_and_the_receiver_cannot_either(engine: Engine):
    opened(engine)
    receiver = Warrant(WarrantKind.ORDER, "order-2", "周敏", "receiver")

    for warrant in (ev.BY_RULE, receiver):
        refusal = Decision(events=(ev.NotAccepted(about=about(), ground="court", warrant=warrant),))
        with pytest.raises(ImpossibleMove), pen(engine) as cx:
            caused(cx, "order:2", refusal, [written("refused:1")])

    assert (rows(engine, "outbox"), rows(engine, "ledger")) == (1, 3)


def test_who_says_the_head_refuses_by_an_order(engine: Engine):
    opened(engine)
    with pen(engine) as cx:
        caused(cx, "order:1", Decision(events=(ev.NotAccepted(about=about(), ground="court", warrant=ORDER),)))

    with look(engine) as cx:
        file = files.get(cx, REF)
        assert file is not None
        assert (file.state, file.ground, file.ended) == (State.REFUSED, "court", True)
        assert cx.execute(text("SELECT ended, due, owner FROM cases")).one() == (1, None, "archive")
        assert files.open_files(cx) == []


def test_an_open_case_without_a_clock_is_refused_by_the_database(engine: Engine):
    keep(engine, found(1))
    without = replace(opening(), events=opening().events[:1])

    with pytest.raises(IntegrityError, match="open_has_due"), pen(engine) as cx:
        decided(cx, "letter 1", without)


def test_an_event_of_a_case_that_was_never_registered_is_a_bug(engine: Engine):
    with pytest.raises(ValueError, match="before Registered"), pen(engine) as cx:
        caused(cx, "order:1", Decision(events=(ev.Accepted(about=about(7)),)))


def test_two_cases_never_get_one_number(engine: Engine):
    opened(engine)

    with pytest.raises(IntegrityError), pen(engine) as cx:
        caused(cx, "letter:other:0", opening(1))
    with look(engine) as cx:
        assert files.next_serial(cx, 2017) == 2
        assert files.next_serial(cx, 2018) == 1


def test_an_occasion_has_one_letter_whoever_asks_again(engine: Engine):
    opened(engine)
    with pen(engine) as cx:
        caused(
            cx,
            "tick:1",
            Decision(),
            [written(), written("remind:1"), written("remind:1", message_id="<other@huiyin.example>")],
        )

    with look(engine) as cx:
        sent = [event.occasion for _, event in ledger.lines(cx) if isinstance(event, ev.Queued)]
    assert sent == [f"receipt:{REF}", "remind:1"]
    assert rows(engine, "outbox") == 2


def test_a_letter_the_guard_stopped_lies_stopped_and_its_line_names_kind_and_place_only(engine: Engine):
    opened(engine)
    with pen(engine) as cx:
        caused(
            cx,
            "order:1",
            Decision(),
            [written("transfer:1", audience="unit", state="stopped", hits=(("name", "text"),))],
        )

    with look(engine) as cx:
        [stopped] = [event for _, event in ledger.lines(cx) if isinstance(event, ev.Stopped)]
        row = outbox.by_occasion(cx, "transfer:1")
        assert row is not None
        assert (stopped.kinds, stopped.places, row.state) == (("name",), ("text",), "stopped")
        assert outbox.due(cx, NOW, "complaint", 9) == [1]


def test_a_question_is_asked_once_while_it_waits_and_its_letters_go_once(engine: Engine):
    opened(engine)
    first, second = question_id("order:1", "forward:1"), question_id("order:2", "forward:1")
    for cause, name in (("order:1", first), ("order:2", second)):
        with pen(engine) as cx:
            caused(
                cx,
                cause,
                Decision(questions=(a_question(), a_question())),
                [written(f"ask:{name}:周敏", audience="staff")],
            )

    with look(engine) as cx:
        assert [question.id for question in questions.waiting(cx)] == [first]
        assert outbox.exists(cx, f"ask:{first}:周敏")
        assert not outbox.exists(cx, f"ask:{second}:周敏")


def test_a_question_answered_may_be_asked_again_even_by_the_cause_that_answers_it(engine: Engine):
    opened(engine)
    with pen(engine) as cx:
        caused(cx, "order:1", Decision(questions=(a_question(),)))
        caused(cx, "order:2", Decision(questions=(a_question(),), answered=("forward:1",)))

    with look(engine) as cx:
        [waiting] = questions.waiting(cx)
        first = questions.named(cx, question_id("order:1", "forward:1"))
        assert first is not None
        assert (waiting.id, first.answered) == (question_id("order:2", "forward:1"), True)


def test_a_question_remembers_the_letter_that_an_event_names(engine: Engine):
    opened(engine)
    digest = a_letter().sha256
    held = Decision(
        Disposition.HELD,
        "crashed",
        events=(ev.Held(about="office", letter=digest, reason="crashed"),),
        questions=(a_question("held:1"),),
    )
    with pen(engine) as cx:
        caused(cx, "report:1", held)

    with look(engine) as cx:
        assert [question.letter for question in questions.waiting(cx)] == [digest]


def test_a_decision_without_events_leaves_a_line_all_the_same(engine: Engine):
    with pen(engine) as cx:
        caused(cx, "report:1", Decision())
        caused(cx, "report:2", Decision(kind="send-again"))

    with look(engine) as cx:
        assert [event for _, event in ledger.lines(cx)] == [
            ev.Noted(about="office", what="decided"),
            ev.Noted(about="office", what="send-again"),
        ]


def test_a_letter_filed_again_by_an_order_changes_its_part_and_stays_one_filing(engine: Engine):
    opened(engine)
    digest = a_letter().sha256
    again = Decision(
        Disposition.JOINED,
        "supplement",
        filings=(Filing(REF, "supplement"),),
        events=(ev.Joined(about=about(), letter=digest, part="supplement", warrant=ORDER),),
    )
    with pen(engine) as cx:
        record(cx, "order:1", again, at=NOW, book=BOOK, letter=Decided(1, digest))

    with engine.connect() as cx:
        assert [tuple(row) for row in cx.execute(text('SELECT "case", part FROM filings'))] == [(REF, "supplement")]
        assert cx.execute(text("SELECT disposition, subject FROM letters")).one() == ("joined", "complaint")


def test_identities_are_learned_once_and_more_are_added(engine: Engine):
    opened(engine)
    more = Decision(
        identities=((REF, (Identity("name", "李 明远"), Identity("qq", "100001"), Identity("qq", " "))),),
        drafts=(Draft(REF, "新", "新的文字"),),
        parties=(Party(REF, "complainant", LI.upper()), Party(REF, "unit:国土资源局", LAND)),
    )
    with pen(engine) as cx:
        caused(cx, "order:1", more)
        caused(cx, "order:2", Decision(parties=(Party(REF, "unit:国土资源局", "new@unit.example"),)), at=later(5))

    with look(engine) as cx:
        assert sorted(identity.value for identity in people.known_by(cx, REF)) == ["100001", "13800000000", "李明远"]
        assert people.draft_of(cx, REF) == Draft(REF, "新", "新的文字")
        assert people.draft_of(cx, reference(2017, 9)) is None
        assert people.parties_of(cx, (REF,)) == ((REF, "complainant", LI), (REF, "unit:国土资源局", "new@unit.example"))
        assert people.parties_of(cx, ()) == ()
    assert rows(engine, "parties") == 3


def test_the_order_reread_keeps_a_held_letter_again(engine: Engine):
    keep(engine, found(1))
    digest = a_letter().sha256
    with pen(engine) as cx:
        decided(
            cx,
            "letter 1",
            Decision(Disposition.HELD, "unclear", events=(ev.Held(about="office", letter=digest, reason="unclear"),)),
        )
        caused(
            cx,
            "order:1",
            Decision(kind="reread", events=(ev.Noted(about="office", what="reread", letter=digest, warrant=ORDER),)),
        )

    with look(engine) as cx:
        assert [(row.sha256, row.round) for row in letters.waiting(cx, 9)] == [(digest, 1)]


def test_a_letter_that_could_not_be_read_is_decided_with_its_bytes_whole(engine: Engine):
    keep(engine, found(1))
    digest = a_letter().sha256
    held = Decision(Disposition.HELD, "crashed", events=(ev.Held(about="office", letter=digest, reason="crashed"),))
    with pen(engine) as cx:
        record(cx, "letter:x:0", held, at=NOW, book=BOOK, letter=Decided(1, digest))

    with engine.connect() as cx:
        assert cx.execute(text("SELECT disposition, kind, from_addr FROM letters")).one() == ("held", "crashed", "")


def test_papers_go_with_their_letter_and_a_letter_without_code_has_none(engine: Engine):
    opened(engine, out=[])
    with pen(engine) as cx:
        letters.keep_blob(cx, sha256(b"clean").hexdigest(), b"clean")
        paper = Paper(sha256(b"clean").hexdigest(), "01.docx")
        caused(cx, "order:1", Decision(), [written("transfer:1", papers=(paper, paper), code_hash="")])

    assert (rows(engine, "papers"), rows(engine, "codes")) == (2, 0)


def test_a_term_extended_moves_the_due_date_of_the_row(engine: Engine):
    opened(engine)
    more = (
        ev.Accepted(about=about()),
        ev.ClockStarted(
            about=about(), clock="assign", started=date(2017, 5, 9), due=date(2017, 5, 11), calendar="2017"
        ),
    )
    with pen(engine) as cx:
        caused(
            cx,
            "rule:1",
            Decision(events=more, settled=(Settled(f"receipt:{REF}", "sent", "250"),), spent=(f"receipt:{REF}",)),
        )

    with engine.connect() as cx:
        assert cx.execute(text("SELECT state, due, due_step FROM cases")).one() == ("accepted", "2017-05-11", "assign")
        assert cx.execute(
            text("SELECT o.state, o.answer, c.spent FROM outbox o JOIN codes c ON c.outbox = o.id")
        ).one() == ("sent", "250", 5)


def test_the_directory_keeps_what_was_before_and_an_entry_without_address_keeps_the_old_one(engine: Engine):
    entries = (
        ContactEntry("国土资源局", LAND, "张三", "024-1", letter="a" * 64),
        ContactEntry("国土资源局", "", "李四", "024-2", "024-9", "b" * 64),
        ContactEntry("桓仁镇", "", "王五"),
    )
    for minutes, entry in enumerate(entries):
        with pen(engine) as cx:
            caused(cx, f"letter:{minutes}:0", Decision(contacts=(entry,)), at=later(minutes))

    with look(engine) as cx:
        assert [(contact.unit, contact.address, contact.person) for contact in directory.today(cx)] == [
            ("国土资源局", LAND, "李四")
        ]
        history = directory.history(cx, "国土资源局")
        assert [(row["person"], row["until"] != "", row["letter"][:1]) for row in history] == [
            ("张三", True, "a"),
            ("李四", False, "b"),
        ]
        assert history[0]["until"] == history[1]["since"]
        assert {row["unit"]: row["public"] for row in directory.rows(cx)} == {"国土资源局": "024-9", "桓仁镇": ""}


@pytest.mark.parametrize(("part", "disposition"), [("complaint", "opened"), ("supplement", "joined")])
def test_an_order_files_the_letter_it_names_and_stays_an_order_itself(part: str, disposition: str, engine: Engine):
    opened(engine)
    keep(engine, found(2), found(3))
    digest = a_letter("letter 2").sha256
    with pen(engine) as cx:
        decided(
            cx,
            "letter 2",
            Decision(Disposition.HELD, "unclear", events=(ev.Held(about="office", letter=digest, reason="unclear"),)),
        )
        joined = ev.Joined(about=about(), letter=digest, part=part, warrant=ORDER)
        decided(
            cx,
            "letter 3",
            Decision(Disposition.ORDER, "join", filings=(Filing(REF, part, letter=digest),), events=(joined,)),
        )

    with engine.connect() as cx:
        filed = cx.execute(text("SELECT letter, part FROM filings WHERE letter > 1")).all()
        letters_now = cx.execute(text("SELECT id, disposition FROM letters WHERE id > 1 ORDER BY id")).all()
    assert ([tuple(row) for row in filed], [tuple(row) for row in letters_now]) == (
        [(2, part)],
        [(2, disposition), (3, "order")],
    )
