"""The whole way, timed stage by stage: fetch and keep, decide and record, send; and the cost of a letter with many stored."""

import resource
import time
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import cast

from sqlalchemy import insert

from daemon.bench.post_office import PostOffice
from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage, found_office, take_stage
from daemon.reader import Reader
from daemon.studying import warm
from db import tables as t
from db.moment import kept
from db.pen import pen
from rules.trouble import WorldTrouble
from rules.wording import wording

say = wording("daemon")
ZONE = timezone(timedelta(hours=8))
MORNING = datetime(2017, 5, 9, 9, 0, tzinfo=ZONE)
ROWS = 1000


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of each stage for `letters` letters, how many letters went out, and the UIDs of those that came."""

    letters: int
    keep: float
    decide: float
    send: float
    sent: int
    uids: list[int]

    @property
    def whole(self) -> float:
        """Letters a second, the whole way."""
        return self.letters / (self.keep + self.decide + self.send)


def whole_way(servers: PostOffice, url: str, letters: int, *, stored: int = 0) -> Timed:
    """Time the way of so many letters over the empty database at the URL, after seeding it with others. Raises WorldTrouble."""
    _found_apart(url)
    host = cast("MailHost", servers)  # the stage asks for its ports alone, until somebody posts or looks into a mailbox
    stage = take_stage(Path(), host, Reader(), url=url)
    stage.now = MORNING
    stage.rounds.begin(MORNING)
    stage.rounds.poll(MORNING)
    warm(stage.rounds.office, stage.rounds.reader)
    if stored:
        seed(stage, stored)
    uids = servers.deliver(range(letters))
    try:
        return timed(stage, uids)
    finally:
        stage.rounds.close()
        stage.rounds.office.engine.dispose()


def _found_apart(url: str) -> None:
    """Found the office in a process of its own, as `init` is one: what makes a schema (12 MB) is no part of a daemon that works."""
    process = get_context("spawn").Process(target=found_office, args=(url, MORNING - timedelta(days=1)))
    process.start()
    process.join()
    if process.exitcode:
        raise WorldTrouble(say("bench-ended"))


def timed(stage: Stage, uids: list[int]) -> Timed:
    """Time what a stage that is ready does with the letters of these UIDs that just came."""
    began = time.perf_counter()
    stage.rounds.poll_one("complaint", MORNING)
    kept_at = time.perf_counter()
    stage.rounds.decide(MORNING)
    decided = time.perf_counter()
    sent = 0
    while (went := stage.rounds.send(MORNING).sent) > 0:
        sent += went
    return Timed(len(uids), kept_at - began, decided - kept_at, time.perf_counter() - decided, sent, uids)


def seed(stage: Stage, count: int) -> None:
    """Put letters of the past into the store in bulk: kept, seen and decided, as a year of work leaves them."""
    at = kept(MORNING - timedelta(days=30))
    with pen(stage.rounds.office.engine) as cx:
        folder = cx.execute(
            insert(t.folders)
            .values(mailbox="complaint", name="seed", role="other", life=1, validity=1, cursor=count)
            .returning(t.folders.c.id)
        ).scalar_one()
        for start in range(0, count, ROWS):
            names = [sha256(f"seed {number}".encode()).hexdigest() for number in range(start, min(start + ROWS, count))]
            cx.execute(insert(t.blobs), [{"sha256": name, "size": 4, "bytes": b"seed"} for name in names])
            rows = [
                {
                    "sha256": name,
                    "received": at,
                    "state": "decided",
                    "disposition": "machine",
                    "kind": "seed",
                    "seq": 1,
                    "message_id": f"<{name}@seed.example>",
                    "text_key": name,
                    "from_addr": f"{name[:12]}@seed.example",
                }
                for name in names
            ]
            ids = cx.execute(insert(t.letters).returning(t.letters.c.id), rows).scalars().all()
            cx.execute(
                insert(t.sightings),
                [{"folder": folder, "uid": start + n, "letter": row, "at": at} for n, row in enumerate(ids, 1)],
            )


def peak_megabytes() -> float:
    """The most memory this process has had, in MB (the reading child not counted)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
