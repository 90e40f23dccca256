"""Reader of record.toml."""

import re

from rules.policy.chapters.office import CLOCK_TIME
from rules.policy.record import Check, Recipient, Record, ReportPlan, Severity
from rules.policy.sheet import Sheet

REPORTS = ("weekly", "monthly", "inspection", "scorecard", "hotspots")
GROUNDS = ("lost", "withheld", "idle", "delayed", "irresponsible", "leak")
"""Kinds of clue that may be given points (S67a-f)."""
ON = re.compile(r"周[一二三四五六日]|(?:[1-9]|1\d|2[0-8])日|第[123]月(?:[1-9]|1\d|2[0-8])日")


def record(sheet: Sheet) -> Record | None:
    """The chapter; None where the office does without."""
    if not sheet.table:
        return None
    clue, hotspot, points = sheet.sheet("clue"), sheet.sheet("hotspot"), sheet.sheet("points")
    value = Record(
        small=sheet.number("small", low=1, high=100),
        because=sheet.text("because"),
        clue_redone=clue.number("redone", low=1, high=100),
        clue_unsatisfied=clue.number("unsatisfied", low=1, high=100),
        hotspot_days=hotspot.number("days", low=1, high=3650),
        hotspot_cases=hotspot.number("cases", low=2, high=1000),
        hotspot_repeats=hotspot.number("repeats", low=2, high=1000),
        reports=tuple(_plan(entry) for entry in sheet.sheets("report")),
        recipients=tuple(_recipient(entry) for entry in sheet.sheets("recipient")),
        checks=tuple(_check(entry) for entry in sheet.sheets("check")),
        weights=tuple((name, points.number(name, low=0, high=100)) for name in GROUNDS if name in points.table),
        severities=tuple(sorted((_severity(entry) for entry in sheet.sheets("severity")), key=lambda one: one.least)),
    )
    for one in (clue, hotspot, points, sheet):
        one.done()
    return value


def _plan(sheet: Sheet) -> ReportPlan:
    plan = ReportPlan(
        name=sheet.text("name"),
        on=sheet.text("on"),
        at=sheet.text("at"),
        to=sheet.words("to"),
        organs=sheet.flag("organs", default=False),
        because=sheet.text("because"),
    )
    if plan.name not in REPORTS:
        sheet.says("name", "choice", word=plan.name, known="、".join(REPORTS))
    if not ON.fullmatch(plan.on):
        sheet.says("on", "choice", word=plan.on, known="周一…周日、1日…28日、第1月10日")
    if not CLOCK_TIME.fullmatch(plan.at):
        sheet.says("at", "clock-time", word=plan.at)
    sheet.done()
    return plan


def _recipient(sheet: Sheet) -> Recipient:
    recipient = Recipient(sheet.text("name"), sheet.text("mailbox").strip().lower())
    if "@" not in recipient.mailbox:
        sheet.says("mailbox", "mailbox", word=recipient.mailbox)
    sheet.done()
    return recipient


def _severity(sheet: Sheet) -> Severity:
    severity = Severity(sheet.text("label"), sheet.number("least", low=1, high=10000))
    sheet.done()
    return severity


def _check(sheet: Sheet) -> Check:
    check = Check(sheet.text("key"), sheet.text("label"), sheet.text("because"))
    sheet.done()
    return check
