"""People as they stand in a cell (domain §4.3.6): blanks inside names, titles glued before or behind or in brackets, several people.

    people("副乡长　林　明")          ->  People(("林明",), ("副乡长",))
    people("宋 岩、林万春")           ->  People(("宋岩", "林万春"), ())

LIMITS: names of two to four characters (and transcribed ones with ·). A title glued to a name is told apart by the list of titles only.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rules.contacts.words import listed, longest_first, words

_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]{0,40})[)）\]】]")
_PART = re.compile(r"(?:[(（\[【][^()（）\[\]【】]{0,40}[)）\]】]|[^、,，;；/／|+&])+")
_AND = re.compile(r"([\u3400-\u9fff]{2,3})[和与及]([\u3400-\u9fff]{2,3})")
_NAME = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}|[\u3400-\u9fff]{1,10}(?:[·•・][\u3400-\u9fff]{1,10}){1,3}"
)
_KEEP = re.compile(r"[^\u3400-\u9fff\U00020000-\U0003ffff·•・A-Za-z()（）\s]+")
SURNAMES = frozenset("".join(words("titles")["surnames"]))
_MIDDLE = str.maketrans("•・", "··")


@dataclass(frozen=True, slots=True)
class People:
    """Names in the order written, and the titles found beside them."""

    names: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


def people(text: str) -> People:
    """The people of a cell; a cell that is no name at all gives none."""
    names: list[str] = []
    titles: list[str] = []
    for part in _PART.findall(unicodedata.normalize("NFKC", text[:400])):
        for name, title in _part(part):
            names += [name] if name else []
            titles += [title] if title else []
    titled = [name for name in names if is_title(name)]
    if len(titled) < len(names):  # 张三/科员
        names, titles = [name for name in names if name not in titled], titles + titled
    proper = [name for name in names if is_name(name)]
    return People(tuple(dict.fromkeys(proper or names)), tuple(dict.fromkeys(titles)))


def title_of(text: str) -> str:
    """A title cell as one word: blanks and line ends out."""
    return "".join(unicodedata.normalize("NFKC", text[:200]).split())


def is_name(text: str) -> bool:
    """Whether the text has the form of a person's name."""
    return _NAME.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def is_title(text: str) -> bool:
    """Whether a word that stands for itself is a title rather than a name."""
    if text in listed("titles", "heads") or text.endswith(longest_first("titles", "endings")):
        return True
    return len(text) >= 3 and text.endswith(longest_first("titles", "single")) and not _may_be_name(text)


def unit_and_title(text: str) -> tuple[str, str]:
    """旅游局副局长 as 旅游局 and 副局长; all is title where no organ stands before one."""
    whole = title_of(text)
    organs = re.finditer("|".join(longest_first("labels", "organs")), whole)
    cut = next((organ.end() for organ in organs if organ.start() and is_title(whole[organ.end() :])), 0)
    return whole[:cut], whole[cut:]


def _may_be_name(text: str) -> bool:
    """王玉庭 ends as a court does; a word of three with a rare ending is a name."""
    return len(text) == 3 and text[-1] in listed("titles", "in_names")


def _part(part: str) -> list[tuple[str, str]]:
    """The people of one part: (name, title), either may be ''."""
    found: list[tuple[str, str]] = []
    aside = [inner.strip(" 、,;/") for inner in _BRACKET.findall(part)]
    parts = _words(_BRACKET.sub(" ", part))
    titles = [word for word in parts if len(parts) > 1 and is_title(word)]
    names = _joined([word for word in parts if word not in titles])
    if not names and titles:
        names, titles = titles[-1:], titles[:-1]
    for name in names:
        both = _AND.fullmatch(name)
        found += [(both[1], ""), (both[2], "")] if both else [_unglued(name)]
    extra = titles + [title_of(word) for word in aside if word and word not in listed("titles", "honours")]
    return found + [("", title) for title in extra if re.search(r"[\u4e00-\u9fff]", title)]


def _words(text: str) -> list[str]:
    cleaned = _KEEP.sub(" ", text).translate(_MIDDLE)
    for honour in longest_first("titles", "honours"):
        if len(honour) > 1:
            cleaned = cleaned.replace(honour, " ")
    return cleaned.split()


def _joined(parts: list[str]) -> list[str]:
    """`张 三` and `欧阳 修` are one name, `张三 李四` two."""
    if parts and all(len(word) == 1 for word in parts):
        whole = "".join(parts)
        return [whole] if len(parts) < 4 or whole[:2] in listed("titles", "double_surnames") else [whole[:2], whole[2:]]
    names: list[str] = []
    for word in parts:
        opens = bool(names) and (len(names[-1]) == 1 or names[-1] in listed("titles", "double_surnames"))
        if names and (opens or len(word) == 1) and len(names[-1] + word) <= 4:
            names[-1] += word
        else:
            names.append(word)
    return names


def _unglued(text: str) -> tuple[str, str]:
    """A name and the title glued to it: 副局长曾春梅, 杨福生副局长, 党政办李四."""
    if "·" in text or len(text) <= 3:
        return text, ""
    before = _title_before(text)
    if before:
        return text[len(before) :], before
    for size in (3, 2, 4):
        if is_name(text[:size]) and _strict_title(text[size:]):
            return text[:size], text[size:]
    if len(text) <= 4 or not is_title(text):
        return text, ""
    # 曹淑芬市场运行科科长: nothing parts the two but that it begins with a surname
    return (text[:3], text[3:]) if text[0] in SURNAMES and is_title(text[3:]) and len(text) > 6 else ("", text)


def _title_before(text: str) -> str:
    """The longest title in front that leaves a name of two to four behind."""
    for size in (2, 3, 4):
        title = text[:-size]
        if len(title) >= 2 and title.endswith(longest_first("titles", "endings")) and not is_title(text[-size:]):
            return title
    for size in (3, 2):
        title = text[:-size]
        if len(title) >= 3 and title.endswith(longest_first("titles", "single")) and not is_title(text[-size:]):
            return title
    return ""


def _strict_title(text: str) -> bool:
    """Made of title words altogether, so that no part of a name is taken for one."""
    endings = listed("titles", "endings")
    heads = longest_first("titles", "heads")
    return text in endings or any(text.startswith(head) and text[len(head) :] in endings for head in heads)
