"""The process that becomes LibreOffice: it limits itself, cuts itself off from the network, and hands itself over.

Started by `daemon.suite` as `python -m daemon.converting_child PROGRAM WORD...` in a folder and a process group of its own. Where the
network cannot be cut off, nothing is started. LIMITS: memory is counted as what is written to (RLIMIT_DATA), mapped code is not.
"""

import os
import resource
import sys

from daemon.no_network import cut_off

MEMORY = 512 << 20
CPU_SECONDS = 60
FILE_SIZE = 256 << 20
FILES = 512


def main() -> None:  # pragma: no cover - runs in the child, where no coverage is taken
    """Limits, no network, then the program in our place."""
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, FILE_SIZE),
        (resource.RLIMIT_NOFILE, FILES),
    ):
        hard = resource.getrlimit(kind)[1]
        lower = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (lower, lower))
    cut_off()
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 - the program the daemon found on its path, no shell


if __name__ == "__main__":  # pragma: no cover - as above
    main()
