"""Reports (S12, S46, S53–S57, S77, S86): counted from the ledger alone, made as values, told as letters, workbooks and pictures.

told lines ─▶ histories (folded once) ─▶ figures ─▶ report(name, standing) ─▶ suppressed(report, small) where it leaves the office
"""

from rules.reports.building import BUILT, report
from rules.reports.facts import History, Period, Told, histories
from rules.reports.report import Cell, Chart, Report, Table
from rules.reports.standing import Standing
from rules.reports.suppress import suppressed

__all__ = [
    "BUILT",
    "Cell",
    "Chart",
    "History",
    "Period",
    "Report",
    "Standing",
    "Table",
    "Told",
    "histories",
    "report",
    "suppressed",
]
