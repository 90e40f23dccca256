"""Open a paper: the bytes of one file become text and tables, or a word that says why not. Never raises, whatever the bytes (A63-A67).

The table READERS is the list of kinds that can be read; each reader raises Refused where it will not read on. A library's own complaint means
that the file is broken: file:truncated. A reader is loaded when its kind is met first.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from rules.papers import kinds
from rules.papers.limits import DEPTH, TEXT
from rules.papers.packages import Package, Room
from rules.papers.values import Block, Paper, Refused, Table

PICTURES = frozenset(("jpg", "png", "gif", "bmp", "tiff", "heic", "webp"))
NOT_READ = {
    "empty": "file:empty",
    "encrypted-office": "file:encrypted",
    "xlsm": "file:macro",
    "docm": "file:macro",
    "rar": "file:archive",
    "7z": "file:archive",
    "gz": "file:archive",
    "bz2": "file:archive",
    "xz": "file:archive",
    "audio": "file:media",
    "video": "file:media",
    **dict.fromkeys(PICTURES, "file:scan"),
}
HOSTILE = frozenset(("file:encrypted", "file:macro", "file:bomb"))
"""An old Word document of which this is known is shown to no other reader."""


def open_paper(data: bytes, name: str = "") -> Paper:
    """What stands in the file; `name` is the sender's, it only serves to notice a wrong extension."""
    return open_within(data, name, Room(), DEPTH)


def open_within(data: bytes, name: str, room: Room, depth: int) -> Paper:
    """As open_paper, for a file inside an archive: `room` and `depth` are what is left of the limits."""
    kind = kinds.kind_of(data)
    try:
        paper = _read(kind, data, room, depth)
    except Refused as refusal:
        paper = Paper(kind, why_not=refusal.word)
    except (MemoryError, RecursionError):
        paper = Paper(kind, why_not="file:bomb")
    except Exception:  # a reader's library met a broken file in its own words
        paper = Paper(kind, why_not="file:truncated")
    doubts = set(paper.doubts)
    doubts |= {paper.why_not} if paper.why_not else set()
    doubts |= (
        {"file:wrong-extension"} if kinds.wrong_extension(kind, name) and kind not in ("empty", "unknown") else set()
    )
    original = data if kind == "doc" and paper.why_not not in HOSTILE else b""
    return replace(paper, name=name, doubts=tuple(sorted(doubts)), original=original)


def _read(kind: str, data: bytes, room: Room, depth: int) -> Paper:
    from rules.papers import archives

    if kind in NOT_READ:
        raise Refused(NOT_READ[kind])
    if kind in ("zip", "tnef"):
        if depth <= 0:
            raise Refused("file:bomb")
        members = archives.READERS[kind](data, room)
        inner = tuple(open_within(member.data, member.name, room, depth - 1) for member in members.files)
        return Paper(kind, inner=inner, doubts=tuple(members.doubts), why_not=members.why_not)
    if kind not in READERS:
        raise Refused("file:truncated" if kind == "ole" and kinds.is_cut(data) else "file:unknown")
    return READERS[kind](data, room)


def _paper(
    kind: str, blocks: Iterable[Block], doubts: Iterable[str] = (), aside: Iterable[str] = (), pictures: int = 0
) -> Paper:
    """A paper from its blocks; one without any text is a scan or blank."""
    everything = tuple(blocks)
    shown = tuple(block for block in everything if isinstance(block, str) or not block.hidden)
    lines = (line for block in shown for line in ((block,) if isinstance(block, str) else block.lines))
    text = "\n".join(lines)
    if len(text) > TEXT:
        raise Refused("file:long")
    if not text.strip():
        raise Refused("file:scan" if pictures else "file:blank")
    tables = tuple(block for block in everything if isinstance(block, Table) and block.rows)
    heard = tuple(dict.fromkeys(piece.strip() for piece in aside if piece.strip()))
    return Paper(kind, text, tables, tuple(doubts), None, (), "", shown, heard[:500], pictures)


