"""Reader of units.toml: `[[unit]]` entries, `[[shared]]` aliases, the prefixes a letter may use."""

from collections import defaultdict

from rules.policy.sheet import Sheet
from rules.policy.units import UnitDirectory, UnitEntry, UnitKind

KINDS = {
    "乡镇街道": UnitKind.TOWNSHIP,
    "部门": UnitKind.DEPARTMENT,
    "公用企事业": UnitKind.UTILITY,
    "只由组长决定": UnitKind.ABOVE_RULES,
    "司法纪检": UnitKind.JUSTICE,
    "党群": UnitKind.PARTY,
}


def units(sheet: Sheet) -> UnitDirectory:
    """The chapter units.toml. A name that means two units and does not stand in `[[shared]]` is a fault."""
    entries = [(entry, _unit(entry)) for entry in sheet.sheets("unit")]
    shared = {entry.text("alias"): _owners(entry) for entry in sheet.sheets("shared")}
    prefixes = tuple(sorted(sheet.words("prefixes"), key=len, reverse=True))
    sheet.done()
    _unique(entries, shared)
    names = {unit.name for _, unit in entries}
    for alias, owners in shared.items():
        for stranger in sorted(set(owners) - names):
            sheet.says("shared", "unknown-unit", word=stranger, alias=alias)
    return UnitDirectory(tuple(unit for _, unit in entries), shared, prefixes)


def _unit(sheet: Sheet) -> UnitEntry:
    unit = UnitEntry(
        name=sheet.text("name"),
        kind=sheet.choice("kind", UnitKind, KINDS),
        line=sheet.text("line", "", empty=True),
        because=sheet.text("because"),
        full=sheet.text("full", "", empty=True),
        aliases=sheet.words("aliases", ()),
        former=sheet.words("former", ()),
        later=sheet.words("later", ()),
        weak=sheet.words("weak", ()),
    )
    sheet.retired(
        "subjects", "member"
    )  # what a letter is about leads to a line (lines.toml), and the line to its units
    sheet.done()
    return unit


def _owners(sheet: Sheet) -> tuple[str, ...]:
    owners = sheet.words("units")
    sheet.text("because")
    sheet.done()
    return owners


def _unique(entries: list[tuple[Sheet, UnitEntry]], shared: dict[str, tuple[str, ...]]) -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for sheet, unit in entries:
        for name in dict.fromkeys((*unit.names, *unit.weak)):
            if owners[name]:
                sheet.says("name", "two-units", alias=name, first=owners[name][0], second=unit.name)
            if name in shared:
                sheet.says("name", "shared-alias", alias=name)
            owners[name].append(unit.name)
