"""The copy of a paper a unit may get: made anew from what a reader sees, or withheld (A32-A36, domain R6).

Nothing is taken out of the old file: text and tables are read, redacted, and written into a new file with a name of ours. What cannot be read
cannot leave: pictures, scans, sound, archives, locked and broken files.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from rules.papers.opening import open_paper
from rules.papers.values import Block, Clean, Paper, Table, Withheld, writable
from rules.wording import wording

SHEETS = frozenset(("xlsx", "xls", "ods", "csv", "xml-sheet"))
HALF_READ = ("file:long", "file:text-only")
"""Only a part was read, or the layout (and with it what is hidden) was not understood: no copy can be vouched for."""
HIDDEN = frozenset(("sheet:hidden", "row:hidden", "column:hidden"))

Redact = Callable[[str], str]


def _as_it_is(text: str) -> str:
    return text


def clean(data: bytes, name: str, number: int = 1, redact: Redact = _as_it_is) -> Clean | Withheld:
    """The copy of attachment no. `number`, each paragraph, cell and sheet name passed through `redact`; never raises of the file's doing."""
    return clean_paper(open_paper(data, name), number, redact)


def clean_paper(paper: Paper, number: int = 1, redact: Redact = _as_it_is) -> Clean | Withheld:
    """As clean, for a paper that is already read."""
    from rules.papers.rebuild import document_of  # lxml, which reading a text does not need

    if paper.why_not is not None:
        return Withheld(paper.why_not)
    if paper.inner:
        return Withheld("file:archive")
    half = next((word for word in HALF_READ if word in paper.doubts), None)
    if half is not None:
        return Withheld(half)
    blocks = [_redacted(block, redact) for block in paper.blocks]
    if paper.pictures:
        blocks.append(wording("rules.papers")("pictures-left-out", count=paper.pictures))
    notes = ("pictures",) * bool(paper.pictures) + ("hidden",) * bool(HIDDEN & set(paper.doubts) or paper.aside)
    if paper.kind in SHEETS:
        return _sheets([block for block in blocks if isinstance(block, Table)], number, notes)
    text = "\n".join(line for block in blocks for line in _lines(block))
    return Clean(document_of(blocks), f"attachment-{number}.docx", "docx", text, notes)


def _sheets(tables: list[Table], number: int, notes: tuple[str, ...]) -> Clean:
    from rules.papers.rebuild import sheet_names, workbook_of

    named = [replace(table, name=name) for table, name in zip(tables, sheet_names(tables), strict=True)]
    text = "\n".join(line for table in named for line in (table.name, *_lines(table)))
    return Clean(workbook_of(named), f"attachment-{number}.xlsx", "xlsx", text, notes)


def _lines(block: Block) -> Iterable[str]:
    return (block,) if isinstance(block, str) else block.lines


def _redacted(block: Block, redact: Redact) -> Block:
    """The block as it may be seen; a text that fills a merged area is redacted once and looks the same everywhere."""
    if isinstance(block, str):
        return writable(redact(block))
    known: dict[str, str] = {}
    for row in block.rows:
        for text in row:
            if text not in known:
                known[text] = writable(redact(text)) if text else ""
    name = writable(redact(block.name)) if block.name else ""
    return replace(block, name=name, rows=tuple(tuple(known[text] for text in row) for row in block.rows))
