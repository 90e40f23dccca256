"""Texts of every kind: paragraphs and tables as a reader sees them."""

import io
import struct
from typing import Any

import pptx
import pytest
from papers_made import a_docx, a_run, a_zip, an_xlsx, changed, saved
from pptx.util import Inches
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas
from test_papers_sheets import HTML, MERGES, ODF, ODS_TABLE, ROWS, an_xls

from rules.papers import Table, clean, kind_of, open_paper


def a_table(*rows: Any) -> Any:
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def a_cell(text: str, look: str = "") -> Any:
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{a_run(text)}</w:tc>"


RESTART, GOES_ON, WIDE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
WORD_TABLE = a_table(
    a_cell("单位", RESTART) + a_cell("联系人", WIDE),
    a_cell("", GOES_ON) + a_cell("姓名") + a_cell("手机"),
    a_cell("古城镇") + a_cell("张三") + a_cell("13800000001"),
)


def test_merged_cells_of_a_docx_are_filled() -> None:
    table = open_paper(a_docx("题", body=WORD_TABLE), "").tables[0]
    assert (table.rows, set(table.merges)) == (ROWS, MERGES)


def test_controls_rows_set_in_and_tables_in_cells_are_read_in_order() -> None:
    inner = f"<w:tc>{a_run('外')}{a_table(a_cell('内'))}</w:tc>"
    content = f"<w:sdt><w:sdtPr/><w:sdtContent>{a_run('控件')}</w:sdtContent></w:sdt><w:sdt/>"
    row = f"<w:sdt><w:sdtContent><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:sdt><w:sdtContent>{a_cell('甲')}</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt>"
    odd = a_cell("乙", '<w:gridSpan w:val="x"/>')
    table = f"<w:tbl>{row}<w:tr>{odd}{inner}</w:tr></w:tbl>"
    paper = open_paper(a_docx("题", body=content + table + "<w:tbl/>" + f"<w:ins>{a_run('尾')}</w:ins>"), "")
    assert [block if isinstance(block, str) else block.rows for block in paper.blocks] == [
        "题",
        "控件",
        (("", "甲"), ("乙", "外")),
        (("内",),),
        "尾",
    ]
    assert paper.outside == ("题", "控件", "尾")


def test_a_text_box_is_read_once_and_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{a_run('框')}</w:txbxContent>"
    choice = f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>'
    inside = f"<w:txbxContent><w:p><w:r><w:t>外框</w:t><w:pict><w:txbxContent>{a_run('内框')}</w:txbxContent></w:pict></w:r></w:p></w:txbxContent>"
    body = f"<w:p><w:r><w:t>前</w:t>{choice}<w:t>后</w:t></w:r></w:p><w:p>{choice}<w:r><w:pict>{inside}</w:pict></w:r></w:p>"
    assert open_paper(a_docx("题", body=body), "").text == "题\n前后\n框\n框\n外框\n内框"


def test_links_fields_signs_and_reading_aids_of_a_docx() -> None:
    run = "<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:noBreakHyphen/><w:sym/><w:ruby><w:rt><w:r><w:t>yi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>三</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    link = "<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:fldSimple w:instr='PAGE'><w:r><w:t>4</w:t></w:r></w:fldSimple>"
    assert open_paper(a_docx("题", body=f"<w:p>{run}{link}</w:p>"), "").text == "题\n一\t二\n-三链接4"


def test_foot_notes_are_read_and_a_document_without_a_body_is_broken() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = f"<w:footnotes {space}><w:footnote>{a_run('注')}</w:footnote></w:footnotes>"
    assert open_paper(changed(a_docx("题"), word__footnotes_dot_xml=notes), "").text == "题\n注"
    assert (
        open_paper(changed(a_docx("题"), word__document_dot_xml=f"<w:document {space}/>"), "").why_not
        == "file:truncated"
    )
    assert open_paper(changed(a_docx("题"), word__styles_dot_xml=None), "").text == "题"


