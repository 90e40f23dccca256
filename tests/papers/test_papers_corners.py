"""Corners of the readers: what rarely stands in a file and must not trouble it."""

import io
import struct
from typing import Any

import pytest
from papers_made import a_docx, a_run, a_zip, an_xlsx, changed, saved
from test_papers_docs import IN_TABLE, Run, a_doc
from test_papers_sheets import ODF
from test_papers_texts import a_pdf, an_rtf

from rules.papers import limits as limit
from rules.papers import open_paper
from rules.papers.packages import Room
from rules.papers.values import Refused

SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def test_a_winmail_dat_of_countless_attributes_is_not_cut_up() -> None:
    many = struct.pack("<IH", 0x223E9F78, 1) + struct.pack("<BIIH", 1, 1, 0, 0) * 200_000
    assert open_paper(many, "").why_not == "file:tnef"


def test_attachments_of_a_winmail_dat_share_the_room() -> None:
    from test_papers_texts import a_tnef

    from rules.papers.archives import read_tnef

    with pytest.raises(Refused, match="file:bomb"):
        read_tnef(a_tnef((b"a", b"x" * 100)), Room(50))


def test_paragraphs_without_text_and_unknown_things_of_an_old_word_file() -> None:
    data = a_doc(Run("\r"), Run("\x01\x08前\r"), Run("甲\x07", layout=IN_TABLE), tables=False)
    assert open_paper(data, "").text.splitlines()[0] == "前"


def test_an_old_word_file_with_a_field_of_no_result_and_tables_in_tables() -> None:
    assert open_paper(a_doc(Run("\x13 PAGE \x15后\r"), tables=False), "").outside[0] == "后"


def test_open_text_styles_without_a_say_and_columns_of_tables() -> None:
    styles = '<s:style s:name="p"><s:text-properties/></s:style>'
    body = "<o:text><t:table><t:table-column/><t:table-row><t:table-cell><x:p>甲</x:p></t:table-cell></t:table-row></t:table></o:text>"
    content = ODF.format(body).replace("<o:automatic-styles>", "<o:automatic-styles>" + styles)
    assert (
        open_paper(
            a_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}, kind=0), ""
        ).text
        == "甲"
    )


def test_a_pdf_of_endless_text_or_steps_is_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    from rules.papers import pdf

    data = a_pdf(lambda page: page.drawString(9, 9, "甲乙丙"))
    monkeypatch.setattr(pdf, "TEXT", 2)
    assert open_paper(data, "").why_not == "file:long"
    monkeypatch.setattr(pdf, "OPERATIONS", 2)
    assert open_paper(data, "").why_not == "file:long"


def test_a_path_with_too_few_numbers_is_left() -> None:
    def odd(page: Any) -> None:
        page.addLiteral("5 re 1 m 1 l n")
        page.drawString(9, 9, "x")

    assert open_paper(a_pdf(odd), "").text == "x"


def test_a_page_of_countless_lines_gives_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    from rules.papers import ruled

    def drawn(page: Any) -> None:
        for n in range(20):
            page.line(n * 5, 0, n * 5, 500)
            page.line(0, n * 5, 500, n * 5)
        page.drawString(9, 9, "x")

    monkeypatch.setattr(ruled, "MOST_FIELDS", 100)
    assert open_paper(a_pdf(drawn), "").blocks == ("x",)


def test_an_rtf_of_endless_text_and_rows_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    from rules.papers import rtf

    assert open_paper(an_rtf(b"x\\par " * 3 + b"\\row"), "").text == "x\nx\nx"
    monkeypatch.setattr(rtf, "TEXT", 10)
    assert open_paper(an_rtf(b"x\\par " * 30), "").why_not == "file:long"
    assert open_paper(an_rtf(rb"{\*\x \{y\}}z\:"), "").text == "z"


def test_shared_strings_without_end_are_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    from rules.papers import sheet

    monkeypatch.setattr(sheet, "TEXT", 1)
    texts = f"<sst {SHEET}><si><t>甲乙丙丁戊</t></si></sst>"
    assert open_paper(changed(saved(an_xlsx([["x"]])), xl__sharedStrings_dot_xml=texts), "").why_not == "file:long"


def test_a_hidden_row_of_nothing_is_not_said() -> None:
    rows = '<row r="1"><c t="str"><v>甲</v></c></row><row r="2" hidden="1"/>'
    data = changed(
        saved(an_xlsx([["x"]])),
        xl__worksheets__sheet1_dot_xml=f"<worksheet {SHEET}><cols/><sheetData>{rows}</sheetData></worksheet>",
    )
    assert (open_paper(data, "").text, open_paper(data, "").doubts) == ("甲", ())


def test_slides_without_shapes_and_groups_without_end() -> None:
    import pptx

    show = pptx.Presentation()
    show.slides.add_slide(show.slide_layouts[6])
    data = saved(show)
    space = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    assert open_paper(changed(data, ppt__slides__slide1_dot_xml=f"<p:sld {space}/>"), "").why_not == "file:blank"
    deep = f"<p:sld {space}><p:cSld><p:spTree>{'<p:grpSp>' * 70}{'</p:grpSp>' * 70}</p:spTree></p:cSld></p:sld>"
    assert open_paper(changed(data, ppt__slides__slide1_dot_xml=deep), "").why_not == "file:bomb"


def test_styles_in_a_chain_of_many_end_and_bad_colours_are_none() -> None:
    chain = "".join(f'<w:style w:styleId="S{n}"><w:basedOn w:val="S{n + 1}"/></w:style>' for n in range(30))
    styles = f'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{chain}</w:styles>'
    body = f'<w:p><w:pPr><w:pStyle w:val="S0"/></w:pPr><w:r><w:rPr><w:color w:val="zzzzzz"/></w:rPr><w:t>甲</w:t></w:r></w:p>{a_run("乙", "<w:b/>")}'
    assert open_paper(changed(a_docx("题", body=body), word__styles_dot_xml=styles), "").text == "题\n甲\n乙"


def test_a_document_of_too_many_cells_is_cut_to_what_a_table_may_hold() -> None:
    from rules.papers.grid import Cell, make_table

    table = make_table("", [Cell(row, limit.COLUMNS - 1, "x") for row in range(limit.ROWS)])
    assert len(table.rows) * len(table.rows[0]) <= limit.CELLS
    assert make_table("", [Cell(limit.ROWS, 0, "x")]).rows == ()


def test_a_web_page_of_nothing_is_blank() -> None:
    from rules.papers.web import read_html

    with pytest.raises(Refused, match="file:blank"):
        read_html(b" ")
    assert io.BytesIO().read() == b""
