"""Reader of a rule's `when`: one condition table or a list of them (all must hold)."""

import re2

from rules.policy.condition import Condition, Place, Sender
from rules.policy.sheet import Sheet

PLACES = {
    "标题": Place.SUBJECT,
    "正文": Place.OWN,
    "全文": Place.ANYWHERE,
    "首行": Place.OPENING,
    "栏目": Place.FIELD,
}
SENDERS = {"单位": Sender.UNIT, "群众": Sender.PUBLIC, "不限": Sender.ANYONE}
PATTERN_MEMORY = 1 << 20
"""Bytes RE2 may use for one pattern: a pattern that needs more is refused (A72)."""


def conditions(sheet: Sheet, key: str = "when") -> tuple[Condition, ...]:
    """The conditions under the key; none, so that the rule never holds, where one of them is wrong or there are none."""
    before = sheet.faulty
    found = _conditions(sheet, key)
    return found if sheet.faulty == before else ()


def _conditions(sheet: Sheet, key: str) -> tuple[Condition, ...]:
    value = sheet.raw(key)
    if isinstance(value, dict):
        return (_condition(sheet.sheet(key)),)
    entries = sheet.sheets(key)
    if not entries and value is not None:
        sheet.says(key, "missing")
    if value is None:
        sheet.says(key, "no-condition")
    return tuple(_condition(entry) for entry in entries)


def _condition(sheet: Sheet) -> Condition:
    before = sheet.faulty
    either = sheet.sheets("either")
    value = Condition(
        any=sheet.words("any", ()),
        all=sheet.words("all", ()),
        none=sheet.words("none", ()),
        place=sheet.choice("in", Place, PLACES, Place.ANYWHERE),
        negated=sheet.flag("negated", default=False),
        pattern=_pattern(sheet),
        sender=sheet.choice("sender", Sender, SENDERS, Sender.ANYONE),
        amount_from=sheet.number("amount_from", 0, high=1_000_000_000),
        people_from=sheet.number("people_from", 0),
        short=sheet.number("short", 0, high=10_000),
        nobody=sheet.flag("nobody", default=False),
        either=tuple(_condition(entry) for entry in either),
    )
    sheet.done()
    if sheet.faulty == before and repr(value) == repr(Condition(place=value.place, negated=value.negated)):
        sheet.says("any", "no-condition")
    return value


def _pattern(sheet: Sheet) -> str:
    pattern = sheet.text("pattern", "", empty=True)
    if not pattern:
        return ""
    options = re2.Options()
    options.max_mem, options.log_errors = PATTERN_MEMORY, False
    try:
        re2.compile(pattern, options)
    except re2.error as trouble:
        sheet.says("pattern", "pattern", word=pattern, why=str(trouble))
        return ""
    return pattern
