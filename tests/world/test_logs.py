"""The log: one event one line, nothing in it that could harm or tell."""

import io
import json
import logging
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daemon import logs

WHEN = datetime(2017, 5, 9, 10, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture(autouse=True)
def _quiet_again() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, state = list(root.handlers), root.level, dict(vars(logs._state))
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    vars(logs._state).update(state)


def written(*, as_json: bool = False, **keys: object) -> str:
    stream = io.StringIO()
    logs.open_log(as_json=as_json, stream=stream, clock=lambda: WHEN)
    logs.event("letter.kept", **keys)
    return stream.getvalue()


def test_an_event_is_its_name_and_its_keys_on_one_line() -> None:
    assert (
        written(letter=12, folder="垃圾 邮件", size=4711)
        == '2017-05-09T10:00:00+08:00 letter.kept letter=12 folder="垃圾 邮件" size=4711\n'
    )


def test_the_same_event_as_json() -> None:
    assert json.loads(written(as_json=True, letter=12, folder="垃圾邮件", uid=None)) == {
        "at": "2017-05-09T10:00:00+08:00",
        "event": "letter.kept",
        "letter": 12,
        "folder": "垃圾邮件",
        "uid": None,
    }


@settings(deadline=None)
@given(st.text(max_size=400), st.booleans())
def test_whatever_comes_from_outside_stays_one_line_without_controls(text: str, as_json: bool) -> None:
    """A74: newline and a fake line, ESC[2J, OSC 52, bidi."""
    line = written(as_json=as_json, says=text + "\n2017 fake.event\x1b[2J\x1b]52;c;aGk=\x07\u202e\u2028\x85")

    assert line.count("\n") == 1
    assert not [sign for sign in line[:-1] if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp")]


def test_a_megabyte_is_cut() -> None:
    """A74."""
    assert len(written(says="x" * 1_000_000)) < 400


@settings(deadline=None)
@given(st.text(alphabet="ab ", max_size=900), st.integers(0, 1300))
def test_a_registered_secret_is_never_written(before: str, padding: int) -> None:
    """A75: as it is, percent-coded or in base64, wherever the cut falls."""
    logs.register("p@ss-wörd/9")
    for form in ("p@ss-wörd/9", "p%40ss-w%C3%B6rd%2F9", "cEBzcy13w7ZyZC85"):
        assert form[:8] not in written(
            says="p@ss-wörd/9" * (padding // 40) + before + "z" * padding + form + "tail" * 400
        )


def test_a_very_short_secret_does_not_black_out_the_log() -> None:
    logs.register("e")

    assert "letter.kept" in written(says="eee")


def test_a_log_that_cannot_be_written_is_counted_and_work_goes_on() -> None:
    """F18."""
    stream = io.StringIO()
    logs.open_log(stream=stream)
    stream.close()
    before = logs.lost()

    logs.event("letter.kept")

    assert logs.lost() == before + 1


def test_other_libraries_come_through_the_same_sieve() -> None:
    stream = io.StringIO()
    logs.open_log(stream=stream, clock=lambda: WHEN)

    logging.getLogger("somebody").warning("line one\nline two %s", "end")
    logging.getLogger("somebody").warning("wrong %d", "word")
    logging.getLogger("imapclient").warning("the wire says")

    assert stream.getvalue().splitlines() == [
        '2017-05-09T10:00:00+08:00 library.warning library=somebody says="line one\\x0aline two end"',
        '2017-05-09T10:00:00+08:00 library.warning library=somebody says="wrong %d"',
    ]
