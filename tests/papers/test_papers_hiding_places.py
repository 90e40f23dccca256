"""A32-A36: each place of a file where a name may hide is empty in the copy a unit may get, and what a reader sees is still there."""

import io
from typing import Any

import docx
import openpyxl
import pptx
import pypdf
import pytest
from papers_made import NAME, PHONE, a_docx, a_run, an_xlsx, changed, everything_in, saved
from PIL import Image
from pypdf.annotations import FreeText
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from rules.papers import Clean, Withheld, clean, open_paper

SEEN = "县市场监督管理局收费5000元"
INS = f'<w:p><w:ins w:id="1" w:author="{NAME}"><w:r><w:t>某业户</w:t></w:r></w:ins>'
DEL = f'<w:del w:id="2" w:author="{NAME}"><w:r><w:delText>{NAME}{PHONE}</w:delText></w:r></w:del></w:p>'
WHITE, TINY, VANISH = '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>', "<w:vanish/>"
TABLE = "<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>"


def in_docx(**parts: Any) -> Any:
    return changed(a_docx(SEEN), **parts)


def a_core(text: str) -> Any:
    space = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    return f'<cp:coreProperties xmlns:cp="{space}" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{text}</dc:creator></cp:coreProperties>'


def a_header() -> Any:
    document = docx.Document()
    document.add_paragraph(SEEN)
    document.sections[0].header.paragraphs[0].text = NAME
    document.sections[0].footer.paragraphs[0].text = PHONE
    return saved(document)


def a_commented() -> Any:
    document = docx.Document()
    document.add_comment(document.add_paragraph(SEEN).runs, text=f"{NAME} {PHONE}", author=NAME, initials="ZSF")
    return saved(document)


def a_picture(**saving: Any) -> Any:
    held = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(held, **saving)
    return held.getvalue()


def a_pictured() -> Any:
    document = docx.Document()
    document.add_paragraph(SEEN)
    exif = Image.Exif()
    exif[0x013B] = PHONE
    document.add_picture(io.BytesIO(a_picture(format="JPEG", exif=exif)))
    document.inline_shapes[0]._inline.docPr.set("descr", NAME)
    return saved(document)


