"""What kind of file the bytes are: by content, never by the name (L32, A67, domain 4.2).

LIMITS: .wps and .doc, .et and .xls are the same formats and get the same name here (doc, xls). A text is called csv only where its
lines agree on a delimiter.
"""

import re

from rules.papers.plain import decode, delimiter

ZIPS = (
    (b"xl/vbaProject.bin", "xlsm"),
    (b"word/vbaProject.bin", "docm"),
    (b"word/document.xml", "docx"),
    (b"xl/workbook.xml", "xlsx"),
    (b"ppt/presentation.xml", "pptx"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
)
"""A name that stands in the directory of the zip (or, of a cut file, in front of a member)."""

OLES = (
    ("EncryptedPackage", "encrypted-office"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)

STARTS = (
    (b"%PDF", "pdf"),
    (b"{\\rt", "rtf"),
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x78\x9f\x3e\x22", "tnef"),
    (b"#!AMR", "audio"),
    (b"ID3", "audio"),
    (b"OggS", "audio"),
    (b"fLaC", "audio"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)

FAMILY = {
    "doc": ("doc", "wps", "wpt", "dot"),
    "xls": ("xls", "et", "ett", "xlt"),
    "docx": ("docx", "dotx"),
    "docm": ("docm", "dotm"),
    "xlsx": ("xlsx", "xltx"),
    "xlsm": ("xlsm", "xltm"),
    "pptx": ("pptx", "ppsx", "dps"),
    "ppt": ("ppt", "pps", "dps"),
    "html": ("html", "htm", "xhtml"),
    "xml-sheet": ("xml",),
    "csv": ("csv", "txt", "tsv", "prn"),
    "txt": ("txt", "csv", "md", "log", "text"),
    "jpg": ("jpg", "jpeg", "jfif"),
    "tiff": ("tif", "tiff"),
    "heic": ("heic", "heif"),
    "tnef": ("dat", "tnef"),
    "eml": ("eml", "mht", "mhtml"),
    "encrypted-office": ("docx", "xlsx", "pptx", "xlsm", "docm"),
}
KNOWN = frozenset(
    (
        *(ending for endings in FAMILY.values() for ending in endings),
        "ods",
        "odt",
        "rtf",
        "pdf",
        "png",
        "gif",
        "bmp",
        "zip",
        "rar",
        "7z",
    )
) - {"dat"}
"""Endings that claim a kind; any other ending claims nothing."""


def kind_of(data: bytes) -> str:
    """The kind, as one of: docx docm xlsx xlsm pptx doc xls ppt msg ods odt rtf html xml-sheet csv txt pdf jpg png gif bmp tiff heic webp
    audio video zip rar 7z gz bz2 xz tnef eml encrypted-office ole program unknown empty."""
    if not data:
        return "empty"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _ole(data)
    for start, kind in STARTS:
        if data.startswith(start):
            return kind
    return _boxed(data) or _written(data)


def wrong_extension(kind: str, name: str) -> bool:
    """The name's ending claims another kind than the content has."""
    ending = name.rpartition(".")[2].strip().lower() if "." in name else ""
    return ending in KNOWN and ending not in FAMILY.get(kind, (kind,))


def _zip(data: bytes) -> str:
    """By the names in the directory at the end; of a file without its end, by the names in front of the members."""
    end = data.rfind(b"PK\x05\x06")
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    names = data[max(end - size, 0) : end] if end >= 0 else data
    found = next((kind for name, kind in ZIPS if name in names), "")
    return found or next((kind for name, kind in ZIPS[5:] if name in data[:200]), "zip")


def _ole(data: bytes) -> str:
    for name, kind in OLES:
        if name.encode("utf-16-le") + b"\0\0" in data:
            return kind
    return "ole"


def is_cut(data: bytes) -> bool:
    """An OLE file whose directory lies beyond its end."""
    size = 1 << min(int.from_bytes(data[30:32], "little"), 16)
    return (int.from_bytes(data[48:52], "little") + 1) * size >= len(data)


def _boxed(data: bytes) -> str:
    """Files of boxes: RIFF, and the family of MP4 and HEIC."""
    if data[:4] == b"RIFF":
        return {b"WEBP": "webp", b"WAVE": "audio"}.get(data[8:12], "video")
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        return "heic" if brand[:3] in (b"hei", b"hev", b"mif") else "audio" if brand[:3] == b"M4A" else "video"
    return "audio" if data[:1] == b"\xff" and data[1:2] in (b"\xfb", b"\xf3", b"\xf2", b"\xf1", b"\xf9") else ""


def _written(data: bytes) -> str:
    """A file of letters and signs."""
    text = decode(data[:65536])
    if text is None:
        return "unknown"
    head = text[:4096].lstrip("\ufeff \t\r\n")
    low = head.lower()
    if low.startswith("<?xml") and ("urn:schemas-microsoft-com:office:spreadsheet" in low):
        return "xml-sheet"
    if re.search(r"<(?:html|table|!doctype html|body|meta|div)\b", low[:2048]):
        return "html"
    if low.startswith("{\\rtf"):
        return "rtf"
    if re.match(
        r"(?:received|return-path|from|to|date|message-id|mime-version|subject|delivered-to|x-[a-z-]{1,40}):", low
    ):
        return "eml" if re.search(r"^(?:from|mime-version|received|message-id):", low, re.M) else "txt"
    return "csv" if delimiter(text) else "txt"
