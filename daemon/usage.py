"""The command line's own parser, in Chinese: its help, and what was typed and cannot be understood. argparse speaks English.

Headings and the words for what is to be filled in stand in `usage.toml`.
"""

import argparse
import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from typing import Any, NoReturn

from rules.trouble import USAGE
from rules.wording import wording

say = wording("daemon")
SAID = (
    (re.compile(r"the following arguments are required: (?P<what>.+)"), "usage-required"),
    (re.compile(r"unrecognized arguments: (?P<what>.+)"), "usage-unknown"),
    (
        re.compile(r"argument (?P<what>.+?): invalid choice: (?P<given>.+?) \(choose from (?P<choices>.+)\)"),
        "usage-choice",
    ),
    (re.compile(r"argument --now: invalid \S+ value: (?P<given>.+)"), "usage-now"),
    (re.compile(r"argument (?P<what>[^:]+): invalid \S+ value: (?P<given>.+)"), "usage-value"),
    (re.compile(r"argument (?P<what>[^:]+): expected .+"), "usage-lacks"),
    (re.compile(r"argument (?P<what>[^:]+): not allowed with argument (?P<given>.+)"), "usage-both"),
    (re.compile(r"ambiguous option: (?P<what>\S+) could match (?P<choices>.+)"), "usage-ambiguous"),
)


@cache
def _shelf(name: str) -> dict[str, str]:
    shelf: dict[str, str] = tomllib.loads(files("daemon").joinpath("usage.toml").read_text("utf-8"))[name]
    return shelf


def in_chinese(word: str) -> str:
    """文件 for FILE; a word that is not listed stays as it is."""
    return _shelf("words").get(word, word)


def _listed(words: str) -> str:
    """`FILE, --out` or `'a', 'b'` as a Chinese list."""
    return "、".join(in_chinese(word.strip("'\" ")) for word in words.split(", "))


class Page(argparse.HelpFormatter):
    """The help's page."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """The line that shows how the command is written."""
        super().add_usage(usage, actions, groups, _shelf("heads")["usage"] if prefix is None else prefix)

    def _metavar_formatter(self, action: argparse.Action, default_metavar: str) -> Callable[[int], tuple[str, ...]]:
        words = super()._metavar_formatter(action, default_metavar)
        return lambda size: tuple(map(in_chinese, words(size)))


class Parser(argparse.ArgumentParser):
    """A parser whose help and complaints are sentences of the wording."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"formatter_class": Page, **given, "add_help": False})
        heads = _shelf("heads")
        self._positionals.title, self._optionals.title = heads["positionals"], heads["options"]
        self.add_argument("-h", "--help", action="help", help=heads["help"])

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how the command is written; exit as for wrong usage."""
        found = ((pattern.fullmatch(message), key) for pattern, key in SAID)
        told = next(
            (
                say(key, **{name: _listed(said) for name, said in match.groupdict().items()})
                for match, key in found
                if match
            ),
            message,
        )
        written = " ".join(self.format_usage().removeprefix(_shelf("heads")["usage"]).split())
        self.exit(USAGE, f"{told}\n{say('usage-written', usage=written)}\n")
