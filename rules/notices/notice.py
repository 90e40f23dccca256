"""What a notice is: a letter to be written. One frozen class per template; its fields are the template's words.

Field types come from a closed list. A notice to a unit may hold no plain text: only `Redacted` (made by the shield alone) and `Approved`
(made by an order alone) carry words that a person wrote.
"""

from dataclasses import dataclass
from typing import ClassVar, NewType

Ref = NewType("Ref", str)
"""A reference, HY2017-00012-K7."""
Number = NewType("Number", str)
"""A register number, 桓营诉〔2017〕12号."""
UnitName = NewType("UnitName", str)
"""A unit's official name, from the book."""
Label = NewType("Label", str)
"""A word of the book: a state, a category, a handling mode."""
Approved = NewType("Approved", str)
"""Text that a person released by an order."""
OfficeText = NewType("OfficeText", str)
"""Text the office itself wrote: the book, or a member of staff."""
NOTHING_APPROVED = Approved("")
NO_LABEL = Label("")
NO_OFFICE_TEXT = OfficeText("")
OwnText = NewType("OwnText", str)
"""Words for staff or for the complainant himself; never in a notice to a unit."""


@dataclass(frozen=True, slots=True)
class To:
    """Whom a letter goes to. `party` is complainant, unit:<name>, staff:<name> or organ:<name>."""

    address: str
    party: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that goes with the letter: its clean copy by hash, and its ASCII name."""

    sha256: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A letter to be written. `occasion` makes it due once; `rank` says who goes first (receipts 1 … reports 9)."""

    template: ClassVar[str]
    audience: ClassVar[str]
    """complainant, unit, staff, organ."""
    rank: ClassVar[int] = 5
    coded: ClassVar[bool] = True
    """Whether the letter carries a reply code that acts."""

    to: To
    about: str
    occasion: str
    mailbox: str = "complaint"
    papers: tuple[Paper, ...] = ()
    reply_to_message: str = ""
    """Message-ID this answers (never in a letter to a unit)."""
    acts_until_round: int = 0
    """Round of the case the code belongs to (A7: an old letter's code after a redo only joins)."""
