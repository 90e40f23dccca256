"""A .doc or .wps of Word 97 to 2003: tables, merged cells and text through msdoc2docx's reader; where that fails, text by legacy-doc.

The reader's parts are used one by one on bytes in memory, because its front door wants files. LIMITS: Word 6 and 95 are refused as
file:truncated; text that came through legacy-doc may hold what Word hides, so such a paper is never passed on (`aside` says "legacy").
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import legacy_doc
from doc2docx.cfb import CompoundFile, CompoundFileLimits
from doc2docx.diagnostics import ConversionReport
from doc2docx.errors import Doc2DocxError, StreamNotFound
from doc2docx.model import document as model
from doc2docx.msdoc.fib import FibBase, FileInformationBlock
from doc2docx.msdoc.fonts import read_font_table
from doc2docx.msdoc.formatting import FormattingMap, read_formatting
from doc2docx.msdoc.pieces import PieceTable, read_piece_table
from doc2docx.msdoc.styles import read_style_sheet

from rules.papers.grid import Cell, make_table
from rules.papers.limits import COLUMNS, ROWS
from rules.papers.values import Block, Refused, Table

MACROS = ("macros", "_vba_project", "vba")
LARGE = 300_000
"""Signs; the reader's work grows with the square of the paragraphs, so a longer text is read without its layout."""
SAME_EDGE = 30
"""Twips: edges of cells closer than this are one column."""


@dataclass
class Legacy:
    """What was read: the blocks, the deleted and hidden text, whether the layout was understood."""

    blocks: list[Block] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    laid_out: bool = True
    pictures: int = 0


def read_legacy_document(data: bytes) -> Legacy:
    """The document. Raises Refused file:encrypted, file:macro, file:truncated."""
    try:
        return _laid_out(data)
    except (Doc2DocxError, ValueError, IndexError, KeyError, TypeError, AssertionError, OverflowError):
        return _text_only(data)


def _text_only(data: bytes) -> Legacy:
    try:
        text = legacy_doc.extract_text(data).text
    except legacy_doc.LegacyDocError as fault:
        raise Refused("file:encrypted" if "ncrypted" in str(fault) else "file:truncated") from fault
    return Legacy([line for line in text.splitlines() if line.strip()], laid_out=False)


def _laid_out(data: bytes) -> Legacy:
    compound = CompoundFile(data, limits=CompoundFileLimits(max_directory_entries=20_000))
    if any(part.lower() in MACROS for entry in compound.entries for part in (entry.name,)):
        raise Refused("file:macro")
    words = compound.open_stream("WordDocument")
    base = FibBase.parse(words)
    if base.is_encrypted:
        raise Refused("file:encrypted")
    table = compound.open_stream(base.table_stream_name)
    fib = FileInformationBlock.parse(words)
    if fib.ccp_text > LARGE:
        raise Doc2DocxError
    report = ConversionReport("")
    pieces = read_piece_table(table, words, fc_clx=fib.clx.fc, lcb_clx=fib.clx.lcb, report=report)
    look = _formatting(fib, compound, words, pieces, report)
    legacy = Legacy()
    for start, length in (
        (0, fib.ccp_text),
        (fib.ccp_text, fib.ccp_footnotes),
        (fib.textbox_story_cp_start, fib.ccp_textboxes),
    ):
        if length:
            story = model.parse_main_story(
                pieces.extract_characters(start, start + length, report, story="main"),
                report,
                character_properties_at=look.character_properties_at,
                paragraph_properties_at=look.paragraph_properties_at,
            )
            _flow(story.body_blocks, legacy)
    return legacy


