"""ONE-WAY-OUT: a letter's row goes along the edges of the design and no others; only the process that made attempt k says what became of it."""

from datetime import timedelta

import pytest
from office_builders import LAND, LI, NOW, caused, later, opened, written
from sqlalchemy import Engine, text

from db import outbox, pace
from db.moment import kept
from db.pen import look, pen
from rules.decision import Decision, Settled
from rules.numbers import reference

RECEIPT = f"receipt:{reference(2017, 1)}"


def state(engine: Engine, occasion: str = RECEIPT) -> tuple[str, int, str]:
    with look(engine) as cx:
        row = outbox.by_occasion(cx, occasion)
    assert row is not None
    return row.state, row.attempt, row.answer


def queued(engine: Engine, *occasions: str, **more: object) -> None:
    for occasion in occasions:
        with pen(engine) as cx:
            caused(cx, f"cause:{occasion}", Decision(), [written(occasion, **more)])  # type: ignore[arg-type]


def test_what_is_due_goes_by_rank_and_age_each_mailbox_by_itself(engine: Engine):
    opened(engine, out=[])
    queued(engine, "report:1", rank=9)
    queued(engine, "receipt:a", "receipt:b", rank=1)
    queued(engine, "sheet:1", mailbox="contact", rank=1)

    with look(engine) as cx:
        due = [outbox.get(cx, number).occasion for number in outbox.due(cx, NOW, "complaint", 9)]
        first = outbox.due(cx, NOW, "complaint", 1)
        contact = [outbox.get(cx, number).occasion for number in outbox.due(cx, NOW, "contact", 9)]

    assert (due, len(first), contact) == (["receipt:a", "receipt:b", "report:1"], 1, ["sheet:1"])


def test_3a_a_letter_is_taken_once(engine: Engine):
    opened(engine)
    with pen(engine) as cx:
        assert outbox.take(cx, 1, NOW) is True
        assert outbox.take(cx, 1, NOW) is False
        assert outbox.due(cx, NOW, "complaint", 9) == []

    assert state(engine) == ("sending", 1, "")


@pytest.mark.parametrize("end", ["sent", "refused", "unknown"])
def test_3b_the_attempt_says_what_became_of_it_and_only_once(end: str, engine: Engine):
    opened(engine)
    with pen(engine) as cx:
        outbox.take(cx, 1, NOW)
        row = outbox.get(cx, 1)
    with pen(engine) as cx:
        assert outbox.outcome(cx, row, end, later(1), answer="250 ok", queue_id="q1") is True
        assert outbox.outcome(cx, row, "sent", later(2)) is False

    assert state(engine) == (end, 1, "250 ok")


def test_3b_an_attempt_of_yesterday_says_nothing_of_todays(engine: Engine):
    opened(engine)
    with pen(engine) as cx:
        outbox.take(cx, 1, NOW)
        first = outbox.get(cx, 1)
        outbox.outcome(cx, first, "queued", NOW, not_before=later(2))
        outbox.take(cx, 1, later(3))
        assert outbox.outcome(cx, first, "sent", later(4)) is False

    assert state(engine) == ("sending", 2, "")


def test_f63_a_letter_put_back_waits_until_its_time(engine: Engine):
    opened(engine)
    with pen(engine) as cx:
        outbox.take(cx, 1, NOW)
        outbox.outcome(cx, outbox.get(cx, 1), "queued", NOW, answer="451 later", not_before=later(10))

        assert outbox.due(cx, later(9), "complaint", 9) == []
        assert outbox.due(cx, later(10), "complaint", 9) == [1]


def test_f9_rows_left_sending_are_the_orphans_of_a_shift_and_unknown_is_never_queued_again(engine: Engine):
    opened(engine)
    with pen(engine) as cx:
        outbox.take(cx, 1, NOW)
        [orphan] = outbox.orphans(cx)
        outbox.outcome(cx, orphan, "unknown", later(1))
        assert (outbox.orphans(cx), [row.id for row in outbox.unknown(cx)]) == ([], [1])
        outbox.stop(cx, 1, later(2))
        assert outbox.take(cx, 1, later(3)) is False

    assert state(engine) == ("unknown", 1, "")
    with pen(engine) as cx, pytest.raises(KeyError):
        outbox.settle(cx, (Settled(RECEIPT, "queued"),), kept(NOW))


