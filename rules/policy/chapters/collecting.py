"""Reader of collecting.toml: days of the round, who reports, the ladder of reminders, the fields of each mechanism."""

import re
from collections.abc import Mapping
from datetime import date

from rules.policy.chapters.terms import steps
from rules.policy.chapters.units import KINDS
from rules.policy.collecting import Collecting, YearDay
from rules.policy.sheet import Sheet
from rules.policy.terms import Action, Step

DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
MAY = frozenset({Action.REMIND, Action.REMIND_WRITTEN, Action.ESCALATE})
FIELDS: dict[str, tuple[str, ...]] = {
    "工作机构": ("org",),
    "分管领导": ("leader",),
    "分管领导职务": ("leader_title",),
    "分管领导电话": ("leader_phone",),
    "联系人": ("contact",),
    "联系人职务": ("contact_title",),
    "投诉举报电话": ("hotline",),
    "办公电话": ("office_phone",),
    "手机": ("mobile",),
    "联系电话": ("office_phone", "mobile"),
    "邮箱": ("email",),
}


def collecting(sheet: Sheet) -> Collecting | None:
    """The chapter collecting.toml; None where the office collects nothing."""
    if not sheet.table:
        return None
    begins, due = _day(sheet, "begins"), _day(sheet, "due")
    if bool(begins.year) != bool(due.year) or begins.of(2017) > due.of(2017):
        sheet.says("due", "round")
    value = Collecting(
        begins,
        due,
        sheet.text("because"),
        frozenset(KINDS[word] for word in _known(sheet, "kinds", KINDS)),
        sheet.words("excused", ()),
        _ladder(sheet),
        _fields(sheet.sheet("fields")),
    )
    sheet.done()
    return value


def _day(sheet: Sheet, key: str) -> YearDay:
    """A day of the year; 29 February is refused, since not every year has it."""
    match = DAY.fullmatch("".join(sheet.text(key).split()))
    if match:
        year, month, day = int(match[1] or 0), int(match[2]), int(match[3])
        try:
            date(year or 2017, month, day)
        except ValueError:
            match = None
        else:
            return YearDay(month, day, year)
    sheet.says(key, "day", word=sheet.raw(key))
    return YearDay(1, 1)


def _known(sheet: Sheet, key: str, known: Mapping[str, object]) -> tuple[str, ...]:
    words = sheet.words(key)
    for word in words:
        if word not in known:
            sheet.says(key, "choice", word=word, known="、".join(known))
    return tuple(word for word in words if word in known)


def _ladder(sheet: Sheet) -> tuple[Step, ...]:
    ladder = steps(sheet)
    if any(step.action not in MAY for step in ladder):
        sheet.says("steps", "choice", word="、".join(step.action for step in ladder), known="催办、书面催办、上报")
    return tuple(sorted(ladder, key=lambda step: step.offset_days))


def _fields(sheet: Sheet) -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    return {name: tuple((word, FIELDS[word]) for word in _known(sheet, name, FIELDS)) for name in sheet.table}
