"""LibreOffice, where it is installed: makes old Word files into .docx, for a second opinion on contact sheets and for nothing else.

    suite = Suite(folder)
    suite.converted([data, data])       # bytes of a .docx, or None, for each; all None where there is no LibreOffice

One call for all files of a letter, in a child with limits, without network, with a profile and a folder of its own that are removed
afterwards; at the time limit the whole process group is killed. After such an end it is left alone for REST seconds, so that files made
to hang it cannot keep other letters waiting. LIMITS: it reads with the daemon's rights; the file system is not shut off from it.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from xml.sax.saxutils import escape

from daemon.disk import why
from daemon.logs import event

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 60.0
REST = 600.0
MOST = 10
"""Files of one letter; the others get no second opinion."""
LARGEST = 64 << 20
FORMAT = "docx:MS Word 2007 XML"
ROOT = Path(__file__).resolve().parent.parent
SHUT = (
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
)
"""Its settings: no macro runs, nothing is fetched, no linked file is looked at."""


class Suite:
    """One LibreOffice; `program` = "" where there is none."""

    def __init__(self, folder: Path, program: str | None = None, seconds: float = SECONDS) -> None:
        """`folder`: where its folders may lie, named by our pid; `program`: None = whatever stands on the path."""
        self.folder = folder
        self.program = found_program() if program is None else program
        self.seconds = seconds
        self._rests_until = 0.0

    @property
    def there(self) -> bool:
        """It may be asked now."""
        return bool(self.program) and monotonic() >= self._rests_until

    def converted(self, files: Sequence[bytes]) -> list[bytes | None]:
        """Each file as .docx; None where it could not be made into one, or where nobody was asked. Never raises."""
        nothing: list[bytes | None] = [None] * len(files)
        if not files or not self.there:
            return nothing
        try:
            return self._in_a_folder(files[:MOST]) + nothing[MOST:]
        except OSError as trouble:  # no room, no process: a second opinion is not worth a letter's try (F20)
            event("suite.failed", why=why(trouble))
            return nothing

    def _in_a_folder(self, files: Sequence[bytes]) -> list[bytes | None]:
        inside = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=self.folder))
        try:
            names = _laid_out(inside, files)
            self._run(inside, names)
            return [_taken(inside / "out" / f"{name}x") for name in names]
        finally:
            shutil.rmtree(inside, ignore_errors=True)

    def _run(self, inside: Path, names: Sequence[str]) -> None:
        """One run over all files; whatever it says is nobody's business but its output."""
        child = subprocess.Popen(
            [
                *(sys.executable, "-m", "daemon.converting_child", self.program),
                *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"),
                f"-env:UserInstallation={(inside / 'profile').as_uri()}",
                *("--convert-to", FORMAT, "--outdir", str(inside / "out")),
                *(str(inside / name) for name in names),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd=inside,
            env=_surroundings(inside),
        )
        try:
            child.wait(self.seconds)
        except subprocess.TimeoutExpired:
            self._rests_until = monotonic() + REST
            event("suite.stopped", after=self.seconds, files=len(names), rests=REST)
        finally:
            with suppress(ProcessLookupError):  # the group is gone already: that is all that is wanted
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def found_program() -> str:
    """Where it stands on the path; '' where it is not installed."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), "")


def _surroundings(inside: Path) -> dict[str, str]:
    """No settings, no passwords, no home but its own folder."""
    return {
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PATH": "/usr/bin:/bin",
        "HOME": str(inside),
        "TMPDIR": str(inside),
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }


def _laid_out(inside: Path, files: Sequence[bytes]) -> list[str]:
    """The files under names of ours, the profile with its settings."""
    names = [f"{number}.doc" for number in range(1, len(files) + 1)]
    for name, data in zip(names, files, strict=True):
        (inside / name).write_bytes(data)
    (inside / "profile" / "user").mkdir(parents=True)
    (inside / "profile" / "user" / "registrymodifications.xcu").write_text(_profile(), "utf-8")
    return names


def _profile() -> str:
    items = "".join(
        f'<item oor:path="/{escape(path)}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in SHUT
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>"
    )


def _taken(path: Path) -> bytes | None:
    """What was written, where it is a file of reasonable size."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
        return None
    return path.read_bytes() or None
