"""The house itself: who may import whom, and what the rules may never touch."""

import ast
from functools import cache
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
MAY = {
    "rules": {"rules"},
    "db": {"db", "rules"},
    "templates": {"templates"},
    "daemon": {"daemon", "db", "rules", "templates"},
}
IMPURE = {
    "time",
    "random",
    "socket",
    "os",
    "subprocess",
    "imapclient",
    "sqlalchemy",
    "smtplib",
    "logging",
    "uuid",
    "secrets",
    "urllib.request",
    "http",
}
WEB = {"requests", "httpx", "aiohttp", "urllib3"}


def sources(room: str) -> list[Path]:
    return sorted(path for path in (TOP / room).rglob("*.py") if "__pycache__" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {name for alias in node.names for name in (alias.name, alias.name.split(".")[0])}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found |= {node.module, node.module.split(".")[0]}
    return found


@pytest.mark.parametrize("room", MAY)
def test_a_room_imports_only_the_rooms_it_may(room: str):
    strangers = {path.name: imported(path) & (set(MAY) - MAY[room]) for path in sources(room)}

    assert {name: rooms for name, rooms in strangers.items() if rooms} == {}


def test_rules_touch_no_clock_no_chance_no_network_and_no_disk():
    touched = {str(path.relative_to(TOP)): imported(path) & IMPURE for path in sources("rules")}

    assert {name: found for name, found in touched.items() if found} == {}


@pytest.mark.parametrize("room", MAY)
def test_no_room_can_fetch_a_page(room: str):
    """The daemon fetches no address out of a letter, ever."""
    assert {path.name for path in sources(room) if imported(path) & WEB} == set()


@pytest.mark.parametrize("room", MAY)
def test_every_module_says_what_it_is_for(room: str):
    silent = [path.name for path in sources(room) if not ast.get_docstring(tree(path))]

    assert [name for name in silent if "versions" not in name] == []
