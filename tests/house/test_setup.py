"""`make setup` where there is pip alone: what is wrong is said, and no page about configured places that this machine does not have."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]


@pytest.mark.long
@pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")
def test_pip_tells_its_errors_and_keeps_silent_of_places_that_are_not_there(tmp_path: Path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "touch").symlink_to(str(shutil.which("touch")))
    shutil.copy(TOP / "Makefile", tmp_path)
    (tmp_path / "requirements-dev.lock").write_text(f"nothing-there==1 --hash=sha256:{'0' * 64}\n", "utf-8")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "MAKE"))}
    pip = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path / "nowhere")}

    done = subprocess.run(
        [str(shutil.which("make")), "setup", f"PYTHON={sys.executable}"],
        cwd=tmp_path,
        env={**plain, **pip, "PATH": str(tmp_path / "bin")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode != 0
    assert "ERROR: No matching distribution found for nothing-there==1" in done.stderr
    assert "WARNING" not in done.stderr
