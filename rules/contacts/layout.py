"""What a row of a table is, by the headings in it: a header, a form row, a footer; and what a column means."""

from collections.abc import Sequence
from itertools import pairwise

from rules.contacts.grid import Line
from rules.contacts.labels import Label, folded_heading, guessed, label
from rules.contacts.marginal import is_footer
from rules.contacts.pairs import pairs
from rules.contacts.people import unit_and_title
from rules.contacts.words import listed, words

DEEPEST = 3
LOOKED_AT = 20
"""Rows in which a header is looked for to be changed."""
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
    captions = bool(body) and _captions(body[0])
    body = body[1:] if captions else body
    if any(line.heading_like or _label_after_value(line) or _mixed(line) for line in body):
        return False
    wide = sum(line.counts[1] >= 2 for line in body if line.label_first)
    return wide >= 2 and all(line.label_first for line in body) if captions else wide >= 3


def _captions(line: Line) -> bool:
    """项目 | 分管领导 | 联系人 over columns of people."""
    whos = [found for found in line.labels[1:] if found]
    corner = line.labels[0]
    blank = not line.seen[0] or (corner is not None and corner.what == {"axis"})
    return (
        blank
        and len(whos) >= 2
        and len(whos) == len([text for text in line.seen[1:] if text])
        and all(who.person for who in whos)
    )


def with_units(lines: Sequence[Line]) -> list[Line]:
    """A turned table whose corner says 项目 or nothing has its units in that column."""
    header = label(lines[0].full[0]) if lines and lines[0].full else None
    marks = listed("lines", "before") | listed("lines", "after")
    units = [line.full[0] for line in lines[1:] if line.full[0] and line.full[0] not in marks]
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


def said_of(header: Sequence[Label | None], about: Label | None) -> tuple[Label | None, ...]:
    """The header, its personal headings said of whom the heading over the table names."""
    if about is None or any(meaning and meaning.person for meaning in header):
        return tuple(header)
    return tuple(Label(about.who, meaning.what) if meaning and meaning.personal else meaning for meaning in header)


def with_units_apart(lines: Sequence[Line]) -> list[Line]:
    """The table, its column 单位及职务 (旅游局副局长) made two."""
    heads = (
        (row, at) for row, line in enumerate(lines[:LOOKED_AT]) for at, text in enumerate(line.full) if _of_both(text)
    )
    row, at = next(heads, (-1, -1))
    if row < 0:
        return list(lines)
    unit, title = words("labels")["who"]["unit"][0], words("labels")["what"]["title"][0]
    return [_apart(line, at, (unit, title) if number == row else None) for number, line in enumerate(lines)]


def _of_both(text: str) -> bool:
    return text != "" and folded_heading(text) in listed("labels", "both")


def _apart(line: Line, at: int, headings: tuple[str, str] | None) -> Line:
    def cut(cells: tuple[str, ...]) -> tuple[str, ...]:
        text = cells[at] if at < len(cells) else ""
        parts = headings if headings and text else unit_and_title(text)
        return (*cells[:at], *parts, *cells[at + 1 :])

    return Line(cut(line.full), cut(line.seen))


def axis_of(header: Sequence[Label | None], line: Line) -> int | None:
    """Where the row says whom it is about, under a header that only says 姓名, 职务, 电话."""
    if not any(meaning and meaning.what == {"name"} and not meaning.who for meaning in header):
        return None
    for at, (text, meaning) in enumerate(zip(line.seen, header, strict=False)):
        found = label(text) if text else None
        over = (
            meaning is None or meaning.what & {"axis", "other", "note"} or not (meaning.who or meaning.what - {"seq"})
        )
        if found and over and (found.person or found.what):
            return at
    return None


def with_guesses(header: Sequence[Label | None], columns: Sequence[Sequence[str]]) -> list[Label | None]:
    """The header, a heading of no list (对接人) taken for a person nobody else in it is: the numbers after it would be another's."""
    known = {meaning.who for meaning in header if meaning}
    named = list(header)
    for at, texts in enumerate(columns[:-1]):
        meaning = guessed(next((text for text in reversed(texts) if text), "")) if header[at] is None else None
        after = header[at + 1]
        if meaning and meaning.who not in known and after and after.personal:
            named[at] = meaning
            known.add(meaning.who)
    return named


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


def continues(header: tuple[Label | None, ...], line: Line) -> bool:
    """The row has no unit where the sheet has units, or neither number nor leader where it has none."""
    keys = [at for at, meaning in enumerate(header) if meaning and meaning.who == "unit"]
    keys = keys or [at for at, meaning in enumerate(header) if meaning and _counts_or_leads(meaning)]
    return bool(keys) and not any(line.full[at] for at in keys if at < len(line.full))


def names_somebody(header: tuple[Label | None, ...], line: Line) -> bool:
    """The row has a name of its own."""
    return any(text and meaning and "name" in meaning.what for meaning, text in zip(header, line.full, strict=False))


def _counts_or_leads(meaning: Label) -> bool:
    return meaning.what == {"seq"} or (meaning.who == "leader" and "name" in meaning.what)
