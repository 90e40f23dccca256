"""A letter that cannot be written is one case's trouble: the others are reminded, a person is asked once, and the day is not lost (F92, STEADY)."""

import dataclasses
from datetime import timedelta

from office_time import a_round, asked, complain, letters_to, story_of, the_case

from daemon.demo.cast import LAND, LI
from daemon.demo.stage import Stage
from templates.speak import Speaker

TORN = '{% import "shape" as f %}{% set subject %}x{% endset %}{{ no_such_word }}'
LATER = timedelta(days=6)


def with_letters(stage: Stage, **letters: str) -> None:
    office = stage.rounds.office
    speaker = Speaker(office.desktop.speaker.office, letters)
    stage.rounds.office = dataclasses.replace(office, desktop=dataclasses.replace(office.desktop, speaker=speaker))


def test_f92_a_broken_reminder_is_asked_about_once_and_sent_when_it_is_mended(stage: Stage):
    complain(stage)
    with_letters(stage, unit_reminder=TORN)
    stage.now += LATER

    stage.rounds.tick(stage.now)
    stage.rounds.tick(stage.now)

    assert asked(stage) == ["trouble"]
    assert story_of(stage, "Reminded") == []
    assert the_case(stage).clock("sign") is not None

    with_letters(stage)
    a_round(stage)
    stage.rounds.tick(stage.now)
    a_round(stage)

    assert letters_to(stage, LAND.address, "催办") or letters_to(stage, LAND.address, "提醒")
    assert letters_to(stage, LI.address, "回执")
