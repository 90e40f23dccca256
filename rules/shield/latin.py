"""Names in Latin letters: the spellings a name takes in a mailbox or a text, and what of them stands in a text (A26)."""

import re
from functools import cache, lru_cache

from rules.shield.knowledge import is_surname


@cache
def _table() -> dict[int, str]:
    from pypinyin import pinyin_dict

    return pinyin_dict.pinyin_dict


TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm")
# surnames that are read otherwise than the sign
READ = {
    "单": "shan",
    "解": "xie",
    "曾": "zeng",
    "仇": "qiu",
    "朴": "piao",
    "查": "zha",
    "盖": "ge",
    "区": "ou",
    "乐": "yue",
    "尉迟": "yuchi",
    "万俟": "moqi",
}


def sound(sign: str) -> str:
    """The first reading of a sign, without tone; '' where there is none."""
    return _table().get(ord(sign), "").split(",")[0].translate(TONES)


def parts(name: str) -> tuple[str, str]:
    """Surname and given name, as written."""
    size = 2 if len(name) > 2 and is_surname(name[:2]) else 1
    return name[:size], name[size:]


@lru_cache(maxsize=4096)
def spellings(name: str) -> frozenset[str]:
    """The ways a name is written in one run of letters: zhangsanfeng, sanfengzhang; without those shorter than four letters."""
    family, given = parts(name)
    sounds = [sound(sign) for sign in given]
    family_sounds = {READ.get(family, ""), "".join(sound(sign) for sign in family)} - {""}
    whole = "".join(sounds)
    ways = {each + whole for each in family_sounds} | {whole + each for each in family_sounds}
    return frozenset(way for way in ways if len(way) > 3 and whole)


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """ZSF of 张三丰; '' where a sign has no known reading, or only one letter would be left."""
    family, given = parts(name)
    firsts = [READ.get(family, sound(family[0]))[:1], *(sound(sign)[:1] for sign in given)]
    return "".join(firsts) if all(firsts) and len(firsts) > 1 else ""


WORDS = re.compile(r"[a-z][a-z'.\- ]{1,40}[a-z]|[a-z]{2}")
