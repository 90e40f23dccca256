"""Several papers of one mail: the same table twice is one table, two tables that differ are a question (version:conflict)."""

from collections.abc import Sequence
from dataclasses import fields

from rules.contacts.row import Remark, Row, Sheet

COMPARED = tuple(
    field.name for field in fields(Row) if field.name not in ("note", "email_suggested", "unit_text", "org")
)


def merged(sheets: Sequence[Sheet]) -> Sheet:
    """The readable sheets of one mail as one."""
    rows: list[Row] = []
    clashing: set[str] = set()
    for sheet in sheets:
        for unit in dict.fromkeys(row.unit or row.unit_text for row in sheet.rows):
            of_unit = [row for row in sheet.rows if (row.unit or row.unit_text) == unit]
            known = [row for row in rows if (row.unit or row.unit_text) == unit]
            if not known:
                rows += of_unit
            elif not _same(known, of_unit):
                rows += [row for row in of_unit if row not in known]
                clashing.add(unit)
            elif _cells(of_unit) > _cells(known):
                rows = [row for row in rows if row not in known] + of_unit
    remarks = [remark for sheet in sheets for remark in sheet.remarks]
    remarks += [Remark("version:conflict", unit) for unit in sorted(clashing)]
    return Sheet(tuple(rows), tuple(dict.fromkeys(remarks)))


def _same(first: Sequence[Row], second: Sequence[Row]) -> bool:
    """As many people, and each agrees with one of the other in all that both say."""
    return len(first) == len(second) and all(any(_agree(row, other) for other in second) for row in first)


def _agree(first: Row, second: Row) -> bool:
    pairs = ((getattr(first, name), getattr(second, name)) for name in COMPARED)
    return all(one == other for one, other in pairs if one and other)


def _cells(rows: Sequence[Row]) -> int:
    return sum(len(row.given()) for row in rows)
