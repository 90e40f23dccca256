"""Letters of the office's record: reports to staff and to the offices that are told (S86), 通报, 整改, 听证."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rules.notices.notice import Approved, Label, Notice, OfficeText
from rules.notices.to_complainant import ToComplainant
from rules.notices.to_organ import SheetRow
from rules.notices.to_staff import ToStaff
from rules.notices.to_unit import ToUnit


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table of a report as a letter shows it."""

    title: Label
    columns: tuple[Label, ...]
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTold(ToStaff):
    """报表, to staff: the tables in the letter, the workbook and the pictures with it."""

    template: ClassVar[str] = "report_told"
    rank: ClassVar[int] = 9
    coded: ClassVar[bool] = False
    title: Label
    period: Label
    tables: tuple[ReportTable, ...]
    remarks: tuple[OfficeText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPassed(Notice):
    """报表, to the offices that the plan names (S86): small numbers are not told (R10)."""

    template: ClassVar[str] = "report_passed"
    audience: ClassVar[str] = "organ"
    rank: ClassVar[int] = 9
    coded: ClassVar[bool] = False
    title: Label
    period: Label
    tables: tuple[ReportTable, ...]
    remarks: tuple[OfficeText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Circular(ToUnit):
    """通报: what two people approved, to every unit (S62)."""

    template: ClassVar[str] = "circular"
    rank: ClassVar[int] = 8
    coded: ClassVar[bool] = False
    text: Approved
    overdue: bool = False
    """That a unit is long late with a case, rather than what a case has proven."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationOrder(ToUnit):
    """整改通知: what to mend by the unit's own day; its report answers this letter (S47)."""

    template: ClassVar[str] = "rectification_order"
    due: date
    provisional: bool = False
    requirement: Approved


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingInvited(ToUnit):
    """听证通知: day, and what a person wrote of time, place and matter; the reply says whether the unit comes (S70)."""

    template: ClassVar[str] = "hearing_invited"
    day: date
    words: Approved


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingTold(ToComplainant):
    """听证告知: he may come, or not; coming shows the unit who he is (S70, S71)."""

    template: ClassVar[str] = "hearing_told"
    day: date
    words: OfficeText
