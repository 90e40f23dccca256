"""The three signs a letter can carry: register number, reference and reply code, made and found again in what people write.

    桓营诉〔2017〕12号     register number: shown, no zero padding (S-2.6, GB/T 9704)
    HY2017-00012-K7        reference: finds a case; its check characters catch typing errors
    4F7Q2M9KTX             reply code: 50 random bits, acts; drawn by the caller, stored only as `code_hash`

People write them in full width, lower case, with blanks, other brackets, a line break inside, O for 0 (L19).
Only 0-9 after NFKC is a digit (L20).

LIMITS: a code is known by its form alone; whether it is ours is asked of the store, in constant time, by the caller. `code_hash` is a plain
SHA-256: it keeps codes out of logs and copies, it does not withstand somebody who holds the database and tries 2^50 codes.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O, U."""
CODE_BITS = 50
_PRIME = 1021
"""Largest prime under 32 * 32: one wrong digit, or two neighbours exchanged, always changes the two check characters."""
_BASE = 31
_OFFSET = 979
"""Chosen so that the first example of the handbook, HY2017-00012-K7, is a true one."""
_LOOKALIKES = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class Signs:
    """The words of the office's numbers, filled from the book."""

    prefix: str = "HY"
    """Before a reference."""
    word: str = "桓营诉"
    """Before a register number."""
    code_word: str = "回信码"
    """What a reply code that stands alone is called."""
    servers: tuple[str, ...] = ()
    """authserv-ids of the receiving servers whose Authentication-Results count (A13)."""


DEFAULT = Signs()


class CaseNumber(NamedTuple):
    """Year and serial: what register number and reference both say."""

    year: int
    serial: int


class Numbers(NamedTuple):
    """What `find_numbers` found: canonical numbers in order of appearance, and references whose check does not fit."""

    found: tuple[str, ...]
    mistyped: tuple[str, ...]


class Code(NamedTuple):
    """A reply code as found, with the reference of its bracket ('' where there was none or it was mistyped)."""

    code: str
    reference: str


def register_number(year: int, serial: int, signs: Signs = DEFAULT) -> str:
    """The number people see: 桓营诉〔2017〕12号."""
    return f"{signs.word}〔{year}〕{serial}号"


def reference(year: int, serial: int, signs: Signs = DEFAULT) -> str:
    """The number machines and mail clients keep whole: HY2017-00012-K7."""
    return f"{signs.prefix}{year:04d}-{serial:05d}-{check(year, serial)}"


def check(year: int, serial: int) -> str:
    """Two check characters over year and serial; they may be public, for they only find (design: reference *finds*, code *acts*)."""
    total = 0
    for digit in f"{year:04d}{serial:09d}":
        total = (total * _BASE + int(digit) + 1) % _PRIME
    total = (total + _OFFSET) % _PRIME
    return ALPHABET[total >> 5] + ALPHABET[total & 31]


def parse_reference(text: str, signs: Signs = DEFAULT) -> CaseNumber | None:
    """Year and serial of one reference as people write it; None if it is none or is mistyped."""
    match = _patterns(signs).reference.fullmatch(fold(text).strip())
    return _checked(match) if match else None


def parse_register_number(text: str, signs: Signs = DEFAULT) -> CaseNumber | None:
    """Year and serial of one register number as people write it; None if it is none."""
    match = _patterns(signs).register.fullmatch(fold(text).strip())
    return CaseNumber(int(match["y"]), int(match["n"])) if match else None


def reply_code(bits: int) -> str:
    """Fifty bits as ten signs; ValueError if they do not fit."""
    if not 0 <= bits < 1 << CODE_BITS:
        raise ValueError("a reply code is 50 bits")
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(CODE_BITS - 5, -5, -5))


def bracket(ref: str, code: str) -> str:
    """Reference and code in the one ASCII bracket of a subject."""
    return f"[{ref}/{code}]"


def canonical_code(code: str) -> str:
    """A code as we drew it: upper case, O is 0, I and L are 1, no blanks."""
    return "".join(fold(code).split()).translate(_LOOKALIKES)


def code_hash(code: str) -> str:
    """What is stored of a reply code: hex SHA-256 of its canonical form."""
    return hashlib.sha256(b"huiyin reply code " + canonical_code(code).encode()).hexdigest()


