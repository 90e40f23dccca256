"""Builders of papers for the tests: every file is made here, with invented names only."""

import io
import zipfile
from typing import Any

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NAME, PHONE = "张三丰", "13800000001"


def a_zip(members: Any, *, kind: str = zipfile.ZIP_DEFLATED) -> Any:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", kind) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def changed(data: bytes, **parts: Any) -> Any:
    """The package with some members replaced or added; None takes one away. `__` in a name stands for a slash, `_dot_` for a dot."""
    names = {key.replace("__", "/").replace("_dot_", "."): value for key, value in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members.update(names)
    return a_zip({name: value for name, value in members.items() if value is not None})


def saved(thing: Any) -> Any:
    held = io.BytesIO()
    thing.save(held)
    return held.getvalue()


def a_docx(*paragraphs: Any, body: str = "", author: Any = "") -> Any:
    """A .docx with these paragraphs and, after them, markup of the caller's (prefix w)."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    for part in parse_xml(f"<w:body {nsdecls('w', 'r', 'wp', 'a')}>{body}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, part)
    document.core_properties.author = author
    return saved(document)


def a_run(text: str, look: str = "") -> Any:
    return f"<w:p><w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def an_xlsx(rows: Any, **sheets: Any) -> Any:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    return book


def everything_in(data: bytes) -> Any:
    """All that stands in a package, names and unpacked bytes, as one string."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(
            [*archive.namelist(), *(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())]
        )
