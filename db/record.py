"""Record: a decision and its letters become rows, all or nothing, under the pen (COMMIT 2 and 3b).

The life table is walked here by `fold`, so that WHO-SAYS and NEVER-REFUSE hold whatever a rule returned. A known cause stops at once (ONCE).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, update

from db import directory, files, ledger, letters, outbox, people, questions, rereading
from db import tables as t
from db.books import keep_text
from db.copies import LONGEST_ADDRESS, LONGEST_LINE, text_key, whole_key
from db.moment import kept
from rules.asking import question_id
from rules.decision import Decision, Disposition, Filing, Question
from rules.events import OFFICE, Asked, Event, Noted, Queued, Stopped
from rules.letter import Letter
from rules.written import Written

known = ledger.known


@dataclass(frozen=True, slots=True)
class Recorded:
    """The ledger lines a cause made; `duplicate` where its effect was there already."""

    seqs: tuple[int, ...] = ()
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """The letter a decision is about: its row and what was read of it (None where it could not be read)."""

    id: int
    sha256: str
    letter: Letter | None = None


def record(
    cx: Connection,
    cause: str,
    decision: Decision,
    written: Sequence[Written] = (),
    *,
    at: datetime,
    book: str,
    letter: Decided | None = None,
) -> Recorded:
    """Write everything that follows from the cause. Raises ImpossibleMove where a move is not in the life table."""
    if known(cx, cause):
        return Recorded(duplicate=True)
    moment = kept(at)
    asked = _fresh(cx, decision)
    going = _going(cx, cause, written, asked)
    events = [*decision.events, *map(_queued, going), *(_asked(cause, question) for question in asked)]
    if not events:
        events = [Noted(about=OFFICE, what=decision.kind or "decided")]
    seqs = ledger.append(cx, cause, events, at=moment, book=book)
    opened = files.take_in(cx, events, seqs, book)
    _file(cx, decision, letter, seqs[0], moment, opened)
    questions.answer(cx, decision.answered, seqs[-1])
    about = letter.sha256 if letter else _named(decision)
    questions.put(cx, [(question_id(cause, question.key), question) for question in asked], about, moment, seqs[-1])
    outbox.put(cx, going, moment, seqs[-1])
    outbox.settle(cx, decision.settled, moment)
    outbox.spend(cx, decision.spent, seqs[-1])
    if letter and decision.disposition:
        _decided(cx, letter, decision, seqs[-1])
    for again in decision.refiled:
        refiled = letters.by_hash(cx, again.letter)
        cx.execute(_REFILED, {"row": refiled, "disposition": again.disposition, "kind": again.kind})
    rereading.read_again(cx, decision.events)
    return Recorded(tuple(seqs))


def _fresh(cx: Connection, decision: Decision) -> list[Question]:
    """The questions that do not wait already: one open question a key."""
    asked = {question.key: question for question in decision.questions}
    there = questions.open_among(cx, asked) - set(decision.answered)
    return [question for key, question in asked.items() if key not in there]


def _going(cx: Connection, cause: str, written: Sequence[Written], asked: Sequence[Question]) -> list[Written]:
    """A letter due once goes once; the letters of a question that waits already do not go again."""
    wanted = {question_id(cause, question.key) for question in asked}
    once = {
        made.occasion: made
        for made in reversed(written)
        if not made.occasion.startswith("ask:") or made.occasion.split(":")[1] in wanted
    }
    there = outbox.among(cx, once)
    return [made for occasion, made in reversed(once.items()) if occasion not in there]


def _queued(made: Written) -> Event:
    if made.state == "stopped":
        kinds, places = tuple(kind for kind, _ in made.hits), tuple(place for _, place in made.hits)
        return Stopped(about=made.about, occasion=made.occasion, kinds=kinds, places=places)
    return Queued(
        about=made.about,
        occasion=made.occasion,
        template=made.template,
        audience=made.audience,
        sha256=made.sha256,
        copy=made.copy,
    )


def _asked(cause: str, question: Question) -> Event:
    return Asked(about=question.about, question=question_id(cause, question.key), key=question.key, role=question.role)


def _file(
    cx: Connection, decision: Decision, letter: Decided | None, seq: int, moment: str, opened: frozenset[str]
) -> None:
    """Filings, identities, parties, drafts, directory. A case opened just now has none of them yet: nothing is asked first."""
    letter_id = letter.id if letter else None
    for filing in decision.filings:
        filed = letters.by_hash(cx, filing.letter) if filing.letter else letter_id
        if filed:
            files.file(cx, filed, filing, seq, new=filing.case in opened)
        if filed and filed != letter_id:
            cx.execute(_HELD_NO_MORE, {"row": filed, "here": filing.case})
            cx.execute(_REFILED, {"row": filed, "disposition": _disposition(filing), "kind": filing.part})
    for ref, identities in decision.identities:
        people.learn(cx, ref, identities, seq, letter=letter_id, new=ref in opened)
    for ref, identities in decision.lifted:
        people.lift(cx, ref, identities)
    people.join(cx, decision.parties, moment, seq, opened)
    for draft in decision.drafts:
        people.put_draft(cx, draft, seq, new=draft.case in opened)
    directory.enter(cx, decision.contacts, moment, seq)
    for text in decision.texts:
        keep_text(cx, text)


def _disposition(filing: Filing) -> Disposition:
    """What a held letter becomes by an order that names it: the order's own letter stays an order."""
    return Disposition.OPENED if filing.part == "complaint" else Disposition.JOINED


def _named(decision: Decision) -> str:
    """The letter a question is about, where the cause is none: the one an event of the decision names."""
    return next((named for event in decision.events if (named := getattr(event, "letter", ""))), "")


def _decided(cx: Connection, row: Decided, decision: Decision, seq: int) -> None:
    values: dict[str, object] = {
        "row": row.id,
        "state": "decided",
        "disposition": decision.disposition,
        "kind": decision.kind or None,
        "seq": seq,
    }
    if row.letter is None:
        cx.execute(_DECIDED, values)
        return
    read = row.letter
    about = {
        "message_id": read.message_id[:LONGEST_LINE],
        "text_key": text_key(read),
        "whole_key": whole_key(read),
        "from_addr": read.from_addr[:LONGEST_ADDRESS].lower(),
        "subject": read.subject[:LONGEST_LINE],
        "auth": read.auth,
    }
    cx.execute(_DECIDED_AND_READ, values | about)


_DECIDED = (
    update(t.letters)
    .where(t.letters.c.id == bindparam("row"))
    .values({name: bindparam(name) for name in ("state", "disposition", "kind", "seq")})
)
_HELD_NO_MORE = delete(t.filings).where(
    t.filings.c.letter == bindparam("row"), t.filings.c.part == "held", t.filings.c.case != bindparam("here")
)
_REFILED = (
    update(t.letters)
    .where(t.letters.c.id == bindparam("row"))
    .values({name: bindparam(name) for name in ("disposition", "kind")})
)
_DECIDED_AND_READ = _DECIDED.values(
    {name: bindparam(name) for name in ("message_id", "text_key", "whole_key", "from_addr", "subject", "auth")}
)
