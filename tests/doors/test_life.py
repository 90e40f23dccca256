"""The life table and the fold: what no warrant may do, whatever a decision says (WHO-SAYS, NEVER-REFUSE, DUE)."""

import dataclasses
import json
from datetime import date
from pathlib import Path

import pytest
from desks import REF, a_case, order_by

from rules import events as ev
from rules.case import fold
from rules.decision import Warrant, WarrantKind
from rules.events import KINDS, revive
from rules.life import LIFE, MOVING, OPEN, STANDING, ImpossibleMove, State, walk

GOLDEN = Path(__file__).parent / "golden_events.jsonl"
REFUSING = {State.REFUSED, State.HANDED_OVER, State.MERGED, State.WITHDRAWN}


@pytest.mark.parametrize("kind", sorted(MOVING))
@pytest.mark.parametrize("state", list(State))
def test_never_refuse_only_an_order_ends_a_case_unheard(state, kind):
    for warrant in WarrantKind:
        try:
            after = walk(state, kind, Warrant(warrant, role="head"))
        except ImpossibleMove:
            continue
        assert after in STANDING
        assert warrant is WarrantKind.ORDER or after is state or after not in REFUSING


def test_never_refuse_a_refusal_needs_the_head():
    assert walk(State.REGISTERED, "NotAccepted", order_by("head")) is State.REFUSED
    with pytest.raises(ImpossibleMove, match="needs head, not receiver"):
        walk(State.REGISTERED, "NotAccepted", order_by("receiver"))
    with pytest.raises(ImpossibleMove, match="not nobody"):
        walk(State.REGISTERED, "NotAccepted", order_by(""))


def test_every_state_stands_for_something_and_every_open_one_can_be_left():
    assert set(STANDING) == set(State)
    assert {state for state, _ in LIFE} == {*OPEN, State.HANDED_OVER}  # an organ may not take what was handed over


def test_events_the_table_does_not_name_move_nothing():
    assert walk(State.CLOSED, "Noted", Warrant(WarrantKind.RULE)) is State.CLOSED


def test_nothing_happens_to_a_case_before_it_is_registered():
    with pytest.raises(ValueError, match="before Registered"):
        fold(None, ev.Noted(about=f"case:{REF}", what="x"))


def test_the_end_of_a_case_ends_its_clocks_and_keeps_its_promises_to_be_measured():
    promise = ev.ClockStarted(
        about=f"case:{REF}",
        clock="feedback",
        started=date(2017, 5, 9),
        due=date(2017, 6, 19),
        calendar="2017",
        promised=True,
    )
    running = fold(fold(a_case(), promise), promise)

    ended = fold(running, ev.Withdrawn(about=f"case:{REF}", warrant=order_by()))

    assert (ended.ended, ended.next_due, ended.promises) == (True, None, (("feedback", date(2017, 6, 19)),))


def test_an_extension_moves_the_clock_of_handling_alone():
    def started(clock):
        return ev.ClockStarted(
            about=f"case:{REF}", clock=clock, started=date(2017, 5, 9), due=date(2017, 5, 31), calendar="2017"
        )

    file = fold(fold(a_case(), started("handle")), started("copy"))

    after = fold(file, ev.Extended(about=f"case:{REF}", warrant=order_by(), unit="x", days=5, due=date(2017, 6, 7)))

    assert [clock.due for clock in after.clocks] == [date(2017, 6, 7), date(2017, 5, 31)]


def test_what_ends_a_case_is_its_outcome():
    file = a_case(State.REGISTERED)

    assert fold(file, ev.Merged(about=f"case:{REF}", warrant=order_by(), into="x")).outcome == "merged"
    assert fold(file, ev.NoReceipt(about=f"case:{REF}", reason="unit")).no_receipt == "unit"


# --- the ledger's words, for ever ---------------------------------------------------------------------------------------


def golden() -> list[dict]:
    return [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]


def test_every_word_of_the_ledger_has_a_golden_line_and_none_was_taken_away():
    assert [line["kind"] for line in golden()] == list(dict.fromkeys(line["kind"] for line in golden()))
    assert {line["kind"] for line in golden()} == set(KINDS)


@pytest.mark.parametrize("line", golden(), ids=lambda line: line["kind"])
def test_a_line_written_long_ago_still_means_the_same(line):
    event = revive(line["kind"], line["about"], Warrant(WarrantKind.RULE), line["body"])

    assert line["body"].items() <= event.body().items()
    assert revive(event.kind, event.about, event.warrant, json.loads(json.dumps(event.body()))) == event
    assert event.kind == line["kind"]
    assert all(
        getattr(event, field.name) == field.default
        for field in dataclasses.fields(event)
        if field.name not in {*line["body"], "about", "warrant"}
    )


def test_a_word_that_never_was_is_refused():
    with pytest.raises(KeyError):
        revive("Forgotten", "office", Warrant(WarrantKind.RULE), {})
