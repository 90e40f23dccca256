"""Papers made for the tests."""

from io import BytesIO

from docx import Document


def a_docx(*paragraphs: str) -> bytes:
    document = Document()
    document.core_properties.author = "孙福贵"
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    written = BytesIO()
    document.save(written)
    return written.getvalue()
