"""Readers of kinds.toml, categories.toml, grounds.toml, scope.toml, routing.toml and lines.toml."""

from collections.abc import Mapping
from enum import StrEnum

from rules.policy.chapters.conditions import conditions
from rules.policy.matters import Category, Ground, Kind, Line, Rule, Scope, Sign, Supervision, Verdict
from rules.policy.sheet import Sheet

Words = Mapping[str, StrEnum]
VERDICTS = {"属于": Verdict.YES, "两可": Verdict.BORDERLINE, "不属于": Verdict.NO}


def kinds(sheet: Sheet, labels: Mapping[str, str]) -> tuple[Rule, ...]:
    """The chapter kinds.toml; kinds are named in the office's words of words.toml."""
    names = {labels[kind.value]: kind for kind in Kind if kind.value in labels}
    rules = tuple(_kind_rule(entry, names) for entry in sheet.sheets("rule"))
    sheet.done()
    return rules


def _kind_rule(sheet: Sheet, names: Mapping[str, Kind]) -> Rule:
    return _rule(sheet, sheet.choice("kind", Kind, names).value)


def categories(sheet: Sheet) -> tuple[tuple[Category, ...], tuple[Rule, ...]]:
    """The chapter categories.toml: the categories in order and their rules."""
    shelf = tuple(_category(entry) for entry in sheet.sheets("category"))
    known = {category.name for category in shelf}
    rules = tuple(_named_rule(entry, "category", known) for entry in sheet.sheets("rule"))
    sheet.done()
    return shelf, rules


def _category(sheet: Sheet) -> Category:
    value = Category(
        sheet.text("name"),
        sheet.text("because"),
        sheet.number("threshold", 2, low=1, high=100),
        sheet.flag("fallback", default=False),
    )
    sheet.done()
    return value


def _named_rule(sheet: Sheet, key: str, known: set[str]) -> Rule:
    target = sheet.text(key)
    if target and target not in known:
        sheet.says(key, "choice", word=target, known="、".join(sorted(known)))
    return _rule(sheet, target)


def grounds(sheet: Sheet) -> Mapping[str, Ground]:
    """The chapter grounds.toml: `[[ground]]` entries, each with its rules."""
    value = {}
    for entry in sheet.sheets("ground"):
        ground = _ground(entry)
        value[ground.number] = ground
    sheet.done()
    return value


def _ground(sheet: Sheet) -> Ground:
    number = sheet.text("number")
    rules = tuple(_rule(entry, number) for entry in sheet.sheets("rule"))
    ground = Ground(
        number=number,
        name=sheet.text("name"),
        proposal=sheet.text("proposal"),
        guide=sheet.text("guide"),
        because=sheet.text("because"),
        rules=rules,
        imagined=sheet.flag("imagined", default=False),
    )
    sheet.done()
    return ground


def scope(sheet: Sheet) -> Scope:
    """The chapter scope.toml."""
    rules = tuple(_scope_rule(entry) for entry in sheet.sheets("rule"))
    value = Scope(rules, sheet.choice("fallback", Verdict, VERDICTS))
    sheet.done()
    return value


def _scope_rule(sheet: Sheet) -> Rule:
    verdict = sheet.choice("scope", Verdict, VERDICTS)
    return _rule(sheet, verdict.value)


SIGNS = ("again", "unsatisfied", "units")


def supervision(sheet: Sheet) -> tuple[tuple[Supervision, ...], dict[str, Sign]]:
    """The chapter routing.toml: when 重点督办 is proposed, by words and by what the register shows; a sign left out proposes nothing."""
    value = tuple(Supervision(_rule(entry, "supervise")) for entry in sheet.sheets("supervise"))
    register = sheet.sheet("register")
    signs = {what: _sign(register.sheet(what), what) for what in SIGNS if what in register.table}
    register.done()
    sheet.done()
    return value, signs


def _sign(sheet: Sheet, what: str) -> Sign:
    least = sheet.number("least", low=2, high=100) if what == "units" else 0
    sign = Sign(sheet.text("name"), sheet.text("because"), least)
    sheet.done()
    return sign


def lines(sheet: Sheet) -> tuple[Line, ...]:
    """The chapter lines.toml."""
    value = tuple(_line(entry) for entry in sheet.sheets("line"))
    if not any(line.words for line in value):
        sheet.says("line", "no-lines")
    sheet.done()
    return value


def _line(sheet: Sheet) -> Line:
    line = Line(
        name=sheet.text("name"),
        because=sheet.text("because"),
        organs=sheet.words("organs", ()),
        words=sheet.numbers("words"),
        base=sheet.number("base", 0, low=-1000, high=1000),
        never=sheet.flag("never", default=False),
        match=sheet.words("match"),
        miss=sheet.words("miss"),
        at=sheet.line,
    )
    sheet.done()
    return line


def _rule(sheet: Sheet, target: str) -> Rule:
    rule = Rule(
        name=sheet.text("name"),
        target=target,
        weight=sheet.number("weight", 1, low=-100, high=100),
        when=conditions(sheet),
        because=sheet.text("because"),
        match=sheet.words("match"),
        miss=sheet.words("miss"),
        file=sheet.file,
        line=sheet.line,
    )
    sheet.done()
    return rule
