"""The audit is tested by breaking each invariant once on purpose: it names it, and nothing else."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256

import pytest
from office_builders import (
    LAND,
    NOW,
    ORDER,
    a_letter,
    a_question,
    about,
    by_hand,
    caused,
    decided,
    found,
    keep,
    later,
    opened,
    opening,
    rows,
    written,
)
from sqlalchemy import Engine, text

from daemon.books import read_chapters
from db import checks, files, outbox
from db.letters import Found
from db.moment import kept
from db.pen import look, pen
from rules import events as ev
from rules.decision import Decision, Disposition, Filing, Settled, Warrant, WarrantKind
from rules.numbers import reference
from rules.policy import load
from rules.policy.office import Limits

REF = reference(2017, 1)
CLOCK = Warrant(WarrantKind.CLOCK, "accept")
DIGEST = a_letter("letter 1").sha256[:16]
RECEIPT = f"receipt:{REF}"


@cache
def limits() -> Limits:
    return load(dict(read_chapters(None))).limits


def problems(engine: Engine, minutes: int = 0, *, deep: bool = True) -> list[tuple[str, str]]:
    with look(engine) as cx:
        found_problems = checks.every(cx, later(minutes), deep=deep, limits=limits())
    assert all(problem.says for problem in found_problems)
    return [(problem.invariant, problem.where) for problem in found_problems]


def a_day_at_the_office(engine: Engine) -> None:
    """A complaint with its receipt, forwarded, signed for with a code, reported, told and closed; beside it a machine and a held letter."""
    opened(engine)
    case = about()
    code = Warrant(WarrantKind.CODE, "transfer:1", "国土资源局")
    clock = {"started": opening().events[1].started, "due": opening().events[1].due, "calendar": "2017"}  # type: ignore[attr-defined]
    with pen(engine) as cx:
        caused(
            cx,
            "rule:1",
            Decision(
                events=(
                    ev.Accepted(about=case),
                    ev.Assigned(about=case, unit="国土资源局", handling="transfer"),
                    ev.ClockStarted(about=case, clock="sign", **clock),
                )
            ),
            [written("transfer:1", audience="unit", to=LAND, raw=b"To: guotu@unit.example\r\n\r\nwords\r\n")],
        )
    raw_of_transfer(engine)
    with pen(engine) as cx:
        caused(
            cx,
            "letter:s:0",
            Decision(
                events=(
                    ev.ResultReported(about=case, unit="国土资源局", warrant=code),
                    ev.ClockStarted(about=case, clock="review", **clock),
                )
            ),
        )
        told = (
            ev.ResultApproved(about=case, unit="国土资源局", warrant=ORDER),
            ev.ClockStarted(about=case, clock="opinion", **clock),
        )
        caused(cx, "order:1", Decision(events=told), [written(f"result:{REF}:1")])
        caused(
            cx,
            "letter:o:0",
            Decision(events=(ev.Closed(about=case, outcome="satisfied", warrant=replace(code, ref=RECEIPT)),)),
        )
    keep(engine, found(2), Found(3, None, later(-3000), "vanished"))
    machine = Decision(
        Disposition.MACHINE, "vacation", events=(ev.MachineNoted(about="office", letter="x", machine="vacation"),)
    )
    with pen(engine) as cx:
        decided(cx, "letter 2", machine)
        cx.execute(text("UPDATE sightings SET at = :old WHERE uid = 3"), {"old": kept(later(-3000))})


def raw_of_transfer(engine: Engine) -> None:
    """The builder gave other bytes than the hash it names: put that right before anything is checked."""
    by_hash = written("transfer:1", audience="unit", to=LAND)
    with pen(engine) as cx:
        cx.execute(text("UPDATE outbox SET raw = :raw WHERE occasion = 'transfer:1'"), {"raw": by_hash.raw})


def test_nothing_is_wrong_after_an_ordinary_day(engine: Engine):
    a_day_at_the_office(engine)

    assert problems(engine) == []
    assert problems(engine, 60 * 24 * 30) == []


BREAKS: dict[str, tuple[list[str], list[tuple[str, str]]]] = {
    "a letter loses its sighting": (
        ["DELETE FROM sightings WHERE uid = 1"],
        [("ACCOUNTED", DIGEST)],
    ),
    "a letter loses its case": (["DELETE FROM filings WHERE part = 'complaint'"], [("ACCOUNTED", DIGEST)]),
    "a letter waits for ever": (
        [
            "UPDATE letters SET state = 'kept', disposition = NULL, seq = NULL, kind = NULL WHERE disposition = 'machine'"
        ],
        [("ACCOUNTED", a_letter("letter 2").sha256[:16])],
    ),
    "a uid vanished today": (
        [f"UPDATE sightings SET at = '{kept(later(110))}' WHERE uid = 3"],
        [("ACCOUNTED", "complaint/INBOX/3")],
    ),
    "a cursor was moved by hand": (["UPDATE folders SET cursor = 99"], [("ACCOUNTED", "complaint/INBOX")]),
    "a case loses its receipt": (
        [
            f"DELETE FROM codes WHERE outbox = (SELECT id FROM outbox WHERE occasion = '{RECEIPT}')",
            f"UPDATE outbox SET occasion = 'lost' WHERE occasion = '{RECEIPT}'",
        ],
        [("ANSWERED", REF), ("WHO-SAYS", "13"), ("ONE-WAY-OUT", "lost")],
    ),
    "a complainant was never told": (
        [f"UPDATE outbox SET occasion = 'lost' WHERE occasion = 'result:{REF}:1'"],
        [("ANSWERED", REF), ("ONE-WAY-OUT", "lost")],
    ),
    "a case ended without outcome": (
        ['UPDATE cases SET body = replace(body, \'"outcome":"satisfied"\', \'"outcome":""\')'],
        [("ANSWERED", REF), ("LEDGER", REF)],
    ),
    "a refused letter has no question": (
        ["UPDATE outbox SET state = 'refused' WHERE occasion = 'transfer:1'"],
        [("ONE-WAY-OUT", "transfer:1")],
    ),
    "a stopped letter has no question": (
        ["UPDATE outbox SET state = 'stopped' WHERE occasion = 'transfer:1'"],
        [("ONE-WAY-OUT", "transfer:1")],
    ),
    "a letter hangs in sending": (
        ["UPDATE outbox SET state = 'sending' WHERE occasion = 'transfer:1'"],
        [("ONE-WAY-OUT", "transfer:1")],
    ),
    "an unknown letter has no question": (
        ["UPDATE outbox SET state = 'unknown' WHERE occasion = 'transfer:1'"],
        [("ONE-WAY-OUT", "transfer:1")],
    ),
    "a letter in sent that nobody wrote": (
        ["UPDATE letters SET disposition = 'held' WHERE disposition = 'machine'", "UPDATE folders SET role = 'sent'"],
        [("ONE-WAY-OUT", a_letter("letter 2").sha256[:16])],
    ),
    "a case row was edited": (
        ["UPDATE cases SET body = '{}' || body"],
        [("LEDGER", REF)],
    ),
    "a case row was taken away": (
        [
            *(f"DELETE FROM {table}" for table in ("filings", "identities", "drafts", "parties")),
            "UPDATE letters SET disposition = 'held' WHERE disposition = 'opened'",
            "DELETE FROM cases",
        ],
        [("LEDGER", REF), ("SHIELD", "transfer:1")],
    ),
    "a ledger line was edited": (["UPDATE ledger SET actor = 'x' WHERE seq = 2"], [("LEDGER", "2")]),
    "a ledger line makes no sense": (
        ["UPDATE ledger SET kind = 'Dreamt' WHERE seq = 2"],
        [("LEDGER", "2"), ("LEDGER", REF)],
    ),
    "a code that was never given out acted": (
        ["UPDATE ledger SET warrant_ref = 'transfer:99' WHERE seq = 8"],
        [("LEDGER", "8"), ("WHO-SAYS", "8")],
    ),
    "a machine opened a case": (
        ["UPDATE letters SET disposition = 'machine' WHERE disposition = 'opened'"],
        [("NO-LOOP", DIGEST)],
    ),
    "a stored letter was altered": (
        ["UPDATE blobs SET bytes = x'00' WHERE sha256 LIKE '" + DIGEST + "%'"],
        [("KEPT-FIRST", DIGEST)],
    ),
    "a letter's bytes were altered": (
        ["UPDATE outbox SET raw = x'00' WHERE occasion = 'receipt:" + REF + "'"],
        [("ONE-WAY-OUT", RECEIPT)],
    ),
    "a unit's letter names the complainant": (
        ["UPDATE outbox SET raw = :raw WHERE occasion = 'transfer:1'"],
        [("ONE-WAY-OUT", "transfer:1"), ("SHIELD", "transfer:1")],
    ),
}


@pytest.mark.parametrize("what", BREAKS)
def test_a_broken_invariant_is_named(what: str, sqlite: Engine):
    statements, named = BREAKS[what]
    a_day_at_the_office(sqlite)
    for statement in statements:
        by_hand(
            sqlite,
            statement,
            **({"raw": "To: a\r\n\r\n李明远 13800000000\r\n".encode()} if ":raw" in statement else {}),
        )

    assert problems(sqlite, 120) == named


LATER = (
    "consent_scope",
    "released",
    "absorbed",
    "into",
    "reminded",
    "kept",
    "broken",
    "above",
    "recused",
    "exposed",
    "rectify_due",
)


def as_written_before(engine: Engine) -> None:
    """The rows as a program wrote them that did not know these fields yet."""
    with pen(engine) as cx:
        for row in cx.execute(text("SELECT ref, body FROM cases")).all():
            body = json.loads(row.body)
            for name in LATER:
                body.pop(name, None)
            for clock in body["clocks"]:
                clock.pop("days")
            cx.execute(
                text("UPDATE cases SET body = :body WHERE ref = :ref"), {"body": json.dumps(body), "ref": row.ref}
            )


def test_rows_of_an_earlier_program_are_no_finding_and_a_lie_in_one_still_is(sqlite: Engine):
    a_day_at_the_office(sqlite)
    as_written_before(sqlite)
    assert problems(sqlite, 120) == []

    by_hand(sqlite, 'UPDATE cases SET body = replace(body, \'"lead": "\', \'"lead": "某\')')

    assert problems(sqlite, 120) == [("LEDGER", REF)]


def test_a_case_of_an_earlier_program_goes_on_from_what_its_lines_say(sqlite: Engine):
    opened(sqlite)
    reminded = ev.Reminded(about=about(), clock="accept", step="remind@-1", due=date(2017, 5, 16), warrant=CLOCK)
    with pen(sqlite) as cx:
        caused(cx, "tick:1", Decision(events=(reminded,)), [])
    as_written_before(sqlite)

    with pen(sqlite) as cx:
        caused(cx, "tick:2", Decision(events=(replace(reminded, step="remind@+0"),)), [])

    with look(sqlite) as cx:
        assert files.get(cx, REF) == files.replayed(cx, REF)
        assert files.get(cx, REF).reminded == 2
    assert problems(sqlite) == []


def test_never_refuse_a_refusal_without_the_head_is_named(sqlite: Engine):
    opened(sqlite)
    with pen(sqlite) as cx:
        caused(
            cx,
            "order:1",
            Decision(events=(ev.NotAccepted(about=about(), ground="court", warrant=ORDER),)),
            [written(f"refused:{REF}")],
        )
    assert problems(sqlite) == []

    by_hand(sqlite, "UPDATE ledger SET role = 'receiver' WHERE kind = 'NotAccepted'")

    assert problems(sqlite) == [("LEDGER", "4"), ("LEDGER", REF), ("NEVER-REFUSE", "4")]


def test_due_a_date_that_is_none_and_a_calendar_that_is_not_named(sqlite: Engine):
    opened(sqlite)
    opened(sqlite, 2)

    by_hand(sqlite, "UPDATE cases SET due = 'soon' WHERE serial = 1", "UPDATE cases SET calendar = '' WHERE serial = 2")

    assert problems(sqlite) == [("DUE", REF), ("DUE", reference(2017, 2))]


def test_once_a_letter_in_two_cases_without_an_order_and_a_letter_that_opened_twice(sqlite: Engine):
    opened(sqlite, message_id="<a@x>", text="same")
    opened(sqlite, 2, message_id="<b@x>", text="other")
    filed = "INSERT INTO filings VALUES (1, :ref, 'complaint', :seq)"
    by_hand(sqlite, filed, ref=reference(2017, 2), seq=1)
    assert problems(sqlite) == [("ONCE", DIGEST)]

    by_hand(sqlite, 'DELETE FROM filings WHERE letter = 1 AND seq = 1 AND "case" <> :ref', ref=REF)
    assert problems(sqlite) == []
    by_hand(sqlite, "UPDATE letters SET message_id = '<a@x>', text_key = (SELECT text_key FROM letters WHERE id = 1)")
    both = (a_letter("letter 1").sha256[:16], a_letter("letter 2").sha256[:16])
    assert problems(sqlite) == [("ONCE", min(both))]


def test_once_an_order_may_file_a_letter_in_more_cases(sqlite: Engine):
    opened(sqlite)
    opened(sqlite, 2)
    more = Decision(
        filings=(Filing(reference(2017, 2), "supplement"),),
        events=(ev.Joined(about=about(2), letter="x", part="supplement", warrant=ORDER),),
    )
    with pen(sqlite) as cx:
        caused(cx, "order:9", replace(more, filings=()))
        cx.execute(text("INSERT INTO filings VALUES (1, :ref, 'supplement', 7)"), {"ref": reference(2017, 2)})

    assert problems(sqlite) == []


def test_no_loop_more_receipts_on_one_day_than_the_book_allows(sqlite: Engine):
    opened(sqlite)
    for number in range(limits().per_address_day):
        with pen(sqlite) as cx:
            caused(cx, f"x:{number}", Decision(), [written(f"receipt:{number}")])

    assert problems(sqlite) == [("NO-LOOP", "receipt:0")]
    with look(sqlite) as cx:
        assert checks.every(cx, NOW) == []


def test_a_letter_put_into_the_outbox_past_the_ledger_is_named(sqlite: Engine):
    opened(sqlite)
    by_hand(
        sqlite,
        "INSERT INTO outbox (occasion, seq, about, audience, party, to_address, to_domain, mailbox, template, words, text, raw, raw_sha256,"
        " message_id, state, rank, since, made) SELECT 'smuggled', seq, about, audience, party, to_address, to_domain, mailbox, template, words,"
        " text, raw, raw_sha256, 'other', state, rank, since, made FROM outbox",
    )

    assert problems(sqlite) == [("ONE-WAY-OUT", "smuggled")]


def test_a_refused_letter_with_its_question_is_in_order(sqlite: Engine):
    opened(sqlite)
    with pen(sqlite) as cx:
        caused(
            cx, "report:1", Decision(questions=(a_question(outbox=RECEIPT),), settled=(Settled(RECEIPT, "refused"),))
        )
        assert [row.occasion for row in outbox.unknown(cx)] == []

    assert problems(sqlite, 120, deep=False) == []


def test_an_alternative_letter_is_lined_before_it_goes(sqlite: Engine):
    """F71: the bytes of the alternative are those of a line, too."""
    opened(sqlite)
    other = written(raw=b"other", sha256=sha256(b"other").hexdigest())
    with pen(sqlite) as cx:
        assert outbox.alternative(cx, outbox.get(cx, 1), other, later(1))
    assert problems(sqlite) == [("ONE-WAY-OUT", RECEIPT)]

    line = ev.Queued(about=about(), occasion=RECEIPT, template="receipt", audience="complainant", sha256=other.sha256)
    with pen(sqlite) as cx:
        caused(cx, "report:1", Decision(events=(line,)))

    assert problems(sqlite) == []
    assert rows(sqlite, "outbox") == 1


CHECKED: list[Callable[..., object]] = [*checks.CHECKS, *checks.DEEP]


def test_every_invariant_that_a_store_can_show_has_its_check():
    """SHIELD, ACCOUNTED … by name; STEADY, INERT and QUIET are held by other tests: no row shows them."""
    names = {invariant for _, named in BREAKS.values() for invariant, _ in named} | {"NEVER-REFUSE", "DUE", "ONCE"}

    assert names == {
        "ACCOUNTED",
        "ONCE",
        "ANSWERED",
        "ONE-WAY-OUT",
        "SHIELD",
        "NO-LOOP",
        "WHO-SAYS",
        "DUE",
        "LEDGER",
        "NEVER-REFUSE",
        "KEPT-FIRST",
    }
    assert all(check.__doc__ for check in CHECKED)
