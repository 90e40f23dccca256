"""The audit's questions, one an invariant: each returns what is wrong, where, in the clerk's words. Nothing is ever repaired here (F39)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, func, select

from db import files, ledger
from db import tables as t
from db.moment import kept
from rules.life import ImpossibleMove
from rules.wording import wording

say = wording("db")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong: the invariant, where, and what it says with what to do."""

    invariant: str
    where: str
    says: str


def every(cx: Connection, now: datetime, *, deep: bool = False) -> list[Problem]:
    """All problems of all invariants, in the invariants' order."""
    return [problem for check in (*CHECKS, *(DEEP if deep else ())) for problem in check(cx, now)]


def accounted(cx: Connection, _now: datetime) -> Iterator[Problem]:
    """Every UID seen is a letter with exactly one disposition, or a note; letters still waiting are named with their tries."""
    unseen = select(t.letters.c.sha256).where(
        ~select(t.sightings.c.letter).where(t.sightings.c.letter == t.letters.c.id).exists()
    )
    for digest in cx.execute(unseen).scalars():
        yield Problem("ACCOUNTED", digest[:16], say("audit-unseen"))
    opened = select(t.letters.c.sha256).where(
        t.letters.c.disposition.in_(("opened", "joined")),
        ~select(t.filings.c.letter).where(t.filings.c.letter == t.letters.c.id).exists(),
    )
    for digest in cx.execute(opened).scalars():
        yield Problem("ACCOUNTED", digest[:16], say("audit-unfiled"))


def waiting(cx: Connection, now: datetime) -> Iterator[Problem]:
    """A letter kept for an hour and not decided."""
    cut = kept(now - timedelta(hours=1))
    late = select(t.letters.c.sha256, t.letters.c.tries).join(t.sightings, t.sightings.c.letter == t.letters.c.id)
    for row in cx.execute(late.where(t.letters.c.state == "kept", t.sightings.c.at < cut).distinct()):
        yield Problem("ACCOUNTED", row.sha256[:16], say("audit-waiting", tries=row.tries))


def vanished(cx: Connection, now: datetime) -> Iterator[Problem]:
    """UIDs that were gone before they could be fetched, or that the server does not hand over, in the last day (S67b)."""
    asked = (
        select(t.folders.c.mailbox, t.folders.c.name, t.sightings.c.uid, t.sightings.c.note)
        .join(t.folders, t.folders.c.id == t.sightings.c.folder)
        .where(
            t.sightings.c.letter.is_(None),
            t.sightings.c.note.in_(("vanished", "withheld")),
            t.sightings.c.at >= kept(now - timedelta(days=1)),
        )
    )
    for row in cx.execute(asked):
        yield Problem("ACCOUNTED", f"{row.mailbox}/{row.name}/{row.uid}", say(f"audit-{row.note}"))


def once(cx: Connection, _now: datetime) -> Iterator[Problem]:
    """One complaint letter opens at most one case."""
    asked = (
        select(t.filings.c.letter)
        .where(t.filings.c.part == "complaint")
        .group_by(t.filings.c.letter)
        .having(func.count(t.filings.c.case.distinct()) > 1)
    )
    for letter in cx.execute(asked).scalars():
        yield Problem("ONCE", str(letter), say("audit-twice"))


def answered(cx: Connection, _now: datetime) -> Iterator[Problem]:
    """Every case has its receipt or the reason why none is due; every ended case has an outcome."""
    receipt = select(t.outbox.c.id).where(t.outbox.c.occasion == "receipt:" + t.cases.c.ref).exists()
    for row in cx.execute(select(t.cases.c.ref, t.cases.c.body).where(~receipt)):
        if not files.load(row.body).no_receipt and files.load(row.body).channel == "mailbox":
            yield Problem("ANSWERED", row.ref, say("audit-no-receipt"))
    for row in cx.execute(select(t.cases.c.ref, t.cases.c.body).where(t.cases.c.ended == 1)):
        if not files.load(row.body).outcome:
            yield Problem("ANSWERED", row.ref, say("audit-no-outcome"))


def one_way_out(cx: Connection, now: datetime) -> Iterator[Problem]:
    """Unknown and refused letters have a question; stopped ones too; none lies `sending` for an hour; bytes are as they were guarded."""
    asked = select(t.questions.c.id).where(t.questions.c.outbox == t.outbox.c.occasion).exists()
    hanging = select(t.outbox.c.occasion, t.outbox.c.state).where(
        t.outbox.c.state.in_(("refused", "stopped")), ~asked, t.outbox.c.audience != "staff"
    )
    for row in cx.execute(hanging):
        yield Problem("ONE-WAY-OUT", row.occasion, say(f"audit-{row.state}"))
    cut = kept(now - timedelta(hours=1))
    stuck = select(t.outbox.c.occasion, t.outbox.c.state).where(
        (t.outbox.c.state == "sending") & (t.outbox.c.since < cut)
        | (t.outbox.c.state == "unknown") & ~asked & (t.outbox.c.since < cut)
    )
    for row in cx.execute(stuck):
        yield Problem("ONE-WAY-OUT", row.occasion, say("audit-stuck"))


