"""What the demo prints: who wrote to whom, what the program saw in it, and what it sent, in the order of the clock."""

from collections.abc import Iterator

from daemon.chronicle import events
from daemon.demo.cast import COMPLAINT, CONTACT, EVERYBODY
from daemon.demo.stage import Stage
from db import lists
from db.pen import look
from rules.reading import read
from rules.wording import wording

say = wording("daemon.demo")
NAMES = {player.address: player.name or player.address for player in EVERYBODY}
OURS = (COMPLAINT, CONTACT)
BESIDE = ("Queued", "ClockStarted", "ClockStopped", "PromiseMeasured", "MachineNoted")
"""Events that the timeline tells otherwise, or that a first look need not see."""


def happened(stage: Stage) -> Iterator[str]:
    """Lines for what came in and what went out since the last call."""
    book = stage.rounds.office.book
    with look(stage.rounds.office.engine) as cx:
        rows = lists.letters(cx)
    for row in rows:
        if row["id"] is None or row["id"] in stage.seen or row["from_addr"] in OURS:
            continue
        stage.seen.add(row["id"])
        yield say(
            "line-in", who=NAMES.get(row["from_addr"], row["from_addr"]), subject=row["subject"] or say("no-subject")
        )
        yield say("line-saw", what=_saw(row, stage, book.label("disposition", row["disposition"])))
        yield from _did(row, stage)
    for sent in stage.host.sent_log[stage.shown :]:
        letter = read(sent.raw)
        if letter.from_addr in OURS:
            yield say("line-out", to=NAMES.get(sent.rcpt, sent.rcpt), subject=letter.subject)
    stage.shown = len(stage.host.sent_log)


def _saw(row: dict[str, object], stage: Stage, disposition: str) -> str:
    if row["machine"]:
        return say("saw-machine", kind=say(f"machine-{row['machine']}"))
    case = next((case for case in _cases(stage) if case["reference"] == row["case"]), None)
    if case is None:
        return disposition
    state = stage.rounds.office.book.label("state", str(case["state"]))
    return say(
        "saw-case", disposition=disposition, number=case["number"], state=state, unit=case["lead"] or say("no-unit")
    )


def _did(row: dict[str, object], stage: Stage) -> Iterator[str]:
    """What came of the letter, in the words of `case`: by which rules it was sorted, who was asked to decide."""
    with look(stage.rounds.office.engine) as cx:
        rows = [line for line in lists.came_of(cx, f"letter:{row['sha256']}:0") if line["event"] not in BESIDE]
    told = [f"{one['event']} {one['detail']}".strip() for one in events(rows, stage.rounds.office.book)]
    if told:
        yield say("line-did", what="；".join(told))


def _cases(stage: Stage) -> list[dict[str, object]]:
    with look(stage.rounds.office.engine) as cx:
        return lists.cases(cx, stage.rounds.office.book)
