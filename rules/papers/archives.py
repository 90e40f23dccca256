"""What a zip or a winmail.dat carries: its files with names as the sender wrote them, unpacked within the room that is left (A63).

LIMITS: rar, 7z and others are not opened (held as file:archive); of a zip the first `ARCHIVE_MEMBERS` files are opened, the rest is noted.
"""

from collections.abc import Callable
from dataclasses import dataclass

import tnefparse

from rules.papers.limits import ARCHIVE_MEMBERS
from rules.papers.packages import Package, Room, member_name
from rules.papers.values import Refused


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
    try:
        opened = tnefparse.TNEF(data)
        files = tuple(
            Member(_text(part.long_filename() or part.name), bytes(part.data))
            for part in opened.attachments[:ARCHIVE_MEMBERS]
        )
    except Exception as fault:  # the library promises no class of error
        raise Refused("file:tnef") from fault
    if not files:
        raise Refused("file:tnef")
    room.take(sum(len(member.data) for member in files))
    return Members(files, ("file:tnef",))


def _text(name: str | bytes) -> str:
    return name.decode("gb18030", "replace").rstrip("\0") if isinstance(name, bytes) else name.rstrip("\0")


def _rubbish(name: str) -> bool:
    """What systems add by themselves."""
    return name.startswith("__MACOSX/") or name.endswith((".DS_Store", "Thumbs.db", "desktop.ini"))


READERS: dict[str, Callable[[bytes, Room], Members]] = {"zip": read_zip, "tnef": read_tnef}
