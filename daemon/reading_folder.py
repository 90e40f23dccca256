"""The one folder where reading may leave temporary files: ours alone, emptied of what dead processes left (F95)."""

import os
import shutil
import stat
from pathlib import Path

from rules.trouble import WorldTrouble
from rules.wording import wording


def own_folder(folder: Path) -> Path:
    """The folder, ours alone (0700), without the leftovers of processes that are no more. Raises WorldTrouble where it is not ours."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    state = folder.lstat()
    if not stat.S_ISDIR(state.st_mode) or state.st_uid != os.getuid():
        raise WorldTrouble(wording("daemon")("reader-folder", folder=folder))
    folder.chmod(0o700)
    for left in folder.iterdir():
        if _alive(left.name.partition("-")[0]):
            continue
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
    return folder


def _alive(number: str) -> bool:
    try:
        os.kill(int(number), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