def test_a_docx_of_pictures_alone_is_a_scan_and_one_without_text_is_blank() -> None:
    picture = "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>"
    assert [open_paper(a_docx(body=body), "").why_not for body in (picture, "")] == ["file:scan", "file:blank"]


RTF_TABLE = (
    rb"\trowd\clvmgf\cellx1000\clmgf\cellx2000\clmrg\cellx3000\intbl \'b5\'a5\'ce\'bb\cell\intbl \'c1\'aa\'cf\'b5\'c8\'cb\cell\cell\row"
    rb"\trowd\clvmrg\cellx1000\cellx2000\cellx3010\intbl\cell\intbl \'d0\'d5\'c3\'fb\cell\intbl \'ca\'d6\'bb\'fa\cell\row"
    rb"\trowd\cellx1000\cellx2000\cellx3000\pard\intbl{\b \'b9\'c5\'b3\'c7\'d5\'f2}\cell\pard\intbl {\u24352?\u19977?}\cell\pard\intbl 13800000001\cell\row\pard"
)


def an_rtf(body: str, head: Any = rb"\ansicpg936") -> Any:
    return (
        rb"{\rtf1\ansi"
        + head
        + rb"{\fonttbl{\f0\fcharset134 SimSun;}{\f1\fcharset136 Ming;}}{\colortbl;\red0\green0\blue0;\red255\green255\blue255;}"
        + body
        + b"}"
    )


def test_a_table_of_an_rtf_comes_as_a_table() -> None:
    paper = open_paper(an_rtf(rb"\'cc\'e2\par " + RTF_TABLE + rb" \'d7\'a2\par"), "x.rtf")
    assert (paper.blocks[0], paper.tables[0].rows, set(paper.tables[0].merges), paper.blocks[2]) == (
        "题",
        ROWS,
        MERGES,
        "注",
    )


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"a\tab b\line c\~d\_e\{f\\\}", "a\tb\nc d-ef\\}".replace("ef", "e{f")),
        (rb"{\info{\author Zhang}}{\*\x y}x{\pict 00ff}", "x"),
        (rb"x{\v hid}{\deleted gone}{\cf2 white}{\cf1 black}\v y\v0 z\plain w", "xblackzw"),
        (rb"{\f1 \'a4\'a4}\uc2\u20013 ab c", "中中 c".replace(" c", "b c").replace("b", "", 1)),
        (rb"x}}}y", "xy"),
        (rb"\u-10179?\u-8704?x\~", "x"),
        (rb"\pard x\cell y\row", "x\ny"),
        (rb"a\par\par b", "a\nb"),
    ],
)
def test_what_an_rtf_shows_and_hides(body: str, text: str) -> None:
    shown = open_paper(an_rtf(body), "x.rtf").text
    assert shown.replace("\ud83d", "").replace("\ude00", "") == text


def test_other_charsets_of_an_rtf_and_groups_without_end() -> None:
    assert open_paper(an_rtf("中".encode(), head=rb"\ansicpg65001"), "").text == "中"
    assert open_paper(rb"{\rtf1 x\'d6\'d0}", "").text == "x中"
    assert open_paper(rb"{\rtf1 x" + b"{" * 300, "").why_not == "file:bomb"
    assert open_paper(rb"{\rtf1 " + b"x" * ((2 << 20) + 4097), "").why_not == "file:long"


