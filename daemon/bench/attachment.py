"""A five-megabyte attachment on its way to a unit: opened, redacted, made anew, put into a letter, and read by the guard."""

import io
import random
import zipfile
from email.message import EmailMessage

from daemon.bench.post import letter
from daemon.bench.small import each, say
from daemon.demo.cast import LI
from rules.papers import Clean, clean
from rules.reading import read
from rules.shield import find_identities, guard, redact

MEGABYTE = 1 << 20
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="jpeg" ContentType="image/jpeg"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def a_document(text: str, size: int) -> bytes:
    """A .docx of these paragraphs whose photographs fill it up to the size."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    body = f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{paragraphs}</w:body></w:document>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", RELATIONS)
        package.writestr("word/document.xml", body)
        package.writestr("word/media/image1.jpeg", b"\xff\xd8\xff\xe0" + random.Random(5).randbytes(size))  # noqa: S311 - no secret
    return held.getvalue()


def attachment_milliseconds(size: int = 5 * MEGABYTE) -> float:
    """Milliseconds from the attachment's bytes to a guarded letter with its clean copy."""
    text = (read(letter(1)).own_words + f"\n{say('person')}\n") * 20
    data = a_document(text, size)
    identities = find_identities(say("short-subject"), text[:2000], LI.name, LI.address)

    def work() -> object:
        copy = clean(data, "材料.docx", 1, lambda words: str(redact("", words, identities).text))
        if not isinstance(copy, Clean):
            raise ValueError(copy.why)
        sent = EmailMessage()
        sent["Subject"] = "转办单"
        sent.set_content("请看附件。")
        sent.add_attachment(copy.data, maintype="application", subtype="octet-stream", filename=copy.name)
        return guard(sent.as_bytes(), identities)

    if work():
        raise ValueError("the guard found somebody in a clean copy")
    return each(work)[0] * 1000
