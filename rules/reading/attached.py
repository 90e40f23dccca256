"""Attachments: what kind a file is by its bytes, what is odd about it, and a name that is safe to store (L24, L28, L32, L33)."""

import hashlib
import re
import tomllib
import unicodedata
from importlib.resources import files
from typing import NamedTuple

from rules.letter import Attachment

KINDS = tomllib.loads(files("rules.reading").joinpath("kinds.toml").read_text("utf-8"))
_BY_START = [(bytes.fromhex(start), kind) for start, kind in KINDS["starts"].items()]
_BY_END: dict[str, str] = KINDS["endings"]
_LONGEST_NAME = 120
_LOOK = 1 << 20
"""How much of a file's ends is looked at for signs of encryption and macros."""
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


class File(NamedTuple):
    """A file found in a letter: its name as sent, declared type, bytes, and notes on how it was found."""

    name: str | None
    declared: str
    data: bytes
    inline: bool = False
    notes: tuple[str, ...] = ()


def attachment(file: File, taken: set[str]) -> Attachment:
    """The attachment value of a file; `taken` holds the safe names of the same letter."""
    kind = sniff(file.data, file.declared, file.name or "")
    notes = [*file.notes, *_notes(file, kind)]
    safe = _unique(safe_name(file.name, kind), taken)
    return Attachment(
        file.name,
        safe,
        kind,
        len(file.data),
        hashlib.sha256(file.data).hexdigest(),
        file.inline,
        tuple(dict.fromkeys(notes)),
    )


def sniff(data: bytes, declared: str, name: str) -> str:
    """The media type by the bytes; the sender's word only where the bytes say nothing."""
    for start, kind in _BY_START:
        if data.startswith(start):
            if kind == "application/zip":
                return _zip_kind(data)
            return _ole_kind(data, name) if data.startswith(_OLE) else kind
    if data[4:8] == b"ftyp":
        return "video/mp4"
    if data[:4] == b"RIFF":
        return {b"WAVE": "audio/x-wav", b"AVI ": "video/x-msvideo", b"WEBP": "image/webp"}.get(
            data[8:12], "application/octet-stream"
        )
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<meta", b"<table")):
        return "text/html"
    if declared == "message/rfc822" or not data:
        return declared
    if b"\0" not in data[:4096] and declared.startswith(("text/", "message/")):
        return declared
    ending = _BY_END.get(_ending(name), "")
    if ending.startswith("text/") and b"\0" not in data[:4096]:
        return ending
    return (
        declared
        if declared not in {"application/octet-stream", ""} and not declared.startswith("text/")
        else "application/octet-stream"
    )


def _ends(data: bytes) -> bytes:
    """The beginning and the end of a file: where formats say what they are."""
    return data if len(data) <= 2 * _LOOK else data[:_LOOK] + data[-_LOOK:]


def _zip_kind(data: bytes) -> str:
    ends = _ends(data)
    return next((kind for inside, kind in KINDS["zip"].items() if inside.encode() in ends), "application/zip")


def _ole_kind(data: bytes, name: str) -> str:
    ends = _ends(data)
    for stream, kind in KINDS["ole"].items():
        if stream.encode("utf-16-le") in ends:
            return str(kind)
    ending = _BY_END.get(_ending(name), "")
    return ending if ending in KINDS["ole"].values() else "application/x-ole-storage"


def _notes(file: File, kind: str) -> list[str]:
    data = file.data
    if not data:
        return ["empty"]
    notes = []
    ends = _ends(data)
    if _is_encrypted(kind, data, ends):
        notes.append("encrypted")
    if b"vbaProject.bin" in ends or "_VBA_PROJECT".encode("utf-16-le") in ends:
        notes.append("macro")
    if kind == "application/ms-tnef":
        notes.append("tnef")
    if kind == "message/rfc822":
        notes.append("letter")
    expected = _BY_END.get(_ending(file.name or ""), "")
    if expected and not _same_family(expected, kind):
        notes.append("wrong-type")
    return notes


def _is_encrypted(kind: str, data: bytes, ends: bytes) -> bool:
    """By the flags of the format: zip general purpose bit 0, rar 4 and 5 header flags, 7z AES coder, PDF /Encrypt, OOXML in OLE."""
    if data.startswith(b"PK\x03\x04"):
        return any(ends[at + 6] & 1 for at in _places(ends, b"PK\x03\x04") if at + 7 <= len(ends))
    if data.startswith(b"Rar!\x1a\x07\x00"):
        return len(data) > 10 and (data[10] & 0x80 > 0 or _rar4_file_flag(data))
    if data.startswith(b"Rar!\x1a\x07\x01"):
        return (len(data) > 14 and data[13:14] == b"\x04") or b"\x30\x01\x03" in data[:400]
    if data.startswith(b"7z\xbc\xaf"):
        return b"\x06\xf1\x07\x01" in ends
    if kind == "application/pdf":
        return b"/Encrypt" in ends
    return "EncryptedPackage".encode("utf-16-le") in ends or kind in {
        "application/pkcs7-mime",
        "application/pgp-encrypted",
    }


def _rar4_file_flag(data: bytes) -> bool:
    return len(data) > 25 and data[22] == 0x74 and data[23] & 0x04 > 0


def _places(data: bytes, mark: bytes) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(mark), data)][:200]


def _same_family(expected: str, kind: str) -> bool:
    """Whether a type is what a name's ending promises, as far as one can tell."""
    if expected == kind or expected.split("/", maxsplit=1)[0] == kind.split("/", maxsplit=1)[0] in {
        "image",
        "audio",
        "video",
        "text",
    }:
        return True
    families = KINDS["families"]
    return any(expected in family and kind in family for family in families) or kind == "application/octet-stream"


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower().strip() if "." in name else ""


def safe_name(name: str | None, kind: str) -> str:
    """A name without folders, control and direction signs, short, never empty, never a device of Windows."""
    text = unicodedata.normalize("NFC", name or "").replace("\\", "/").rpartition("/")[2]
    text = "".join(sign if unicodedata.category(sign)[0] != "C" and sign not in '<>:"|?*' else "_" for sign in text)
    text = " ".join(text.split()).strip(". ")
    stem, dot, ending = text.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = text, ""
    stem = stem.strip(". _")[: _LONGEST_NAME - 11] or "attachment"
    if re.fullmatch(r"(?i)con|prn|aux|nul|com[0-9]|lpt[0-9]", stem):
        stem = f"_{stem}"
    if not ending and not name:
        ending = KINDS["default_endings"].get(kind, "bin")
    return f"{stem}.{ending}" if ending else stem


def _unique(name: str, taken: set[str]) -> str:
    candidate, number = name, 1
    stem, dot, ending = name.rpartition(".")
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{stem}_{number}.{ending}" if dot else f"{name}_{number}"
    taken.add(candidate.casefold())
    return candidate
