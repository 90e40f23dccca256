"""Cases opened in the same instant (F35): by the desk, by orders in several processes, across midnight of the year; no number twice, none left out."""

import threading
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from office_days import citizens_write, complaint, environment, left, started, work
from shifts import MORNING, ZONE, reopened

from daemon import points
from daemon.auditing import audit
from daemon.demo.cast import COMPLAINT, RECEIVER
from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage
from daemon.entering import enter_person
from daemon.reader import Reader
from db import lists
from db.pen import look
from rules.entry.form import Filled


def numbers(stage: Stage) -> list[str]:
    with look(stage.rounds.office.engine) as cx:
        return [row["number"] for row in lists.cases(cx, stage.rounds.office.book)]


def of_the_year(year: int, count: int) -> list[str]:
    return [f"桓营诉〔{year}〕{serial}号" for serial in range(1, count + 1)]


def by_telephone(number: int) -> Filled:
    return Filled(
        {
            "channel": "电话",
            "name": f"王{number}",
            "phone": f"1380000{number:04}",
            "text": f"投诉国土资源局。我的不动产登记申请第{number}号材料早已交齐，窗口拖了三个月不给办证。",
        }
    )


def test_f35_letters_of_one_instant_and_calls_entered_meanwhile_get_each_a_number_and_none_is_left_out(
    stage: Stage, url: str, reader: Reader, tmp_path: Path
):
    citizens_write(stage.host, 1, 2)
    stage.rounds.poll(stage.now)
    others = [reopened(tmp_path, stage.host, reader, url=url) for _ in range(2)]
    together = threading.Barrier(3)
    entered: list[str] = []

    def enter(other: Stage, first: int) -> None:
        together.wait()
        for number in range(first, first + 2):
            entered.append(enter_person(other.rounds.office, by_telephone(number), RECEIVER.name, stage.now).number)

    desks = [threading.Thread(target=enter, args=(other, 100 * place)) for place, other in enumerate(others)]
    for desk in desks:
        desk.start()
    together.wait()
    stage.rounds.decide(stage.now)
    for desk in desks:
        desk.join(60)
        assert not desk.is_alive()
    work(stage, 2)

    assert sorted(numbers(stage)) == sorted(of_the_year(2017, 6))
    assert len(set(entered)) == 4
    assert max(left(stage).values()) == 1
    assert audit(stage.rounds.office, stage.now, deep=True).problems == ()
    for other in others:
        other.close()
        other.rounds.office.engine.dispose()


def test_f35_across_midnight_of_the_year_the_number_begins_again_at_one(stage: Stage):
    eve = datetime(2017, 12, 31, 23, 59, 59, 900_000, ZONE)
    for number, at in enumerate((eve, eve, eve + timedelta(milliseconds=200), eve + timedelta(milliseconds=200)), 1):
        stage.host.deliver(COMPLAINT, complaint(number, at), internaldate=at)
        stage.now = at
        stage.rounds.poll(at)
        stage.rounds.decide(at)

    assert sorted(numbers(stage)) == sorted([*of_the_year(2017, 2), *of_the_year(2018, 2)])


@pytest.mark.parametrize("point", ["decide", "write", "record"])
def test_f35_a_number_that_was_rolled_back_is_given_again_and_never_twice(stage: Stage, point: str):
    citizens_write(stage.host, 1, 2)
    stage.rounds.poll(stage.now)
    broken: list[str] = []

    def breaks(reached: str) -> None:
        if reached == point and not broken:
            broken.append(reached)
            raise InterruptedError("the process is told to end")

    points.watch(breaks)
    try:
        with suppress(InterruptedError):
            stage.rounds.decide(stage.now)
    finally:
        points.unwatch()
    before = numbers(stage)
    work(stage, 2)

    assert (broken, before) == ([point], [])
    assert sorted(numbers(stage)) == of_the_year(2017, 2)
    assert set(left(stage).values()) == {1}


@pytest.mark.long
def test_f35_of_processes_that_open_a_case_at_once_each_says_another_number(
    stage: Stage, host: MailHost, url: str, tmp_path: Path
):
    values = environment(tmp_path, host, url)
    words = (
        "--channel",
        "电话",
        "--name",
        "王某",
        "--phone",
        "13800000021",
        "--by",
        RECEIVER.name,
        "--now",
        MORNING.isoformat(),
    )
    text = by_telephone(1).values["text"]

    processes = [
        started(values, "open", *words, "--text", text.replace("第1号", f"第{number}号"), folder=tmp_path)
        for number in range(3)
    ]
    said = "".join(process.communicate(timeout=90)[0].decode("utf-8") for process in processes)

    assert [process.returncode for process in processes] == [0, 0, 0], said
    assert all(number in said for number in of_the_year(2017, 3)), said
    assert sorted(numbers(stage)) == of_the_year(2017, 3)
