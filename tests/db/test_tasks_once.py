"""A turn of a recurring task is reported once: whoever reports it again, from whatever list, finds it done."""

import json
from datetime import date

from office_builders import caused, written
from sqlalchemy import Engine

from db import agenda
from db.pen import look, pen
from rules.decision import Decision, Warrant, WarrantKind
from rules.desk import AgendaItem, CodeHit
from rules.events import OFFICE, Noted, TaskDone
from rules.handover.tasks import TASKS

DUTY = Warrant(WarrantKind.ORDER, "handover:2017-05-25:morning:周敏#1", "周敏", "duty")
TURN = "task:开展宣传:2017-05-28"
LIST = "handover:2017-05-25:morning:吴强"


def test_a_turn_that_a_colleague_reported_is_done_on_every_list(engine: Engine):
    words = json.dumps({"items": [{"number": 1, "target": TURN}, {"number": 2, "target": "task:明察暗访:2017-03-25"}]})
    listed = written(
        LIST, audience="staff", to="wuqiang@office.example", template="handover", words=words, about=OFFICE
    )
    done = TaskDone(about=TASKS, warrant=DUTY, task="开展宣传", due=date(2017, 5, 28))
    hit = CodeHit(LIST, OFFICE, "staff:吴强", "wuqiang@office.example", "handover", "sent", "subject")
    with pen(engine) as cx:
        caused(cx, "handover:1", Decision(events=(Noted(about=OFFICE, what="told"),)), [listed])
        caused(cx, "order:1", Decision(events=(done,)))

    with look(engine) as cx:
        items = agenda.items(cx, (hit,))

    assert items == (AgendaItem(1, TURN, done=True), AgendaItem(2, "task:明察暗访:2017-03-25", done=False))
