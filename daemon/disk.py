"""A file that a command was given; why one cannot be read or written, in the words of him who named it."""

import errno
from pathlib import Path

from rules.trouble import UsageTrouble
from rules.wording import wording

say = wording("daemon")
KNOWN = {
    errno.ENOENT: "absent",
    errno.EISDIR: "folder",
    errno.ENOTDIR: "no-folder",
    errno.EEXIST: "no-folder",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "read-only",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.ENAMETOOLONG: "long-name",
    errno.ELOOP: "loop",
}


def why(trouble: OSError) -> str:
    """文件不存在: the reason in Chinese; the system's own words where it has one that is not listed."""
    known = KNOWN.get(trouble.errno or 0)
    return say(f"disk-{known}") if known else trouble.strerror or type(trouble).__name__


def given(path: Path) -> bytes:
    """The bytes of the file. Raises UsageTrouble, which names it, where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as trouble:
        raise UsageTrouble(f"{path}：{say('read-no-file', why=why(trouble))}") from trouble
