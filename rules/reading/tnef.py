"""winmail.dat, Outlook's own package, opened (L27)."""

from collections.abc import Iterator

from rules.reading.attached import File

_MOST = 200


def tnef_files(data: bytes) -> Iterator[File]:
    """The files in a winmail.dat and its text as a file of its own; nothing where it cannot be opened."""
    if not data.startswith(b"\x78\x9f\x3e\x22"):
        return
    try:
        package = _package(data)
    except Exception:  # tnefparse raises whatever its parsing meets; the package itself stays as an attachment
        return
    for found in package.attachments[:_MOST]:
        name = _text(found.long_filename() or found.name)
        yield File(name, "application/octet-stream", bytes(found.data or b""), notes=("tnef",))


def tnef_text(data: bytes) -> str:
    """The text of a winmail.dat; '' where there is none."""
    try:
        package = _package(data)
        body = package.body or package.htmlbody or ""
    except Exception:  # as above: an unreadable package has no text
        return ""
    return _text(body)


def _package(data: bytes):  # type: ignore[no-untyped-def]  # noqa: ANN202  (tnefparse has no types)
    import tnefparse

    return tnefparse.TNEF(data, do_checksum=False)


def _text(value: str | bytes) -> str:
    from rules.reading.charset import decode

    return decode(value).text.strip("\0") if isinstance(value, bytes) else str(value).strip("\0")
