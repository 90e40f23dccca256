"""Whose record it is (domain §4.3.5): unit cell, then title or fill-in line, file name, subject, sender, the words of the mail.

Two answers are a question (unit:conflict), a name no book knows stays as written (unit:unknown), a shared name is nobody's (unit:ambiguous).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rules.contacts.entry import Entry
from rules.contacts.row import Context, Remark, Row
from rules.contacts.units import NOBODY, Found, UnitNames
from rules.contacts.words import words

SHORT = 40
"""A line after the table longer than this is no signature."""


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Everything around the records that may name the unit, the strongest first."""

    context: Context
    below: tuple[str, ...] = ()
    """The short lines after the last record, and the names of the sheets."""


def unit_of(entry: Entry, witnesses: Witnesses, names: UnitNames) -> tuple[Found, str]:
    """The unit of a record and the words it was read from ('' where nothing names one)."""
    cell = entry.unit_text
    if cell:
        return _of_cell(cell, entry.above, names), cell
    for text in (*entry.above, *witnesses.below):
        found = _in_line(text, names)
        if found:
            return found, text
    return _from_outside(witnesses.context, names)


def _of_cell(cell: str, above: Iterable[str], names: UnitNames) -> Found:
    found = names.resolve(cell)
    if found:
        return found
    for text in above:  # 党政办 in a sheet of 古城镇 is the town's own
        over = _in_line(text, names)
        if over.unit and (within := names.resolve(over.unit + cell)):
            return within
    return NOBODY


def _in_line(text: str, names: UnitNames) -> Found:
    if len(text) > SHORT:
        return names.first_mentioned(text)
    whole = names.resolve(text)
    return whole if whole and not names.is_office(whole.unit) else names.mentioned(text)


def _from_outside(context: Context, names: UnitNames) -> tuple[Found, str]:
    for word, text in (("unit:from-filename", stem(context.file_name)), ("unit:from-subject", context.subject)):
        found = names.mentioned(text)
        if found:
            return _doubted(found, word), text
    if context.sender_unit and not names.is_office(context.sender_unit):
        return Found(context.sender_unit, doubts=frozenset({"unit:from-sender"})), context.sender_unit
    found = names.first_mentioned(context.body_text)
    return found, found.unit


def _doubted(found: Found, word: str) -> Found:
    return replace(found, doubts=found.doubts | {word})


def stem(file_name: str) -> str:
    """A file name without its folders and its ending."""
    name = file_name.replace("\\", "/").rpartition("/")[2]
    return name.rpartition(".")[0] or name


def named(row: Row, found: Found) -> Row:
    """The row with its unit; where the unit is not known the sheet's words stay in `unit_text`."""
    unit_text = "" if found.unit else row.unit_text or ""
    org = row.org or found.org
    return replace(row, unit=found.unit, org=org, unit_text=unit_text)


def unit_remarks(found: Found, text: str) -> list[Remark]:
    """What is doubtful about the unit of one record."""
    if found:
        return [Remark(word, found.unit, text) for word in sorted(found.doubts)]
    return [Remark("unit:unknown" if text else "unit:missing", "", text)]


def conflict(entries: Sequence[tuple[Entry, Found]], witnesses: Witnesses, names: UnitNames) -> Remark | None:
    """The one unit of the records is not the one the title, the file name or the subject names."""
    units = {found.unit for _, found in entries}
    if len(units) != 1 or not (unit := next(iter(units))):
        return None
    orgs = " ".join(found.org + entry.unit_text for entry, found in entries)
    over = next((found for text in entries[0][0].above if (found := _in_line(text, names))), NOBODY)
    outside = (stem(witnesses.context.file_name), witnesses.context.subject)
    told = [text for text in outside if not any(word in text for word in words("mails")["not_ours"])]
    for other in (over, *(names.mentioned(text) for text in told)):
        if other.unit and other.unit != unit and not _within(other.unit, orgs, names):
            return Remark("unit:conflict", unit, other.unit)
    return None


def _within(unit: str, orgs: str, names: UnitNames) -> bool:
    """古城镇 over a sheet of 古城镇国土所 is no second answer."""
    return any(alias in orgs for alias in names.units[unit].names)
