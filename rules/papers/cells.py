"""Numbers of a spreadsheet as a clerk sees them: a phone is its digits, a date a date; digits that are gone are not invented.

A number of up to 15 digits is written out in full (Excel keeps no more); beyond that the text stays as the sheet shows it, as 1.39414E+10.
LIMITS: of number formats only dates, percent, fixed decimals and patterns of zeros with signs between are followed.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from rules.papers.markup import Element, attribute, children

DATES = frozenset((*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)))
"""Built-in formats that are dates or times, the Chinese ones with them."""
BUILT_IN = {1: "0", 2: "0.00", 9: "0%", 10: "0.00%", 3: "#,##0", 4: "#,##0.00"}
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's dates have no zone
FULL_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Shown:
    """A raw number of a cell and the format it is shown with."""

    raw: str
    form: str = ""


def number_formats(styles: Element | None) -> list[str]:
    """The number format of each cell style, as text; 'date' for every date."""
    if styles is None:
        return []
    own = {attribute(part, "numFmtId"): attribute(part, "formatCode") for part in styles.iter("{*}numFmt")}
    formats = []
    for part in children(styles, "cellXfs"):
        for style in children(part, "xf"):
            key = attribute(style, "numFmtId")
            formats.append(own[key] if key in own else built_in(int(key) if key.isdigit() and len(key) < 6 else 0))
    return formats


def built_in(number: int) -> str:
    """The format that bears this number in every spreadsheet program."""
    return "date" if number in DATES else BUILT_IN.get(number, "")


def shown_number(shown: Shown) -> str:
    """The text of a number cell; a text that is no number stays as it is."""
    if (
        shown.form in ("", "General", "@")
        and len(shown.raw) <= FULL_DIGITS
        and shown.raw.isdecimal()
        and shown.raw.isascii()
    ):
        return shown.raw
    try:
        value = Decimal(shown.raw)
    except (InvalidOperation, ValueError):
        return shown.raw
    if not value.is_finite() or abs(value.adjusted()) > 300:
        return shown.raw
    form = _bare(shown.form)
    if _is_date(form):
        return _date(value) or plain_number(value)
    if form.endswith("%"):
        return f"{value * 100:.{len(form.partition('.')[2]) - 1 if '.' in form else 0}f}%"
    return _patterned(value, form) or plain_number(value)


def plain_number(value: Decimal) -> str:
    """All digits of a number, without a fraction that is only rounding; scientific where its digits are gone."""
    if value and value.adjusted() >= FULL_DIGITS and int(value.as_tuple().exponent) > 0:
        return f"{value:.5E}"
    rounded = round(value, max(FULL_DIGITS - 1 - max(value.adjusted(), 0), 0)) if value else value
    return _whole(rounded) if rounded == rounded.to_integral_value() else f"{rounded.normalize():f}"


def _whole(value: Decimal) -> str:
    return f"{value.to_integral_value():f}"


def _bare(form: str) -> str:
    """The first section of a format without colours, conditions and locales."""
    return re.sub(r"\[[^\]]{0,40}\]", "", form.partition(";")[0]).strip()


def _is_date(form: str) -> bool:
    if form == "date":
        return True
    letters = re.sub(r'"[^"]{0,60}"|\\.', "", form).lower()
    return bool(re.search(r"[yd]|mm|h:|:s", letters)) and "general" not in letters


def _date(value: Decimal) -> str:
    if not 0 <= value < 2_958_466:
        return ""
    day = EPOCH + timedelta(seconds=round(value * 86400))
    clock = "" if day.hour == day.minute == day.second == 0 else f" {day:%H:%M}"
    return f"{day.year:04}-{day.month:02}-{day.day:02}{clock}" if value >= 1 else f"{day:%H:%M}"


def _patterned(value: Decimal, form: str) -> str:
    """`000-00000000` and `00000`: zeros that are written though they were not typed."""
    pattern = form.replace('"', "").replace("\\", "")
    if not re.fullmatch(r"[0\- ()]{2,40}", pattern) or value < 0:
        return ""
    digits = _whole(round(value, 0)).rjust(pattern.count("0"), "0")
    spare = len(digits) - pattern.count("0")
    written = digits[:spare]
    rest = iter(digits[spare:])
    return written + "".join(next(rest) if sign == "0" else sign for sign in pattern)
