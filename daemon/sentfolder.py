"""What the Sent folder shows: letters whose fate nobody knows, found there (`sent`), or looked for twice in vain (a question to a person).

Sent is polled like any folder; its letters are decided like any other (kind `own`), and here compared with the unknown rows of the outbox.
A letter that came and was decided before the same bytes were seen in Sent is ours after all: it is decided again, or a person is asked.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from daemon.carrying_out import carry_out
from daemon.office import Office
from daemon.post import report
from db import desk as desks
from db import letters, outbox, questions
from db import tables as t
from db.also_in_sent import InSent, also_in_sent
from db.moment import kept, read
from db.pen import look, pen, redone
from db.record import known
from rules import learn
from rules.numbers import Signs, code_hash, find_codes
from rules.shown import signs

MOST = 500
"""Letters of Sent whose subjects are looked through for a code."""
APART = timedelta(minutes=10)
"""Two complete looks begun so far apart settle that a letter is not in Sent (F9)."""


def settle(office: Office, now: datetime) -> None:
    """Settle every unknown row that can be settled; nothing is sent again by itself."""
    with look(office.engine) as cx:
        rows = outbox.unknown(cx)
    for row in rows:
        with pen(office.engine) as cx:
            row = outbox.get(cx, row.id)  # noqa: PLW2901 - read anew under the pen
            if row.state == "unknown":
                _one(cx, office, row, now)


def own_after_all(office: Office, now: datetime) -> None:
    """Each letter that was decided as somebody's before Sent showed it, once."""
    with look(office.engine) as cx:
        found = [one for one in also_in_sent(cx, MOST) if not known(cx, _found(one.sha256))]
    for one in found:
        _own(office, one, now)


@redone
def _own(office: Office, one: InSent, now: datetime) -> None:
    cause = _found(one.sha256)
    with pen(office.engine) as cx:
        if known(cx, cause):
            return
        told = learn.InSent(one.sha256, one.case, questions.about_letter(cx, one.sha256))
        desk = desks.for_case(cx, one.case, office.setting(now), cause)
        carry_out(cx, office, learn.own_after_all(told, desk), desk)


def _found(digest: str) -> str:
    return f"report:in-sent:{digest}"


def _one(cx: Connection, office: Office, row: outbox.Row, now: datetime) -> None:
    if _in_sent(cx, row, signs(office.book)):
        report(cx, office, row, "sent", now, by="sent-folder")
        return
    looks = _looks(cx, row)
    if looks is None or (len(looks) > 1 and looks[-1] - looks[0] >= APART):
        _ask(cx, office, row, now)


def _in_sent(cx: Connection, row: outbox.Row, numbers: Signs) -> bool:
    """Our Message-ID in a letter kept from a Sent folder; or our code in its subject, under another id (QQ rewrites it: F67)."""
    seen = (
        select(t.letters.c.id, t.letters.c.subject)
        .join(t.sightings, t.sightings.c.letter == t.letters.c.id)
        .join(t.folders, t.folders.c.id == t.sightings.c.folder)
        .where(t.folders.c.role == "sent")
    )
    if cx.execute(seen.where(t.letters.c.message_id == row.message_id).limit(1)).first() is not None:
        return True
    code = cx.execute(select(t.codes.c.hash).where(t.codes.c.outbox == row.id)).scalar()
    if code is None:
        return False
    late = cx.execute(seen.where(t.sightings.c.at >= kept(row.since)).order_by(t.letters.c.id.desc()).limit(MOST))
    return any(code_hash(found.code) == code for letter in late for found in find_codes(letter.subject, numbers))


def _looks(cx: Connection, row: outbox.Row) -> list[datetime] | None:
    """When complete polls of Sent began after the row became unknown: the first and the last; None where the account has no Sent.

    A Sent that went missing while the inbox was read twice is none any more (F67).
    """
    asked = select(t.folders.c.poll_ended, t.folders.c.id).where(
        t.folders.c.role == "sent", t.folders.c.mailbox == row.mailbox
    )
    ended = [found.poll_ended for found in cx.execute(asked)]
    if not ended:
        return None
    since = kept(row.since)
    looks = [read(moment) for moment in ended if moment and moment >= since]
    last, inbox = max(looks, default=row.since), letters.last_polled(cx, row.mailbox)
    if inbox and read(inbox) - last >= 2 * APART:
        return None
    return [row.since, last] if looks else []


def _ask(cx: Connection, office: Office, row: outbox.Row, now: datetime) -> None:
    cause = f"report:{row.occasion}:{row.attempt}:stays"
    if known(cx, cause):
        return
    desk = desks.for_case(cx, row.about.removeprefix("case:"), office.setting(now), cause)
    told = learn.Sending(row.occasion, row.about, row.template, row.party, "unknown", row.answer)
    carry_out(cx, office, learn.unknown_stays(told, desk), desk)
