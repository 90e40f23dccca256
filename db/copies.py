"""Earlier letters that may be this one again (F62, L46): found by two hashes, never by comparing texts."""

from hashlib import sha256

from sqlalchemy import Connection, bindparam, select, union

from db import questions
from db import tables as t
from db.engine import clean
from rules.asking import ASKINGS
from rules.desk import Copy
from rules.letter import Letter

LONGEST_LINE = 998
"""Of a header (RFC 5322); longer ones are cut in the letter's row, never in its bytes."""
LONGEST_ADDRESS = 320
MOST = 5


def text_key(letter: Letter) -> str:
    """Hash of sender and folded text: with the same Message-ID it is the same letter, whatever a server added to its bytes (F62)."""
    return _hash(letter.from_addr.lower(), letter.text_key)


def whole_key(letter: Letter) -> str:
    """Hash of sender, folded text and attachments: sent twice (L46). 「见附件」 with another attachment is another letter."""
    files = sorted(attachment.sha256 for attachment in letter.attachments)
    return _hash(letter.from_addr.lower(), letter.text_key, *files)


def _hash(*parts: str) -> str:
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def copies_of(cx: Connection, letter: Letter, row_id: int) -> tuple[Copy, ...]:
    """Decided letters with the same whole, or the same Message-ID; the oldest first."""
    keys = {"text": text_key(letter), "whole": whole_key(letter), "message": clean(letter.message_id)[:LONGEST_LINE]}
    asked = _BOTH if keys["message"] else _WHOLE
    found = cx.execute(asked, {**keys, "row": row_id, "most": MOST}).all()
    asked_about = _asked_about(cx, {other.sha256 for other in found if other.disposition == "held"})
    sender = clean(letter.from_addr)[:LONGEST_ADDRESS].lower()
    return tuple(
        Copy(
            letter=other.sha256,
            same_message_id=bool(keys["message"]) and other.message_id == keys["message"],
            same_sender=other.from_addr == sender,
            same_text=other.text_key == keys["text"],
            disposition=other.disposition,
            case=other.case or "",
            waiting=other.sha256 in asked_about,
        )
        for other in sorted(found, key=lambda other: other.id)
    )


def _asked_about(cx: Connection, held: set[str]) -> set[str]:
    """Those of the held letters about which a question waits: by the key that `rules.handling.held` gives it."""
    keys = {f"{kind}:{digest[:16]}": digest for digest in held for kind in ASKINGS}
    return {keys[key] for key in questions.open_among(cx, keys)} if keys else set()


_CASE = select(t.filings.c.case).where(t.filings.c.letter == t.letters.c.id).order_by(t.filings.c.seq).limit(1)
_OTHERS = (
    select(
        *(t.letters.c[name] for name in ("id", "sha256", "message_id", "from_addr", "text_key", "disposition")),
        _CASE.scalar_subquery().label("case"),
    )
    .where(t.letters.c.id != bindparam("row"), t.letters.c.state == "decided")
    .order_by(t.letters.c.id)
    .limit(bindparam("most"))
)
_BY_WHOLE = _OTHERS.where(t.letters.c.whole_key == bindparam("whole")).subquery()
_BY_MESSAGE = _OTHERS.where(t.letters.c.message_id == bindparam("message")).subquery()
_WHOLE = select(_BY_WHOLE)
_BOTH = union(select(_BY_WHOLE), select(_BY_MESSAGE))
