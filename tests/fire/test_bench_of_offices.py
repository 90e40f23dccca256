"""Several offices measured at once: every letter of each leaves, and the office whose process is killed is served again (F33)."""

import os

import pytest

from daemon.bench.offices import many
from rules.trouble import StoreTrouble


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.debian)])
def server(request: pytest.FixtureRequest) -> str:
    """'' for files, or the server on which each office gets a database."""
    if request.param == "postgres":
        request.getfixturevalue("postgres_url")
    return "" if request.param == "sqlite" else os.environ["HUIYIN_TEST_POSTGRES"]


@pytest.mark.long
@pytest.mark.timeout(900)
def test_f33_two_offices_at_once_send_receipt_and_forward_for_every_letter_and_a_killed_one_is_taken_over(server: str):
    found = many(server, 2, 3)

    assert (found.offices, found.letters, found.sent) == (2, 3, 2 * 3 * 2)
    assert found.per_second > 0
    assert found.memory_mb > 100
    assert 0 < found.takeover_seconds < 30


def test_a_server_that_is_not_there_is_said_and_nothing_is_started():
    with pytest.raises(StoreTrouble, match="连不上"):
        many("postgresql://nobody@127.0.0.1:1/office", 1, 1)
