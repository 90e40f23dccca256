"""The office's record: evidence made of a case, reports told."""

from dataclasses import dataclass

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
