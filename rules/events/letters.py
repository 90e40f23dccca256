"""Letters we send: written, stopped, sent, refused, unknown, withdrawn."""

from dataclasses import dataclass

from rules.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued(Event):
    """A letter was written and put in the outbox: occasion, template, SHA-256 of its bytes."""

    occasion: str
    template: str
    audience: str
    sha256: str = ""
    copy: str = ""
    """Which of the wordings that may stand for each other this unit's copy has (S67f); '' where the letter has no copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped(Event):
    """拦下: the guard found identity in a letter to a unit; kinds and places, never the value."""

    occasion: str
    kinds: tuple[str, ...]
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered(Event):
    """The server took the letter (or Sent, a reply, a person shows that it did)."""

    occasion: str
    by: str = "server"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendRefused(Event):
    """The server refused the letter, or a bounce came back."""

    occasion: str
    by: str = "server"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendUnknown(Event):
    """The final dot may have gone and no answer came: never repeated by itself."""

    occasion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold(Event):
    """无法告知: a letter due to a complainant who has no mailbox and left no way to reach him. `text`: SHA-256 of its words."""

    occasion: str
    template: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWithdrawn(Event):
    """撤回: a queued or stopped letter that shall not go."""

    occasion: str
    reason: str
