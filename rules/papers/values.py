"""What a paper (来件所附文件) is once it has been read: frozen values made of text, with the words of doubt staff and rules know.

Words of `doubts` and `why_not` (a file with `why_not` must be held for a person; the word also stands in `doubts`):
file:encrypted file:scan (picture or scan, no text) file:empty (0 bytes) file:blank (no text in it) file:truncated (cut or broken)
file:macro file:bomb file:xxe file:archive (rar, 7z or what no reader here opens) file:media (sound, film) file:unknown (no known kind);
form (the office's own 登记表);
readable all the same: file:wrong-extension file:long (only the first part was read) file:tnef sheet:hidden row:hidden column:hidden.
"""

import re
from dataclasses import dataclass, field

FORM = "form"
"""Why the office's own form, filled in, goes to no unit."""
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    """The text with plain line ends and without the signs no file of ours may hold."""
    return NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class Refused(Exception):
    """A reader will not read on; `word` says why, in the words above."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a reader sees it: text cells, every row of equal length, merged cells filled with the text of their first cell."""

    name: str
    """The sheet's name; '' for a table of a document."""
    rows: tuple[tuple[str, ...], ...]
    hidden: bool = False
    """A hidden sheet: shown to staff only, not part of the paper's text."""
    merges: tuple[tuple[int, int, int, int], ...] = ()
    """Top, left, bottom, right of each merged area, counted from 0, bottom and right inclusive."""

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """The row and column where the text of this cell was written (itself, unless it was filled from a merge)."""
        for top, left, bottom, right in self.merges:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return row, column

    @property
    def lines(self) -> tuple[str, ...]:
        """One line a row, cells parted by a tab, a merged text written once."""
        filled = {
            (r, c)
            for top, left, bottom, right in self.merges
            for r in range(top, bottom + 1)
            for c in range(left, right + 1)
            if (r, c) != (top, left)
        }
        lines = ("\t".join(t for c, t in enumerate(row) if (r, c) not in filled) for r, row in enumerate(self.rows))
        return tuple(line.strip("\t") for line in lines if line.strip())


Block = str | Table
"""A paragraph or a table, in the order of reading."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One file that came with a letter, read. `text` is everything visible in reading order, rows of tables as lines."""

    kind: str
    text: str = ""
    tables: tuple[Table, ...] = ()
    doubts: tuple[str, ...] = ()
    why_not: str | None = None
    inner: tuple["Paper", ...] = ()
    """The files of an archive or a winmail.dat, each read the same way."""
    name: str = ""
    blocks: tuple[Block, ...] = ()
    """Paragraphs and visible tables in reading order: `text` is made of them."""
    aside: tuple[str, ...] = ()
    """What a reader does not see at once but what may tell a person: headers, comments, deleted and hidden text, authors."""
    pictures: int = 0
    """How many pictures stand in it; what they show is not read."""
    original: bytes = field(default=b"", repr=False)
    """The file itself, where another reader may be asked about it (an old Word document); b'' for every other."""
    second: "Paper | None" = None
    """What another reader made of the same file: to compare, never to take instead (`rules.contacts`)."""

    @property
    def outside(self) -> tuple[str, ...]:
        """The paragraphs that stand outside all tables, in order: titles, fill-in lines, notes."""
        return tuple(block for block in self.blocks if isinstance(block, str))


@dataclass(frozen=True, slots=True)
class Clean:
    """A copy a unit may get: made anew from visible text. `text` is all that stands in it, for the guard to read."""

    data: bytes
    name: str
    """ASCII, ours."""
    kind: str
    text: str
    notes: tuple[str, ...] = ()
    """What was left out: pictures, margins (headers and footers), hidden, inner (files of an archive that may not leave)."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """No copy leaves; `why` is a word of the list above."""

    why: str
    remade: tuple[bytes, ...] = field(default=(), repr=False)
    """A picture made anew from its pixels, page by page, which a person may release (A34); () for everything else."""
