"""F87, F95, A63-A69: reading happens in a process that may die; what comes back are values of ours, and the next letter is read."""

import io
import os
import pickle
import resource
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from papers_made import a_zip

from daemon import no_network, reading_child
from daemon.reader import Died, Reader
from daemon.reading_child import FAILED, LAST, VALUE, Desk, frame, our_value, serve, take
from rules.papers import Clean, Paper, Withheld
from rules.trouble import WorldTrouble


@pytest.fixture(scope="module")
def reader(tmp_path_factory: Any) -> Any:
    with Reader(tmp_path_factory.mktemp("reader") / "own") as reader:
        yield reader


def test_a_paper_is_read_and_cleaned_in_the_child(reader: Reader) -> None:
    assert reader.paper("甲".encode(), "x.txt") == Paper("txt", "甲", blocks=("甲",), name="x.txt")
    copy = reader.clean("甲".encode(), "x.txt", 2)
    assert isinstance(copy, Clean)
    assert (copy.name, copy.text) == ("attachment-2.docx", "甲")
    assert reader.clean(b"", "x.txt") == Withheld("file:empty")


LETTER = b"From: a@b.example\r\nSubject: x\r\n\r\nhello HY2017-00012-K7\r\n"


def test_letters_are_read_in_the_child_as_they_are_here(reader: Reader) -> None:
    from rules.reading import read

    assert [reader.read(LETTER), *reader.read_all([LETTER, b""])] == [read(LETTER), read(LETTER), read(b"")]


def test_many_items_come_back_in_order(reader: Reader) -> None:
    answers = reader.call_all("paper", [(str(number).encode(), "") for number in range(50)])
    assert [answer.text for answer in answers] == [str(number) for number in range(50)]