DOCX = {
    "author": lambda: a_docx(SEEN, author=NAME),
    "core properties": lambda: in_docx(docProps__core_dot_xml=a_core(NAME)),
    "company and manager": lambda: in_docx(docProps__app_dot_xml=f"<Properties><Company>{NAME}</Company></Properties>"),
    "custom properties": lambda: in_docx(docProps__custom_dot_xml=f"<Properties><x>{NAME}</x></Properties>"),
    "thumbnail": lambda: in_docx(docProps__thumbnail_dot_jpeg=NAME.encode()),
    "custom xml": lambda: in_docx(customXml__item9_dot_xml=f"<x>{NAME}</x>"),
    "template path": lambda: in_docx(
        word___rels__settings_dot_xml_dot_rels=f'<Relationships><R Target="C:/{NAME}.dot"/></Relationships>'
    ),
    "embedded file": lambda: in_docx(word__embeddings__oleObject1_dot_bin=NAME.encode("utf-16-le")),
    "tracked changes": lambda: a_docx(SEEN, body=INS + DEL),
    "moved away": lambda: a_docx(
        SEEN, body=f"<w:p><w:moveFrom w:id='3'><w:r><w:t>{NAME}</w:t></w:r></w:moveFrom></w:p>"
    ),
    "comments": a_commented,
    "hidden run": lambda: a_docx(SEEN, body=a_run(NAME, VANISH)),
    "white run": lambda: a_docx(SEEN, body=a_run(NAME, WHITE)),
    "tiny run": lambda: a_docx(SEEN, body=a_run(NAME, TINY)),
    "field code": lambda: a_docx(SEEN, body=f"<w:p><w:r><w:instrText>AUTHOR {NAME}</w:instrText></w:r></w:p>"),
    "hidden row": lambda: a_docx(
        SEEN, body=TABLE.format(f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{a_run(NAME)}</w:tc></w:tr>")
    ),
    "deleted row": lambda: a_docx(
        SEEN, body=TABLE.format(f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{a_run(NAME)}</w:tc></w:tr>")
    ),
    "header and footer": a_header,
    "picture": a_pictured,
    "bookmark name": lambda: a_docx(
        SEEN, body=f'<w:p><w:bookmarkStart w:id="1" w:name="{NAME}"/><w:bookmarkEnd w:id="1"/></w:p>'
    ),
    "rsid and paragraph ids": lambda: a_docx(SEEN, body=f'<w:p w:rsidR="{NAME}"><w:r><w:t>x</w:t></w:r></w:p>'),
    "after the end": lambda: a_docx(SEEN) + NAME.encode(),
}


@pytest.mark.parametrize("place", DOCX)
def test_a33_no_name_is_left_in_a_docx_wherever_it_hid(place: str) -> None:
    copy = clean(DOCX[place](), f"{NAME}.docx", 3)
    assert isinstance(copy, Clean)
    assert copy.name == "attachment-3.docx"
    assert SEEN in copy.text
    left = everything_in(copy.data)
    assert SEEN in left
    assert NAME not in left
    assert PHONE not in left
    assert docx.Document(io.BytesIO(copy.data)).paragraphs[0].text == SEEN


def test_what_is_hidden_in_a_docx_is_told_to_the_guard_as_aside() -> None:
    paper = open_paper(a_docx(SEEN, body=a_run(PHONE, VANISH), author=NAME), "x.docx")
    assert {NAME, PHONE} <= set(paper.aside)


def test_white_letters_on_a_dark_ground_are_seen() -> None:
    dark = f"<w:tr><w:tc><w:tcPr><w:shd w:fill='1F4E79'/></w:tcPr>{a_run('单位', WHITE)}</w:tc></w:tr>"
    paper = open_paper(a_docx("x", body=TABLE.format(dark)), "x.docx")
    assert paper.tables[0].rows == (("单位",),)


def test_a_style_that_hides_hides_and_one_based_on_itself_ends() -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/><w:rPr><w:vanish/><w:color w:val="zzzzzz"/></w:rPr></w:style></w:styles>'
    )
    body = f'<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>{NAME}</w:t></w:r></w:p>' + a_run(
        "显", '<w:rStyle w:val="C"/>'
    )
    paper = open_paper(changed(a_docx(SEEN, body=body), word__styles_dot_xml=styles), "x.docx")
    assert paper.text == f"{SEEN}\n显"


def a_hidden_sheet(state: Any) -> Any:
    book = an_xlsx([[SEEN]], 社员=[[NAME, int(PHONE)]])
    book["社员"].sheet_state = state
    return saved(book)


def a_hidden_row_and_column() -> Any:
    book = an_xlsx([["单位", "事由"], [SEEN, "罚款", PHONE], [NAME, "x"]])
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    return saved(book)


def a_marked_sheet() -> Any:
    from openpyxl.comments import Comment
    from openpyxl.workbook.defined_name import DefinedName

    book = an_xlsx([[SEEN]])
    book.active["A1"].comment = Comment(PHONE, NAME)
    book.defined_names[f"n{PHONE}"] = DefinedName(f"n{PHONE}", attr_text=f'"{NAME}"')
    book.active.oddFooter.center.text = NAME
    book.properties.creator = book.properties.title = NAME
    return saved(book)


XLSX = {
    "hidden sheet": lambda: a_hidden_sheet("hidden"),
    "very hidden sheet": lambda: a_hidden_sheet("veryHidden"),
    "hidden row and column": a_hidden_row_and_column,
    "comment, defined name, footer, properties": a_marked_sheet,
    "pivot cache": lambda: changed(saved(an_xlsx([[SEEN]])), xl__pivotCache__records_dot_xml=f"<x>{NAME}</x>"),
    "formula": lambda: saved(an_xlsx([[SEEN, f'=HYPERLINK("http://x.example/{PHONE}","{NAME}")']])),
}


@pytest.mark.parametrize("place", XLSX)
def test_a33_no_name_is_left_in_an_xlsx_wherever_it_hid(place: str) -> None:
    copy = clean(XLSX[place](), f"{NAME}.xlsx")
    assert isinstance(copy, Clean)
    left = everything_in(copy.data)
    assert (copy.name, NAME in left, PHONE in left, SEEN in left) == ("attachment-1.xlsx", False, False, True)
    assert openpyxl.load_workbook(io.BytesIO(copy.data)).worksheets[0]["A1"].value in (SEEN, "单位")


def test_what_is_hidden_in_a_sheet_is_said() -> None:
    doubts = [
        set(open_paper(XLSX[place](), "x.xlsx").doubts) for place in ("very hidden sheet", "hidden row and column")
    ]
    assert doubts == [{"sheet:hidden"}, {"row:hidden", "column:hidden"}]


def test_a33_notes_comments_and_hidden_slides_do_not_leave_with_a_pptx() -> None:
    show = pptx.Presentation()
    for text in (SEEN, NAME):
        slide = show.slides.add_slide(show.slide_layouts[5])
        slide.shapes.title.text = text
    show.slides[0].notes_slide.notes_text_frame.text = PHONE
    show.slides[1]._element.set("show", "0")
    show.core_properties.author = NAME
    copy = clean(saved(show), "x.pptx")
    assert isinstance(copy, Clean)
    assert (copy.text, NAME in everything_in(copy.data), PHONE in everything_in(copy.data)) == (SEEN, False, False)


def a_pdf(draw: Any) -> Any:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    held = io.BytesIO()
    page = canvas.Canvas(held)
    page.setFont("STSong-Light", 12)
    page.drawString(72, 700, SEEN)
    draw(page)
    page.save()
    return held.getvalue()


def invisibly(page: Any) -> None:
    words = page.beginText(72, 600)
    words.setTextRenderMode(3)
    words.textLine(NAME + PHONE)
    page.drawText(words)


def a_described_pdf() -> Any:
    writer = pypdf.PdfWriter(io.BytesIO(a_pdf(lambda page: page.setAuthor(NAME))))
    writer.add_metadata({"/Author": NAME, "/Keywords": PHONE})
    writer.add_attachment(f"{NAME}.txt", PHONE.encode())
    writer.xmp_metadata = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><y>{NAME}</y></x:xmpmeta>".encode()
    writer.add_annotation(0, FreeText(text=NAME, rect=(50, 550, 200, 650)))
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def an_updated_pdf() -> Any:
    """The first revision names her, the second draws another page over it (incremental update)."""
    first = a_pdf(lambda page: page.drawString(72, 650, NAME))
    writer = pypdf.PdfWriter(io.BytesIO(first), incremental=True)
    writer.pages[0].merge_page(pypdf.PageObject.create_blank_page(width=10, height=10))
    stream = pypdf.generic.DecodedStreamObject()
    shown = pypdf.PdfReader(io.BytesIO(a_pdf(lambda page: None))).pages[0].get_contents()
    stream.set_data(shown.get_data())
    writer.pages[0][pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


PDF = {
    "render mode 3": lambda: a_pdf(invisibly),
    "info, xmp, attachment, annotation": a_described_pdf,
    "earlier revision": an_updated_pdf,
}


@pytest.mark.parametrize("place", PDF)
def test_a35_no_name_is_left_of_a_pdf_wherever_it_hid(place: str) -> None:
    copy = clean(PDF[place](), "x.pdf")
    assert isinstance(copy, Clean)
    assert (copy.text, copy.kind, NAME in everything_in(copy.data), PHONE in everything_in(copy.data)) == (
        SEEN,
        "docx",
        False,
        False,
    )


UNREADABLE = {
    "file:scan": a_picture(format="PNG"),
    "file:empty": b"",
    "file:archive": b"Rar!\x1a\x07\x00" + bytes(40),
    "file:media": b"#!AMR\n" + bytes(40),
    "file:unknown": bytes(range(256)) * 4,
}


@pytest.mark.parametrize("why", UNREADABLE)
def test_a36_what_cannot_be_read_may_not_leave(why: str) -> None:
    assert clean(UNREADABLE[why], "x") == Withheld(why)


def test_a36_a_zip_is_withheld_whatever_is_in_it() -> None:
    from papers_made import a_zip

    assert clean(a_zip({f"{NAME}/x.txt": SEEN}), "x.zip") == Withheld("file:archive")


def test_each_paragraph_cell_and_sheet_name_is_redacted_before_it_is_written() -> Any:
    def redact(text: str) -> Any:
        return text.replace(NAME, "（已隐去：姓名）")

    copy = clean(saved(an_xlsx([["经手", NAME]], **{NAME: [[SEEN]]})), "x.xlsx", redact=redact)
    assert isinstance(copy, Clean)
    assert copy.text == f"Sheet\n经手\t（已隐去：姓名）\n（已隐去：姓名）\n{SEEN}"
    word = clean(a_docx("甲", NAME + "来访"), "x.docx", redact=redact)
    assert isinstance(word, Clean)
    assert word.text == "甲\n（已隐去：姓名）来访"


def test_the_text_of_a_copy_is_what_its_new_file_says() -> None:
    merged = "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + a_run("甲") + "</w:tc></w:tr>"
    merged += f"<w:tr><w:tc>{a_run('乙')}</w:tc><w:tc>{a_run('丙')}{a_run('丁')}</w:tc></w:tr>"
    copy = clean(a_docx("一\t二", body=TABLE.format(merged)), "x.docx")
    again = open_paper(copy.data, copy.name)
    assert (again.text, again.tables[0].rows, again.doubts) == (copy.text, (("甲", "甲"), ("乙", "丙\n丁")), ())


def test_the_same_text_gives_the_same_bytes() -> None:
    assert clean(a_docx(SEEN), "x.docx") == clean(a_docx(SEEN), "x.docx")


def test_a34_pictures_that_stay_behind_are_told_in_the_copy() -> None:
    copy = clean(a_pictured(), "x.docx")
    assert copy.text == f"{SEEN}\n（原件含图片 1 张，此处未附。）"
    assert copy.notes == ("pictures", "hidden")


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "0012", "1E5", "=HYPERLINK(1)"])
def test_no_cell_of_a_copy_is_a_formula_or_a_number(text: str) -> None:
    """A70."""
    copy = clean(f'甲,乙,丙\n"{text}",2,3\n'.encode(), "x.csv")
    cell = openpyxl.load_workbook(io.BytesIO(copy.data)).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_a_style_with_a_dark_ground_shows_white_letters_each_time_it_is_used() -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    styles = f'<w:styles xmlns:w="{space}"><w:style w:styleId="D"><w:pPr><w:shd w:fill="000000"/></w:pPr></w:style></w:styles>'
    body = f'<w:p><w:pPr><w:pStyle w:val="D"/></w:pPr><w:r><w:rPr>{WHITE}</w:rPr><w:t>白</w:t></w:r></w:p>' * 2
    assert open_paper(changed(a_docx(SEEN, body=body), word__styles_dot_xml=styles), "").text == f"{SEEN}\n白\n白"
