"""What a new sheet changes in the directory (domain §4.3.10-12). Nobody is removed by himself; a new mailbox must return a code first.

changes(old rows, new rows)  ->  (Change("mailbox", "古城镇", "email", old, new), …)
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rules.contacts.row import Row

OF_UNIT = ("org", "leader", "leader_title", "leader_phone", "hotline", "note")
OF_CONTACT = ("contact_title", "office_phone", "mobile")


@dataclass(frozen=True, slots=True)
class Change:
    """One change. kind: added (a unit), mailbox, changed (a field), joined (a contact), missing (a contact the new sheet does not name)."""

    kind: str
    unit: str
    field: str = ""
    old: str = ""
    new: str = ""


def changes(old: Sequence[Row], new: Sequence[Row]) -> tuple[Change, ...]:
    """The changes in the order of the new rows, unit by unit."""
    found: list[Change] = []
    for unit in dict.fromkeys(row.unit for row in new if row.unit):
        before = [row for row in old if row.unit == unit]
        after = [row for row in new if row.unit == unit]
        found += (
            _of_unit(unit, before, after) if before else [Change("added", unit), *_mailbox(unit, "", after[0].email)]
        )
    return tuple(found)


def renewed(old: Sequence[Row], new: Sequence[Row]) -> tuple[Row, ...]:
    """One unit's rows once the new sheet counts: what it does not say stays as it was; the contacts it names take the place of the others.

    A correction of one number must not lose the rest of the sheet (domain §4.3.10).
    """
    if not old or not new:
        return tuple(new or old)
    shared = {name: getattr(new[0], name) or getattr(old[0], name) for name in (*OF_UNIT, "email")}
    if not any(row.contact for row in new):
        numbers = {name: getattr(new[0], name) or getattr(old[0], name) for name in OF_CONTACT}
        return tuple(replace(row, **shared, **(numbers if row is old[0] else {})) for row in old)
    known = {row.contact: row for row in old}
    return tuple(_filled_up(replace(row, **shared), known.get(row.contact)) for row in new)


def _filled_up(row: Row, known: Row | None) -> Row:
    if known is None:
        return row
    return replace(row, **{name: getattr(row, name) or getattr(known, name) for name in OF_CONTACT})


def _of_unit(unit: str, before: Sequence[Row], after: Sequence[Row]) -> list[Change]:
    found = _mailbox(unit, before[0].email, after[0].email)
    found += _fields(unit, before[0], after[0], OF_UNIT)
    known = {row.contact: row for row in before}
    for row in after:
        if row.contact in known:
            found += _fields(unit, known[row.contact], row, OF_CONTACT)
        else:
            found.append(Change("joined", unit, "contact", "", row.contact))
    named = {row.contact for row in after}
    return found + [Change("missing", unit, "contact", name, "") for name in known if name not in named]


def _mailbox(unit: str, old: str, new: str) -> list[Change]:
    """A sheet without a mailbox takes none away."""
    return [Change("mailbox", unit, "email", old, new)] if new and new.lower() != old.lower() else []


def _fields(unit: str, old: Row, new: Row, names: Sequence[str]) -> list[Change]:
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in names)
    return [Change("changed", unit, name, was, now) for name, was, now in pairs if now and was != now]
