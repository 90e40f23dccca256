"""Mail addresses as people write them (domain §4.3.8): what is only written oddly is repaired and said; what must be guessed is a suggestion.

    mailboxes("xg-a ＃163。com")  ->  Mailboxes(("xg-a@163.com",), "", {"email:obfuscated", "email:fullwidth"})
    mailboxes("9000012345")      ->  Mailboxes((), "9000012345@qq.com", {"email:qq-number"})

LIMITS: addresses of ASCII letters only.
"""

import re
import unicodedata
from dataclasses import dataclass

_AT = re.compile(
    r"\s{0,3}(?:[(\[{<]\s?(?:at|艾特|圈a)\s?[)\]}>]|\bat\b(?=\s{0,3}(?:163|126|qq|sina|139|189|sohu|gmail|yeah|hotmail|outlook)\b)|#|\$|艾特)\s{0,3}",
    re.I,
)
_AROUND = re.compile(r"\s{0,5}([@.])\s{0,5}")
_ADDRESS = re.compile(r"[a-z0-9](?:[a-z0-9._+-]{0,62}[a-z0-9_])?@[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,5}")
_FULL_WIDTH = re.compile(r"[＠．＃＿－\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_DOT = re.compile(r"\s{0,3}[(\[{]\s?(?:dot|点)\s?[)\]}]\s{0,3}", re.I)
_QQ = re.compile(r"(?:qq(?:号码?)?[::]?)?([1-9]\d{4,10})")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_PREFIX = re.compile(r"(?:mailto|e-?mail|邮箱|电子邮箱|信箱)\s?[:]\s?", re.I)
_ENDINGS = {
    "con": "com",
    "cmo": "com",
    "co": "com",
    "cm": "com",
    "om": "com",
    "comm": "com",
    "vom": "com",
    "xom": "com",
    "c0m": "com",
    "comn": "com",
    "cn.com": "com.cn",
}
_HOUSES = (
    "163",
    "126",
    "qq",
    "sina",
    "139",
    "189",
    "sohu",
    "yeah",
    "foxmail",
    "gmail",
    "hotmail",
    "outlook",
    "aliyun",
    "tom",
    "21cn",
)
_HOUSE_AT_END = re.compile(rf"([a-z0-9][a-z0-9._+-]{{0,60}}?)({'|'.join(_HOUSES)})\.(com|net|cn)(\.cn)?")


@dataclass(frozen=True, slots=True)
class Mailboxes:
    """The addresses of a cell, what they probably should be, and what is doubtful."""

    found: tuple[str, ...] = ()
    suggested: str = ""
    doubts: frozenset[str] = frozenset()


def mailboxes(text: str) -> Mailboxes:
    """Every mailbox of a cell; a cell without any gives email:invalid where something stands in it, and nothing where nothing does."""
    cleaned, doubts = _cleaned(text[:1000])
    if not cleaned:
        return Mailboxes()
    found: list[str] = []
    wrong: list[str] = []
    for address in dict.fromkeys(_ADDRESS.findall(cleaned)):
        right = _respelt(address)
        (wrong if right != address else found).append(right)
    if found:
        doubts |= {"email:two"} if len(found) > 1 else set()
        return Mailboxes(tuple(found), "", frozenset(doubts))
    if wrong:
        return Mailboxes((), wrong[0], frozenset(doubts | {"email:invalid"}))
    return _guessed(cleaned, doubts)


def _cleaned(text: str) -> tuple[str, set[str]]:
    """Lower case, half-width, without blanks around the signs; and what had to be repaired for it."""
    doubts = {"email:fullwidth"} if _FULL_WIDTH.search(text) else set()
    folded = unicodedata.normalize("NFKC", text).lower().strip()
    bare = folded.rstrip("。.,，;；、 ")
    if bare != folded and "@" in folded:
        doubts.add("email:trailing")
    if "。" in bare:
        bare = bare.replace("。", ".")
        doubts.add("email:fullwidth")
    bare = _PREFIX.sub("", bare)
    if "@" not in bare:
        respelt = _DOT.sub(".", _AT.sub("@", bare, count=4))
        doubts |= {"email:obfuscated"} if respelt != bare else set()
        bare = respelt
    return _closed_up(_AROUND.sub(r"\1", bare)), doubts


def _closed_up(text: str) -> str:
    """An address broken by a line end or a blank is one address again, where the pieces are none by themselves."""
    if text.count("@") == 1 and not re.search(r"[、,;，；/\u4e00-\u9fff]", text):
        return "".join(text.split())
    return text


def _respelt(address: str) -> str:
    """The address with a mistyped end put right."""
    name, _, house = address.partition("@")
    first, _, ending = house.partition(".")
    right = (
        _ENDINGS.get(ending, ending)
        if first in _HOUSES
        else ending.replace("con", "com")
        if ending == "con"
        else ending
    )
    return f"{name}@{first}.{right}"


def _guessed(text: str, doubts: set[str]) -> Mailboxes:
    squeezed = "".join(text.split())
    number = _QQ.fullmatch(squeezed)
    if number and not _MOBILE.fullmatch(number[1]):
        return Mailboxes((), f"{number[1]}@qq.com", frozenset(doubts | {"email:qq-number"}))
    return Mailboxes((), _completed(squeezed), frozenset(doubts | {"email:invalid"}))


def _completed(text: str) -> str:
    """An address without @ or without its end, as it was probably meant; '' where that cannot be told."""
    name, at, house = text.replace(",", ".").replace("，", ".").partition("@")
    if at and house.strip(".") in _HOUSES:
        return f"{name}@{house.strip('.')}.com"
    if at and _ADDRESS.fullmatch(f"{name}@{_undoubled(house)}"):
        return _respelt(f"{name}@{_undoubled(house)}")
    without = _HOUSE_AT_END.fullmatch(text)
    if not at and without and not without[1].endswith((".", "www")):
        return f"{without[1]}@{text[len(without[1]) :]}"
    return ""


def _undoubled(house: str) -> str:
    """`163..com` and `@163.com` after another @."""
    return re.sub(r"\.{2,5}", ".", house.replace("@", ""))
