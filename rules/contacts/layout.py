"""What a row of a table is, by the headings in it: a header, a form row, a footer; and what a column means."""

from collections.abc import Sequence
from itertools import pairwise

from rules.contacts.grid import Line
from rules.contacts.labels import Label, label
from rules.contacts.marginal import is_footer
from rules.contacts.pairs import pairs
from rules.contacts.words import words

DEEPEST = 3
"""Rows of one header."""


def is_header(lines: Sequence[Line], at: int, deep: int = 1) -> bool:
    """A row of headings that has something under it: records, a second row of headings, or people by rows. A blank form has neither."""
    line = lines[at]
    if not line.heading_like or any(found and found.who == "filled" for found in line.labels):
        return False
    bare = any(found and found.what == {"name"} and not found.who for found in line.labels)
    for number in range(at + 1, min(at + 40, len(lines))):
        following = lines[number]
        if len(following.texts) < 2:
            continue
        if not following.label_first or bare:
            return True
        return deep < DEEPEST and following.heading_like and is_header(lines, number, deep + 1)
    return line.counts[0] >= 3


def sideways(lines: Sequence[Line]) -> bool:
    """The headings stand in the first column and each further column is a record."""
    body = [line for line in lines if len(line.texts) > 1]
    if any(line.heading_like for line in body) or sum(line.label_first for line in body) < 3:
        return False
    if any(_label_after_value(line) or _mixed(line) for line in body):
        return False
    return sum(line.counts[1] >= 2 for line in body if line.label_first) >= 3


def with_units(lines: Sequence[Line]) -> list[Line]:
    """A turned table whose corner says 项目 or nothing has its units in that column."""
    header = label(lines[0].full[0]) if lines and lines[0].full else None
    units = [line.full[0] for line in lines[1:] if line.full[0]]
    if not units or any(label(text) for text in units) or (header and header.what != {"axis"}):
        return list(lines)
    first = (words("labels")["who"]["unit"][0], *lines[0].full[1:])
    return [Line(first, first), *lines[1:]]


def _label_after_value(line: Line) -> bool:
    kinds = [found is not None for text, found in zip(line.seen, line.labels, strict=True) if text]
    return any(second and not first for first, second in pairwise(kinds))


def _mixed(line: Line) -> bool:
    """Beside a name stand a title and a number: a person's row, not a column each."""
    digits = [any(sign.isdigit() for sign in text) for text in line.texts[1:]]
    return any(digits) and not all(digits)


def is_footer_row(texts: Sequence[str]) -> bool:
    """填表人 | 张三 | 审核人 | 李四."""
    found = label(texts[0])
    inline = [] if found else pairs(texts[0])
    meaning = found or (inline[0].label if inline else None)
    return (meaning is not None and meaning.who == "filled") or (len(texts) > 1 and is_footer(texts[0]))


def is_filler_cell(line: Line, header: tuple[Label | None, ...]) -> bool:
    """A row with one cell that is a value of its column: a second number or a wrapped line, no title."""
    at = next(at for at, text in enumerate(line.seen) if text)
    meaning = header[at] if at < len(header) else None
    return at > 0 and meaning is not None and bool(meaning.what) and label(line.seen[at]) is None


def repeats(lines: Sequence[Line], at: int) -> bool:
    """A header that is only the one above once more."""
    return lines[at].seen == lines[at - 1].seen


def path(texts: Sequence[str]) -> Label | None:
    """The meaning of a column from its headings, top to bottom."""
    distinct = list(dict.fromkeys(text for text in texts if text))
    return label("".join(distinct)) or next((found for text in reversed(distinct) if (found := label(text))), None)


def of_unit(header: tuple[Label | None, ...], at: int) -> bool:
    """What a further person of the same unit need not repeat."""
    meaning = header[at] if at < len(header) else None
    who = ""
    for earlier in header[: at + 1]:
        who = earlier.who if earlier and earlier.person else who
    if meaning is None or meaning.what & {"seq", "note"}:
        return False
    return (
        meaning.who in ("unit", "org")
        or bool(meaning.what & {"hotline", "email"})
        or (bool(meaning.what) and who in ("leader", "head"))
    )
