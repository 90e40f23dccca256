"""Names that are not Han names: transcribed ones, names in Latin letters, handles (@…). All unclear: the text does not say who they are.

LIMITS: in a letter only what cannot be a word is taken (a middle dot, a handle); elsewhere every run that could be a name.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import ahocorasick

from rules.shield.knowledge import is_word, knowledge
from rules.shield.shapes import Find

HANDLE = re.compile(r"@[ ]?([^\s@:：,，。!！?？;；/()（）\[\]【】<>《》#\"“”丶灬]{1,16})")
SPEAKER = re.compile(r"(?:^|[\s]|//)([^\s@:：,，。!！?？;；/()（）\[\]]{2,8})[:：]")
LATIN = re.compile(r"(?<![a-z0-9./_@])[a-z][a-z'.\-]{1,24}(?:[ ][a-z][a-z'.\-]{1,24}){0,3}(?![a-z0-9./_@])")
DOTTED = re.compile(r"(?:(?<![一-鿿])[一-鿿]{1,5}|[一-鿿])[·•．][一-鿿]{1,6}(?:[·•．\-][一-鿿]{1,6})*")
PERSON = re.compile(r"(?m)^([一-鿿]{2,4})(?=[，,:：][ ]?(?:男|女|公司|生于|现|19|20|本|博|硕|中国|汉|先生|女士))")
LINK = re.compile(r"(?:https?:|www[.])")
NO_NAME = re.compile(
    r"[州省市县岛河山国洲海湾港语族队区人籍军]|海军|空军|陆军|当地|联盟|大学|银行|集团|公司|政府|法[院庭]|部落|库尔德"
)
NOBODY = re.compile(r"[局院会部所署庭委厅台网报社队司校]$|部门|记者|编辑|来源|时间|地点")
TITLES = (
    "先生|女士|小姐|同志|主席|总统|总理|首相|教授|博士|大使|将军|上将|中将|少将|上校|元帅|委员长|医师|国王|天皇|太子"
)


@cache
def _titled() -> "re.Pattern[str]":
    surnames = "".join(each for each in knowledge().surnames if len(each) == 1 and each not in "国会部院")
    plain = "(?![副委会协联院部国方该和])[一-鿿]"
    return re.compile(f"([{surnames}](?:{plain}){{0,2}}?|(?<![一-鿿])(?:{plain}){{2,3}})(?:{TITLES})")


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
