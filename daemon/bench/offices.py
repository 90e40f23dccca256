"""Several offices at once, each a process with a database of its own kind of place on one server: letters a second in all, memory of each.

python -m daemon.bench.offices URL LETTERS        one of them; `many` starts them all
"""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from daemon.backup import scratch
from daemon.bench.post_office import PostOffice
from daemon.bench.whole import MORNING, peak_megabytes, whole_way
from daemon.logs import open_log
from daemon.shell.demo import Nowhere
from db.engine import open_engine


def many(url: str, offices: int, letters: int) -> dict[str, float]:
    """letters/s of all together (the slowest counts), MB of one."""
    command = [sys.executable, "-m", "daemon.bench.offices", url, str(letters)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) for _ in range(offices)]
    told = [json.loads(process.communicate()[0]) for process in started]
    return {
        f"offices_{offices}_per_second": offices * letters / max(one["seconds"] for one in told),
        f"offices_{offices}_mb": max(one["mb"] for one in told),
    }


def one(url: str, letters: int) -> dict[str, float]:
    """One office's whole way, and the most memory it had."""
    open_log(stream=Nowhere())
    with TemporaryDirectory(prefix="huiyin-bench-") as folder, PostOffice(MORNING) as office:
        engine = open_engine(url)
        with scratch(engine) as place:
            at = place.url.render_as_string(hide_password=False)
            timed = whole_way(office, Path(folder), letters, url=at)
            place.dispose()
        engine.dispose()
    return {"seconds": timed.keep + timed.decide + timed.send, "mb": peak_megabytes()}


if __name__ == "__main__":
    print(json.dumps(one(sys.argv[1], int(sys.argv[2]))))
