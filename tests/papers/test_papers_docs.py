"""Old Word files (.doc, .wps): made here byte by byte, since no library writes them."""

import struct
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from doc2docx.cfb.directory import ObjectType
from doc2docx.cfb.writer import write_compound_storage
from test_papers_sheets import MERGES, ROWS

from rules.papers import Clean, Withheld, clean, open_paper

TEXT_AT = 1024
IN_TABLE, ROW_END = struct.pack("<HB", 0x2416, 1), struct.pack("<HB", 0x2417, 1)
HIDDEN, DELETED = struct.pack("<HB", 0x083C, 1), struct.pack("<HB", 0x0800, 1)
WHITE, TINY = struct.pack("<HI", 0x6870, 0xFFFFFF), struct.pack("<HH", 0x4A43, 2)
DEEP = struct.pack("<HI", 0x6649, 2)
INNER_CELL, INNER_ROW = struct.pack("<HB", 0x244B, 1), struct.pack("<HB", 0x244C, 1)
FIRST_DOWN, GOES_DOWN, FIRST_ACROSS, GOES_ACROSS = 0x0060, 0x0020, 0x0002, 0x0001


@dataclass
class Run:
    """A piece of text; `look` its character properties, `layout` the properties of the paragraph it ends."""

    text: str
    look: bytes = b""
    layout: bytes = b""


def a_row(*cells: str, edges: tuple[int, ...] = (0, 1000, 2000, 3000), flags: tuple[int, ...] = (0, 0, 0)) -> list[Run]:
    known = b"".join(struct.pack("<Hh16x", flag, 1000) for flag in flags[: len(edges) - 1])
    body = struct.pack("<B", len(edges) - 1) + b"".join(struct.pack("<h", edge) for edge in edges) + known
    table = struct.pack("<HH", 0xD608, len(body) + 1) + body
    return [*(Run(cell + "\x07", layout=IN_TABLE) for cell in cells), Run("\x07", layout=IN_TABLE + ROW_END + table)]


DOWN = (FIRST_DOWN, 0, 0)
TABLE = [
    *a_row("单位", "联系人", edges=(0, 1000, 3000), flags=(FIRST_DOWN, 0)),
    *a_row("", "姓名", "手机", flags=(GOES_DOWN, 0, 0)),
    *a_row("古城镇", "张三", "13800000001", edges=(0, 1010, 2000, 3000)),
]


