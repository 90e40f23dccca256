"""Zip packages, opened without trust: every size is measured while unpacking, never believed from the header (A63).

LIMITS: members packed by other means than store, deflate and bzip2 are refused as file:archive.
"""

import bz2
import io
import struct
import zipfile
import zlib

from rules.papers.limits import MEMBERS, RATIO, SMALL, UNPACKED
from rules.papers.plain import decode
from rules.papers.values import Refused

STORED, DEFLATED, BZIPPED = 0, 8, 12
UTF8_NAME = 0x800
LOCKED = 0x1


class Room:
    """How many bytes may still be unpacked; shared by all archives of one paper, however deep."""

    def __init__(self, size: int = UNPACKED) -> None:
        self.left = size

    def take(self, size: int) -> None:
        """Count `size` unpacked bytes; Refused file:bomb where there is no room."""
        self.left -= size
        if self.left < 0:
            raise Refused("file:bomb")


class Package:
    """The members of a zip by name. Raises Refused file:truncated, file:encrypted, file:bomb or file:archive."""

    def __init__(self, data: bytes, room: Room | None = None) -> None:
        if data.count(b"PK\x01\x02") > MEMBERS:
            raise Refused("file:bomb")
        self.data = data
        self.room = room or Room()
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as opened:
                self.members = [info for info in opened.infolist() if not info.is_dir()]
        except (
            zipfile.BadZipFile,
            ValueError,
            OSError,
            EOFError,
            NotImplementedError,
            struct.error,
            IndexError,
        ) as fault:
            raise Refused("file:truncated") from fault
        self.names = {info.filename: info for info in self.members}

    def has(self, name: str) -> bool:
        """A member of this name is there."""
        return name in self.names

    def read(self, name: str) -> bytes:
        """The bytes of the member; b'' where there is none."""
        return self.read_member(self.names[name]) if name in self.names else b""

    def read_member(self, info: zipfile.ZipInfo) -> bytes:
        """The bytes of one member, checked against its CRC."""
        if info.flag_bits & LOCKED:
            raise Refused("file:encrypted")
        packed = self._packed(info)
        most = min(self.room.left, max(SMALL, RATIO * len(packed)))
        unpacked = _unpack(packed, info.compress_type, most + 1)
        if len(unpacked) > most:
            raise Refused("file:bomb")
        self.room.take(len(unpacked))
        if zlib.crc32(unpacked) != info.CRC:
            raise Refused("file:truncated")
        return unpacked

    def _packed(self, info: zipfile.ZipInfo) -> bytes:
        head = self.data[info.header_offset : info.header_offset + 30]
        if len(head) < 30 or not head.startswith(b"PK\x03\x04"):
            raise Refused("file:truncated")
        name, extra = struct.unpack("<HH", head[26:30])
        start = info.header_offset + 30 + name + extra
        return self.data[start : start + info.compress_size]


def member_name(info: zipfile.ZipInfo) -> str:
    """The member's name as the sender wrote it: Chinese Windows writes GBK without saying so (domain 4.2)."""
    if info.flag_bits & UTF8_NAME:
        return info.filename
    return decode(info.filename.encode("cp437", "replace")) or info.filename


def _unpack(packed: bytes, method: int, most: int) -> bytes:
    try:
        if method == STORED:
            return packed[:most]
        if method == DEFLATED:
            return zlib.decompressobj(-15).decompress(packed, most)
        if method == BZIPPED:
            return bz2.BZ2Decompressor().decompress(packed, max_length=most)
    except (zlib.error, OSError, EOFError) as fault:
        raise Refused("file:truncated") from fault
    raise Refused("file:archive")