def outside(cx: Connection, _now: datetime) -> Iterator[Problem]:
    """Letters in Sent that no outbox row knows (A44)."""
    asked = (
        select(t.letters.c.sha256)
        .join(t.sightings, t.sightings.c.letter == t.letters.c.id)
        .join(t.folders, t.folders.c.id == t.sightings.c.folder)
        .where(t.folders.c.role == "sent", t.letters.c.disposition == "held")
    )
    for digest in cx.execute(asked.distinct()).scalars():
        yield Problem("ONE-WAY-OUT", digest[:16], say("audit-outside"))


def due(cx: Connection, _now: datetime) -> Iterator[Problem]:
    """Every open case has a next date and somebody who answers for it."""
    for row in cx.execute(select(t.cases.c.ref, t.cases.c.due, t.cases.c.owner).where(t.cases.c.ended == 0)):
        if not row.due or not row.owner:
            yield Problem("DUE", row.ref, say("audit-no-due"))
        elif not _is_day(row.due):
            yield Problem("DUE", row.ref, say("audit-bad-due"))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def chain(cx: Connection, _now: datetime) -> Iterator[Problem]:
    """The ledger's chain is whole."""
    for broken in ledger.verify(cx):
        yield Problem("LEDGER", str(broken.seq), say(f"audit-chain-{broken.how}"))


def replay(cx: Connection, _now: datetime) -> Iterator[Problem]:
    """A case's row equals the replay of its events (A76)."""
    for row in cx.execute(select(t.cases.c.ref, t.cases.c.body).order_by(t.cases.c.ref)).all():
        try:
            again = files.replayed(cx, row.ref)
        except (ImpossibleMove, ValueError, KeyError):
            again = None
        if again is None or files.dump(again) != row.body:
            yield Problem("LEDGER", row.ref, say("audit-replay"))


def bytes_whole(cx: Connection, _now: datetime) -> Iterator[Problem]:
    """Stored bytes have the hash they are stored under (A77)."""
    for row in cx.execute(select(t.blobs.c.sha256, t.blobs.c.bytes).where(t.blobs.c.bytes.is_not(None))):
        if sha256(row.bytes).hexdigest() != row.sha256:
            yield Problem("KEPT-FIRST", row.sha256[:16], say("audit-bytes"))
    for row in cx.execute(select(t.outbox.c.occasion, t.outbox.c.raw, t.outbox.c.raw_sha256)):
        if sha256(row.raw).hexdigest() != row.raw_sha256:
            yield Problem("ONE-WAY-OUT", row.occasion, say("audit-raw"))


def who_says(cx: Connection, _now: datetime) -> Iterator[Problem]:
    """No line acts by code or order without saying by which; no refusal but by an order (NEVER-REFUSE)."""
    for seq in cx.execute(
        select(t.ledger.c.seq).where(t.ledger.c.warrant.in_(("code", "order")), t.ledger.c.warrant_ref == "")
    ).scalars():
        yield Problem("WHO-SAYS", str(seq), say("audit-no-warrant"))
    refused = select(t.ledger.c.seq).where(
        t.ledger.c.kind == "NotAccepted", (t.ledger.c.warrant != "order") | (t.ledger.c.role != "head")
    )
    for seq in cx.execute(refused).scalars():
        yield Problem("NEVER-REFUSE", str(seq), say("audit-refused-alone"))


def no_loop(cx: Connection, _now: datetime) -> Iterator[Problem]:
    """A machine's letter was never answered: no letter of ours answers one."""
    asked = (
        select(t.letters.c.sha256)
        .join(t.filings, t.filings.c.letter == t.letters.c.id)
        .where(t.letters.c.disposition == "machine", t.filings.c.part == "complaint")
    )
    for digest in cx.execute(asked).scalars():
        yield Problem("NO-LOOP", digest[:16], say("audit-machine-answered"))


def shield(cx: Connection, _now: datetime) -> Iterator[Problem]:
    """No letter to a unit that left, or waits to leave, holds an identity of its case."""
    from db.people import known_by
    from rules.shield import guard

    asked = select(t.outbox.c.occasion, t.outbox.c.about, t.outbox.c.raw).where(
        t.outbox.c.audience == "unit",
        t.outbox.c.state.in_(("queued", "sending", "sent", "unknown")),
        t.outbox.c.about.like("case:%"),
    )
    for row in cx.execute(asked).all():
        known = known_by(cx, row.about.removeprefix("case:"))
        if not known or guard(bytes(row.raw), known):
            yield Problem("SHIELD", row.occasion, say("audit-shield"))


Check = Callable[[Connection, datetime], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    accounted,
    waiting,
    vanished,
    once,
    answered,
    one_way_out,
    outside,
    due,
    chain,
    replay,
    who_says,
    no_loop,
)
DEEP: tuple[Check, ...] = (bytes_whole, shield)
