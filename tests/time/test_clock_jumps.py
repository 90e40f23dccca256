"""The machine's clock is wrong: nobody is reminded of anything until a person has said that it is right."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import ground
import pytest
from office_time import a_round, asked, complain, letters_to, story_of

from daemon import timekeeping
from daemon.demo.cast import LAND, RECEIVER
from daemon.demo.stage import Stage
from daemon.running import Run
from daemon.timekeeping import Pace, sound
from rules.trouble import WorldTrouble

YEAR = timedelta(days=365)


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=365 * 48)])
def test_f79_a_clock_that_jumps_back_stops_the_tick_and_asks_once(stage: Stage, back: timedelta) -> None:
    complain(stage)
    sent = len(stage.host.sent_log)

    for _ in range(2):
        with pytest.raises(WorldTrouble):
            stage.rounds.tick(stage.now - back)

    assert asked(stage) == ["clock"]
    assert len(stage.host.sent_log) == sent
    a_round(stage)
    assert len(letters_to(stage, RECEIVER.address, "系统时间异常")) == 1


def test_a_clock_set_right_by_seconds_is_believed(stage: Stage) -> None:
    complain(stage)

    assert stage.rounds.tick(stage.now - timedelta(seconds=90)) == 0
    assert asked(stage) == []


def test_f80_a_shift_that_begins_a_year_ahead_reminds_nobody(stage: Stage) -> None:
    complain(stage)
    ahead = stage.now + YEAR

    stage.rounds.begin(ahead)

    with pytest.raises(WorldTrouble):
        stage.rounds.tick(ahead)
    assert asked(stage) == ["clock"]
    assert story_of(stage, "Reminded") == []


def test_f80_the_clock_comes_back_and_a_persons_word_lets_the_tick_go_on(stage: Stage) -> None:
    complain(stage)
    now = stage.now
    stage.rounds.begin(now + YEAR)
    with pytest.raises(WorldTrouble):
        stage.rounds.tick(now + timedelta(minutes=20))
    a_round(stage, now + timedelta(minutes=30))
    stage.order(RECEIVER, "知道了", stage.now)
    a_round(stage, now + timedelta(minutes=40))

    assert stage.rounds.tick(now + timedelta(hours=1)) == 0
    assert asked(stage) == []
    assert letters_to(stage, LAND.address, "催办") == []


def test_f85_a_daemon_that_was_off_for_ten_days_is_believed(stage: Stage) -> None:
    complain(stage)
    later = stage.now + timedelta(days=10)

    stage.rounds.begin(later)

    assert stage.rounds.tick(later) == 1
    assert "clock" not in asked(stage)


def test_after_a_silent_month_a_new_letter_on_the_server_shows_that_the_time_is_right(stage: Stage) -> None:
    complain(stage)
    stage.now += timedelta(days=45)
    complain(stage)  # kept with the server's date of that day

    assert sound(stage.rounds.office, stage.now + timedelta(days=20), starting=True)


def test_a_time_that_a_person_gives_is_believed_however_far_ahead(stage: Stage) -> None:
    complain(stage)
    later = stage.now + timedelta(days=60)

    stage.rounds.begin(later, vouched=True)

    assert stage.rounds.tick(later) == 1


def test_an_office_of_which_nothing_is_known_believes_any_time(stage: Stage, tmp_path: Path) -> None:
    from db.engine import open_engine
    from db.schema import init

    engine = open_engine(ground.place(tmp_path / "new.db"))
    init(engine, "new", stage.now)
    office = stage.rounds.office.__class__(
        engine, stage.rounds.office.rules, {}, stage.now, stage.rounds.office.desktop
    )

    assert sound(office, stage.now + YEAR, starting=True)
    engine.dispose()


def test_f80_wall_and_steady_clock_an_hour_apart_are_noticed_once() -> None:
    start, pace = datetime(2017, 5, 9, tzinfo=UTC), Pace()

    assert not pace.jumped(start, 100.0)
    assert not pace.jumped(start + timedelta(seconds=31), 130.0)
    assert pace.jumped(start + YEAR, 160.0)
    assert not pace.jumped(start + YEAR + timedelta(seconds=30), 190.0)
    assert pace.jumped(start, 220.0)


def test_f80_a_running_daemon_whose_clock_jumps_asks_and_stops_ticking(stage: Stage, tmp_path) -> None:
    complain(stage)
    run = Run(stage.rounds, lambda: stage.now, 1.0, tmp_path / "heartbeat")
    run._bells()
    stage.now += YEAR

    run._bells()

    assert asked(stage) == ["clock"]
    assert story_of(stage, "Reminded") == []
    assert timekeeping.steady() <= timekeeping.steady()
