"""What a door returns: one value that says what happened to the cause, why, and everything that follows from it.

    letter, desk  -> decide ─┐
    order, desk   -> obey   ─┤
    file, desk    -> remind ─┼─▶ Decision ─▶ write + guard ─▶ record ─▶ outbox
    report, desk  -> learn  ─┘

Decisions are compared whole in tests, so nothing in them is drawn: codes are drawn in writing, numbers come with the desk.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules.events import Event
    from rules.notices.notice import Notice
    from rules.shield import Identity


class Disposition(StrEnum):
    """What became of a letter: exactly one (ACCOUNTED)."""

    OPENED = "opened"
    JOINED = "joined"
    CONTACT = "contact"
    ORDER = "order"
    HELD = "held"
    MACHINE = "machine"


class WarrantKind(StrEnum):
    """凭据: on what ground an event may stand. `rule` may only open, join, hold or propose."""

    RULE = "rule"
    CODE = "code"
    ORDER = "order"
    CLOCK = "clock"
    WORLD = "world"


@dataclass(frozen=True, slots=True)
class Warrant:
    """凭据. `ref` says which: rule name, outbox occasion whose code came back, order id, clock name, report name."""

    kind: WarrantKind
    ref: str = ""
    actor: str = ""
    """Who: a role and a name of the book, a unit's name, `complainant`, or the program. Never an address."""
    role: str = ""
    """The role an order was given in; the life table may ask for one."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in the letter's own words: which rule, its basis, and the spans of the words (start, end) in subject + newline + own words."""

    rule: str
    because: str = ""
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """待定事项: something a person must decide. `key` makes it asked once while unanswered; `role` answers for it."""

    kind: str
    """A question kind of the book's words (`question.<kind>`): forward, unit, refuse, held, unclear, stopped, unknown, bounce…"""
    key: str
    about: str
    role: str
    choices: tuple[str, ...] = ()
    """Verbs of orders that answer it, the proposal first."""
    proposal: tuple[tuple[str, str], ...] = ()
    """Arguments of the proposed order: unit=…, ground=…, handling=…"""
    facts: tuple[tuple[str, str], ...] = ()
    """What staff must see to decide: label key -> value. May hold words of the letter: goes to staff only, never into the ledger."""
    outbox: str = ""
    """Occasion of the outbox row in question."""
    letter: str = ""
    """SHA-256 of the letter in question where it is not the cause itself: a question that an order raises is about the letter ordered on."""
    barred: tuple[str, ...] = ()
    """Staff it must not be put to."""
    urgent: bool = False
    listed: bool = False
    """It has no letter of its own: whoever is asked finds it in his hand-over letter, and answers it there by number."""


@dataclass(frozen=True, slots=True)
class Filing:
    """The letter belongs to this case as `part`: complaint, supplement, opinion, signature, progress, result, bounce, copy…"""

    case: str
    part: str
    letter: str = ""
    """SHA-256 of the letter filed where it is not the cause itself: an order by letter files the letter it is about."""


@dataclass(frozen=True, slots=True)
class Settled:
    """An outbox row changes by something learned: occasion -> state, the server's answer, its queue id."""

    occasion: str
    state: str
    answer: str = ""
    queue_id: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody belongs to a case from now on: complainant or unit:<name>, by exact address. An earlier address of the role ends."""

    case: str
    role: str
    address: str


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """One unit's row of the directory from now on; an earlier row of the unit ends, and stays as history."""

    unit: str
    address: str
    person: str = ""
    phone: str = ""
    public: str = ""
    """The telephone that may be published (S31, S34)."""
    letter: str = ""
    sheet: str = field(default="", repr=False)
    """Everything the sheet said (`rules.contacts.keep`); '' leaves what was known."""
    leader_mailbox: str = ""
    """Where the leader in charge gets copies; '' leaves what was known."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a unit may read of a complaint: the shield's redacted subject and text, kept with the case."""

    case: str
    subject: str
    text: str
    refused: str = ""
    """Why the shield wants a person to look; '' where it is sure."""


@dataclass(frozen=True, slots=True)
class Refiled:
    """A letter decided before is something else by a person's word: an advertisement, or a complaint after all."""

    letter: str
    disposition: Disposition
    kind: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything that follows from one cause; recorded all or nothing."""

    disposition: Disposition | None = None
    """None where the cause is not a letter."""
    kind: str = ""
    """The machine's kind, or the kind of letter a person wrote."""
    why: tuple[Reason, ...] = ()
    filings: tuple[Filing, ...] = ()
    events: "tuple[Event, ...]" = ()
    notices: "tuple[Notice, ...]" = ()
    questions: tuple[Question, ...] = ()
    identities: "tuple[tuple[str, tuple[Identity, ...]], ...]" = field(default=(), repr=False)
    """Case -> what would identify the people in it; kept in the identity room, never in the ledger."""
    lifted: "tuple[tuple[str, tuple[Identity, ...]], ...]" = field(default=(), repr=False)
    """Case -> what was taken for somebody's and is not: an order said so."""
    texts: tuple[str, ...] = field(default=(), repr=False)
    """Approved texts that an event names by SHA-256: they are kept beside the ledger, not in it."""
    parties: tuple[Party, ...] = field(default=(), repr=False)
    drafts: tuple[Draft, ...] = field(default=(), repr=False)
    contacts: tuple[ContactEntry, ...] = field(default=(), repr=False)
    settled: tuple[Settled, ...] = ()
    answered: tuple[str, ...] = ()
    """Keys of questions this decision answers."""
    refiled: tuple[Refiled, ...] = ()
    deed: str = ""
    """What an order did, in words for the confirmation; '' = the order's own word says it."""
    passed: tuple[str, ...] = ()
    """Staff whom the question passes by from now on: it is put to somebody else."""
    spent: tuple[str, ...] = ()
    """Occasions whose reply code has acted and acts no more (A7)."""
