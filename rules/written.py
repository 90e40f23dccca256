"""A notice as written: the finished bytes and everything the outbox must know of them. Made by `daemon.writing`, kept by `db.record`."""

from dataclasses import dataclass, field

from rules.notices.notice import Paper


@dataclass(frozen=True, slots=True)
class Written:
    """One letter, finished and guarded. `state` is queued, or stopped where the guard said no."""

    occasion: str
    about: str
    audience: str
    party: str
    to_address: str
    mailbox: str
    """complaint or contact: from which account it leaves."""
    template: str
    words: str = field(repr=False)
    """The notice's fields as JSON, so that the letter can be written anew (alternative template, F71)."""
    raw: bytes = field(repr=False)
    sha256: str
    message_id: str
    code_hash: str = ""
    """Hash of its reply code; '' where it carries none."""
    rank: int = 5
    papers: tuple[Paper, ...] = ()
    state: str = "queued"
    hits: tuple[tuple[str, str], ...] = ()
    """(kind, place) of what the guard found; never the value."""
    text: str = field(default="", repr=False)
    """The letter's plain text: quoted back, its words never act (L39)."""
    round: int = 0
    """Round of the case when it was written (A7)."""
    copy: str = ""
    """The choices that make a unit's copy its own (S67f): what the ledger keeps."""
    automatic: bool = True
    """Counts against the number of automatic letters a day (NO-LOOP)."""
