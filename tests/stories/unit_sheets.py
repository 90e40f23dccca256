"""Contact sheets as forty clerks send them: Word, Excel old and new, WPS, CSV, HTML called .xls, text, PDF, zip, pasted, a sentence."""

import base64
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime

import docx
import xlwt
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import SimpleDocTemplate, Table

from rules.papers import Table as Grid
from rules.papers.rebuild import workbook_of

HEAD = ("单位", "工作机构", "分管领导", "分管领导职务", "联系人", "手机", "投诉举报电话", "电子邮箱")
TITLE = "投诉举报电话和联系人信息表"
File = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Clerk:
    """A unit with the number it has in the story: everything of it can be told from that."""

    unit: str
    number: int

    @property
    def address(self) -> str:
        return f"unit{self.number:02}@unit.example"

    @property
    def hotline(self) -> str:
        return f"024-4800{self.number:04}"

    @property
    def mobile(self) -> str:
        return f"1390000{self.number:04}"

    @property
    def contact(self) -> str:
        return "李" + "甲乙丙丁戊己庚辛壬癸"[self.number // 10] + "梅兰竹菊松柏桃杏荷枫"[self.number % 10]

    def cells(self, **given: str) -> tuple[str, ...]:
        """The row of its sheet."""
        told = {
            "unit": self.unit,
            "org": "投诉办",
            "leader": "赵一鸣",
            "title": "副职",
            "contact": self.contact,
            "mobile": self.mobile,
            "hotline": self.hotline,
            "email": self.address,
        }
        return tuple({**told, **given}.values())


def rows_of(clerk: Clerk, **given: str) -> list[tuple[str, ...]]:
    return [HEAD, clerk.cells(**given)]


def as_docx(clerk: Clerk, **given: str) -> File:
    document = docx.Document()
    document.add_heading(TITLE)
    table = document.add_table(0, len(HEAD))
    for row in rows_of(clerk, **given):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return "信息表.docx", saved(document.save)


def as_xlsx(clerk: Clerk, **given: str) -> File:
    return "联系人.xlsx", workbook_of([Grid("Sheet1", tuple(rows_of(clerk, **given)))])


def as_xls(clerk: Clerk, **given: str) -> File:
    book = xlwt.Workbook(encoding="gbk")
    sheet = book.add_sheet("Sheet1")
    for down, row in enumerate(rows_of(clerk, **given)):
        for across, text in enumerate(row):
            sheet.write(down, across, text)
    return "联系人.et", saved(book.save)


def as_csv(clerk: Clerk, **given: str) -> File:
    return "信息表.csv", "\r\n".join(",".join(row) for row in rows_of(clerk, **given)).encode("gbk")


def as_html(clerk: Clerk, **given: str) -> File:
    return "信息表.xls", html_of(clerk, **given).encode("gb18030")


def html_of(clerk: Clerk, **given: str) -> str:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows_of(clerk, **given))
    return f'<html><head><meta charset="gb18030"></head><body><table>{rows}</table></body></html>'


def as_text(clerk: Clerk, **given: str) -> File:
    pairs = zip(HEAD, clerk.cells(**given), strict=True)
    return "联系人.txt", "\r\n".join(f"{label}：{text}" for label, text in pairs).encode("gbk")


def as_pdf(clerk: Clerk, **given: str) -> File:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    held = io.BytesIO()
    style = [("FONTNAME", (0, 0), (-1, -1), "STSong-Light"), ("GRID", (0, 0), (-1, -1), 0.5, "black")]
    SimpleDocTemplate(held, pagesize=(1200, 400)).build([Table(rows_of(clerk, **given), style=style)])
    return "信息表.pdf", held.getvalue()


def as_zip(clerk: Clerk, **given: str) -> File:
    name, data = as_docx(clerk, **given)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        member = zipfile.ZipInfo("x" * len(name.encode("gbk")))
        archive.writestr(member, data)
    return "信息表.zip", held.getvalue().replace(member.filename.encode(), name.encode("gbk"))


FORMATS: tuple[Callable[..., File], ...] = (as_docx, as_xlsx, as_xls, as_csv, as_html, as_text, as_pdf, as_zip)


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    held = io.BytesIO()
    save(held)
    return held.getvalue()


def letter(
    sender: str,
    when: datetime,
    *,
    subject: str = TITLE,
    text: str = "见附件，请查收。",
    html: str = "",
    files: tuple[File, ...] = (),
    to: str = "lianxi@huiyin.example",
) -> bytes:
    """A clerk's letter as Foxmail writes it, with its files."""
    parts = [part("text/plain; charset=gb18030", text.encode("gb18030"))]
    parts += [part("text/html; charset=gb18030", html.encode("gb18030"))] if html else []
    for name, data in files:
        title = Header(name, "gb18030", maxlinelen=10_000).encode()
        parts.append(part(f'application/octet-stream; name="{title}"', data, f'attachment; filename="{title}"'))
    head = [
        f"Date: {format_datetime(when)}",
        f"From: <{sender}>",
        f"To: {to}",
        f"Subject: {Header(subject, 'gb18030').encode()}",
        f"Message-ID: <{when:%d%H%M%S}.{abs(hash((sender, subject, text)))}@unit.example>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="==sheet=="',
    ]
    body = "".join(f"--==sheet==\r\n{each}\r\n" for each in parts)
    return ("\r\n".join(head) + f"\r\n\r\n{body}--==sheet==--\r\n").encode("ascii")


def part(kind: str, data: bytes, how: str = "inline") -> str:
    coded = base64.encodebytes(data).decode().replace("\n", "\r\n")
    return f"Content-Type: {kind}\r\nContent-Disposition: {how}\r\nContent-Transfer-Encoding: base64\r\n\r\n{coded}"
