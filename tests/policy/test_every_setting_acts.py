"""A line of the book that staff can edit and that nothing reads would promise what does not happen."""

import dataclasses
import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from book_made import chapters, shipped

import rules.policy
from rules.policy import load

TOP = Path(rules.policy.__path__[0]).parents[1]
SAID = frozenset({"because", "name", "label"})
"""What explains a setting, or is its key."""
READ = "\n".join(
    file.read_text("utf-8")
    for room in ("rules", "db", "daemon", "templates")
    for kind in ("*.py", "*.j2")
    for file in (TOP / room).rglob(kind)
    if "chapters" not in file.parts
)


def settings() -> list[tuple[str, str]]:
    found = []
    for module in pkgutil.walk_packages(rules.policy.__path__, "rules.policy."):
        for shape in vars(importlib.import_module(module.name)).values():
            if isinstance(shape, type) and dataclasses.is_dataclass(shape) and shape.__module__ == module.name:
                found += [(shape.__name__, field.name) for field in dataclasses.fields(shape) if field.name not in SAID]
    return sorted(found)


@pytest.mark.parametrize(("shape", "setting"), settings())
def test_every_setting_of_the_book_is_read_by_something(shape: str, setting: str):
    assert re.search(rf"\.{setting}\b", READ), f"{shape}.{setting}"


def test_a_setting_that_nothing_reads_any_more_may_stay_in_an_offices_own_book():
    office = 'county = "桓仁满族自治县"\nsite = "专栏"\ntimezone = "Asia/Shanghai"\naccepts_anonymous = true\n'
    machine = "signals_needed = 2\nsample_per_week = 10\n" + shipped("machine") + '[advertising]\noffer = ["优惠"]\n'
    units = shipped("units").replace('name = "桓仁镇"\n', 'name = "桓仁镇"\nsubjects = ["占道"]\nmember = true\n', 1)

    assert load(chapters(office=office + shipped("office"), machine=machine, units=units))
