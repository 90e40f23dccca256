"""Builders for stories about the database: letters, decisions and written letters of one small office."""

import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, Engine, event, text

from db import letters
from db.letters import Found
from db.pen import pen
from db.record import Decided, Recorded, record
from rules import events as ev
from rules.decision import Decision, Disposition, Draft, Filing, Party, Question, Warrant, WarrantKind
from rules.letter import Letter
from rules.numbers import reference
from rules.shield import Identity
from rules.written import Written

NOW = datetime(2017, 5, 9, 1, 0, tzinfo=UTC)
BOOK = "b" * 64
LI = "limingyuan@people.example"
LAND = "guotu@unit.example"
COLUMNS = ("seq", "cause", "n", "about", "kind", "body")
ORDER = Warrant(WarrantKind.ORDER, "order-1", "王组长", "head")


def raw(words: str) -> bytes:
    return f"From: {LI}\r\nSubject: complaint\r\n\r\n{words}\r\n".encode()


def found(uid: int, words: str | None = None) -> Found:
    return Found(uid, raw(words or f"letter {uid}"), NOW)


def keep(
    engine: Engine,
    *batch: Found,
    mailbox: str = "complaint",
    name: str = "INBOX",
    role: str = "inbox",
    validity: int = 1,
) -> int:
    with pen(engine) as cx:
        return letters.keep(cx, letters.folder(cx, mailbox, name, role, validity).id, batch, NOW)


def a_letter(words: str = "letter 1", **more: object) -> Letter:
    made = raw(words)
    letter = Letter(sha256(made).hexdigest(), len(made), from_addr=LI, subject="complaint", text=words, own_words=words)
    return replace(letter, **more)  # type: ignore[arg-type]


def about(serial: int = 1) -> str:
    return f"case:{reference(2017, serial)}"


def opening(
    serial: int = 1, *, digest: str = "", questions: tuple[Question, ...] = (), day: date = date(2017, 5, 16)
) -> Decision:
    """A complaint opens a case: registered, its clock started, filed, with party, draft and identity."""
    case, ref = about(serial), reference(2017, serial)
    return Decision(
        disposition=Disposition.OPENED,
        kind="complaint",
        filings=(Filing(ref, "complaint"),),
        events=(
            ev.Registered(
                about=case, year=2017, serial=serial, kind_of="complaint", received=date(2017, 5, 9), letter=digest
            ),
            ev.ClockStarted(about=case, clock="accept", started=date(2017, 5, 9), due=day, calendar="2017"),
        ),
        identities=((ref, (Identity("name", "李明远"), Identity("mobile", "13800000000"))),),
        parties=(Party(ref, "complainant", LI),),
        drafts=(Draft(ref, "投诉", "某人投诉某窗口。"),),
        questions=questions,
    )


def a_question(key: str = "forward:1", *, asked_about: str = "", outbox: str = "", kind: str = "forward") -> Question:
    return Question(
        kind, key, asked_about or about(), "receiver", ("forward", "refuse"), (("unit", "国土资源局"),), outbox=outbox
    )


def written(
    occasion: str = "", *, serial: int = 1, audience: str = "complainant", to: str = LI, **more: object
) -> Written:
    occasion = occasion or f"receipt:{reference(2017, serial)}"
    made = f"To: {to}\r\n\r\n{occasion}\r\n".encode()
    given: dict[str, object] = {
        "occasion": occasion,
        "about": about(serial),
        "audience": audience,
        "party": audience if audience == "complainant" else f"{audience}:国土资源局",
        "to_address": to,
        "mailbox": "complaint",
        "template": occasion.partition(":")[0],
        "words": "{}",
        "raw": made,
        "sha256": sha256(made).hexdigest(),
        "message_id": f"<{sha256(occasion.encode()).hexdigest()[:12]}@huiyin.example>",
        "code_hash": sha256(f"code {occasion}".encode()).hexdigest(),
        "rank": 1,
        "text": f"正文 {occasion}",
    }
    return Written(**{**given, **more})  # type: ignore[arg-type]


def decided(cx: Connection, words: str, decision: Decision, out: Sequence[Written] = (), **read: object) -> Recorded:
    """Record a decision about a kept letter."""
    letter = a_letter(words, **read)
    row = letters.by_hash(cx, letter.sha256)
    assert row is not None
    about_letter = Decided(row, letter.sha256, letter)
    return record(cx, f"letter:{letter.sha256}:0", decision, out, at=NOW, book=BOOK, letter=about_letter)


def caused(cx: Connection, cause: str, decision: Decision, out: Sequence[Written] = (), at: datetime = NOW) -> Recorded:
    return record(cx, cause, decision, out, at=at, book=BOOK)


def opened(engine: Engine, serial: int = 1, out: Sequence[Written] | None = None, **more: object) -> None:
    """An office with a letter that opened a case and has its receipt."""
    keep(engine, found(serial))
    with pen(engine) as cx:
        decided(cx, f"letter {serial}", opening(serial), [written(serial=serial)] if out is None else out, **more)


def rows(engine: Engine, table: str) -> int:
    with engine.connect() as cx:
        return int(cx.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def by_hand(engine: Engine, *statements: str, **given: object) -> None:
    """What somebody with a database program could do, past every rule of ours."""
    with pen(engine) as cx:
        if engine.dialect.name == "sqlite":
            for name in ("ledger_no_update", "ledger_no_delete", "ledger_no_replace"):
                cx.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        else:
            cx.execute(text("DROP TRIGGER IF EXISTS ledger_no_change ON ledger"))
        for statement in statements:
            cx.execute(text(statement), given)


def statements_of(engine: Engine, work: Callable[[], object]) -> list[str]:
    """Every statement that the work sends."""
    sent: list[str] = []

    def note(_cx: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return sent


class Broken(Exception):
    """The work was broken off on purpose."""


def broken_at(engine: Engine, nth: int, work: Callable[[], object], how: Callable[[], None] | None = None) -> bool:
    """Do the work, but break it off before its nth statement (`how`: kill, raise). True where it was broken off."""
    count = 0

    def stop(*_given: object) -> None:
        nonlocal count
        count += 1
        if count == nth:
            if how is None:
                raise Broken
            how()

    event.listen(engine, "before_cursor_execute", stop)
    try:
        work()
    except Broken:
        return True
    finally:
        event.remove(engine, "before_cursor_execute", stop)
    return False


def in_a_child(work: Callable[[], None]) -> int:
    """Run the work in a forked child that ends with it; returns how it ended (0, or minus the signal)."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)
