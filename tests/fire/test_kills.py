"""Killed at any moment (F16, F33): two daemons on one office, SIGKILL at random moments; nothing lost, nothing doubled, on either database.

HUIYIN_KILLS sets how many (`make torture` takes ten thousand).
"""

import os
import random
import signal
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from office_days import citizen, citizens_write, left, rows, work
from shifts import MORNING, reopened

from daemon.auditing import audit
from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage, set_stage
from daemon.reader import Reader
from daemon.studying import warm
from db import lists
from db.pen import look, shift
from rules.trouble import StoreTrouble

KILLS = {
    "sqlite": int(os.environ.get("HUIYIN_KILLS", "200")),
    "postgresql": int(os.environ.get("HUIYIN_KILLS", "200")) // 4,
}
STANDBY = 0.05


def daemon(folder: Path, host: MailHost, url: str) -> int:
    """A process that serves the office while it has the shift, and stands by while it has not; returns its pid."""
    pid = os.fork()
    if pid:
        return pid
    try:
        stage = reopened(folder, host, Reader(), url=url)
        while True:
            with suppress(StoreTrouble), shift(stage.rounds.office.engine) as ours:
                stage.rounds.holds = ours.holds
                stage.rounds.begin(stage.now)
                while True:
                    stage.rounds.whole(stage.now)
            time.sleep(STANDBY)
    finally:
        os._exit(1)


def kill_at_random(folder: Path, host: MailHost, url: str, kills: int, count: int) -> int:
    """Two daemons live at any time; one of them is killed, another takes its place. New letters come all the while."""
    dice = random.Random(20170509)
    living = [daemon(folder, host, url) for _ in range(2)]
    for done in range(kills):
        citizens_write(host, *range(done * count // kills, (done + 1) * count // kills))
        time.sleep(dice.uniform(0.02, 1.2))
        victim = living.pop(dice.randrange(2))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        living.append(daemon(folder, host, url))
    for pid in living:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return kills


def tally(stage: Stage, count: int) -> Counter[str]:
    """lost: a citizen without a case or a letter without a trace; doubled; unknown: with a question to a person."""
    with look(stage.rounds.office.engine) as cx:
        cases = lists.cases(cx, stage.rounds.office.book)
        asked = {row["about"] for row in lists.questions(cx)}
        senders = Counter(row["from_addr"] for row in lists.letters(cx) if row["disposition"] == "opened")
    states, went = rows(stage.rounds.office.engine), left(stage)
    found = Counter(lost=0, doubled=0, unknown=0)
    found["lost"] += sum(senders[citizen(number)] == 0 for number in range(count))
    found["doubled"] += sum(many - 1 for many in senders.values() if many > 1)
    found["doubled"] += sum(many - 1 for many in went.values() if many > 1)
    for case in cases:
        for occasion in (f"receipt:{case['reference']}", f"transfer:{case['reference']}:1:国土资源局"):
            open_question = states.get(occasion) == "unknown" and f"case:{case['reference']}" in asked
            found["unknown"] += open_question and not went[occasion]
            found["lost"] += not went[occasion] and not open_question
    return found


@pytest.mark.long
@pytest.mark.timeout(60_000)
def test_f16_two_daemons_killed_at_random_lose_nothing_and_double_nothing(
    url: str, host: MailHost, reader: Reader, tmp_path: Path
):
    kills = KILLS[url.partition(":")[0].partition("+")[0]]
    count = min(max(20, kills // 2), 2_500)
    first = set_stage(tmp_path, MORNING - timedelta(days=1), host, reader, url=url)
    warm(first.rounds.office, reader)  # the forked processes find word lists and patterns read already
    first.close()
    first.rounds.office.engine.dispose()

    kill_at_random(tmp_path, host, url, kills, count)
    stage = reopened(tmp_path, host, reader, url=url)
    stage.rounds.begin(stage.now)
    work(stage, 5)

    found = tally(stage, count)
    print(
        f"{url.partition(':')[0]}: kills {kills}, letters {count}, " + ", ".join(f"{k} {v}" for k, v in found.items())
    )
    assert (found["lost"], found["doubled"]) == (0, 0)
    assert audit(stage.rounds.office, stage.now, deep=True).problems == ()
    stage.close()
    stage.rounds.office.engine.dispose()
