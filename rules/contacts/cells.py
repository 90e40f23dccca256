"""Telephone numbers as people write them in a cell (domain §4.3.7): kept as written where they are odd, never guessed.

    numbers("024-48001234转8012 / 138 0000 2948")  ->  Numbers(("024-48001234转8012", "13800002948"), {"phone:extension", "phone:two"}, "")

LIMITS: county numbers only: area codes of three or four digits, numbers of seven or eight. 024 took the place of 0414 on 2014-05-24; an old
code is doubted, never rewritten.
"""

import re
import unicodedata
from dataclasses import dataclass, field

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－﹣ー─━~～"), "-")
_GAP = r"[ \-\n]?"
_TOKEN = re.compile(
    rf"""
    (?P<lost>(?<![\d.])\d(?:\.\d{{1,14}})?[eE]\+?\d{{1,2}}(?!\d))
  | (?P<mobile>(?<!\d)(?:(?:\+|00)?86{_GAP})?0?(?P<m>1[3-9]\d(?:{_GAP}\d){{8}})(?!\d))
  | (?P<service>(?<!\d)(?:400{_GAP}\d{{3}}{_GAP}\d{{4}}|1[0-2]\d(?:\d\d)?|9[56]\d{{3,4}})(?!\d))
  | (?P<land>(?<!\d)\(?(?P<code>0(?:10|2\d|[3-9]\d\d))\)?[ \-\n]{{0,3}}(?P<l>\d(?:{_GAP}\d){{6,7}})(?!\d))
  | (?P<zero>(?<!\d)(?:(?P<z3>24){_GAP}(?P<z8>\d{{8}})|(?P<z4>414){_GAP}(?P<z7>\d{{7}}))(?!\d))
  | (?P<local>(?<!\d)[2-9](?:{_GAP}\d){{6,7}}(?!\d))
  | (?P<odd>(?<!\d)(?:\d{{1,4}}-\d{{4,20}}|\d{{4,20}}(?:-\d{{1,8}})?)(?!\d))
    """,
    re.X,
)
_EXTENSION = re.compile(r"\s{0,2}(?:转|分机号?|ext\.?|内线|-|\*|#)\s{0,2}:?(\d{1,5})(?!\d)", re.I)
_SHORTENED = re.compile(r"(?:\s?[/、,，]\s?\d{1,4}(?![\d-])(?!\s\d)){1,5}")
_DATE = re.compile(r"(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d")
CODE, OLD_CODE = "024", "0414"
_FAX = re.compile(r"传真|fax", re.I)
_TELEPHONE = re.compile(r"电话|手机|tel", re.I)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a cell in the order written, what is doubtful about them, and what else stood there."""

    found: tuple[str, ...] = ()
    doubts: frozenset[str] = frozenset()
    rest: str = ""

    @property
    def mobiles(self) -> tuple[str, ...]:
        """Those that are mobiles."""
        return tuple(number for number in self.found if is_mobile(number))


@dataclass
class _Reading:
    found: list[str] = field(default_factory=list)
    doubts: set[str] = field(default_factory=set)
    rest: list[str] = field(default_factory=list)


def is_mobile(number: str) -> bool:
    """Eleven digits beginning with 13 to 19."""
    return len(number) == 11 and number.isdigit() and number[0] == "1" and number[1] in "3456789"


def numbers(text: str, *, only_telephones: bool = False) -> Numbers:
    """Every number of a cell. `only_telephones`: in a name cell or a sentence, where a year or a room is a number too."""
    folded = folded_cell(text)
    reading = _Reading()
    position = 0
    for match in _TOKEN.finditer(folded):
        if match.start() < position or (only_telephones and _no_telephone(match)):
            continue
        reading.rest.append(folded[position : match.start()])
        position = _take(folded, match, reading)
    reading.rest.append(folded[position:])
    found = tuple(dict.fromkeys(reading.found))
    doubts = reading.doubts | ({"phone:two"} if len(found) > 1 else set())
    return Numbers(found, frozenset(doubts), " ".join(filter(None, (part.strip() for part in reading.rest))))


def folded_cell(text: str) -> str:
    """Half-width, one kind of dash, no unseen signs."""
    return unicodedata.normalize("NFKC", text[:2000]).translate(_DASHES).replace("\t", " ").replace("\r", "\n")


def _no_telephone(match: re.Match[str]) -> bool:
    kind = match.lastgroup
    return kind in ("lost", "service", "odd") or (kind == "local" and _DATE.fullmatch(match[0]) is not None)


def _take(text: str, match: re.Match[str], reading: _Reading) -> int:
    """Write down one number; gives the place after it."""
    before = text[max(match.start() - 8, 0) : match.start()]
    if _FAX.search(before) and not _TELEPHONE.search(before):
        return match.end()  # a fax is no phone
    kind = match.lastgroup or ""
    if kind == "lost":
        _of_digits_gone(match[0], reading)
        return match.end()
    number, doubts = _written(kind, match)
    end = match.end()
    if kind in ("land", "local", "zero"):
        number, end, more = _tail(text, end, number)
        doubts |= more
    if not _after_is_fax(text, end):
        reading.found.append(number)
        reading.doubts |= doubts
    return end


def _after_is_fax(text: str, end: int) -> bool:
    return re.match(r"\s{0,2}\(传真\)", text[end : end + 8]) is not None


def _of_digits_gone(text: str, reading: _Reading) -> None:
    """`1.39E+10` says nothing; `1.3941400001E+10` still holds every digit of a mobile."""
    mantissa, _, power = text.lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = whole + fraction
    if len(digits) == int(power.lstrip("+")) + 1 and is_mobile(digits):
        reading.found.append(digits)
    else:
        reading.doubts.add("phone:scientific")


def _written(kind: str, match: re.Match[str]) -> tuple[str, set[str]]:
    if kind == "mobile":
        return _digits(match["m"]), set()
    if kind == "service":
        return _digits(match[0]), set()
    if kind == "land":
        return _landline(match["code"], _digits(match["l"]))
    if kind == "zero":
        code, rest = ("0" + (match["z3"] or match["z4"])), (match["z8"] or match["z7"])
        number, doubts = _landline(code, rest)
        return number, doubts | {"phone:leading-zero-lost"}
    if kind == "local":
        return _digits(match[0]), {"area-code:missing"}
    return match[0], {"phone:bad-length"}


def _landline(code: str, rest: str) -> tuple[str, set[str]]:
    """A number of this office's area has eight digits under 024 and seven under the old 0414."""
    doubts = {"area-code:old"} if code == OLD_CODE else set()
    if len(rest) != {OLD_CODE: 7, CODE: 8}.get(code, len(rest)):
        doubts.add("phone:bad-length")
    return f"{code}-{rest}", doubts


def _tail(text: str, end: int, number: str) -> tuple[str, int, set[str]]:
    """An extension, or further numbers of which only the last digits are written."""
    extension = _EXTENSION.match(text, end)
    if extension:
        return f"{number}转{extension[1]}", extension.end(), {"phone:extension"}
    shortened = _SHORTENED.match(text, end)
    if shortened:
        return number + re.sub(r"[\s,，]", "", shortened[0].replace(",", "、")), shortened.end(), {"phone:abbreviated"}
    return number, end, set()


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