EDGES = {
    ("queued", "sent"),
    ("sending", "sent"),
    ("unknown", "sent"),
    ("refused", "sent"),
    ("queued", "refused"),
    ("sending", "refused"),
    ("unknown", "refused"),
    ("sent", "refused"),
    ("sending", "unknown"),
    ("queued", "withdrawn"),
    ("stopped", "withdrawn"),
    ("unknown", "withdrawn"),
    ("refused", "withdrawn"),
}
"""What is learned leads along these; queued -> sent and refused are for a database restored from before the sending (F32)."""


@pytest.mark.parametrize("begin", ["queued", "stopped", "sending", "unknown", "sent", "refused", "withdrawn"])
@pytest.mark.parametrize("end", ["sent", "refused", "unknown", "withdrawn"])
def test_what_is_learned_moves_a_row_along_the_edges_alone(begin: str, end: str, sqlite: Engine):
    opened(sqlite)
    with pen(sqlite) as cx:
        cx.execute(text("UPDATE outbox SET state = :begin"), {"begin": begin})
        outbox.settle(cx, (Settled(RECEIPT, end, "said", "q"),), kept(later(1)))

    moved = (begin, end) in EDGES
    assert state(sqlite) == (end if moved else begin, 0, "said" if moved else "")


def test_f94_the_guard_at_the_door_stops_what_waits(engine: Engine):
    opened(engine)
    with pen(engine) as cx:
        outbox.stop(cx, 1, later(1))
        assert outbox.due(cx, later(2), "complaint", 9) == []

    assert state(engine) == ("stopped", 0, "")


def test_f71_the_alternative_is_the_same_row_and_message_with_other_bytes_once(engine: Engine):
    opened(engine)
    with pen(engine) as cx:
        before = outbox.get(cx, 1)
        other = written(raw=b"other bytes", sha256="f" * 64, text="other words", message_id="<new@huiyin.example>")
        assert outbox.alternative(cx, before, other, later(1)) is True
        assert outbox.alternative(cx, before, other, later(2)) is False
        after = outbox.get(cx, 1)

    assert (after.raw, after.message_id, after.occasion) == (b"other bytes", before.message_id, before.occasion)


def test_a_letter_is_found_by_its_message_id_and_by_its_occasion(engine: Engine):
    opened(engine)
    with look(engine) as cx:
        row = outbox.by_occasion(cx, RECEIPT)
        assert row is not None
        assert outbox.by_message_id(cx, row.message_id) == row
        assert outbox.by_message_id(cx, "<nobody@huiyin.example>") is None
        assert outbox.by_occasion(cx, "receipt:none") is None


def test_a7_a_code_that_has_acted_is_spent(engine: Engine):
    opened(engine)
    with pen(engine) as cx:
        outbox.spend(cx, (), 1)
        outbox.spend(cx, (RECEIPT, "receipt:none"), 2)
        assert cx.execute(text("SELECT spent FROM codes")).scalar_one() == 2


def test_no_loop_counts_automatic_letters_to_complainants_and_stops_at_the_limit(engine: Engine):
    opened(engine, out=[])
    queued(engine, "receipt:1", "receipt:2", "receipt:3")
    queued(engine, "transfer:1", audience="unit", to=LAND)
    queued(engine, "answer:1", automatic=False)

    with look(engine) as cx:
        counts = [
            pace.automatic_since(cx, LI.upper(), NOW - timedelta(days=1)),
            pace.automatic_since(cx, LI, NOW - timedelta(days=1), 2),
            pace.automatic_since(cx, LI, later(1)),
            pace.automatic_since(cx, LAND, NOW - timedelta(days=1)),
            pace.to_domain_since(cx, "people.example", NOW - timedelta(days=1)),
            pace.to_domain_since(cx, "PEOPLE.example", NOW - timedelta(days=1), 1),
        ]
    assert counts == [3, 2, 0, 0, 3, 1]


def test_the_rate_counts_what_left_a_mailbox_and_a_pause_puts_everything_off(engine: Engine):
    opened(engine, out=[])
    queued(engine, "receipt:1", "receipt:2", "receipt:3")
    with pen(engine) as cx:
        outbox.settle(cx, (Settled("receipt:1", "sent"),), kept(NOW))
        assert (pace.sent_since(cx, "complaint", NOW), pace.sent_since(cx, "contact", NOW)) == (1, 0)
        assert pace.sent_since(cx, "complaint", later(1)) == 0
        pace.put_off(cx, "complaint", later(15))
        assert (outbox.due(cx, later(14), "complaint", 9), outbox.due(cx, later(15), "complaint", 9)) == ([], [2, 3])
