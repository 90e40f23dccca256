"""The shield's own lines: what was taken out of a letter and where, who opened the identity room, what a unit was told by consent."""

from dataclasses import dataclass
from datetime import date

from rules.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Shielded(Event):
    """What was taken out of a letter for the unit: `name:3-6` each, kind and place in subject + newline + own words; never the text."""

    letter: str
    marks: tuple[str, ...] = ()
    refused: bool = False
    """A person must look before the draft leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarksChanged(Event):
    """隐去, 不隐去: a person took more out of the letter (`added`), or put something back (`lifted`); places as in Shielded."""

    letter: str
    what: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityPermitted(Event):
    """A second person agreed that `to` may look into the identity room of a report, until the day."""

    to: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRead(Event):
    """Somebody looked into the identity room. `why`: SHA-256 of the reason, whose words stand in the room itself."""

    who: str
    why: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed(Event):
    """披露身份: by consent and two persons' order the unit is told these kinds, in the letter of the occasion, and no others."""

    unit: str
    kinds: tuple[str, ...]
    occasion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReleased(Event):
    """放行: a person lets a withheld picture go to the units of the case, made anew. `paper`: SHA-256 of the file as it came, `sent`: of
    the copy that goes, in the letters of the `occasions`."""

    paper: str
    sent: str
    number: int
    occasions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperHeldBack(Event):
    """不放行: a released picture (`sent`) is taken back before its letter left."""

    sent: str
