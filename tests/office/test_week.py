"""A week without an answer fills the staff's mailboxes; a stranger with the letters alone clears them by reply."""

from datetime import datetime, timedelta, timezone

import pytest
from stranger import Stranger

from daemon.auditing import audit
from daemon.demo.cast import STAFF
from daemon.demo.stage import Stage
from daemon.demo.week import play
from db import lists
from db.pen import look
from rules.reading import read

ZONE = timezone(timedelta(hours=8))
PEOPLE = {player.address: player for player in STAFF.values()}.values()
MORNINGS = [datetime(2017, 5, day, 8, 41, tzinfo=ZONE) for day in (22, 23, 24, 25, 26)]


KINDS = {
    "incomplete",
    "answer",
    "grounds",
    "same-matter",
    "ourselves",
    "bounce",
    "telephone",
    "extension",
    "held",
    "contact",
}
KINDS |= {"escalated", "unit-question", "supplement", "withdrawal", "fishing", "send-back", "review"}
"""What the week leaves behind."""


def waiting(stage: Stage) -> list[str]:
    with look(stage.rounds.office.engine) as cx:
        return [question["what"] for question in lists.questions(cx)]


@pytest.mark.long
def test_a_stranger_clears_a_full_mailbox_with_the_letters_alone(stage: Stage):
    play(stage)
    stranger = Stranger(stage)
    before = waiting(stage)
    assert set(before) == KINDS
    assert all(stranger.newest(player) for player in PEOPLE)

    for morning in MORNINGS:
        stage.now = morning
        stage.rounds.tick(morning)
        stage.rounds.whole(morning)
        for player in PEOPLE:
            stranger.answer(player)
        stage.now += timedelta(minutes=5)
        stage.rounds.whole(stage.now)
        if not waiting(stage):
            break

    assert waiting(stage) == []
    said = [read(stored.raw).text for player in PEOPLE for stored in stage.host.folder(player.address)]
    assert not any("没有看懂" in text for text in said)
    assert audit(stage.rounds.office, stage.now, deep=True).problems == ()
