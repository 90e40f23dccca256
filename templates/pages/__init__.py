"""Pages for the website: filled in with everything escaped. A page is one file `<name>.html.j2` here."""

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment


def page(name: str, **words: Any) -> str:
    """The page with its words. Raises jinja2.TemplateError where one is missing."""
    return _pages().get_template(name).render(words)


@cache
def _pages() -> ImmutableSandboxedEnvironment:
    sources = {
        path.name.removesuffix(".html.j2"): path.read_text("utf-8")
        for path in files("templates.pages").iterdir()
        if path.name.endswith(".html.j2")
    }
    return ImmutableSandboxedEnvironment(
        loader=DictLoader(sources), undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
