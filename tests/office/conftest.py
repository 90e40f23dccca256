"""The office's tests stand at the desks that the doors' tests build."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "doors"))
