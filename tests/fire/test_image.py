"""The image and the service: no container engine runs here, so the Dockerfile's own lines are performed one by one, and both are read by linters.

LIMITS: performed on this machine's Python and Debian, not on the image's; what the base image lacks shows only where an engine runs.
"""

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
HADOLINT = Path(sys.executable).parent / "hadolint"
UNITS = sorted((TOP / "packaging").glob("huiyin*"))


def instructions() -> list[tuple[str, str]]:
    """(word, rest) of every instruction, continued lines joined."""
    text = re.sub(r"\\\n\s*", " ", (TOP / "Dockerfile").read_text("utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def listed(rest: str) -> list[str]:
    """The words of an exec form."""
    import json

    return list(json.loads(rest))


class Image:
    """The Dockerfile's stages as folders: / of each is a folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root, self.here = folder, folder / "none", "/"
        self.stages: dict[str, Path] = {}
        self.env: dict[str, str] = {}
        self.user, self.entry, self.cmd, self.health = "root", [""], [""], [""]

    def perform(self, word: str, rest: str) -> None:
        getattr(self, f"do_{word.lower()}")(rest)

    def place(self, path: str) -> Path:
        return self.root / str(Path(self.here) / path).lstrip("/")

    def do_from(self, rest: str) -> None:
        name = rest.partition(" AS ")[2] or "last"
        self.root, self.here, self.env = self.folder / name, "/", {}
        self.stages[name] = self.root
        self.root.mkdir()

    def do_workdir(self, rest: str) -> None:
        self.here = rest
        self.place(".").mkdir(parents=True, exist_ok=True)

    def do_copy(self, rest: str) -> None:
        words = shlex.split(rest)
        source = TOP
        if words[0].startswith("--from="):
            source = self.stages[words.pop(0).removeprefix("--from=")]
        start, target = source / words[0].lstrip("/"), self.place(words[-1])
        if start.is_dir():
            shutil.copytree(start, target, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(start, target / start.name if target.is_dir() else target)

    def do_env(self, rest: str) -> None:
        for pair in shlex.split(rest):
            name, _, value = pair.partition("=")
            self.env[name] = value.replace("$PATH", os.environ["PATH"])

    def do_run(self, rest: str) -> None:
        done = self.run(["sh", "-ec", self._useradd(rest)])
        assert done.returncode == 0, done.stderr

    def _useradd(self, line: str) -> str:
        """Users are made in the folder's own /etc, not on this machine."""
        if not line.startswith("useradd "):
            return line
        etc = self.root / "etc"
        etc.mkdir(exist_ok=True)
        for name in ("passwd", "group", "shadow", "gshadow", "subuid", "subgid"):
            (etc / name).touch()
        (self.root / "data").mkdir()
        return line.replace("useradd ", f"useradd --prefix {self.root} ", 1).replace("--create-home ", "")

    def do_user(self, rest: str) -> None:
        self.user = rest

    def do_volume(self, rest: str) -> None:
        assert (self.root / rest.lstrip("/")).is_dir(), "the volume's folder is made for the user"

    def do_healthcheck(self, rest: str) -> None:
        self.health = listed(rest.partition("CMD ")[2])

    def do_entrypoint(self, rest: str) -> None:
        self.entry = listed(rest)

    def do_cmd(self, rest: str) -> None:
        self.cmd = listed(rest)

    def run(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        """In the image's folder with the image's environment: absolute paths of the image are those of the folder."""
        moved = {name: self._moved(value) for name, value in self.env.items()}
        plain = {
            name: os.environ[name]
            for name in ("PATH", "HOME", "PIP_CONFIG_FILE", "PIP_INDEX_URL")
            if name in os.environ
        }
        return subprocess.run(
            words, cwd=self.place("."), env=plain | moved, capture_output=True, text=True, timeout=600, check=False
        )

    def _moved(self, value: str) -> str:
        inside = re.sub(r"(?<![^:])/app(?=[/:]|$)", f"{self.root}/app", value)
        return inside.replace("sqlite:////data", f"sqlite:///{self.root}/data")


@pytest.mark.long
@pytest.mark.timeout(900)
def test_every_line_of_the_dockerfile_can_be_performed_and_its_entrypoint_works(tmp_path: Path):
    if os.geteuid() != 0:
        pytest.skip("only root can perform useradd")
    image = Image(tmp_path)

    for word, rest in instructions():
        image.perform(word, rest)
    python = str(image.root / "app" / ".venv" / "bin" / "python")

    def entry(*words: str) -> subprocess.CompletedProcess[str]:
        assert image.entry[0] == "python"
        return image.run([python, *image.entry[1:], *words])

    helped, ran, made = entry("--help"), entry(*image.cmd), entry("init")
    asked = image.run([python, *image.health[1:]])

    assert (helped.returncode, "回音" in helped.stdout) == (0, True), helped.stderr
    assert (ran.returncode, "HUIYIN_COMPLAINT_IMAP" in ran.stderr) == (78, True), ran.stderr
    assert made.returncode == 0, made.stderr
    assert (image.root / "data" / "huiyin.db").stat().st_mode & 0o777 == 0o600
    assert (asked.returncode, "没有值守记录" in asked.stdout) == (1, True), asked.stderr
    assert image.here == "/data", "an office on PostgreSQL beats in the working folder, which the user may write"
    assert image.user.isdigit() and image.user != "0"  # noqa: PT018 - one thought: a number, not root's
    assert "huiyin:x:10001:" in (image.root / "etc" / "passwd").read_text("utf-8")


def test_the_linter_finds_nothing_in_the_dockerfile():
    if not HADOLINT.exists():
        pytest.skip("hadolint has no wheel for this machine")

    done = subprocess.run([HADOLINT, "--no-color", TOP / "Dockerfile"], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")


HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "MemoryDenyWriteExecute": None,  # pcre and lxml need none, but a JIT of tomorrow's Python would
    "CapabilityBoundingSet": "",
    "RestrictNamespaces": "yes",
    "UMask": "0077",
    "LimitCORE": "0",
}


def unit(path: Path) -> configparser.ConfigParser:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(path.read_text("utf-8"))
    return read


def test_the_service_is_hardened_and_starts_the_command_there_is():
    service = unit(TOP / "packaging" / "huiyin.service")["Service"]

    assert {name: service.get(name) for name in HARDENED} == HARDENED
    assert service["ExecStart"].split()[1:] == ["-m", "daemon", "run"]
    assert service["RestartPreventExitStatus"] == "78"
    assert int(service["TimeoutStopSec"]) > 8


def test_the_service_beats_where_it_may_write_and_its_health_is_asked_for_there():
    service, health = (unit(TOP / "packaging" / f"{name}.service")["Service"] for name in ("huiyin", "huiyin-health"))

    assert service["WorkingDirectory"] == health["WorkingDirectory"] == f"/var/lib/{service['StateDirectory']}"
    for asked in (service, health):
        assert "PYTHONPATH=/opt/huiyin" in asked["Environment"].split()


@pytest.mark.debian
def test_systemd_itself_finds_nothing_wrong(tmp_path: Path):
    """With the program's and the user's place played by this machine's."""
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("no systemd here")
    for path in UNITS:
        text = path.read_text("utf-8").replace("/opt/huiyin/.venv/bin/python", sys.executable)
        text = text.replace("file:///opt/huiyin/README.md", "https://huiyin.example/").replace(
            "User=huiyin", "User=root"
        )
        (tmp_path / path.name).write_text(text.replace("Group=huiyin", "Group=root"), "utf-8")

    done = subprocess.run([analyze, "verify", *tmp_path.iterdir()], capture_output=True, text=True, check=False)

    assert "huiyin" not in done.stderr, done.stderr
