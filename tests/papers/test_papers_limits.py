"""A63-A68: nothing in a file acts, and whatever it claims of its size the work stays bounded."""

import bz2
import io
import struct
import zipfile
from typing import Any

import openpyxl
import pytest
from papers_made import a_docx, a_run, a_zip, an_xlsx, changed, saved

from rules.papers import Withheld, clean, open_paper
from rules.papers import limits as limit
from rules.papers.packages import Package, Room
from rules.papers.values import Refused

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def why(data: bytes, name: str = "x") -> Any:
    return open_paper(data, name).why_not


def test_an_external_entity_opens_no_file(tmp_path: Any) -> None:
    """A64: the file that must not be read would show in the text."""
    secret = tmp_path / "secret.txt"
    secret.write_text("not to be read", "utf-8")
    typed = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document {WORD}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
    for charset in ("utf-8", "utf-16"):
        paper = open_paper(changed(a_docx("甲"), word__document_dot_xml=typed.encode(charset)), "x.docx")
        assert (paper.why_not, paper.text) == ("file:xxe", "")


def test_a_document_type_behind_a_long_comment_is_found_too() -> None:
    typed = f'<!--{"x" * 5000}--><!DOCTYPE w [<!ENTITY x "y">]><w:document {WORD}><w:body/></w:document>'
    assert why(changed(a_docx("甲"), word__document_dot_xml=typed)) == "file:xxe"


def test_an_entity_that_multiplies_expands_to_nothing() -> None:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE w [<!ENTITY a0 "ha">{lines}]><worksheet {SHEET}><sheetData><row><c t="str"><v>&a11;</v></c></row></sheetData></worksheet>'
    assert why(changed(saved(an_xlsx([["x"]])), xl__worksheets__sheet1_dot_xml=bomb)) == "file:xxe"


def test_relations_to_the_outside_are_nowhere() -> None:
    """A64: an external sheet is not fetched; the others are read."""
    book = saved(an_xlsx([["甲"]], 乙=[["丙"]]))
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        links = package.read("xl/_rels/workbook.xml.rels").decode()
    links = links.replace(
        'Target="/xl/worksheets/sheet2.xml"', 'Target="http://x.example/sheet2.xml" TargetMode="External"'
    )
    assert "External" in links
    assert open_paper(changed(book, xl___rels__workbook_dot_xml_dot_rels=links), "x.xlsx").text == "甲"


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_bomb_is_stopped_while_it_unpacks(method: Any) -> None:
    huge = b"0" * (limit.SMALL * 2)
    assert why(a_zip({"word/document.xml": huge}, kind=method), "x.docx") == "file:bomb"
    assert why(a_zip({"a.txt": huge}, kind=method), "x.zip") == "file:bomb"


def test_a_size_that_lies_is_not_believed() -> None:
    """A63: the header says five bytes."""
    data = a_zip({"a.txt": b"0" * (limit.SMALL * 2)})
    lying = data.replace(struct.pack("<I", limit.SMALL * 2), struct.pack("<I", 5))
    assert why(lying, "x.zip") == "file:bomb"


def test_many_members_share_one_room() -> None:
    small = a_zip({f"{n}.txt": b"x" * 1000 for n in range(20)})
    package = Package(small, Room(5000))
    with pytest.raises(Refused, match="file:bomb"):
        [package.read_member(info) for info in package.members]


def test_a_zip_in_a_zip_in_a_zip_ends() -> None:
    data = a_zip({"a.txt": "甲"})
    for _ in range(limit.DEPTH):
        data = a_zip({"in.zip": data})
    deepest = open_paper(data, "x.zip")
    while deepest.inner:
        deepest = deepest.inner[0]
    assert (deepest.kind, deepest.why_not) == ("zip", "file:bomb")


def test_a_directory_of_endless_members_is_not_walked() -> None:
    assert why(b"PK\x03\x04" + b"PK\x01\x02" * (limit.MEMBERS + 1) + b"PK\x05\x06" + bytes(18), "x.zip") == "file:bomb"


def test_of_a_zip_with_many_files_the_first_are_opened() -> None:
    paper = open_paper(a_zip({f"{n}.txt": "甲" for n in range(limit.ARCHIVE_MEMBERS + 1)}), "x.zip")
    assert (len(paper.inner), paper.doubts, paper.why_not) == (limit.ARCHIVE_MEMBERS, ("file:long",), None)


def test_overlapping_members_are_broken() -> None:
    data = bytearray(a_zip({"a.txt": b"x" * 99, "b.txt": b"y" * 99}))
    second = data.rfind(b"PK\x01\x02")
    data[second + 42 : second + 46] = bytes(4)
    assert why(bytes(data), "x.zip") == "file:truncated"


@pytest.mark.parametrize("name", ["../../etc/cron.d/x.txt", "/abs.txt", "C:\\x.txt", "con.txt"])
def test_a_members_name_is_only_text(name: str) -> None:
    """A62."""
    assert [member.name for member in open_paper(a_zip({name: "甲"}), "x.zip").inner] == [name]


def test_a_packing_no_reader_knows_is_left_to_a_person() -> None:
    assert why(a_zip({"a.txt": b"x" * 99}, kind=zipfile.ZIP_LZMA), "x.zip") == "file:archive"