def test_an_open_text_gives_paragraphs_and_tables() -> None:
    body = (
        '<o:text><x:tracked-changes><x:p>删</x:p></x:tracked-changes><x:h>题</x:h><x:p>一<x:s x:c="3"/>二<x:tab/>三<x:line-break/><x:span x:style-name="h">藏</x:span>'
        '<x:note><x:note-citation>1</x:note-citation>四</x:note><d:frame><d:text-box><x:p>框</x:p></d:text-box></d:frame></x:p><x:section x:display="none"><x:p>藏</x:p></x:section>'
        f"<x:section>{ODS_TABLE}</x:section><x:p/><t:table><t:table-row><x:soft-page-break/><t:table-cell><x:p>外</x:p>"
        "<t:table><t:table-row><t:table-cell><x:p>内</x:p></t:table-cell></t:table-row></t:table></t:table-cell></t:table-row></t:table></o:text>"
    )
    data = a_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ODF.format(body)}, kind=0)
    paper = open_paper(data, "x.odt")
    assert paper.outside == ("题", "一   二\t三\n四", "框")
    assert [table.rows for table in paper.tables] == [ROWS, (("外",),), (("内",),)]
    broken = a_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ODF.format("")}, kind=0)
    deep = a_zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": ODF.format("<o:text>" + "<x:section>" * 70 + "</x:section>" * 70 + "</o:text>"),
        },
        kind=0,
    )
    spans = a_zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": ODF.format("<o:text><x:p>" + "<x:span>" * 70 + "</x:span>" * 70 + "</x:p></o:text>"),
        },
        kind=0,
    )
    assert [open_paper(data, "").why_not for data in (broken, deep, spans)] == [
        "file:truncated",
        "file:bomb",
        "file:bomb",
    ]


@pytest.mark.parametrize(
    ("page", "text", "aside"),
    [
        (
            "<p>一<br>二</p><div>三<span style='display:none'>藏</span></div><script>x</script>四",
            "一\n二\n三\n四",
            ("藏",),
        ),
        ("<p>a<font style='color:#fff'>白</font></p>", "a", ("白",)),
        ("<p>a<font style='color:#fff;background:#000'>白</font></p>", "a白", ()),
        ("<p hidden>藏</p><p>显</p>", "显", ("藏",)),
        (
            "<table><tr><td>外<table><tr><td>内</td></tr></table></td><td hidden>x</td></tr><tr hidden><td>y</td></tr></table>",
            "外\n内",
            (),
        ),
        ("<table></table><table><tbody><tr><th>甲</th></tr></tbody><caption>x</caption></table>", "甲", ()),
    ],
)
def test_what_a_web_page_shows_and_hides(page: Any, text: str, aside: Any) -> None:
    paper = open_paper(f"<html><body>{page}</body></html>".encode(), "x.html")
    assert (paper.text, paper.aside) == (text, aside)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (HTML.replace("gb2312", "no-such-charset").encode(), "13800000001"),
        (HTML.replace("gb2312", "utf-8").encode("gb18030"), "古城镇"),
        (b"\xef\xbb\xbf" + HTML.encode(), "古城镇"),
        (b"<?xml version='1.0' encoding='utf-8'?>" + HTML.replace("<meta charset=gb2312>", "").encode(), "古城镇"),
    ],
)
def test_a_web_page_that_lies_about_its_charset_is_read_all_the_same(data: bytes, text: str) -> None:
    assert text in open_paper(data, "x.html").text


def test_spans_and_depth_of_a_web_page_are_bounded() -> None:
    wide = "<table><tr>" + "<td colspan=999>x" * 3 + "</tr></table>"
    assert open_paper(f"<html>{wide}y</html>".encode(), "").text == "y"
    assert open_paper(b"<html><body>" + b"<span>" * 600 + b"x", "").why_not in ("file:bomb", "file:truncated", None)
    assert open_paper(b"<html><!-- x --></html>", "").why_not == "file:blank"
    rows = "<table>" + "<tr><td rowspan=9999 colspan=400>x</td></tr>" * 9 + "</table>"
    assert open_paper(f"<html>{rows}</html>".encode(), "").text.startswith("x")


def a_pdf(draw: Any, pages: Any = 1) -> Any:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    held = io.BytesIO()
    page = canvas.Canvas(held)
    for _ in range(pages):
        page.setFont("STSong-Light", 12)
        draw(page)
        page.showPage()
    page.save()
    return held.getvalue()


