"""The office's record: evidence made, reports told, cases exposed, what units must have and mend."""

from dataclasses import dataclass
from datetime import date

from rules.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceMade(Event):
    """制作案卷: for a unit, or whole where `unit` is ''; `seal`: SHA-256 of the list of its files."""

    unit: str
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMade(Event):
    """报表: which, of what time, in how many letters. About `office`."""

    report: str
    period: str
    letters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposed(Event):
    """曝光、通报: a text that two people approved, by its SHA-256; `where`: board (for the public) or circular (for the units)."""

    where: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unexposed(Event):
    """撤下曝光: what was published is taken off; the line that published it stays."""

    reason: str = "by-order"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckNoted(Event):
    """单位自查项目: an inspector saw, or did not see, that a unit has it (S15, S30, S54, S55). About `unit:<name>`."""

    unit: str
    item: str
    on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationSet(Event):
    """整改: what the unit must mend by its own day, after the case or during it (S47)."""

    unit: str
    due: date
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectified(Event):
    """整改完成: a person saw the report."""

    unit: str
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingCalled(Event):
    """听证: for which day; the invitations are letters of their own (S69–S71). `text`: SHA-256 of what the order wrote."""

    day: date
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingAnswered(Event):
    """Whether a party comes: complainant or unit:<name>; yes, no. The last answer counts."""

    party: str
    value: str
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingHeld(Event):
    """听证笔录: the minutes by SHA-256; how many had said that they come, and that they do not (S72, S73)."""

    text: str
    coming: int = 0
    absent: int = 0
