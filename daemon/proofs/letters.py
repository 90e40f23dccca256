"""A letter the staff edited is written on trial before the book counts: with sample words, in all its branches, strict and sandboxed (F92).

Each branch is taken whatever its test says, since a word missing in a branch that is seldom taken is found by no ordinary trial.
"""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from traceback import extract_tb
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from jinja2 import Environment, TemplateError, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.exceptions import SecurityError, TemplateAssertionError, TemplateNotFound
from jinja2.visitor import NodeTransformer

from rules.notices import to_complainant, to_duty, to_organ, to_record, to_staff, to_unit
from rules.notices.notice import Notice
from rules.policy import Fault
from rules.wording import wording
from templates.speak import OfficeWords, Speaker

say = wording("daemon.proofs")
OFFICE = OfficeWords("样例局", "024-00000000", "工作日")
GIVEN = ("office", "today", "manner", "copy", "told")
"""Words that writing adds to those of the notice."""
TRIALS = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError)

QUOTED = re.compile(r"'([^']{1,80})'")
KINDS: dict[type[Exception], str] = {
    UndefinedError: "why-missing",
    TemplateAssertionError: "why-missing",
    TemplateNotFound: "why-missing",
    SecurityError: "why-barred",
    TemplateSyntaxError: "why-syntax",
}
"""What jinja2 raises -> how it is told; the first that fits."""


@cache
def shapes() -> Mapping[str, type[Notice]]:
    """Template -> the class of its notices."""
    made = (vars(module).values() for module in (to_complainant, to_unit, to_staff, to_organ, to_duty, to_record))
    found = [each for things in made for each in things if isinstance(each, type) and issubclass(each, Notice)]
    return {shape.template: shape for shape in found if "template" in vars(shape)}


def letter_faults(letters: Mapping[str, bytes]) -> Iterator[Fault]:
    """What is wrong with the letters of a book (name with .j2 -> bytes): at most one fault a letter, at its line."""
    sources: dict[str, str] = {}
    for name, data in letters.items():
        try:
            sources[name.removesuffix(".j2")] = data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            yield _fault(name, 1, "not-utf8")
    speaker = Speaker(OFFICE, sources)
    for name, source in sources.items():
        if name in shapes():
            yield from _tried(speaker, name, source)
        else:
            yield _fault(f"{name}.j2", 1, "unknown-letter", known="、".join(sorted(shapes())))


def _tried(speaker: Speaker, name: str, source: str) -> Iterator[Fault]:
    file = f"{name}.j2"
    try:
        strangers = _strangers(speaker.environment, name, source)
        if strangers:
            line = next((number for number, row in enumerate(source.split("\n"), 1) if strangers[0] in row), 1)
            yield _fault(file, line, "unknown-word", word=strangers[0], known="、".join(_words(name)))
            return
        full = next(samples(name))
        for first in (True, False):
            _written(speaker.environment, _every_branch(speaker.environment, source, first=first), file, full)
        for words in occurring(name):
            _written(speaker.environment, speaker.environment.parse(source), file, words)
            spoken = speaker.speak(name, words, manner=words["manner"], told=words["told"])
    except TemplateSyntaxError as trouble:
        yield _fault(file, trouble.lineno, "torn", why=_why(trouble))
        return
    except Broken as broken:
        yield _fault(file, broken.line, "torn", why=_why(broken.trouble))
        return
    if not spoken.subject:
        yield _fault(file, 1, "no-subject")


def _strangers(environment: Environment, name: str, source: str) -> list[str]:
    """Words the letter uses and nobody gives."""
    return sorted(meta.find_undeclared_variables(environment.parse(source)) - set(_words(name)) - set(GIVEN))


def _words(name: str) -> list[str]:
    return [field.name for field in dataclasses.fields(shapes()[name])]