def a_page(fcs: tuple[int, int], entry: int, body: bytes) -> bytes:
    """A page of properties for one run."""
    head = struct.pack("<II", *fcs) + bytes([entry // 2 if body else 0]) + bytes(12)
    page = bytearray(head.ljust(entry, b"\0") + body)
    return bytes(page.ljust(511, b"\0")) + b"\x01"


def a_doc(*runs: Run, tables: bool = True, flags: int = 0x1200, boxes: str = "", **streams: bytes) -> bytes:
    """A Word 97 file of these runs, then the table; `boxes` is the text of its text boxes."""
    told = [*runs, *(TABLE if tables else []), Run("注\r")]
    text = "".join(run.text for run in told)
    everything = (text + boxes).encode("utf-16-le")
    pages: list[bytes] = []
    first = -(-(TEXT_AT + len(everything)) // 512)
    bounds, papx, chpx = [TEXT_AT], [], []
    for run in told:
        fcs = (bounds[-1], bounds[-1] + 2 * len(run.text))
        layout = b"\0\0" + run.layout
        papx.append(first + len(pages))
        pages.append(a_page(fcs, 22, bytes([0, (len(layout) + 1) // 2]) + layout))
        chpx.append(first + len(pages))
        pages.append(a_page(fcs, 22, bytes([len(run.look)]) + run.look if run.look else b""))
        bounds.append(fcs[1])
    plc = {
        33: b"\x02" + struct.pack("<I", 16) + struct.pack("<IIHIH", 0, len(text + boxes), 0, TEXT_AT, 0),
        12: struct.pack(f"<{len(bounds)}I{len(chpx)}I", *bounds, *chpx),
        13: struct.pack(f"<{len(bounds)}I{len(papx)}I", *bounds, *papx),
    }
    table, pairs = b"", [(0, 0)] * 93
    for index, data in plc.items():
        pairs[index] = (len(table), len(data))
        table += data
    counts = [0] * 22
    counts[3], counts[9] = len(text), len(boxes)
    base = struct.pack(
        "<HHHHHHHIBBHHII", 0xA5EC, 0xC1, 0, 0x804, 0, flags, 0xBF, 0, 0, 0, 0, 0, TEXT_AT, TEXT_AT + len(everything)
    )
    fib = (
        base
        + struct.pack("<H28xH22IH", 14, 22, *counts, 93)
        + b"".join(struct.pack("<II", *pair) for pair in pairs)
        + b"\0\0"
    )
    words = (fib.ljust(TEXT_AT, b"\0") + everything).ljust(first * 512, b"\0") + b"".join(pages)
    return an_ole(**{"WordDocument": words, "1Table": table, **streams})


def an_ole(**streams: bytes) -> bytes:
    plain: dict[str, Any] = {"clsid": bytes(16), "state_bits": 0, "creation_time": 0, "modified_time": 0}
    entries = [(name, SimpleNamespace(object_type=ObjectType.STREAM, **plain), data) for name, data in streams.items()]
    return write_compound_storage(SimpleNamespace(**plain), tuple(entries))  # type: ignore[arg-type]


def test_a_table_of_an_old_word_file_comes_with_its_merged_cells() -> None:
    paper = open_paper(a_doc(Run("题\r")), "x.wps")
    assert (paper.kind, paper.outside, paper.doubts) == ("doc", ("题", "注"), ())
    assert (paper.tables[0].rows, set(paper.tables[0].merges)) == (ROWS, MERGES)


def test_cells_merged_by_mark_and_rows_without_edges() -> None:
    marked = a_row("甲", "", "乙", flags=(FIRST_ACROSS, GOES_ACROSS, 0))
    bare = [Run("丙\x07", layout=IN_TABLE), Run("\x07", layout=IN_TABLE + ROW_END)]
    (table,) = open_paper(a_doc(*marked, *bare, tables=False), "").tables
    assert table.rows == (("甲", "甲", "乙"), ("丙", "", ""))


def test_a_table_in_a_cell_follows_it() -> None:
    inner = [Run("内\r", layout=IN_TABLE + DEEP + INNER_CELL), Run("\r", layout=IN_TABLE + DEEP + INNER_ROW)]
    paper = open_paper(a_doc(*inner, *a_row("外", edges=(0, 1000), flags=(0,)), tables=False), "")
    assert [table.rows for table in paper.tables] == [(("外",),), (("内",),)]


@pytest.mark.parametrize("look", [HIDDEN, DELETED, WHITE, TINY])
def test_what_an_old_word_file_hides_is_no_text_and_does_not_leave(look: bytes) -> None:
    """A33."""
    data = a_doc(Run("见"), Run("张三丰", look), Run("\r"))
    paper = open_paper(data, "x.doc")
    assert (paper.outside, paper.aside) == (("见", "注"), ("张三丰",))
    copy = clean(data, "x.doc")
    assert isinstance(copy, Clean)
    assert "张三丰" not in copy.text


def test_signs_and_fields_of_an_old_word_file() -> None:
    field = "\x13 HYPERLINK \x14见此\x15"
    assert open_paper(a_doc(Run(f"一\t二\x0b三\x1f\x1e四{field}\r"), tables=False), "").text.startswith("一\t二\n三-四")


def test_text_boxes_are_read_after_the_text() -> None:
    assert open_paper(a_doc(Run("题\r"), tables=False, boxes="框\r"), "").text == "题\n注\n框"


def test_a_locked_or_armed_old_word_file_is_refused() -> None:
    assert open_paper(a_doc(flags=0x1300), "").why_not == "file:encrypted"
    assert open_paper(a_doc(_VBA_PROJECT=b"x"), "").why_not == "file:macro"


def test_where_the_layout_is_broken_the_text_is_read_and_not_passed_on() -> None:
    data = a_doc(Run("题\r")).replace(struct.pack("<HH", 0xD608, 0), b"").replace(IN_TABLE, b"\x16\x24\x01")
    broken = bytearray(data)
    at = broken.find(struct.pack("<I", TEXT_AT) + struct.pack("<I", TEXT_AT + 4))
    broken[at : at + 4] = b"\xff\xff\xff\xff"
    paper = open_paper(bytes(broken), "x.doc")
    assert (paper.why_not, "题" in paper.text, paper.doubts) == (None, True, ("file:text-only",))
    assert clean(bytes(broken), "x.doc") == Withheld("file:text-only")


def test_a_very_long_old_word_file_is_read_without_its_layout() -> None:
    assert open_paper(a_doc(Run("题" * 300_001 + "\r")), "").doubts == ("file:text-only",)


def test_an_old_word_file_that_is_cut_or_of_an_older_kind_is_broken() -> None:
    assert open_paper(an_ole(WordDocument=b"\xdb\xa5" + bytes(600)), "").why_not == "file:truncated"
    assert open_paper(an_ole(WordDocument=b"", EncryptedPackage=b"x"), "").why_not == "file:encrypted"
