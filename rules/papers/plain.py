"""Plain text and comma-separated tables, in GB18030, UTF-8 or UTF-16.

LIMITS: the charset is guessed by what decodes; a short GBK text that is also valid UTF-8 is taken for UTF-8 (it hardly ever is).
"""

import codecs
import csv
import io
import re

from rules.papers.grid import Cell, make_table
from rules.papers.limits import COLUMNS, ROWS, TEXT
from rules.papers.values import Block, Refused

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
DELIMITERS = (",", "\t", ";", "|", "，")
ODD = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")


def decode(data: bytes) -> str | None:
    """The text of the bytes, None where they are no text (control signs, no charset fits)."""
    for mark, charset in MARKS:
        if data.startswith(mark):
            return data.decode(charset, "replace")
    text = _first_that_fits(data)
    if text is None or len(ODD.findall(text)) > len(text) // 500:
        return None
    return text


def _first_that_fits(data: bytes) -> str | None:
    """UTF-8 where it fits, even cut inside a sign if any sign of it is Chinese; else GB18030, forgiving one damaged sign in a hundred."""
    unicode = _begun(data, "utf-8")
    if unicode is not None and (not unicode.isascii() or len(unicode) == len(data)):
        return unicode
    damaged = data.decode("gb18030", "replace")
    return _begun(data, "gb18030") or (damaged if damaged.count("\ufffd") <= len(damaged) // 100 else None)


def _begun(data: bytes, charset: str) -> str | None:
    """The text as far as its signs are whole; None where the charset does not fit."""
    try:
        return codecs.getincrementaldecoder(charset)().decode(data)
    except UnicodeDecodeError:
        return None


def delimiter(text: str) -> str:
    """The sign that parts the cells: the one most lines hold, at least twice in a line and in at least two lines; '' where there is none."""
    lines = [line for line in text[:65536].splitlines()[:200] if line.strip()]
    best, most = "", 0
    for sign in DELIMITERS:
        holding = sum(line.count(sign) >= 2 for line in lines)
        if holding > most:
            best, most = sign, holding
    return best if most >= 2 and most * 2 > len(lines) else ""


def read_text(data: bytes) -> list[Block]:
    """The lines of a text as paragraphs, blanks inside kept. Raises Refused file:long."""
    return [line.rstrip() for line in _text(data).splitlines() if line.strip()]


def read_csv(data: bytes) -> tuple[list[Block], tuple[str, ...]]:
    """One table and the doubts; lines are cut as a spreadsheet program cuts them, quotes and line ends inside quotes kept."""
    text = _text(data).replace("\0", "")
    rows = csv.reader(io.StringIO(text), delimiter=delimiter(text) or ",")
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        if number >= ROWS:
            return [make_table("", cells)], ("file:long",)
        cells += [Cell(number, column, text.strip()) for column, text in enumerate(row[:COLUMNS])]
    return [make_table("", cells)], ()


def _text(data: bytes) -> str:
    text = decode(data) if len(data) <= TEXT * 4 else None
    if text is None or len(text) > TEXT:
        raise Refused("file:long")
    return text
