"""Every letter is written here: one template a notice, rendered with two sets of macros, so that its two forms cannot contradict.

Templates are sandboxed and strict: an unfilled word stops the letter (F92), and text from outside is a word, never a template (A57).
The book's own `letters/` folder overrides a template by name.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import CodeType
from typing import Any, Protocol

from jinja2 import BytecodeCache, DictLoader, StrictUndefined, TemplateError, TemplateRuntimeError, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

WORDS: dict[str, str] = tomllib.loads(files("templates").joinpath("wording.toml").read_text("utf-8"))

DRESSES = ("otherwise_text", "otherwise_html")
"""The second dress of a letter that a server took for spam (F71)."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A letter in words: subject, plain text, HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """What every letter says of the office: name, telephone, hours."""

    name: str
    phone: str = ""
    hours: str = ""


class Promised(Protocol):
    """A promised day as the receipt shows it."""

    @property
    def clock(self) -> str:
        """The office's word for it."""

    @property
    def day(self) -> date:
        """Until when."""

    @property
    def provisional(self) -> bool:
        """Whether the calendar may still move it."""


class Chosen(Protocol):
    """A choice as a question shows it."""

    @property
    def write(self) -> str:
        """The words to write."""

    @property
    def does(self) -> str:
        """What they do."""


class Copy(Protocol):
    """One unit's copy of a letter, which differs harmlessly from every other."""

    def wording(self, plain: str, place: str = "") -> str:
        """What this copy says for the plain words."""

    def order(self, fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """The fields in this copy's order."""


@pass_context
def vary(context: Context, plain: str, place: str = "") -> str:
    """ "请于"|vary("sign"): this copy's wording of the words; the words themselves where the letter has no copies."""
    copy: Copy | None = context.get("copy")
    return copy.wording(plain, place) if copy else plain


@pass_context
def shuffled(context: Context, fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Rows in this copy's order."""
    copy: Copy | None = context.get("copy")
    return copy.order(fields) if copy else list(fields)


def day(when: date) -> str:
    """2017年5月9日（星期二）: no padding, the weekday beside it."""
    weekday = WORDS["weekdays"][when.weekday()]
    return WORDS["day"].format(year=when.year, month=when.month, day=when.day, weekday=weekday)


def sentence(words: str) -> str:
    """Words that a person wrote, closed like a sentence."""
    plain = str(words).rstrip()
    return plain if plain.endswith(("。", "！", "？")) or not plain else f"{plain.rstrip('，；,;.')}。"


def tentative(provisional: bool) -> str:
    """（暂定） after a day whose calendar is not published."""
    return WORDS["tentative"] if provisional else ""


def promised(promises: Iterable[Promised]) -> list[tuple[str, str]]:
    """Promises as rows."""
    return [(promise.clock, day(promise.day) + tentative(promise.provisional)) for promise in promises]


def pairs(choices: Iterable[Chosen]) -> list[tuple[str, str]]:
    """Choices as rows: the words to write in quotation marks, since they may hold a colon themselves."""
    return [(f"“{choice.write}”", choice.does) for choice in choices]


@cache
def house_letters() -> Mapping[str, str]:
    """The templates as shipped: name -> source."""
    folder = files("templates").joinpath("letters")
    return {
        path.name.removesuffix(".j2"): path.read_text("utf-8") for path in folder.iterdir() if path.name.endswith(".j2")
    }


class _Compiled(BytecodeCache):
    """What was compiled in this process: a new book compiles the letters it changes and no others."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code of this very text, or nothing."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code; an office that edits its letters for years does not fill the memory."""
        if len(self._kept) >= COMPILED_MOST:
            self._kept.clear()
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


COMPILED_MOST = 1000
_COMPILED = {escaped: _Compiled() for escaped in (False, True)}
"""Each form its own: the same text is other code where what stands in it is escaped."""


class Speaker:
    """Writes letters with one set of templates. Raises jinja2.TemplateError where a template is broken or a word is missing."""

    def __init__(self, office: OfficeWords, overrides: Mapping[str, str] | None = None) -> None:
        sources = {**house_letters(), **(overrides or {})}
        self.office = office
        self._plain = _environment(sources, "text.j2", escaped=False)
        self._rich = _environment(sources, "html.j2", escaped=True)

    def speak(
        self, template: str, words: Mapping[str, Any], *, manner: int = 0, copy: Copy | None = None, told: bool = False
    ) -> Spoken:
        """The letter of a notice's words; `manner` 1 is the alternative wording after a refusal for its content (F71), `copy` a unit's.

        `told`: a person says it, at the telephone or face to face; nothing in it asks for an answer by mail.
        """
        given = {**words, "office": self.office, "manner": manner, "copy": copy, "told": told}
        try:
            plain = self._plain.get_template(template).make_module(given)
            rich = self._rich.get_template(template).make_module(given)
        except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as broken:
            raise TemplateRuntimeError(f"{template}: {broken}") from broken
        subject = " ".join(str(getattr(plain, "subject", "")).split())
        return Spoken(subject, str(plain), str(rich))

    def otherwise(self, subject: str, text: str) -> Spoken:
        """A letter that was written already, in another dress: its words whole, about it another subject, opening and layout (F71)."""
        words = {"office": self.office, "subject": subject, "text": text}
        dressed = (self._plain.get_template("otherwise_text"), self._rich.get_template("otherwise_html"))
        plain, rich = (template.render(words) for template in dressed)
        return Spoken(WORDS["otherwise"].format(office=self.office.name, subject=subject), plain, rich)

    def templates(self) -> list[str]:
        """Names of all letters there are."""
        return sorted(self._plain.list_templates(filter_func=lambda name: name not in ("shape", *DRESSES)))

    @property
    def environment(self) -> ImmutableSandboxedEnvironment:
        """Where the plain form is made: for checks that read templates."""
        return self._plain


def _dresses() -> dict[str, str]:
    return {name: files("templates").joinpath(f"{name}.j2").read_text("utf-8") for name in DRESSES}


def _environment(sources: Mapping[str, str], shape: str, *, escaped: bool) -> ImmutableSandboxedEnvironment:
    macros = files("templates").joinpath(shape).read_text("utf-8")
    made = ImmutableSandboxedEnvironment(
        loader=DictLoader({**sources, **_dresses(), "shape": macros}),
        undefined=StrictUndefined,
        autoescape=escaped,
        keep_trailing_newline=False,
        auto_reload=False,
        bytecode_cache=_COMPILED[escaped],
    )
    made.filters.update(
        day=day, sentence=sentence, tentative=tentative, promised=promised, pairs=pairs, vary=vary, shuffled=shuffled
    )
    return made


__all__ = ["OfficeWords", "Speaker", "Spoken", "TemplateError", "day", "house_letters"]
