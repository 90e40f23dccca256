"""The shield's values: an identity, a mark, a redaction, a hit of the guard, an answer about consent. All frozen."""

from dataclasses import dataclass, field

_KEY = object()


@dataclass(frozen=True, slots=True)
class Identity:
    """A string that identifies a person of a case, as written (dressed or plain)."""

    kind: str
    """name mobile landline idcard creditcode company address email qq wechat plate bankcard position relation number."""
    value: str = field(repr=False)
    role: str = "complainant"
    """complainant, family, witness, unclear (a person of whom the letter does not say what he is); official where the book hides those."""
    level: str = "direct"
    """direct, or indirect: a post, a family fact, the last four digits; raises no question once it is removed."""
    spans: tuple[tuple[int, int], ...] = ()
    """Where it was found in subject + newline + text; () = in a header or a file name."""


class Redacted(str):
    """Words that may stand in a letter to a unit. Only `redact()` makes it; `kept` reads back what `redact()` made before."""

    __slots__ = ()

    def __new__(cls, text: str, key: object = None) -> "Redacted":
        """Refused without the shield's own key: plain words cannot become redacted ones by naming them so."""
        if key is not _KEY:
            raise TypeError("Redacted is made by rules.shield.redact alone; Redacted.kept reads a stored draft")
        return super().__new__(cls, text)

    @classmethod
    def kept(cls, draft: str) -> "Redacted":
        """A draft that `redact()` made and the database kept. The guard reads it again before it leaves."""
        return cls(draft, _KEY)

    def __reduce__(self) -> tuple[object, ...]:
        """From the reader's child it comes as a stored draft does."""
        return passed_on, (str(self),)


@dataclass(frozen=True, slots=True)
class Mark:
    """A removal: kind, and its place in subject + newline + text (never the value: this is what the ledger keeps)."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Redaction:
    """What a unit may read, what staff see, and what was taken out."""

    subject: Redacted
    text: Redacted
    office_text: str
    """For the reviewing office: persons of whom the letter does not say what they are stay visible."""
    removed: tuple[Mark, ...]
    refused: str | None
    """Why a person must look before this leaves; None where the shield is sure."""


@dataclass(frozen=True, slots=True)
class Hit:
    """The guard found an identity: its kind and where it stands, never the value."""

    kind: str
    where: str


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether the writer lets the unit know who he is: True, False, or None where he does not say. `words` are his."""

    agreed: bool | None
    words: str = field(default="", repr=False)
    scope: tuple[str, ...] = ()
    """The kinds of identity a yes is about; () without one."""
    back: bool = False
    """A no that takes an earlier yes back."""


def passed_on(draft: str) -> Redacted:
    """A draft on its way from one process of ours to another."""
    return Redacted.kept(draft)


def redacted(text: str) -> Redacted:
    """For redact.py alone."""
    return Redacted(text, _KEY)
