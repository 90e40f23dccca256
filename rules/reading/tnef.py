"""winmail.dat, Outlook's own package, opened (L27)."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from rules.reading.attached import File
from rules.reading.charset import decode, unmangled

MARK = b"\x78\x9f\x3e\x22"
_MOST = 200


class Package(NamedTuple):
    """The text of a winmail.dat and its files by name."""

    text: str = ""
    files: tuple[tuple[str, bytes], ...] = ()


def tnef_files(data: bytes) -> Iterator[File]:
    """The files in a winmail.dat; nothing where it cannot be opened."""
    for name, content in _package(data).files:
        yield File(name, "application/octet-stream", content, notes=("tnef",))


def tnef_text(data: bytes) -> str:
    """The text of a winmail.dat; '' where there is none."""
    return _package(data).text


def _package(data: bytes) -> Package:
    if not data.startswith(MARK):
        return Package()
    import tnefparse

    try:
        found = tnefparse.TNEF(data, do_checksum=False)
        files = tuple((_name(each), bytes(each.data or b"")) for each in found.attachments[:_MOST])
        return Package(_text(found.body or found.htmlbody or ""), files)
    except Exception:  # tnefparse raises whatever its parsing meets; the package itself stays as an attachment
        return Package()


def _name(attachment: Any) -> str:
    """The long name, or the short one in the bytes of whatever charset it has (tnefparse takes all for UTF-8)."""
    try:
        return _text(attachment.long_filename())
    except UnicodeError:
        return _text(attachment._name)


def _text(value: str | bytes) -> str:
    return (decode(value).text if isinstance(value, bytes) else unmangled(value)).strip("\0")