def _docx(data: bytes, room: Room) -> Paper:
    from rules.papers import word

    package = _office(data, room)
    found = word.read_document(package)
    return _paper(
        "docx", found.blocks, (), [*_authors(package), *word.read_margins(package), *found.unseen], found.pictures
    )


def _xlsx(data: bytes, room: Room) -> Paper:
    from rules.papers import sheet

    package = _office(data, room)
    tables, doubts = sheet.read_workbook(package)
    return _paper("xlsx", tables, doubts, _authors(package))


def _pptx(data: bytes, room: Room) -> Paper:
    from rules.papers import slides

    package = _office(data, room)
    found = slides.read_slides(package)
    return _paper("pptx", found.blocks, found.doubts, [*_authors(package), *found.unseen], found.pictures)


def _office(data: bytes, room: Room) -> Package:
    """A package of office parts; macros refused."""
    package = Package(data, room)
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        raise Refused("file:macro")
    return package


def _authors(package: Package) -> list[str]:
    """Who wrote it, as the package's properties say."""
    from rules.papers.markup import tree

    found: list[str] = []
    for name in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
        if package.has(name):
            found += [text for part in tree(package.read(name)).iter() if (text := (part.text or "").strip())]
    return found


def _doc(data: bytes, _: Room) -> Paper:
    from rules.papers import legacy_word

    found = legacy_word.read_legacy_document(data)
    return _paper("doc", found.blocks, () if found.laid_out else ("file:text-only",), found.unseen)


def _xls(data: bytes, _: Room) -> Paper:
    from rules.papers import legacy_sheet

    tables, doubts = legacy_sheet.read_legacy_workbook(data)
    return _paper("xls", tables, doubts)


def _ods(data: bytes, room: Room) -> Paper:
    from rules.papers import opendocument

    tables, doubts = opendocument.read_ods(opendocument.read_content(Package(data, room)))
    return _paper("ods", tables, doubts)


def _odt(data: bytes, room: Room) -> Paper:
    from rules.papers import opendocument

    root = opendocument.read_content(Package(data, room))
    pictures = sum(1 for _ in root.iter("{*}image"))
    return _paper("odt", opendocument.read_odt(root), pictures=pictures)


def _rtf(data: bytes, _: Room) -> Paper:
    from rules.papers import rtf

    blocks, unseen = rtf.read_rtf(data)
    return _paper("rtf", blocks, (), unseen, data.count(b"\\pict"))


def _html(data: bytes, _: Room) -> Paper:
    from rules.papers import web

    blocks, unseen = web.read_html(data)
    return _paper("html", blocks, (), unseen, data.lower().count(b"<img"))


def _xml_sheet(data: bytes, _: Room) -> Paper:
    from rules.papers import web

    tables, doubts = web.read_xml_sheet(data)
    return _paper("xml-sheet", tables, doubts)


def _pdf(data: bytes, _: Room) -> Paper:
    from rules.papers import pdf

    found = pdf.read_pdf(data)
    return _paper("pdf", found.blocks, found.doubts, found.aside, found.pictures)


def _csv(data: bytes, _: Room) -> Paper:
    from rules.papers import plain

    blocks, doubts = plain.read_csv(data)
    return _paper("csv", blocks, doubts)


def _txt(data: bytes, _: Room) -> Paper:
    from rules.papers import plain

    return _paper("txt", plain.read_text(data))


READERS: dict[str, Callable[[bytes, Room], Paper]] = {
    "docx": _docx,
    "xlsx": _xlsx,
    "pptx": _pptx,
    "doc": _doc,
    "xls": _xls,
    "ods": _ods,
    "odt": _odt,
    "rtf": _rtf,
    "html": _html,
    "xml-sheet": _xml_sheet,
    "pdf": _pdf,
    "csv": _csv,
    "txt": _txt,
}
