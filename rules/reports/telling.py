"""A report becomes letters: to the roles that the book names, and to the offices of S86 without small numbers."""

from collections.abc import Iterable
from typing import TypedDict

from rules.decision import Decision, Reason, Warrant, WarrantKind
from rules.desk import Desk
from rules.events import OFFICE, ReportMade
from rules.letterhead import to_staff
from rules.notices.notice import Label, Notice, OfficeText, OwnText, Paper, To
from rules.notices.to_organ import SheetRow
from rules.notices.to_record import ReportPassed, ReportTable, ReportTold
from rules.policy.record import ReportPlan
from rules.reports.report import Cell, Report, Table
from rules.staffing import asked_people


def tell(
    inside: Report, outside: Report, plan: ReportPlan, desk: Desk, papers: dict[str, tuple[Paper, ...]], missing: str
) -> Decision:
    """The letters of one report. `papers`: inside, outside -> the files that go with it; `missing`: why there are no pictures."""
    record = desk.book.record
    staff = {person.name: person for role in plan.to for person in asked_people(desk, role)}
    letters: list[Notice] = [
        ReportTold(
            to=to_staff(person),
            about=OFFICE,
            occasion=f"{desk.cause}:{person.name}",
            papers=papers["inside"],
            **_content(inside, missing),
        )
        for person in staff.values()
    ]
    letters += [
        ReportPassed(
            to=To(organ.mailbox, f"organ:{organ.name}", organ.name),
            about=OFFICE,
            occasion=f"{desk.cause}:{organ.name}",
            papers=papers["outside"],
            **_content(outside, missing),
        )
        for organ in (record.recipients if record and plan.organs else ())
    ]
    warrant = Warrant(WarrantKind.CLOCK, f"report-{plan.name}")
    made = ReportMade(about=OFFICE, warrant=warrant, report=plan.name, period=inside.period, letters=len(letters))
    return Decision(why=(Reason(f"report-{plan.name}", plan.because),), events=(made,), notices=tuple(letters))


class Content(TypedDict):
    """What a letter shows of a report, whoever reads it."""

    title: Label
    period: Label
    tables: tuple[ReportTable, ...]
    remarks: tuple[OfficeText, ...]


def _content(report: Report, missing: str) -> Content:
    remarks = tuple(OfficeText(remark) for remark in (*report.remarks, missing) if remark)
    return Content(
        title=Label(report.title), period=Label(report.period), tables=_tables(report.tables), remarks=remarks
    )


def _tables(tables: Iterable[Table]) -> tuple[ReportTable, ...]:
    return tuple(
        ReportTable(
            Label(table.title),
            tuple(Label(column) for column in table.columns),
            tuple(SheetRow(tuple(OwnText(_said(cell)) for cell in row)) for row in table.rows),
        )
        for table in tables
    )


def _said(cell: Cell) -> str:
    return "" if cell is None else str(cell)
