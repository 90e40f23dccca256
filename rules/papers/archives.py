"""What a zip or a winmail.dat carries: its files with names as the sender wrote them, unpacked within the room that is left (A63).

LIMITS: rar, 7z and others are not opened (held as file:archive); of a zip the first `ARCHIVE_MEMBERS` files are opened, the rest is noted.
"""

from collections.abc import Callable
from dataclasses import dataclass

import tnefparse

from rules.papers.limits import ARCHIVE_MEMBERS
from rules.papers.packages import Package, Room, member_name
from rules.papers.values import Refused

COPIED = 4 << 30
"""Bytes tnefparse may copy while it cuts a file into its attributes."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive; `name` is the sender's, with its folders: text only, never a path."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Members:
    """The files, and what is to be said of the archive."""

    files: tuple[Member, ...]
    doubts: tuple[str, ...] = ()
    why_not: str | None = None


def read_zip(data: bytes, room: Room) -> Members:
    """The files of a zip; one that is locked locks all. Raises Refused."""
    package = Package(data, room)
    shown = [info for info in package.members if not _rubbish(info.filename)]
    files = tuple(Member(member_name(info), package.read_member(info)) for info in shown[:ARCHIVE_MEMBERS])
    if not files:
        raise Refused("file:blank")
    return Members(files, ("file:long",) if len(shown) > ARCHIVE_MEMBERS else ())


def read_tnef(data: bytes, room: Room) -> Members:
    """The attachments of a winmail.dat. Raises Refused file:tnef where it cannot be read."""
    if _attributes(data) * len(data) > COPIED:
        raise Refused("file:tnef")
    try:
        opened = tnefparse.TNEF(data)
        files = tuple(Member(_tnef_name(part), bytes(part.data)) for part in opened.attachments[:ARCHIVE_MEMBERS])
    except Exception as fault:  # the library promises no class of error
        raise Refused("file:tnef") from fault
    if not files:
        raise Refused("file:tnef")
    room.take(sum(len(member.data) for member in files))
    return Members(files, ("file:tnef",))


def _attributes(data: bytes) -> int:
    """How many attributes the file has: the library copies the rest of it for each."""
    found, at = 0, 6
    while at + 11 < len(data):
        at += 11 + int.from_bytes(data[at + 5 : at + 9], "little")
        found += 1
    return found


def _tnef_name(part: tnefparse.tnef.TNEFAttachment) -> str:
    """Its name: Outlook writes the system's charset, which the library takes for UTF-8."""
    raw = part.long_filename() if part.mapi_attrs else part._name
    return (raw.decode("gb18030", "replace") if isinstance(raw, bytes) else str(raw)).rstrip("\0")


def _rubbish(name: str) -> bool:
    """What systems add by themselves."""
    return name.startswith("__MACOSX/") or name.endswith((".DS_Store", "Thumbs.db", "desktop.ini"))


READERS: dict[str, Callable[[bytes, Room], Members]] = {"zip": read_zip, "tnef": read_tnef}
