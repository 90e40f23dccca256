"""Named points of a letter's way: where a test may end the process, to prove that a restart finds everything (F1–F18).

    reach("kept")     # nothing happens unless somebody watches

The points, in the order of the way: fetched keep kept tries parse decide write guard record recorded sending before-mail in-data after-dot
before-3b sent tick export.
"""

from collections.abc import Callable

Watch = Callable[[str], None]
_watching: list[Watch] = []


def reach(point: str) -> None:
    """The process has come to this point."""
    for watch in _watching:
        watch(point)


def watch(watcher: Watch) -> None:
    """Call this for every point from now on (tests only)."""
    _watching.append(watcher)


def unwatch() -> None:
    """Nobody watches any more."""
    _watching.clear()
