"""Bars drawn as PNG, in a process of its own that ends with the picture: the daemon's memory and life do not hang on a plotting library.

pictures(charts)  ->  PNG bytes each, or a sentence why there are none (no Chinese font, no library): then the report goes without.
"""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Sequence

from daemon.logs import event
from daemon.record.draw import NO_FONT
from rules.reports import Chart
from rules.wording import wording

say = wording("daemon.record")
PATIENCE = 120.0
MOST = 24
"""Bars a picture can hold on one page; the rest are summed up in the tables."""


def pictures(charts: Sequence[Chart]) -> tuple[bytes, ...] | str:
    """A PNG a chart that has bars, or why there is none."""
    wanted = [chart for chart in charts if chart.bars]
    if not wanted:
        return ()
    asked = json.dumps([[chart.title, chart.axis, chart.side, chart.bars[:MOST]] for chart in wanted])
    try:
        drawn = subprocess.run(
            [sys.executable, "-m", "daemon.record.draw"],
            input=asked.encode(),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            env={**os.environ, "MPLBACKEND": "Agg"},
        )
    except (OSError, subprocess.TimeoutExpired) as trouble:
        event("pictures.failed", why=type(trouble).__name__)
        return say("no-picture")
    if drawn.returncode == NO_FONT:
        return say("no-font")
    if drawn.returncode:
        event("pictures.failed", why=drawn.stderr.decode("utf-8", "replace")[-200:])
        return say("no-picture")
    return tuple(base64.b64decode(line) for line in drawn.stdout.split())