def test_a_member_whose_bytes_are_spoilt_is_broken() -> None:
    stored = bytearray(a_zip({"a.txt": b"x" * 99}, kind=zipfile.ZIP_STORED))
    stored[60] ^= 1
    packed = bytearray(a_zip({"a.txt": bytes(range(99))}))
    packed[36] = 0xFF
    squeezed = bytearray(a_zip({"a.txt": b"x" * 99}, kind=zipfile.ZIP_BZIP2))
    squeezed[40] ^= 0xFF
    assert [why(bytes(data), "x.zip") for data in (stored, packed, squeezed)] == ["file:truncated"] * 3


def test_a_cell_at_the_far_corner_costs_nothing() -> None:
    """A65."""
    book = an_xlsx([["甲"]])
    book.active.cell(1_048_576, 16_384).value = "far"
    assert open_paper(saved(book), "x.xlsx").text == "甲"


def test_a_sheet_of_too_many_rows_is_read_in_its_first_part_and_not_passed_on() -> None:
    rows = "".join(f'<row r="{n}"><c t="str"><v>{n}</v></c></row>' for n in range(1, limit.ROWS + 3))
    data = changed(
        saved(an_xlsx([["x"]])),
        xl__worksheets__sheet1_dot_xml=f"<worksheet {SHEET}><sheetData>{rows}</sheetData></worksheet>",
    )
    paper = open_paper(data, "x.xlsx")
    assert (len(paper.tables[0].rows), paper.doubts) == (limit.ROWS, ("file:long",))
    assert clean(data, "x.xlsx") == Withheld("file:long")


def test_a_merge_of_the_whole_sheet_covers_what_is_there() -> None:
    book = an_xlsx([["甲"], ["乙", "丙"]])
    book.active.merge_cells("A1:XFD1")
    rows = open_paper(saved(book), "x.xlsx").tables[0].rows
    assert (len(rows), len(rows[0]), set(rows[0])) == (2, limit.COLUMNS, {"甲"})


def test_overlapping_merges_beyond_use_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    from rules.papers import grid

    monkeypatch.setattr(grid, "CELLS", 3)
    table = grid.make_table("", [grid.Cell(0, 0, "甲", 1, 4), grid.Cell(0, 0, "甲", 1, 4)])
    assert table.rows == (("甲", "", "", ""),)


def test_a_text_of_many_megabytes_in_a_docx_is_not_held() -> None:
    assert why(a_docx("甲" * 1000, body=a_run("乙" * (limit.TEXT + 1))), "x.docx") == "file:long"


def test_markup_too_large_for_a_tree_is_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    from rules.papers import markup

    monkeypatch.setattr(markup, "TREE", 100)
    assert why(a_docx("甲"), "x.docx") == "file:bomb"


@pytest.mark.parametrize(
    "body",
    [
        "<w:tbl><w:tr><w:tc>" * 70 + "</w:tc></w:tr></w:tbl>" * 70,
        "<w:p>" + "<w:smartTag>" * 70 + "</w:smartTag>" * 70 + "</w:p>",
    ],
)
def test_tables_in_tables_without_end_are_a_bomb(body: str) -> None:
    assert why(a_docx("甲", body=body), "x.docx") == "file:bomb"


def test_a_macro_is_never_carried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A66."""
    xlsm = changed(saved(an_xlsx([["甲"]])), xl__vbaProject_dot_bin=b"x")
    docm = changed(a_docx("甲"), word__vbaProject_dot_bin=b"x")
    hidden = changed(a_docx("甲"), word__other__vbaProject_dot_bin=b"x")
    dde = a_docx(
        "甲",
        body='<w:p><w:r><w:instrText>DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"</w:instrText></w:r></w:p>',
    )
    field = a_docx("甲", body='<w:p><w:fldSimple w:instr="DDE x y"/></w:p>')
    assert {why(data) for data in (xlsm, docm, hidden, dde, field)} == {"file:macro"}


def test_a_macro_sheet_is_a_macro() -> None:
    book = saved(an_xlsx([["甲"]]))
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        links = package.read("xl/_rels/workbook.xml.rels").decode()
    links = links.replace("relationships/worksheet", "relationships/xlMacrosheet")
    assert why(changed(book, xl___rels__workbook_dot_xml_dot_rels=links), "x.xlsx") == "file:macro"


@pytest.mark.parametrize("start", [b"\x89PNG\r\n\x1a\n", b"GIF89a", b"II*\0", b"BM"])
def test_no_picture_is_decoded_whatever_size_it_claims(start: Any) -> None:
    """A68: 50,000 × 50,000 by its header."""
    assert why(start + struct.pack(">II", 50_000, 50_000) * 20, "x.png") == "file:scan"


def test_a_polyglot_is_what_its_first_bytes_say() -> None:
    """A67: a PDF that is a zip too."""
    assert open_paper(b"%PDF-1.4\n" + a_zip({"a.txt": "甲"}), "x.pdf").why_not == "file:truncated"


def test_a_reader_that_runs_out_of_memory_or_depth_gives_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    from rules.papers import opening

    def tired(_data: Any, _room: Any) -> None:
        raise MemoryError

    monkeypatch.setitem(opening.READERS, "txt", tired)
    assert why("甲".encode(), "x.txt") == "file:bomb"


def test_bz2_alone_is_an_archive() -> None:
    assert why(bz2.compress(b"x"), "x.bz2") == "file:archive"


def test_a_workbook_of_many_sheets_is_read_in_its_first() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "甲"
    for n in range(limit.SHEETS + 5):
        book.create_sheet(str(n))["A1"] = "乙"
    assert len(open_paper(saved(book), "x.xlsx").tables) == limit.SHEETS
