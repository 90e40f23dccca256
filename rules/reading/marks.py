"""The marks of quoted history as bounded patterns, built from `marks.toml`."""

import re
import tomllib
from importlib.resources import files

WORDS = tomllib.loads(files("rules.reading").joinpath("marks.toml").read_text("utf-8"))


def _any(words: list[str]) -> str:
    """Alternatives, longest first, blanks between words being free."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in sorted(words, key=len, reverse=True))


_RULE = r"[-_=*~—–─━﹣－ ]"
# Possessive, so that a line of nothing but dashes and blanks is read once (A71).
_LEAD = r"[\s>]{0,8}+"
_TAIL = rf"{_RULE}{{0,80}}+\*?\s{{0,8}}+"
ORIGINAL = re.compile(
    rf"{_LEAD}{_RULE}{{2,80}}+(?:{_any(WORDS['originals'])})\s?(?:from [^\n]{{0,80}}(?=[-_=*]))?[:：]?(?={_RULE}{{2}}){_TAIL}"
)
SOME_ORIGINAL = re.compile(
    rf"{_LEAD}[-_=*—─]{{3,80}}+[^-_=*—─\n]{{0,8}}(?:原|回复|答复|引用|历史)[^-_=*—─\n]{{0,4}}(?:邮件|信件)[^-_=*—─\n]{{0,4}}[-_=*—─]{{3,80}}+\s{{0,8}}"
)
"""Between dashes, in words of no list: ----回复的邮件信息----."""
BARE_ORIGINAL = re.compile(rf"[\s>*-]{{0,8}}+(?:{_any(WORDS['originals'])})[\s*:：-]{{0,8}}+")
FORWARD = re.compile(
    rf"{_LEAD}{_RULE}{{0,80}}+(?:{_any(WORDS['forwards'])})\s?[:：]?(?:by [^\n]{{0,80}}(?=[-_=*]))?{_TAIL}[:：]?\s{{0,3}}"
)
_NEXT_LABEL = _any([*WORDS["labels"]["from"], *WORDS["labels"]["date"], *WORDS["labels"]["subject"]])
_DASHES = r"[-_=*—─]{3,60}+"
FLAT = re.compile(
    rf"(?:[ \t]{{1,3}}(?P<sign>(?:[发發]自|来自)我的[^\s-]{{1,20}})\s{{1,3}})?(?<![-_=*—─])"
    rf"(?P<mark>{_DASHES}\s{{0,3}}(?:{_any([*WORDS['originals'], *WORDS['forwards']])})\s{{0,3}}{_DASHES})"
    rf"(?=\s{{0,3}}(?:{_NEXT_LABEL})\s{{0,3}}[:：])",
    re.I,
)
"""A mark in the middle of a line, its labels after it: a telephone that writes the whole history as one line."""
RULE_LINE = re.compile(r"[\s>]{0,8}(?:[_]{5,200}|[-]{5,200}|[=]{5,200}|[*]{5,200}|[─━—–]{5,200})\s{0,8}")

_KINDS = ("from", "date", "to", "cc", "subject", "other")
_LABEL_KIND = {label: kind for kind in _KINDS for label in WORDS["labels"][kind]}
LABEL = re.compile(
    rf"[\s>|*_]{{0,12}}+({_any(list(_LABEL_KIND))})\s{{0,4}}[*_|]{{0,3}}\s{{0,2}}(?:[:：]|\|)[*_\s|]{{0,4}}"
)
_LOOSE = _any(WORDS["labels"]["loose"])
LOOSE_LABEL = re.compile(rf"[\s>|*_]{{0,12}}+({_LOOSE})(?:[\s|:：]{{1,8}}\S|\s{{0,8}}\Z)")
INNER_LABEL = re.compile(rf"({_LOOSE})\s{{0,2}}[:：]")

WROTE = re.compile(rf"(?:{_any(WORDS['wrote'])})(?![a-zа-я])")
WROTE_ENDS = re.compile(rf"(?:{_any(WORDS['wrote'])})\s{{0,3}}(?:[:：]|[:：]?\s?[-]{{2,10}}|[.…]{{0,3}})?\s{{0,4}}\Z")
NAMED_DATE = re.compile(r"[^\n]{1,60}?\s?[于在於]\s?(?:19|20)[0-9]{2}\s?[年./-]")
TOLD = re.compile(r"(?:[他她其中上里们]|对方)\s?写[道到]")
"""What prose says where a client would name the sender: 他写道, 答复中写道."""
ENDINGS = frozenset(":：>-.…") | {word[-1] for word in WORDS["wrote"]}
"""Signs the last line of an attribution can end with: looked at before anything dearer."""
STARTS = frozenset("-_=*~—–─━﹣－|发日f") | {word[0] for word in WORDS["originals"] + WORDS["forwards"]}
"""Signs that a line with a mark but no verb begins with, where it has no colon near its beginning."""
_MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|fevr|mars|avr|mai|juin|juil|août|déc|mär|okt|dez|ene|abr|ago|dic|maj|"
    "gen|mag|giu|lug|set|ott|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек|sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru|out|set"
)
DATE = re.compile(
    r"(?<![0-9])(?:[0-9]{1,4}\s?[年./-]\s?[0-9]{1,2}\s?(?:[月./-]|\Z)|(?:19|20)[0-9]{2}(?![0-9])|[0-9]{1,2}\s?月\s?[0-9]{1,2}|"
    rf"[0-9]{{1,2}}\.?\s(?:de\s)?(?:{_MONTHS})|(?:{_MONTHS})[a-zа-яäéû]{{0,9}}\.?\s[0-9]{{1,2}})"
)
TIME = re.compile(r"(?<![0-9])[0-9]{1,2}\s?[:.時时h]\s?[0-9]{2}(?![0-9])")
ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,200}|\*{3}@?\*{0,3}\.?\*{0,3}>")
NAMED_ADDRESS = re.compile(
    rf"[\s*\"'“]{{0,4}}[^<>\n]{{0,80}}<[^<>\n]{{1,200}}>\s{{0,3}}(?:{_any(WORDS['wrote'])})\s{{0,2}}[:：]?\s{{0,3}}"
)
OPENING = re.compile(
    r"[\s*_-]{0,12}(?:on|at|in|am|le|el|em|il|op|den|dnia|w dniu|dne|в|на|kl|在|於|于|tarihinde|pada|vào|["
    r"0-9]{1,4}|[a-zа-яçäöüéèêłśź]{2,12}[.,]?\s{1,2}[0-9]{1,2}|(?:mon|tue|wed|thu|fri|sat|sun|пон|втор|сред|чет|пят|суб|воск)[a-zа-я]{0,9})[\s,，]?"
)

MOBILE = re.compile("|".join(f"(?:{line})" for line in WORDS["mobile"]["lines"]))
ANSWER = re.compile(
    rf"[\s>*【\[(（]{{0,6}}(?:{_any(WORDS['answers']['marks'])})\s{{0,2}}[】\])）]?\s{{0,2}}[:：]\s{{0,3}}(?=\S)"
)
POINTER = re.compile(_any(WORDS["answers"]["pointers"]))
PLACEHOLDER = re.compile(
    rf"\s{{0,20}}(?:{_any(WORDS['placeholder']['openings'])})[^\n]{{0,120}}?(?:{_any(WORDS['placeholder']['words'])})[^\n]{{0,120}}\s{{0,20}}",
    re.I,
)
FOOTER = re.compile(_any(WORDS["footers"]["lines"]))
REPLY_SUBJECT = re.compile(rf"(?:{_any(WORDS['subject']['reply'])})\s?(?:\[[0-9]{{1,3}}\]|\([0-9]{{1,3}}\))?\s?:")
FORWARD_SUBJECT = re.compile(rf"(?:{_any(WORDS['subject']['forward'])})\s?:")


def kind_of(label: str) -> str:
    """Which header a label of a quoted block names."""
    return _LABEL_KIND[" ".join(label.split())]
