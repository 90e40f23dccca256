"""Record: a decision and its letters become rows, all or nothing, under the pen (COMMIT 2 and 3b).

The life table is walked here by `fold`, so that WHO-SAYS and NEVER-REFUSE hold whatever a rule returned. A known cause stops at once (ONCE).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, insert, select, update

from db import directory, files, ledger, outbox, people, questions
from db import tables as t
from db.engine import clean
from db.moment import kept
from rules.asking import question_id
from rules.case import CaseFile, fold
from rules.decision import Decision, Question
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
    """The letter a decision is about: its row and what was read of it ('' where it could not be read)."""

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
    asked = [
        question
        for question in _once(decision.questions)
        if not questions.is_open(cx, question.key) or question.key in decision.answered
    ]
    fresh = [made for made in written if _goes(cx, made, cause, asked)]
    events = [*decision.events, *map(_queued, fresh), *(_asked(cause, question) for question in asked)]
    if not events:
        events = [Noted(about=OFFICE, what=decision.kind or "decided")]
    seqs = ledger.append(cx, cause, events, at=moment, book=book)
    _fold(cx, events, seqs, book)
    _file(cx, decision, seqs, moment, letter)
    questions.answer(cx, decision.answered, seqs[-1])
    subject = letter.sha256 if letter else ""
    for question in asked:
        questions.put(cx, question, question_id(cause, question.key), _letter_of(decision, subject), moment, seqs[-1])
    for made in fresh:
        outbox.put(cx, made, moment, seqs[-1])
    outbox.settle(cx, decision.settled, moment)
    outbox.spend(cx, decision.spent, seqs[-1])
    if letter:
        _decided(cx, letter, decision, seqs[-1])
    if decision.kind == "reread":
        _read_again(cx, decision)
    return Recorded(tuple(seqs))


def _once(asked: Sequence[Question]) -> list[Question]:
    return list({question.key: question for question in asked}.values())


def _goes(cx: Connection, made: Written, cause: str, asked: Sequence[Question]) -> bool:
    """A letter due once goes once; the letters of a question that waits already do not go again."""
    wanted = {question_id(cause, question.key) for question in asked}
    if made.occasion.startswith("ask:") and made.occasion.split(":")[1] not in wanted:
        return False
    return not outbox.exists(cx, made.occasion)


def _queued(made: Written) -> Event:
    if made.state == "stopped":
        kinds, places = tuple(kind for kind, _ in made.hits), tuple(place for _, place in made.hits)
        return Stopped(about=made.about, occasion=made.occasion, kinds=kinds, places=places)
    return Queued(
        about=made.about, occasion=made.occasion, template=made.template, audience=made.audience, sha256=made.sha256
    )


def _asked(cause: str, question: Question) -> Event:
    return Asked(about=question.about, question=question_id(cause, question.key), key=question.key, role=question.role)


def _fold(cx: Connection, events: Sequence[Event], seqs: Sequence[int], book: str) -> None:
    """Take the events into the rows of their cases."""
    touched: dict[str, tuple[CaseFile | None, bool, int]] = {}
    before: dict[str, CaseFile | None] = {}
    for event, seq in zip(events, seqs, strict=True):
        if not event.about.startswith("case:"):
            continue
        ref = event.about.removeprefix("case:")
        if ref not in touched:
            stored = before[ref] = files.get(cx, ref)
            touched[ref] = (stored, stored is None, seq)
        file, new, _ = touched[ref]
        touched[ref] = (fold(file, event), new, seq)
    for ref, (file, new, seq) in touched.items():
        if file is not None and file != before[ref]:  # notes move nothing and cost nothing
            files.put(cx, file, seq, book, new=new)


def _file(cx: Connection, decision: Decision, seqs: Sequence[int], moment: str, letter: Decided | None) -> None:
    """Filings, identities, parties, drafts, directory."""
    for filing in decision.filings if letter else ():
        values = {"letter": letter.id if letter else 0, "case": filing.case, "part": filing.part, "seq": seqs[0]}
        known_part = select(t.filings.c.part).where(
            t.filings.c.letter == values["letter"], t.filings.c.case == filing.case
        )
        if cx.execute(known_part).first():
            cx.execute(
                update(t.filings)
                .where(t.filings.c.letter == values["letter"], t.filings.c.case == filing.case)
                .values(part=filing.part)
            )
        else:
            cx.execute(insert(t.filings), values)
    for ref, identities in decision.identities:
        people.learn(cx, ref, identities, seqs[0])
    for party in decision.parties:
        people.join(cx, party, moment, seqs[0])
    for draft in decision.drafts:
        people.put_draft(cx, draft, seqs[0])
    directory.enter(cx, decision.contacts, moment, seqs[0])


def _letter_of(decision: Decision, subject: str) -> str:
    """The letter a question is about: the cause's own, or the one an event of the decision names."""
    if subject:
        return subject
    return next((getattr(event, "letter", "") for event in decision.events if getattr(event, "letter", "")), "")


def _decided(cx: Connection, row: Decided, decision: Decision, seq: int) -> None:
    if decision.disposition is None:
        return
    values: dict[str, object] = {
        "state": "decided",
        "disposition": decision.disposition.value,
        "kind": decision.kind or None,
        "seq": seq,
    }
    if row.letter:
        read = row.letter
        values |= {
            "message_id": clean(read.message_id)[:998],
            "text_key": text_key(read),
            "from_addr": clean(read.from_addr)[:320].lower(),
            "subject": clean(read.subject)[:998],
            "auth": read.auth,
        }
    cx.execute(update(t.letters).where(t.letters.c.id == row.id).values(**values))


def text_key(letter: Letter) -> str:
    """Hash of sender and folded text: what copies of one letter share though their bytes differ (F62)."""
    return sha256(f"{letter.from_addr.lower()}\n{letter.text_key}".encode("utf-8", "surrogatepass")).hexdigest()


def _read_again(cx: Connection, decision: Decision) -> None:
    """The order `reread`: kept again, with another round."""
    for event in decision.events:
        digest = getattr(event, "letter", "")
        if digest:
            again = update(t.letters).where(t.letters.c.sha256 == digest)
            cx.execute(
                again.values(state="kept", tries=0, round=t.letters.c.round + 1, disposition=None, kind=None, seq=None)
            )