def _formatting(
    fib: FileInformationBlock, compound: CompoundFile, words: bytes, pieces: PieceTable, report: ConversionReport
) -> FormattingMap:
    table = compound.open_stream(fib.base.table_stream_name)
    fonts = read_font_table(table, offset=fib.sttbf_ffn.fc, size=fib.sttbf_ffn.lcb, report=report)
    styles = read_style_sheet(table, offset=fib.stshf.fc, size=fib.stshf.lcb, fonts=fonts, report=report)
    return read_formatting(
        table,
        words,
        pieces,
        fc_plcf_bte_chpx=fib.plcf_bte_chpx.fc,
        lcb_plcf_bte_chpx=fib.plcf_bte_chpx.lcb,
        fc_plcf_bte_papx=fib.plcf_bte_papx.fc,
        lcb_plcf_bte_papx=fib.plcf_bte_papx.lcb,
        report=report,
        fonts=fonts,
        style_sheet=styles,
        data_stream=_optional(compound, "Data"),
    )


def _optional(compound: CompoundFile, name: str) -> bytes | None:
    """Properties too large for their place stand in this stream, where there is one."""
    try:
        return bytes(compound.open_stream(name))
    except StreamNotFound:
        return None


def _flow(blocks: tuple[model.Block, ...], legacy: Legacy) -> None:
    for block in blocks:
        if isinstance(block, model.Table):
            _table(block, legacy)
        else:
            text = "".join(_pieces(block.inlines, legacy)).strip()
            if text:
                legacy.blocks.append(text)


def _pieces(inlines: tuple[model.Inline, ...], legacy: Legacy) -> Iterator[str]:
    for part in inlines:
        look = getattr(part, "properties", None)
        unseen = isinstance(look, model.CharacterProperties) and _unseen(look)
        if isinstance(part, model.TextRun):
            if unseen:
                legacy.unseen.append(part.text)
            else:
                yield part.text.replace("\ufffc", "")
        elif isinstance(part, model.Field):
            yield from _pieces(part.result, legacy)
        elif isinstance(part, model.Tab | model.Break | model.NoBreakHyphen):
            yield {"Tab": "\t", "Break": "\n"}.get(type(part).__name__, "-")


def _unseen(look: model.CharacterProperties) -> bool:
    pale = (look.color or "").upper() == "FFFFFF" and look.shading is None
    return bool(look.hidden or look.revision_deleted or pale or (look.size_half_points or 99) <= 4)


def _table(table: model.Table, legacy: Legacy) -> None:
    edges = _edges(table)
    cells: dict[tuple[int, int], Cell] = {}
    above: dict[int, tuple[int, int]] = {}
    inner: list[Block] = []
    for number, row in enumerate(table.rows[:ROWS]):
        for cell, (column, width) in zip(row.cells, _places(row, edges), strict=True):
            start = above.get(column)
            if cell.vertical_merge == "continue" and start is not None:
                top = cells[start]
                cells[start] = Cell(top.row, top.column, top.text, number - top.row + 1, top.width)
                continue
            inside = Legacy(unseen=legacy.unseen)
            _flow(cell.body_blocks, inside)
            inner += [block for block in inside.blocks if isinstance(block, Table)]
            text = "\n".join(block for block in inside.blocks if isinstance(block, str))
            cells[number, column] = Cell(number, column, text, 1, width)
            above[column] = (number, column)
    legacy.blocks += [make_table("", cells.values()), *inner]


def _edges(table: model.Table) -> list[int]:
    """The column edges all rows share; none where a row does not know its own."""
    found = sorted({edge for row in table.rows for edge in row.properties.cell_boundaries_twips})
    edges: list[int] = []
    for edge in found:
        if not edges or edge - edges[-1] > SAME_EDGE:
            edges.append(edge)
    return edges[: COLUMNS + 1]


def _nearest(edges: list[int], edge: int) -> int:
    return min(range(len(edges)), key=lambda column: abs(edges[column] - edge))


def _places(row: model.TableRow, edges: list[int]) -> list[tuple[int, int]]:
    """Column and width of each cell of the row."""
    boundaries = row.properties.cell_boundaries_twips
    spans = [cell.grid_span for cell in row.cells]
    if len(boundaries) != sum(spans) + 1 or len(edges) < 2:
        starts = [sum(spans[:at]) for at in range(len(spans))]
        return list(zip(starts, spans, strict=True))
    at = [_nearest(edges, edge) for edge in boundaries]
    places = []
    position = 0
    for span in spans:
        places.append((at[position], max(at[position + span] - at[position], 1)))
        position += span
    return places
