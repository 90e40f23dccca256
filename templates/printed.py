"""What is printed and is no letter: the 案卷, its instructions, the printed report. One template each, sandboxed and strict."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from templates.speak import day


def printed(name: str, words: Mapping[str, Any]) -> str:
    """The page `templates/record/<name>` of these words. Raises jinja2.TemplateError where it is broken or a word is missing."""
    return _environment().get_template(name).render(words)


def short_day(when: date | None) -> str:
    """2017-05-09, '' where there is none: for narrow columns."""
    return when.isoformat() if when else ""


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    folder = files("templates").joinpath("record")
    sources = {path.name.removesuffix(".j2"): path.read_text("utf-8") for path in folder.iterdir()}
    made = ImmutableSandboxedEnvironment(
        loader=DictLoader(sources),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name) and str(name).endswith(".html"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(day=day, short=short_day)
    return made
