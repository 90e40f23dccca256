"""A day as people write it, read only where it is certain (L72): 6月20日, 2017年6月20日, 17.6.20, 2017-06-20, 六月二十日.

LIMITS: without a year the office's own year is meant; 明天 and 下周五前 are no certain days, nor is a day that does not exist.
"""

import re
import unicodedata
from datetime import date

from rules.replies.folding import folded

NUMERALS = "〇一二三四五六七八九"
WRITTEN = re.compile(
    r"(?:([〇零一二三四五六七八九]{4})年)?([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
COUNTED = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]")
DOTTED = re.compile(r"(?<!\d)(\d{4}|\d{2})[./-](\d{1,2})[./-](\d{1,2})(?!\d)")


def certain_day(text: str, today: date) -> date | None:
    """The first day that the text names for certain, else None."""
    plain = folded(text)
    found = COUNTED.search(plain) or DOTTED.search(plain)
    if found:
        year, month, day = found.groups()
        return _day(_year(year, today), int(month), int(day))
    written = WRITTEN.search(plain)
    if written is None:
        return None
    year, month, day = written.groups()
    return _day(int(_digits(year)) if year else today.year, _value(month), _value(day))


def without_days(text: str) -> str:
    """The folded text with every day taken out, so that a count of days is not taken from a date."""
    plain = folded(text)
    for shape in (COUNTED, DOTTED, WRITTEN):
        plain = shape.sub("", plain)
    return plain


def behind_day(text: str) -> str:
    """The words after the first day that the text names for certain, as they were written; '' where it names none."""
    plain = unicodedata.normalize("NFKC", text)
    found = COUNTED.search(plain) or DOTTED.search(plain) or WRITTEN.search(plain)
    return plain[found.end() :] if found else ""


def _year(words: str | None, today: date) -> int:
    if not words:
        return today.year
    return int(words) if len(words) == 4 else 2000 + int(words)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _digits(words: str) -> str:
    return "".join(str(NUMERALS.index("〇" if sign == "零" else sign)) for sign in words)


def _value(words: str) -> int:
    """十二 is 12, 二十 is 20, 三十一 is 31; 0 where it is no number."""
    tens, ten, ones = words.partition("十")
    if not ten:
        return NUMERALS.index(words) if len(words) == 1 else 0
    before = NUMERALS.index(tens) if tens in NUMERALS and tens else 1 if not tens else 0
    after = NUMERALS.index(ones) if ones in NUMERALS and ones else 0
    return before * 10 + after
