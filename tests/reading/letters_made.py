"""Letters made for the tests of the reading: a head, a body, parts; every one with sample names only."""

import base64
import struct

from rules.letter import Letter
from rules.numbers import DEFAULT
from rules.reading.letters import compose
from rules.reading.limits import LIMITS, Limits

HEAD = {
    "From": "张三 <zhangsan@example.com>",
    "To": "tousu@example.net",
    "Subject": "反映情况",
    "Date": "Tue, 09 May 2017 10:00:00 +0800",
}


def a_letter(body: str | bytes = "您好。", *, charset: str = "utf-8", **head: str | bytes | None) -> bytes:
    """A letter's bytes. A head value of None leaves the field out; `_` in a name stands for `-`."""
    fields: dict[str, str | bytes | None] = {**HEAD, "Content-Type": f"text/plain; charset={charset}"}
    fields |= {name.replace("_", "-"): value for name, value in head.items()}
    lines = [name.encode() + b": " + bytes_of(value) for name, value in fields.items() if value is not None]
    content = body.encode(charset, "replace") if isinstance(body, str) else body
    return b"\r\n".join(lines) + b"\r\n\r\n" + content


def bytes_of(value: str | bytes) -> bytes:
    return value.encode() if isinstance(value, str) else value


def a_part(content: str | bytes = "", kind: str = "text/plain; charset=utf-8", **fields: str | bytes) -> bytes:
    """One part: base64 where the content is bytes."""
    head = [b"Content-Type: " + kind.encode()]
    head += [
        b"Content-" + name.encode().replace(b"_", b"-") + b": " + bytes_of(value) for name, value in fields.items()
    ]
    if isinstance(content, bytes) and "Transfer_Encoding" not in fields:
        head.append(b"Content-Transfer-Encoding: base64")
        content = base64.encodebytes(content)
    return b"\r\n".join(head) + b"\r\n\r\n" + bytes_of(content)


def of_parts(*parts: bytes, kind: str = "mixed", **head: str | bytes | None) -> bytes:
    """A multipart letter."""
    return a_letter(joined(*parts, boundary=b"=_b"), **{"Content_Type": f'multipart/{kind}; boundary="=_b"', **head})


def joined(*parts: bytes, boundary: bytes) -> bytes:
    return b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + boundary + b"--\r\n"


def in_parts(*parts: bytes, kind: str = "mixed", boundary: str = "=_in") -> bytes:
    """A multipart that is a part itself."""
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode() + joined(
        *parts, boundary=boundary.encode()
    )


def in_html(html: str, plain: str | None = None, **head: str | bytes | None) -> bytes:
    """A letter in HTML, with a plain form where one is given."""
    part = a_part(html, "text/html; charset=utf-8")
    if plain is None:
        return of_parts(part, kind="related", **head)
    return of_parts(a_part(plain), part, kind="alternative", **head)


def read(raw: bytes, limits: Limits = LIMITS) -> Letter:
    """The reading itself, without the net below it: a fault of ours is loud."""
    return compose(raw, DEFAULT, limits)


def a_winmail(name: str, data: bytes, body: str = "") -> bytes:
    """A winmail.dat with a text and one file."""

    def attribute(level: int, kind: int, value: bytes) -> bytes:
        return struct.pack("<BII", level, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)

    parts = [struct.pack("<IH", 0x223E9F78, 1), attribute(1, 0x00089006, struct.pack("<I", 0x00010000))]
    if body:
        parts.append(attribute(1, 0x0002800C, body.encode("gbk") + b"\0"))
    parts += [
        attribute(2, 0x00069002, b"\1\0" + b"\0" * 12),
        attribute(2, 0x00018010, name.encode("gbk") + b"\0"),
        attribute(2, 0x0006800F, data),
    ]
    return b"".join(parts)
