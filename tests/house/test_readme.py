"""The README tells a stranger the truth: every setting there is, every command there is."""

from pathlib import Path

import pytest

from daemon.__main__ import commands
from daemon.settings import SETTINGS

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", [setting.name for setting in SETTINGS])
def test_every_setting_stands_in_the_readme(name: str):
    assert f"`{name}`" in README


@pytest.mark.parametrize("name", commands())
def test_every_command_stands_in_the_readme(name: str):
    assert f"`{name}" in README
