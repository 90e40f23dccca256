"""The leader's mailbox in the directory: entered by a person, left as it was by a later sheet that does not say it."""

from sqlalchemy import Engine

from db import directory, ledger
from db.pen import look, pen
from rules.contacts import Row, keep
from rules.decision import ContactEntry
from rules.desk import Contact
from rules.events import Noted

AT = "2017-05-09T01:00:00.000000Z"


def entered(engine: Engine, entry: ContactEntry) -> Contact:
    with pen(engine) as cx:
        (seq,) = ledger.append(
            cx, f"set:{entry!r}{entry.sheet}", [Noted(about="unit:古城镇", what="set")], at=AT, book="b" * 64
        )
        directory.enter(cx, [entry], AT, seq)
    with look(engine) as cx:
        (contact,) = directory.today(cx)
    return contact


def test_a_leaders_mailbox_outlives_the_next_sheet(engine: Engine) -> None:
    assert entered(engine, ContactEntry("古城镇", "gucheng@unit.example")).leader_mailbox == ""

    told = entered(engine, ContactEntry("古城镇", "gucheng@unit.example", leader_mailbox="Fenguan@unit.example"))
    assert told.leader_mailbox == "fenguan@unit.example"

    sheet = keep((Row(unit="古城镇", leader="样例领导", leader_phone="024-40000012"),), "2017-05-10")
    later = entered(engine, ContactEntry("古城镇", "gucheng@unit.example", sheet=sheet))
    assert (later.leader_mailbox, later.leader_phone) == ("fenguan@unit.example", "024-40000012")