def test_large_items_go_in_several_requests(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daemon.reading_process.BATCH", 10)
    assert [paper.text for paper in reader.call_all("paper", [(b"12345678", ""), (b"2345678", ""), (b"3", "")])] == [
        "12345678",
        "2345678",
        "3",
    ]


def test_threads_share_a_reader(reader: Reader) -> None:
    answers = {}
    threads = [
        threading.Thread(target=lambda n=n: answers.update({n: reader.paper(str(n).encode()).text})) for n in range(4)
    ]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert answers == {n: str(n) for n in range(4)}


TABLE = {
    "hang": "time:sleep",
    "echo": "builtins:len",
    "boom": "operator:truediv",
    "grab": "builtins:bytes",
    "spin": "builtins:sum",
    "kill": "os:abort",
    "strange": "builtins:complex",
    "leave": "sys:exit",
    "dial": "socket:create_connection",
}


def a_child(tmp_path: Path, **limits: Any) -> Any:
    """A reader whose child knows the functions above: to let it hang, burn and die."""
    own = tmp_path / "child"
    (own / "daemon").mkdir(parents=True)
    (own / "daemon" / "__init__.py").write_text("", "utf-8")
    body = Path(reading_child.__file__).read_text("utf-8")
    start = body.index("TABLE = {")
    body = body[:start] + f"TABLE = {TABLE!r}" + body[body.index("}\n", start) + 1 :]
    (own / "daemon" / "reading_child.py").write_text(body, "utf-8")
    (own / "daemon" / "no_network.py").write_text(Path(no_network.__file__).read_text("utf-8"), "utf-8")
    reader = Reader(tmp_path / "own", **limits)
    reader.root = own
    return reader


def test_a_letter_that_kills_the_child_costs_only_itself(tmp_path: Path) -> None:
    with a_child(tmp_path) as reader:
        answers = [
            reader.call_all("echo", [(b"abc",)]),
            reader.call_all("kill", [()]),
            reader.call_all("leave", [()]),
            reader.call_all("echo", [(b"ab",)]),
        ]
    assert answers == [[3], [Died("signal:6")], [Died("gone")], [2]]


def test_nothing_that_reads_can_reach_the_network(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, a_child(tmp_path) as reader:
        assert reader.call_all("dial", [(server.getsockname(), 5)]) == [Died("error:PermissionError")]


def test_the_items_behind_a_deadly_one_are_read(tmp_path: Path) -> None:
    with a_child(tmp_path) as reader:
        assert reader.call_all("boom", [(4, 2), (1, 0), (9, 3)]) == [2.0, Died("error:ZeroDivisionError"), 3.0]


def test_memory_time_and_work_end_at_their_limits(tmp_path: Path) -> None:
    with a_child(tmp_path, memory=64 << 20, cpu=1, wall=20) as reader:
        reader.call_all("echo", [(b"x",)])
        assert reader.call_all("grab", [(1 << 30,), (3,)]) == [Died("memory"), b"\0\0\0"]
        assert reader.call_all("spin", [(range(10**12),)]) == [Died("cpu")]
        reader.wall = 0.3
        assert reader.call_all("hang", [(30,)]) == [Died("time")]


def test_nothing_but_values_of_ours_comes_back(tmp_path: Path) -> None:
    assert our_value(pickle.dumps(Withheld("x"))) == Withheld("x")
    for strange in (os.system, pickle.Pickler, Path("x"), complex(1, 2)):
        with pytest.raises(pickle.UnpicklingError):
            our_value(pickle.dumps(strange))
    with a_child(tmp_path) as reader:
        assert reader.call_all("strange", [(1, 2), (1, 2)]) == [Died("strange"), Died("strange")]


def test_the_child_gets_no_setting_and_no_home(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """QUIET: the daemon's passwords stand in its environment."""
    monkeypatch.setenv("HUIYIN_PASSWORD", "secret")
    reader.close()
    reader.paper(b"x")
    if Path("/proc/self/environ").exists():
        environment = Path(f"/proc/{reader._child.pid}/environ").read_bytes().decode()
        names = {line.partition("=")[0] for line in environment.split("\0") if line}
        assert names == {"PYTHONPATH", "TMPDIR", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE"}


def test_f95_temporary_files_lie_in_one_folder_of_ours_and_are_removed(tmp_path: Path) -> None:
    """F95: what a killed process left is gone at the next start; what a living one uses stays."""
    folder = tmp_path / "own"
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True, text=True
    ).stdout.strip()
    for name in (f"{gone}-x", "strange", f"{os.getppid()}-y"):
        (folder / name).mkdir(parents=True)
        (folder / name / "letter.tmp").write_text("x", "utf-8")
    (folder / f"{gone}-file").write_text("x", "utf-8")
    with Reader(folder) as reader:
        reader.paper(b"x")
        inside = sorted(path.name.partition("-")[0] for path in folder.iterdir())
        assert inside == sorted([str(os.getppid()), str(os.getpid())])
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.iterdir()] == [f"{os.getppid()}-y"]


def test_a_folder_that_is_not_ours_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(WorldTrouble, match="link"):
        Reader(tmp_path / "link")


@pytest.fixture
def limits_kept() -> Any:
    """The desk moves the limits of its own process: here, of the tests."""
    before = {kind: resource.getrlimit(kind) for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU)}
    yield
    for kind, values in before.items():
        resource.setrlimit(kind, values)


def served(desk: Any, *requests: Any) -> Any:
    answers = io.BytesIO()
    serve(io.BytesIO(b"".join(frame(pickle.dumps(request)) for request in requests) + b"\0\0"), answers, desk)
    stream = io.BytesIO(answers.getvalue())
    return [answer for _ in requests if (answer := take(stream)) is not None]


def test_the_child_serves_until_the_stream_ends(limits_kept: Any) -> None:
    (answer,) = served(Desk(1 << 40, 10**6), ("paper", [("甲".encode(), "")]))
    assert (answer[:1], our_value(answer[1:]).text) == (VALUE, "甲")
    assert take(io.BytesIO(b"\0\0\0\x09x")) is None


def test_a_child_that_keeps_too_much_memory_leaves_after_its_answer(limits_kept: Any) -> None:
    desk = Desk(1 << 40, 10**6)
    desk.function("paper")
    desk.base, desk.answered = 1, 31
    answers = served(desk, ("paper", [(b"x", "")]), ("paper", [(b"y", "")]))
    assert [answer[:1] for answer in answers] == [LAST if reading_child.address_space() else VALUE]


def test_a_fault_in_the_child_is_its_name_alone_and_without_memory_it_leaves(
    limits_kept: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(1 << 40, 10**6)
    monkeypatch.setitem(reading_child.TABLE, "boom", "operator:truediv")
    monkeypatch.setitem(reading_child.TABLE, "grab", "builtins:bytes")
    answers = served(desk, ("boom", [(1, 0)]), ("grab", [(1 << 62,)]), ("boom", [(1, 1)]))
    assert [(answer[:1], our_value(answer[1:])) for answer in answers] == [
        (FAILED, "error:ZeroDivisionError"),
        (FAILED, "memory"),
    ]


def test_a_bomb_in_the_child_is_a_word_like_everywhere(reader: Reader) -> None:
    assert reader.paper(a_zip({"word/document.xml": b"0" * (17 << 20)}), "x.docx").why_not == "file:bomb"


def test_signs_of_answers_are_three() -> None:
    assert len({VALUE, LAST, FAILED}) == 3
