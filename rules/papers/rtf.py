"""RTF: text through our own bounded reader of groups, so that tables come as tables; striprtf knows text only.

Destinations that hold no visible text (fonts, info, pictures, comments, headers, fields' codes) are skipped; hidden (\\v) and deleted
(\\deleted) text is kept apart. LIMITS: nested tables (\\nestcell) are read as cells of the outer one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from rules.papers.limits import ROWS, TEXT
from rules.papers.rtf_head import charset_of, fonts_of, whites_of
from rules.papers.rtf_tables import ACROSS, DOWN, Row, table_of
from rules.papers.values import Block, Refused

TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\(.)|([{}])|([^\\{}\r\n]{1,4096})|[\r\n]+", re.S
)
SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf annotation atnid atnauthor "
    b"atndate fldinst generator listtable listoverridetable rsidtbl themedata xmlnstbl latentstyles datastore filetbl revtbl bkmkstart "
    b"bkmkend nonshppict ftnsep ftnsepc aftnsep aftnsepc pgdsctbl template passwordhash userprops mmathPr xe tc private".split()
)
SIGNS = {
    b"tab": "\t",
    b"line": "\n",
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
}
GROUPS = 200


@dataclass(frozen=True, slots=True)
class State:
    """What the innermost group says."""

    skipped: bool = False
    unseen: bool = False
    charset: str = ""
    skip_after: int = 1


@dataclass
class Reading:
    """The document so far; `raw` holds bytes of the ANSI charset not yet decoded."""

    charset: str = "gb18030"
    fonts: dict[int, str] = field(default_factory=dict)
    whites: frozenset[int] = frozenset()
    blocks: list[Block] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    to_skip: int = 0
    in_table: bool = False
    row: Row = field(default_factory=Row)
    cell: list[str] = field(default_factory=list)
    mark: str = ""
    rows: list[Row] = field(default_factory=list)
    size: int = 0


def read_rtf(data: bytes) -> tuple[list[Block], list[str]]:
    """Paragraphs and tables in order, and the text a reader does not see."""
    reading = Reading(charset_of(data), fonts_of(data), whites_of(data))
    states = [State()]
    for token in TOKEN.finditer(data):
        hexed, word, number, sign, brace, plain = token.groups()
        if brace == b"{":
            states.append(states[-1])
            if len(states) > GROUPS:
                raise Refused("file:bomb")
        elif brace == b"}":
            _flush(reading, states[-1])
            if len(states) > 1:
                states.pop()
        elif word is not None:
            states[-1] = _word(reading, states[-1], word, None if number is None else int(number))
        elif sign is not None:
            states[-1] = _sign(reading, states[-1], sign)
        elif not states[-1].skipped:
            _bytes(reading, bytes.fromhex(hexed.decode()) if hexed else plain or b"")
        if reading.size > TEXT:
            raise Refused("file:long")
    _paragraph(reading, states[0])
    _end_table(reading)
    return reading.blocks, reading.unseen


def _bytes(reading: Reading, piece: bytes) -> None:
    skipped = min(reading.to_skip, len(piece))
    reading.to_skip -= skipped
    reading.raw += piece[skipped:]


def _flush(reading: Reading, state: State) -> None:
    if not reading.raw:
        return
    text = reading.raw.decode(state.charset or reading.charset, "replace")
    reading.raw.clear()
    reading.size += len(text)
    _say(reading, state, text)


def _say(reading: Reading, state: State, text: str) -> None:
    if state.unseen:
        reading.unseen.append(text)
    elif not state.skipped:
        reading.words.append(text)


def _sign(reading: Reading, state: State, sign: bytes) -> State:
    if sign == b"*":
        return replace(state, skipped=True)
    if sign in (b"\\", b"{", b"}"):
        _bytes(reading, b"" if state.skipped else sign)
    elif sign == b"~":
        _flush(reading, state)
        _say(reading, state, " ")
    elif sign == b"_":
        _flush(reading, state)
        _say(reading, state, "-")
    return state


def _word(reading: Reading, state: State, word: bytes, number: int | None) -> State:
    if word == b"u" and number is not None:
        _flush(reading, state)
        _say(reading, state, chr(number % 65536))
        reading.to_skip = 0 if state.skipped else state.skip_after
        return state
    _flush(reading, state)
    reading.to_skip = 0
    if word in SKIPPED:
        return replace(state, skipped=True)
    if state.skipped:
        return state
    if word in SIGNS:
        _say(reading, state, SIGNS[word])
        return state
    if word in LAYOUT:
        LAYOUT[word](reading, state, number)
        return state
    return _style(reading, state, word, number)


def _style(reading: Reading, state: State, word: bytes, number: int | None) -> State:
    if word in (b"v", b"deleted"):
        return replace(state, unseen=number != 0)
    if word == b"cf":
        return replace(state, unseen=number in reading.whites)
    if word == b"plain":
        return replace(state, unseen=False, charset="")
    if word == b"f":
        return replace(state, charset=reading.fonts.get(number or 0, ""))
    if word == b"uc":
        return replace(state, skip_after=min(number or 0, 8))
    return state


def _end_table(reading: Reading) -> None:
    if reading.rows:
        reading.blocks.append(table_of(reading.rows))
        reading.rows = []


def _paragraph(reading: Reading, state: State, _: int | None = None) -> None:
    _flush(reading, state)
    text = "".join(reading.words).strip()
    reading.words.clear()
    if reading.in_table:
        reading.cell += [text] if text else []
    elif text:
        _end_table(reading)
        reading.blocks.append(text)


def _cell(reading: Reading, state: State, _: int | None) -> None:
    reading.in_table = True  # a cell outside a table: some programs forget to say \\intbl
    _paragraph(reading, state)
    reading.row.texts.append("\n".join(reading.cell))
    reading.cell = []


def _row(reading: Reading, *_: object) -> None:
    if reading.row.texts and len(reading.rows) < ROWS:
        reading.rows.append(reading.row)
    reading.row = Row(edges=reading.row.edges, marks=reading.row.marks)
    reading.cell, reading.in_table = [], False


def _row_starts(reading: Reading, *_: object) -> None:
    reading.row.edges, reading.row.marks, reading.mark = [], [], ""


def _edge(reading: Reading, _: State, number: int | None) -> None:
    reading.row.edges.append(number or 0)
    reading.row.marks.append(reading.mark)
    reading.mark = ""


def _in_table(reading: Reading, *_: object) -> None:
    reading.in_table = True


def _out_of_table(reading: Reading, *_: object) -> None:
    reading.in_table = False


def _merge_down(reading: Reading, *_: object) -> None:
    reading.mark += DOWN


def _merge_across(reading: Reading, *_: object) -> None:
    reading.mark += ACROSS


LAYOUT: dict[bytes, Callable[[Reading, State, int | None], None]] = {
    b"par": _paragraph,
    b"sect": _paragraph,
    b"page": _paragraph,
    b"cell": _cell,
    b"nestcell": _cell,
    b"row": _row,
    b"nestrow": _row,
    b"trowd": _row_starts,
    b"cellx": _edge,
    b"intbl": _in_table,
    b"pard": _out_of_table,
    b"clvmrg": _merge_down,
    b"clmrg": _merge_across,
}
