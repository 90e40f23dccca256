"""What a book must be as a whole: names once, words for everything, roles and deputies known, no rule that can never hold."""

from collections.abc import Iterable, Mapping

from rules.policy.book import Book, chapters_of_rules
from rules.policy.examples import examples
from rules.policy.faults import Fault, say
from rules.policy.matters import Kind, Mode, Rule
from rules.policy.sheet import Sheet

LABELLED = {"kind": Kind, "mode": Mode}
"""Families of words.toml that must have a word for each member."""


def check(book: Book, sheets: Mapping[str, Sheet], faults: list[Fault]) -> None:
    """Note what is wrong with the book as a whole; examples are tried only in a book that is otherwise sound."""
    _staff(book, sheets["office.toml"])
    _roles(book, sheets["roles.toml"])
    _labels(book, sheets["words.toml"])
    _lines(book, sheets["units.toml"])
    for rules in chapters_of_rules(book).values():
        _names(rules, faults)
        for rule in rules:
            _reachable(rule, faults)
    if not faults:
        faults += examples(book)


def _staff(book: Book, sheet: Sheet) -> None:
    if book.office.unit not in book.units:
        sheet.says("unit", "unknown-unit", word=book.office.unit, alias="unit")
    people = {person.name: person for person in book.office.staff}
    for person in book.office.staff:
        if person.role not in book.roles.roles:
            sheet.says("staff", "choice", word=person.role, known="、".join(book.roles.roles))
        if person.deputy and person.deputy not in people:
            sheet.says("staff", "deputy", name=person.name, deputy=person.deputy)
        if _circular(person.name, {name: each.deputy for name, each in people.items()}):
            sheet.says("staff", "cycle", name=person.name)


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
    verbs = [*book.roles.four_eyes, *(verb for role in book.roles.roles.values() for verb in role.may)]
    for verb in sorted(set(verbs) - orders.keys()):
        sheet.says("four_eyes", "order", word=verb)
    for role in book.roles.second:
        if role not in book.roles.roles:
            sheet.says("second", "choice", word=role, known="、".join(book.roles.roles))


def _labels(book: Book, sheet: Sheet) -> None:
    for family, members in LABELLED.items():
        for member in members:
            if member.value not in book.labels.get(family, {}):
                sheet.says(family, "label", word=member.value)


def _lines(book: Book, sheet: Sheet) -> None:
    known = {line.name for line in book.lines}
    for unit in book.units:
        if unit.line and unit.line not in known:
            sheet.says("unit", "line", word=unit.line, unit=unit.name)


def _names(rules: Iterable[Rule], faults: list[Fault]) -> None:
    names: dict[str, Rule] = {}
    meanings: dict[tuple[str, str], Rule] = {}
    for rule in rules:
        if rule.name in names:
            faults.append(_at(rule, "same-name", first=names[rule.name].line))
        twin = meanings.setdefault((rule.target, repr(rule.when)), rule)
        if twin is not rule:
            faults.append(_at(rule, "same-rule", first=twin.name))
        names[rule.name] = rule


def _reachable(rule: Rule, faults: list[Fault]) -> None:
    """A condition whose words are all among the words it must not have can never hold."""
    for condition in rule.when:
        barred = set(condition.none)
        if (condition.any and barred >= set(condition.any)) or barred & set(condition.all):
            faults.append(_at(rule, "unreachable"))


def _at(rule: Rule, sentence: str, **words: object) -> Fault:
    return Fault(
        rule.file, rule.line, say(sentence, name=rule.name, **words), say(f"{sentence}-remedy", name=rule.name, **words)
    )
