"""Files by name become one zip and back: stored, sorted, without times, so that the same files are the same bytes for ever.

`qingdan.txt` lists every other file as `sha256sum` writes it; a zip made anew from the files must equal the zip at hand, so a changed byte
anywhere is found, be it in a file, in the list or in the zip's own frame.
"""

import io
import zipfile
from collections.abc import Mapping
from hashlib import sha256

MANIFEST = "qingdan.txt"
EPOCH = (1980, 1, 1, 0, 0, 0)
LARGEST = 1 << 30


def manifest(files: Mapping[str, bytes]) -> bytes:
    """One line a file: SHA-256, two blanks, name; sorted by name."""
    listed = (f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files) if name != MANIFEST)
    return "".join(listed).encode()


def pack(files: Mapping[str, bytes]) -> bytes:
    """The zip of the files with their list."""
    return _zipped({**files, MANIFEST: manifest(files)})


def unpack(data: bytes) -> dict[str, bytes]:
    """The files of a zip that `pack` made. Raises ValueError where it is none, or would not fit into memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as shelf:
            entries = shelf.infolist()
            if sum(entry.file_size for entry in entries) > LARGEST or len({e.filename for e in entries}) < len(entries):
                raise ValueError(len(entries))
            return {entry.filename: shelf.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as broken:
        raise ValueError(str(broken)) from broken


def same(data: bytes, files: Mapping[str, bytes]) -> bool:
    """Whether the zip is what `pack` makes of its files: nothing hidden in its frame."""
    return _zipped(files) == data


def _zipped(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as shelf:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            shelf.writestr(entry, files[name])
    return held.getvalue()