class _Taken(NodeTransformer):
    """Every test is asked and every branch taken; of an either-or inside a sentence, the first or the second."""

    def __init__(self, *, first: bool) -> None:
        self._first = first

    def visit_If(self, node: nodes.If) -> list[nodes.Node]:  # noqa: N802 (jinja2 calls it so)
        """if, elif, else: one after the other."""
        self.generic_visit(node)
        asked = nodes.If(node.test, [], [], [], lineno=node.lineno)
        return [asked, *node.body, *node.elif_, *node.else_]

    def visit_For(self, node: nodes.For) -> list[nodes.Node]:  # noqa: N802
        """The loop, then its else."""
        self.generic_visit(node)
        rest, node.else_ = node.else_, []
        return [node, *rest]

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.Node:  # noqa: N802
        """… if … else …"""
        self.generic_visit(node)
        return node.expr1 if self._first or node.expr2 is None else node.expr2


@cache
def occurring(name: str) -> tuple[dict[str, Any], ...]:
    """The sample words with which the shipped letter can be written: others never come together."""
    return tuple(words for words in samples(name) if _can_be_written(_shipped(), name, words))


@cache
def _shipped() -> Speaker:
    return Speaker(OFFICE)


def _can_be_written(speaker: Speaker, name: str, words: dict[str, Any]) -> bool:
    try:
        speaker.speak(name, words)
    except TRIALS:
        return False
    return True


class Broken(Exception):
    """A letter that could not be written: the line of the letter, and what happened there."""

    def __init__(self, line: int, trouble: Exception) -> None:
        super().__init__(line, trouble)
        self.line, self.trouble = line, trouble


def _every_branch(environment: Environment, source: str, *, first: bool) -> nodes.Template:
    tree = environment.parse(source)
    _Taken(first=first).visit(tree)
    return tree


def _written(environment: Environment, tree: nodes.Template, file: str, words: Mapping[str, Any]) -> None:
    code = environment.compile(tree, file, file)
    template = environment.template_class.from_code(environment, code, environment.make_globals(None))
    try:
        template.make_module(dict(words))
    except TRIALS as trouble:
        frames = [frame.lineno for frame in extract_tb(trouble.__traceback__) if frame.filename == file]
        raise Broken(template.get_corresponding_lineno((frames or [1])[-1] or 1), trouble) from trouble


def _why(trouble: Exception) -> str:
    """What happened, in the clerk's words: the word that is not there or not allowed."""
    said = str(trouble).split("\n")[0]
    word = (QUOTED.findall(said) or [said])[-1]
    for kind, sentence in KINDS.items():
        if isinstance(trouble, kind):
            return say(sentence, word=word, said=said)
    return said or type(trouble).__name__


def samples(name: str) -> Iterator[dict[str, Any]]:
    """Words for a letter: everything there, as little as may be, and each yes-or-no the other way."""
    fields, hints = dataclasses.fields(shapes()[name]), get_type_hints(shapes()[name])
    for full in (True, False):
        words = {field.name: _sample(hints[field.name], full=full) for field in fields}
        given = {"office": OFFICE, "today": date(2017, 5, 9), "manner": int(not full), "copy": None, "told": not full}
        yield {**words, **given}
        for flag in [field.name for field in fields if hints[field.name] is bool]:
            yield {**words, **given, flag: not full}


def _sample(hint: Any, *, full: bool) -> Any:
    """A value of that type; a full one, or one with nothing in it where that may be."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is tuple:
        return (_sample(inner[0], full=True),) * 2 if full else ()
    if NoneType in inner:
        return _sample(next(each for each in inner if each is not NoneType), full=True) if full else None
    if hint in (bool, int):
        return hint(2 if full else 0)
    if hint is date:
        return date(2017, 5, 26)
    if dataclasses.is_dataclass(hint):
        kinds = get_type_hints(hint)
        return hint(**{field.name: _sample(kinds[field.name], full=full) for field in dataclasses.fields(hint)})  # type: ignore[operator]
    return say("sample")


def _fault(file: str, line: int, sentence: str, **words: object) -> Fault:
    return Fault(f"letters/{file}", line, say(sentence, **words), say(f"{sentence}-remedy", **words))
