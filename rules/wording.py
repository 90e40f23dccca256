"""Sentences a clerk reads, kept beside the code as data: `wording.toml` of a package, key -> sentence with {words}.

    say = wording("rules.reading")
    say("charset-guessed", charset="gb18030")

No sentence of the office stands in Python; a missing key or word raises KeyError, which is a bug and must be loud.
"""

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files

Say = Callable[..., str]


@cache
def wording(package: str) -> Say:
    """The sentences of a package (its `wording.toml`), as a function of key and words."""
    sentences = tomllib.loads(files(package).joinpath("wording.toml").read_text("utf-8"))

    def say(key: str, /, **words: object) -> str:
        sentence: str = sentences[key]
        return sentence.format_map(words)

    return say