def ruled(page: Any) -> None:
    page.drawString(100, 760, "题")
    for x, y, width, height in (
        (100, 650, 100, 100),
        (200, 700, 200, 50),
        (200, 650, 100, 50),
        (300, 650, 100, 50),
        (100, 600, 100, 50),
    ):
        page.rect(x, y, width, height)
    page.line(100, 600, 400, 600)
    page.line(400, 600, 400, 650)
    page.line(300, 600, 300, 650)
    page.rect(0, 0, 1, 1)
    for x, y, text in (
        (110, 720, "单位"),
        (210, 720, "联系人"),
        (210, 670, "姓名"),
        (310, 670, "手机"),
        (110, 620, "古城镇"),
        (210, 620, "张三"),
    ):
        page.drawString(x, y, text)
    page.drawString(310, 630, "138000")
    page.drawString(310, 615, "00001")
    page.drawString(100, 560, "注")
    page.drawString(300, 560, "远")


def test_a_ruled_table_of_a_pdf_comes_as_a_table() -> None:
    paper = open_paper(a_pdf(ruled), "x.pdf")
    assert (paper.blocks[0], paper.blocks[2]) == ("题", "注  远")
    assert paper.tables[0].rows == (*ROWS[:2], ("古城镇", "张三", "138000\n00001"))


def thin(page: Any) -> None:
    """Lines as thin filled boxes and as closed paths, as some programs draw them; and a path that only clips."""
    clip = page.beginPath()
    clip.rect(0, 0, 500, 800)
    page.clipPath(clip, stroke=0)
    for x in (100, 200, 300):
        page.rect(x, 600, 0.5, 100, stroke=0, fill=1)
    for y in (600, 700):
        page.rect(100, y, 200, 0.5, stroke=0, fill=1)
    path = page.beginPath()
    path.moveTo(100, 650)
    path.lineTo(300, 650)
    path.lineTo(280, 690)
    path.close()
    page.drawPath(path)
    for x, y, text in ((110, 670, "甲"), (210, 670, "乙"), (110, 620, "丙"), (210, 620, "丁")):
        page.drawString(x, y, text)


def test_lines_drawn_as_thin_boxes_are_lines() -> None:
    assert open_paper(a_pdf(thin), "").tables[0].rows == (("甲", "乙"), ("丙", "丁"))


def test_a_pdf_of_many_pages_is_read_in_its_first(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = open_paper(a_pdf(lambda page: page.drawString(9, 9, "x"), pages=302), "")
    assert (len(paper.blocks), paper.doubts) == (300, ("file:long",))


def test_a_pdf_of_pictures_is_a_scan_a_locked_one_locked_a_cut_one_cut() -> None:
    from PIL import Image
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.lib.utils import ImageReader

    picture = a_pdf(lambda page: page.drawImage(ImageReader(Image.new("RGB", (9, 9))), 0, 0))
    held = io.BytesIO()
    page = canvas.Canvas(held, encrypt=StandardEncryption("secret"))
    page.drawString(9, 9, "x")
    page.save()
    whole = a_pdf(ruled)
    assert [open_paper(data, "").why_not for data in (picture, held.getvalue(), whole[:400])] == [
        "file:scan",
        "file:encrypted",
        "file:truncated",
    ]


def layered(base: Any) -> Any:
    """A PDF whose second text stands in a layer that is switched off."""
    import pypdf
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

    writer = pypdf.PdfWriter(
        io.BytesIO(
            a_pdf(
                lambda page: (
                    page.drawString(9, 90, "AA"),
                    page.addLiteral("/OC /L1 BDC"),
                    page.drawString(9, 50, "BB"),
                    page.addLiteral("EMC EMC Q"),
                )
            )
        )
    )
    layer = writer._add_object(
        DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("L")})
    )
    page = writer.pages[0]
    page["/Resources"][NameObject("/Properties")] = DictionaryObject({NameObject("/L1"): layer})
    state = (
        {NameObject("/OFF"): ArrayObject([layer])} if base == "/ON" else {NameObject("/BaseState"): NameObject("/OFF")}
    )
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): DictionaryObject(state)}
    )
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


@pytest.mark.parametrize("base", ["/ON", "/OFF"])
def test_a_layer_that_is_switched_off_is_not_read(base: Any) -> None:
    """A35."""
    assert open_paper(layered(base), "").text == "AA"


