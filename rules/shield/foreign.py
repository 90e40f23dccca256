"""Names that are not Han names: transcribed ones, names in Latin letters, handles (@…). All unclear: the text does not say who they are.

LIMITS: in a letter only what cannot be a word is taken (a middle dot, a handle); elsewhere every run that could be a name.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import ahocorasick

from rules.shield.knowledge import is_word, knowledge
from rules.shield.patterns import pattern
from rules.shield.shapes import Find

HANDLE = re.compile(
    r"(?:(?<![a-z0-9._+\-])@|@(?![a-z0-9\-]+\.[a-z]))[ ]?([^\s@:：,，。!！?？;；/()（）\[\]【】<>《》#\"“”丶灬]{1,16})"
)
"""A nickname behind @; the host of a mailbox is nobody's name, or no letter from there could leave."""
SPEAKER = re.compile(r"(?:^|[\s]|//)([^\s@:：,，。!！?？;；/()（）\[\]]{2,8})[:：]")
LATIN = re.compile(r"(?<![a-z0-9./_@])[a-z][a-z'.\-]{1,24}(?:[ ][a-z][a-z'.\-]{1,24}){0,3}(?![a-z0-9./_@])")
DOTTED = pattern("foreign_dotted")
PERSON = pattern("foreign_person")
LINK = re.compile(r"(?:https?:|www[.])")
NO_NAME = pattern("foreign_place")
NOBODY = pattern("foreign_body")


@cache
def _titled() -> "re.Pattern[str]":
    surnames = "".join(each for each in knowledge().surnames if len(each) == 1 and each not in "国会部院")
    plain = pattern("foreign_sign").pattern
    return re.compile(
        f"([{surnames}](?:{plain}){{0,2}}?|(?<![一-鿿])(?:{plain}){{2,3}})(?:{pattern('foreign_title').pattern})"
    )


@cache
def _runs() -> "re.Pattern[str]":
    signs = files("rules.shield").joinpath("lexicon", "foreign.txt").read_text("utf-8").split()[0]
    return re.compile(f"[{signs}]{{2,12}}(?:[·•．.\\-][{signs}]{{1,12}}){{0,10}}")


def find_foreign(text: str, *, letter: bool) -> Iterator[Find]:
    """Transcribed and Latin names, handles; in a letter only what can be nothing else."""
    for met in _runs().finditer(text):
        run = met[0]
        dotted = any(sign in run for sign in "·•．")
        if dotted or (
            not letter
            and not is_word(run)
            and not NO_NAME.match(text, met.end())
            and _foreign(text, met.start(), met.end())
        ):
            yield Find("name", met.start(), met.end(), "unclear")
    for met in DOTTED.finditer(text):
        yield Find("name", met.start(), met.end(), "unclear")
    for met in HANDLE.finditer(text):
        yield Find("name", *met.span(1), "unclear")
    if not letter and not LINK.search(text):
        yield from (Find("name", met.start(), met.end(), "unclear") for met in LATIN.finditer(text))
    if not letter:
        yield from _public(text)
        yield from (Find("name", *met.span(1), "unclear") for met in PERSON.finditer(text))
        yield from (
            Find("name", *met.span(1), "unclear")
            for met in SPEAKER.finditer(text)
            if not (is_word(met[1]) or NOBODY.search(met[1]))
        )
        yield from (Find("name", *met.span(), "unclear") for met in _titled().finditer(text) if not is_word(met[1]))


def _public(text: str) -> Iterator[Find]:
    """Public persons; in a letter of a citizen they are no one's secret."""
    for last, size in _known().iter(text):
        yield Find("name", last - size + 1, last + 1, "unclear")


@cache
def _known() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for name in files("rules.shield").joinpath("lexicon", "public.txt").read_text("utf-8").split():
        automaton.add_word(name, len(name))
    automaton.make_automaton()
    return automaton


def _foreign(text: str, start: int, end: int) -> bool:
    """Three signs or more; two where no word crosses their edges."""
    if end - start > 2:
        return not is_word(text[start : start + 2]) or end - start > 4
    return not (
        is_word(text[start - 1 : start + 1]) or is_word(text[end - 1 : end + 1]) or is_word(text[start - 2 : start + 1])
    )
