"""What the played offices found, each mended at its root and told here by itself."""

from datetime import timedelta

import pytest
from played_moves import complain, pry
from played_office import PlayedOffice
from played_people import CITIZENS
from played_staff import settle
from seeds import founded
from shifts import MORNING
from sqlalchemy import select, text

from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, LAND, LI
from daemon.demo.stage import demo_rules, take_office
from db import ledger
from db import tables as t
from db.pen import look, pen
from rules.desk import Desk
from rules.events import OFFICE, Noted
from rules.handling.drafting import identities_of
from rules.reading import read
from rules.shield import find_identities


@pytest.mark.parametrize("mailbox", ["wangfang@126.example", "someone@sina.example"])
def test_the_host_of_a_mailbox_is_nobodys_name(mailbox: str) -> None:
    """An office with a mailbox at the same host could send nothing to a unit."""
    found = find_identities("", f"满意\n\n{mailbox}", "", LI.address)

    assert mailbox in [one.value for one in found]
    assert mailbox.partition("@")[2] not in [one.value for one in found]


def test_a_handle_is_still_somebodys_name() -> None:
    assert "大连老王" in [one.value for one in find_identities("", "@大连老王 请看", "", LI.address)]


def test_an_empty_reply_to_our_letter_does_not_make_our_mailbox_and_telephone_the_complainants() -> None:
    """Every later letter to the unit would have been stopped: it leaves from that mailbox and names that telephone."""
    told = "您反映的事项已经受理。\n监督局 电话：024-40000000"
    subject = "受理告知：桓营诉〔2017〕4号 [HY2017-00004-JA/DFDPSE5PDQ]"
    reply = read(manners.web_163_reply(LI.address, LI.name, COMPLAINT, subject, "", MORNING, told))

    assert reply.own_words == ""
    known = {one.value for one in identities_of(reply, _desk())}
    assert LI.address in known
    assert not known & {COMPLAINT, "024-40000000", COMPLAINT.partition("@")[2]}


def test_what_was_told_last_is_found_without_reading_the_whole_ledger(tmp_path) -> None:
    """It is asked for each letter that leaves: a year of letters would have read a year of lines ten thousand times."""
    url = founded(tmp_path / "huiyin.db", MORNING)
    office = take_office(url)
    with pen(office.engine) as cx:
        for cause in ("over:login:complaint:1", "over:login:complaintx:1", "over:login:complain_:1"):
            ledger.append(cx, cause, [Noted(about=OFFICE, what="decided")], at="2017-05-09T01:00:00Z", book="b")
    with look(office.engine) as cx:
        seq = ledger.last_of(cx, "over:login:complaint:")
        line = cx.execute(text("SELECT cause FROM ledger WHERE seq = :seq"), {"seq": seq}).scalar_one()
    office.engine.dispose()

    assert line == "over:login:complaint:1"


@pytest.mark.on_sqlite("asks SQLite how it would look; on so few lines PostgreSQL reads them all")
def test_the_lines_of_a_cause_are_searched_for(tmp_path) -> None:
    office = take_office(founded(tmp_path / "huiyin.db", MORNING))
    with look(office.engine) as cx:
        plan = cx.execute(
            text("EXPLAIN QUERY PLAN SELECT max(seq) FROM ledger WHERE cause >= 'over:' AND cause < 'over:z'")
        ).all()
    office.engine.dispose()

    assert "SEARCH" in plan[0][3]


def test_a_letter_ordered_by_mail_to_be_read_again_is_decided_in_the_same_round(tmp_path) -> None:
    """It lies before the order that sets it to be read: until the next round the audit missed it among the letters of an hour ago."""
    play = PlayedOffice(tmp_path)
    complain(play, CITIZENS[0], LAND, 0)
    play.a_round()
    pry(play, 0)
    play.a_round()
    (held,) = [one for one in play.waiting() if one.kind == "held"]
    play.now += timedelta(hours=2)

    assert settle(play, play.waiting().index(held), held.choices.index("reread"), by_mail=True)
    play.a_round()

    assert play.problems() == []
    with look(play.office.engine) as cx:
        again = select(t.letters.c.state, t.letters.c.round).where(t.letters.c.sha256 == held.letter)
        assert tuple(cx.execute(again).one()) == ("decided", 1)
    play.close()


def _desk():

    return Desk(MORNING, demo_rules().book, demo_rules().calendar)
