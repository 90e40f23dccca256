"""The office's record (record.toml): thresholds of clues and hot spots, when reports go to whom, what units are asked to have."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipient:
    """An office that gets the monthly report (S86)."""

    name: str
    mailbox: str


@dataclass(frozen=True, slots=True)
class ReportPlan:
    """One report: which, on which day (周一, 5日, 第1月10日), after which time, to which roles, and whether to the organs too."""

    name: str
    on: str
    at: str
    to: tuple[str, ...]
    organs: bool
    because: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing a unit is asked to have (S15, S30, S54)."""

    key: str
    label: str
    because: str


@dataclass(frozen=True, slots=True)
class Severity:
    """How grave clues are called from so many points on (S67g)."""

    label: str
    least: int


@dataclass(frozen=True, slots=True)
class Record:
    """The chapter record.toml."""

    small: int
    """Counts below this are not told outside: they could say who it was (R10)."""
    because: str
    clue_redone: int
    clue_unsatisfied: int
    hotspot_days: int
    hotspot_cases: int
    hotspot_repeats: int
    reports: tuple[ReportPlan, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    checks: tuple[Check, ...] = ()
    weights: tuple[tuple[str, int], ...] = ()
    """Kind of clue -> points a clue counts; kinds that are not named count nothing."""
    severities: tuple[Severity, ...] = ()
    """The lightest first; () where the office does not grade."""
