"""An order by letter stands among the orders like one from the command line: who, which verb, to which question, by which letter."""

from office_builders import NOW
from sqlalchemy import select

from db import orders
from db import tables as t
from db.moment import kept
from db.pen import pen
from rules.decision import Warrant, WarrantKind
from rules.events import OFFICE, Noted, Ordered, OrderRefused

BY = Warrant(WarrantKind.ORDER, "forward:x", "张接件", "receiver")


def test_an_order_by_letter_has_a_row_and_a_refused_one_has_none(engine):
    given = (
        Ordered(about=OFFICE, warrant=BY, verb="forward", question="forward:x"),
        Noted(about=OFFICE, what="x"),
        OrderRefused(about=OFFICE, verb="refuse", reason="not-yours"),
    )
    with pen(engine) as cx:
        orders.keep_by_letter(cx, "a" * 64, given, kept(NOW))
        rows = [
            tuple(row)
            for row in cx.execute(
                select(t.orders.c.letter, t.orders.c.actor, t.orders.c.channel, t.orders.c.verb, t.orders.c.question)
            )
        ]

    assert rows == [("a" * 64, "张接件", "mail", "forward", "forward:x")]


def test_a_letter_that_orders_nothing_leaves_no_row(engine):
    with pen(engine) as cx:
        orders.keep_by_letter(cx, "b" * 64, (Noted(about=OFFICE, what="x"),), kept(NOW))
        assert cx.execute(select(t.orders)).all() == []