def test_slides_give_their_shapes_tables_and_groups() -> None:
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    box = slide.shapes.add_textbox(0, 0, Inches(1), Inches(1))
    box.text_frame.text = "一\v二\n三"
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, 1, 1).text_frame.text = "组"
    table = slide.shapes.add_table(2, 2, 0, 0, Inches(2), Inches(2)).table
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(0, 0).text, table.cell(1, 1).text = "表", "格"
    hidden = slide.shapes.add_textbox(0, 0, 1, 1)
    hidden.text_frame.text = "藏"
    hidden._element.nvSpPr.cNvPr.set("hidden", "1")
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (9, 9)).save(picture, "PNG")
    slide.shapes.add_picture(picture, 0, 0)
    paper = open_paper(saved(show), "x.pptx")
    assert [block if isinstance(block, str) else block.rows for block in paper.blocks] == [
        "一\n二",
        "三",
        "组",
        (("表", "表"), ("", "格")),
    ]
    assert ("藏" in paper.aside, paper.pictures) == (True, 1)
    assert open_paper(changed(saved(show), ppt__slides__slide1_dot_xml=None), "").why_not == "file:blank"


DAMAGED = "甲，乙。丙" * 40


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("二棚甸子镇  张三\n\n注".encode(), "二棚甸子镇  张三\n注"),
        ("我单位联系人张三".encode("gb18030"), "我单位联系人张三"),
        ("甲".encode("utf-16"), "甲"),
        ("甲乙丙".encode()[:-1], "甲乙"),
        ("手机 13800000001 ".encode("gb18030")[5:] + b"\xe4\xa1", "13800000001 " + b"\xe4\xa1".decode("gb18030")),
        ("甲乙丙".encode("gb18030")[:-1], "甲乙"),
        (DAMAGED.encode("gb18030") + b"\xff " + DAMAGED.encode("gb18030"), f"{DAMAGED}\ufffd {DAMAGED}"),
    ],
)
def test_plain_text_is_read_in_any_charset(data: bytes, text: str) -> None:
    assert open_paper(data, "x.txt").text == text


def a_tnef(*files: Any) -> Any:
    def attribute(kind: str, body: str) -> Any:
        return struct.pack("<BII", 2, kind, len(body)) + body + struct.pack("<H", sum(body) & 0xFFFF)

    head = (
        struct.pack("<IH", 0x223E9F78, 1)
        + struct.pack("<BII", 1, 0x00089006, 4)
        + struct.pack("<I", 0x10000)
        + struct.pack("<H", 1)
    )
    for name, data in files:
        head += attribute(0x00069002, bytes(14)) + attribute(0x00018010, name + b"\0") + attribute(0x0006800F, data)
    return head


def test_a_winmail_dat_opens_to_what_it_carries() -> None:
    paper = open_paper(a_tnef(("信息表.csv".encode("gb18030"), b"a,b,c\n1,2,3\n")), "winmail.dat")
    assert (paper.kind, paper.doubts, paper.why_not, [(inner.name, inner.kind) for inner in paper.inner]) == (
        "tnef",
        ("file:tnef",),
        None,
        [("信息表.csv", "csv")],
    )
    assert [open_paper(data, "").why_not for data in (a_tnef(), a_tnef()[:5])] == ["file:tnef", "file:tnef"]


def test_a_zip_keeps_names_written_in_gbk_and_leaves_rubbish_out() -> None:
    written = a_zip({"xxxx.txt": "甲", "__MACOSX/x": "y", "dir/": "", "Thumbs.db": "z"})
    named = written.replace(b"xxxx.txt", "信表".encode("gb18030") + b".txt")
    other = a_zip({"甲乙.txt": "甲"})
    assert [inner.name for inner in open_paper(named, "").inner] == ["信表.txt"]
    assert [inner.name for inner in open_paper(other, "").inner] == ["甲乙.txt"]
    assert open_paper(a_zip({"__MACOSX/x": "y"}), "").why_not == "file:blank"
    odd = written.replace(b"xxxx.txt", b"x\xffx\xfe.txt"[:8])
    assert len(open_paper(odd, "").inner) == 1