def find_numbers(folded: str, signs: Signs = DEFAULT) -> Numbers:
    """All register numbers and references in a folded text, canonical, each once, in order of appearance."""
    patterns = _patterns(signs)
    found: list[tuple[int, str]] = []
    mistyped: list[str] = []
    for match in patterns.register.finditer(folded):
        found.append((match.start(), register_number(int(match["y"]), int(match["n"]), signs)))
    for match in patterns.reference.finditer(folded):
        number = _checked(match)
        if number:
            found.append((match.start(), reference(*number, signs)))
        else:
            mistyped.append(_as_typed(match, signs))
    return Numbers(tuple(dict.fromkeys(name for _, name in sorted(found))), tuple(dict.fromkeys(mistyped)))


def find_codes(text: str, signs: Signs = DEFAULT) -> tuple[Code, ...]:
    """All reply codes in a text, each once: in a bracket after a reference, or after the word 回信码."""
    return tuple(dict.fromkeys(_codes(fold(text), signs)))


def _codes(folded: str, signs: Signs) -> Iterator[Code]:
    patterns = _patterns(signs)
    for match in patterns.bracket.finditer(folded):
        number = _checked(match)
        yield Code(canonical_code(match["c"]), reference(*number, signs) if number else "")
    for match in patterns.labelled.finditer(folded):
        yield Code(canonical_code(match["c"]), "")


def fold(text: str) -> str:
    """A text as numbers are looked for in it: NFKC, upper case, without signs nobody sees (L19, L21)."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text.translate(UNSEEN))
    return plain.upper()


UNSEEN = dict.fromkeys(
    sign
    for first, last in (
        (0xAD, 0xAD),  # soft hyphen
        (0x34F, 0x34F),
        (0x61C, 0x61C),
        (0x180E, 0x180E),
        (0x200B, 0x200F),  # zero width, left-to-right marks
        (0x202A, 0x202E),  # bidi overrides
        (0x2060, 0x206F),
        (0xFE00, 0xFE0F),  # variation selectors
        (0xFEFF, 0xFEFF),
        (0xE0000, 0xE007F),  # tag characters
    )
    for sign in range(first, last + 1)
)
"""Signs nobody sees: they split words for a machine and not for a reader."""


def _checked(match: re.Match[str]) -> CaseNumber | None:
    """Year and serial, if the check characters confirm them."""
    year, serial = int(_digits(match["y"])), int(_digits(match["n"]))
    typed = _digits(match["k"])
    return CaseNumber(year, serial) if check(year, serial) == typed else None


def _digits(text: str) -> str:
    return "".join(text.split()).translate(_LOOKALIKES)


def _as_typed(match: re.Match[str], signs: Signs) -> str:
    return f"{signs.prefix}{_digits(match['y'])}-{_digits(match['n'])}-{''.join(match['k'].split())}"


class _Patterns(NamedTuple):
    reference: re.Pattern[str]
    register: re.Pattern[str]
    bracket: re.Pattern[str]
    labelled: re.Pattern[str]


_GAP = r"[ \t\r\n]{0,3}"
_DASH = r"[-_~‐–—―−一]"
_CODE = r"(?P<c>(?:[0-9A-TV-Z]\s?){9}[0-9A-TV-Z])(?![0-9A-Z])"


@cache
def _patterns(signs: Signs) -> _Patterns:
    """Bounded patterns for one office's signs, to be used on folded text only."""
    prefix = r"\s?".join(map(re.escape, fold(signs.prefix)))
    ref = (
        rf"(?<![0-9A-Z]){prefix}{_GAP}{_DASH}?{_GAP}(?P<y>(?:[0-9OIL][ ]?){{4}}){_GAP}{_DASH}?{_GAP}"
        rf"(?P<n>(?:[0-9OIL][ ]?){{5,9}}){_GAP}{_DASH}?{_GAP}(?P<k>[0-9A-Z]\s?[0-9A-Z])(?![0-9A-Z])"
    )
    word = r"\s?".join(map(re.escape, fold(signs.word)))
    register = (
        rf"{word}{_GAP}(?:字{_GAP})?[〔\[(（【{{<《「『]?{_GAP}(?P<y>[12][0-9]{{3}}){_GAP}年?{_GAP}(?:[〕\])）】}}>》」』]|[-—–/年号])"
        rf"{_GAP}第?{_GAP}(?P<n>[0-9]{{1,9}})(?![0-9]){_GAP}号?"
    )
    label = re.escape(fold(signs.code_word))
    return _Patterns(
        re.compile(ref),
        re.compile(register),
        re.compile(rf"{ref}{_GAP}[/\\|]{_GAP}{_CODE}"),
        re.compile(rf"{label}{_GAP}[:：是为]?{_GAP}[\[【(「“\"]?{_GAP}{_CODE}"),
    )
