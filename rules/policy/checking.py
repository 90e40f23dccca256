"""What a book must be as a whole: names once, words for everything, roles and deputies known, no rule that can never hold."""

from collections.abc import Callable, Iterable, Mapping

from rules.policy.book import Book, chapters_of_rules
from rules.policy.examples import examples
from rules.policy.faults import Fault, say
from rules.policy.matters import Kind, Mode, Rule
from rules.policy.overlaps import fault, overlaps, twins, unreachable
from rules.policy.sheet import Sheet

LABELLED = {"kind": Kind, "mode": Mode, "told": Mode}
"""Families of words.toml that must have a word for each member."""
ONE_WINS = frozenset({"kinds.toml", "scope.toml"})
"""Chapters whose rules compete: a letter has one kind and one verdict."""
SPOKEN = ("speech.toml", "units.toml")
"""Chapters without which no example can be tried."""


def check(book: Book, sheets: Mapping[str, Sheet], faults: list[Fault], torn: frozenset[str] = frozenset()) -> None:
    """Note what is wrong with the book as a whole. What a torn chapter would have said is not reported as missing."""
    looks: tuple[tuple[Callable[[Book, Sheet], None], str, tuple[str, ...]], ...] = (
        (_unit, "office.toml", ("units.toml",)),
        (_staff, "office.toml", ("roles.toml",)),
        (_away, "office.toml", ()),
        (_tasks, "office.toml", ("roles.toml",)),
        (_roles, "roles.toml", ("words.toml",)),
        (_labels, "words.toml", ()),
        (_lines, "units.toml", ("lines.toml",)),
        (_categories, "categories.toml", ()),
        (_grounds, "grounds.toml", ()),
    )
    for look, chapter, others in looks:
        if torn.isdisjoint((chapter, *others)):
            look(book, sheets[chapter])
    for chapter, rules in chapters_of_rules(book).items():
        _names(rules, faults)
        faults += twins(rules, one_wins=chapter in ONE_WINS)
        for rule in rules:
            faults += unreachable(rule)
    if torn.isdisjoint(SPOKEN) and not any(fault.file in SPOKEN for fault in faults):
        faults += examples(book)


def overlapping(book: Book) -> tuple[Fault, ...]:
    """What does no harm and was hardly meant: pairs of rules of which one adds nothing but points. `book check` tells it, `run` goes on."""
    return tuple(found for rules in chapters_of_rules(book).values() for found in overlaps(rules))


def _unit(book: Book, sheet: Sheet) -> None:
    if book.office.unit not in book.units:
        sheet.says("unit", "unknown-unit", word=book.office.unit, alias="unit")


def _staff(book: Book, sheet: Sheet) -> None:
    people = {person.name: person for person in book.office.staff}
    for place, person in enumerate(book.office.staff):
        entry = sheet.entry("staff", place)
        if person.role and person.role not in book.roles.roles:
            entry.says("role", "choice", word=person.role, known=book.roles.named)
        if person.deputy and person.deputy not in people:
            entry.says("deputy", "deputy", name=person.name, deputy=person.deputy)
        elif _circular(person.name, {name: each.deputy for name, each in people.items()}):
            entry.says("deputy", "cycle", name=person.name)


def _tasks(book: Book, sheet: Sheet) -> None:
    """Somebody must see each recurring task."""
    for place, task in enumerate(book.office.day.tasks):
        if task.role and task.role not in book.roles.roles:
            sheet.entry("task", place).says("role", "choice", word=task.role, known=book.roles.named)


def _away(book: Book, sheet: Sheet) -> None:
    names = {person.name for person in book.office.staff} | {""}
    for away in book.office.away:
        for name in sorted({away.person, away.deputy} - names):
            sheet.says("away", "deputy", name=away.person, deputy=name)


def _circular(name: str, deputies: Mapping[str, str]) -> bool:
    """Whether following the deputies from here comes back here."""
    here = deputies[name]
    for _ in deputies:
        if here == name:
            return True
        here = deputies.get(here, "")
    return False


def _roles(book: Book, sheet: Sheet) -> None:
    orders = book.labels.get("order", {})
    for verb in sorted(book.roles.four_eyes - orders.keys()):
        sheet.says("four_eyes", "order", word=verb)
    for role in book.roles.roles.values():
        for verb in sorted(role.may - orders.keys()):
            sheet.sheet("role").sheet(role.key).says("may", "order", word=verb)
    for helper in book.roles.second:
        if helper not in book.roles.roles:
            sheet.says("second", "choice", word=helper, known="、".join(book.roles.roles))


def _labels(book: Book, sheet: Sheet) -> None:
    for family, members in LABELLED.items():
        for member in members:
            if member.value not in book.labels.get(family, {}):
                words = {"word": member.value, "family": family}
                sheet.fault(family, say("label", **words), say("label-remedy", **words), (family, member.value))


def _lines(book: Book, sheet: Sheet) -> None:
    known = {line.name for line in book.lines}
    for place, unit in enumerate(book.units):
        if unit.line and unit.line not in known:
            sheet.entry("unit", place).says("line", "line", word=unit.line, unit=unit.name)


def _categories(book: Book, sheet: Sheet) -> None:
    """A category that no letter can reach: its rules together give too few points, or there are none."""
    known: set[str] = set()
    for place, category in enumerate(book.categories):
        entry = sheet.entry("category", place)
        points = sum(max(rule.weight, 0) for rule in book.category_rules if rule.target == category.name)
        if category.name in known:
            entry.says("name", "twice", word=category.name)
        elif points < category.threshold and not category.fallback:
            entry.says("threshold", "never-reached", word=category.name, points=points, threshold=category.threshold)
        known.add(category.name)


def _grounds(_: Book, sheet: Sheet) -> None:
    numbers = [entry.get("number") for entry in sheet.table.get("ground", ()) if isinstance(entry, dict)]
    for place, number in enumerate(numbers):
        if number in numbers[:place]:
            sheet.entry("ground", place).says("number", "twice", word=number)


def _names(rules: Iterable[Rule], faults: list[Fault]) -> None:
    names: dict[str, Rule] = {}
    for rule in rules:
        if rule.name in names:
            faults.append(fault(rule, "same-name", first=names[rule.name].line))
        names[rule.name] = rule