def test_a_locked_zip_is_locked() -> None:
    data = bytearray(a_zip({"a.txt": "x"}))
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    assert open_paper(bytes(data), "x.zip").why_not == "file:encrypted"


KINDS = {
    "jpg": b"\xff\xd8\xff\xe0",
    "heic": b"\0\0\0\x18ftypheic",
    "video": b"\0\0\0\x18ftypmp42",
    "audio": b"RIFF\0\0\0\0WAVE",
    "webp": b"RIFF\0\0\0\0WEBP",
    "7z": b"7z\xbc\xaf\x27\x1c",
    "zip": b"PK\x05\x06" + bytes(18),
    "docx": b"PK\x03\x04 word/document.xml cut",
    "odt": b"PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.text cut",
    "encrypted-office": b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le") + b"\0\0",
    "ole": b"\xd0\xcf\x11\xe0" + bytes(600),
    "eml": b"Subject: x\r\nFrom: a@b.example\r\n\r\nx",
    "txt": "主题: 甲".encode(),
    "html": b"\n <table><tr>",
    "rtf": b"\n{\\rtf1 x}",
    "program": b"MZ\x90",
    "unknown": bytes(range(128, 250)) * 3 + b"\0",
    "empty": b"",
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_is_told_by_the_content(kind: str) -> None:
    assert kind_of(KINDS[kind]) == kind
    assert open_paper(KINDS[kind], "x.doc").kind == kind


def test_sound_and_subjects_without_a_sender_are_told_apart() -> None:
    assert [
        kind_of(data) for data in (b"\xff\xfb\x90", b"\0\0\0\x18ftypM4A ", b"Subject: x\nhello", b"RIFF\0\0\0\0AVI ")
    ] == ["audio", "audio", "txt", "video"]
    assert [
        open_paper(data, "").why_not for data in (KINDS["ole"], b"\xd0\xcf\x11\xe0" + bytes(44) + b"\xff\xff\xff\x00")
    ] == ["file:unknown", "file:truncated"]


@pytest.mark.parametrize(
    ("data", "name", "doubts"),
    [
        (an_xls(), "x.et", ()),
        (an_xls(), "x.doc", ("file:wrong-extension",)),
        (an_xls(), "x", ()),
        (an_xls(), "x.xls.tmp", ()),
        (HTML.encode("gb18030"), "x.XLS", ("file:wrong-extension",)),
        ("甲".encode(), "x.csv", ()),
        (b"", "x.doc", ("file:empty",)),
    ],
)
def test_a_wrong_extension_is_said_and_changes_nothing(data: bytes, name: str, doubts: tuple[str, ...]) -> None:
    """L32."""
    assert open_paper(data, name).doubts == doubts


def test_sheets_of_every_kind_leave_as_xlsx_and_texts_as_docx() -> None:
    copies = [
        clean(data, "x", 2) for data in (an_xls(), HTML.encode("gb18030"), saved(an_xlsx([["甲"]])), "甲".encode())
    ]
    assert [copy.name for copy in copies] == [
        "attachment-2.xlsx",
        "attachment-2.docx",
        "attachment-2.xlsx",
        "attachment-2.docx",
    ]
    again = open_paper(copies[0].data, "")
    assert again.tables == (Table("甲", ROWS, merges=again.tables[0].merges),)
    merged = clean(a_docx("题", body=WORD_TABLE), "x")
    assert open_paper(merged.data, "").tables[0].rows == ROWS


def test_names_of_sheets_are_such_as_a_program_takes() -> None:
    from rules.papers.rebuild import column_letters, sheet_names

    names = sheet_names([Table(name, (("x",),)) for name in ("甲[1]", "甲1", "", "x" * 40, "X" * 40)])
    assert names == ["甲1", "Sheet2-2", "Sheet3", "x" * 31, "Sheet5-31"]
    assert [column_letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
