"""The night's letter over real sockets names each thing as a clerk knows it: the letter, the case, the letter of ours, the folder, the line (S42)."""

import pytest
from office_day import Day
from sqlalchemy import delete, select, update

from daemon.auditing import night
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, LAND, LI, RECEIVER
from daemon.entering import enter_person
from daemon.whereabouts import in_words
from db import tables as t
from db.pen import look, pen
from rules.entry.form import Filled
from rules.wording import wording

demo = wording("daemon.demo")
SUBJECT = demo("subject-complaint")


@pytest.fixture
def lived(day: Day) -> Day:
    """A complaint lies with its unit."""
    day.writes(LI, SUBJECT, demo("text-complaint"))
    return day


def at_night(day: Day) -> str:
    """What the letter says."""
    assert night(day.stage.rounds.office, day.stage.now) == 1
    day.round()
    return day.stage.latest(RECEIVER, "夜间核对").text


def test_a_letter_is_named_by_who_wrote_it_and_where_it_lies(lived: Day):
    with pen(lived.stage.rounds.office.engine) as cx:
        cx.execute(delete(t.filings))
    said = at_night(lived)

    assert f"来信去向：“{SUBJECT}”（{LI.address}，2017年5月9日收到，投诉举报信箱收件箱，存档号 " in said
    assert "写一封“登记表”登记" in said


def test_what_the_office_wrote_down_itself_lies_at_its_desk(day: Day):
    call = Filled({"channel": "电话", "respondent": "国土资源局", "text": demo("text-complaint")})
    enter_person(day.stage.rounds.office, call, RECEIVER.name, day.stage.now)
    with look(day.stage.rounds.office.engine) as cx:
        digest = cx.execute(select(t.letters.c.sha256)).scalar_one()
        said = in_words(cx, day.stage.rounds.office, digest[:16])

    assert (
        said == f"“登记表”（{RECEIVER.address}，2017年5月9日收到，登记台，归在桓营诉〔2017〕1号，存档号 {digest[:16]}）"
    )


def test_a_case_is_named_by_its_number(lived: Day):
    with pen(lived.stage.rounds.office.engine) as cx:
        cx.execute(update(t.cases).values(due="soon"))
    said = at_night(lived)

    assert "期限：桓营诉〔2017〕1号。" in said
    assert "HY2017-" not in said


def test_a_letter_of_ours_that_hangs_is_named_by_what_it_is_and_to_whom(lived: Day):
    got = lived.stage.latest(LAND)
    bounce = manners.bounce_163(COMPLAINT, LAND.address, got.subject, lived.stage.now, got.message_id)
    lived.stage.arrive(bounce, COMPLAINT)
    lived.round()
    said = at_night(lived)

    assert f"发出的信被退回：“转办单”（给{LAND.name}，桓营诉〔2017〕1号）。请打电话告知对方" in said


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("complaint/INBOX/7", "投诉举报信箱“收件箱”里的第 7 封"),
        ("complaint/垃圾邮件/7", "投诉举报信箱“垃圾邮件”里的第 7 封"),
        ("contact/INBOX", "单位联络信箱的“收件箱”文件夹"),
        ("contact/归档/2017年", "单位联络信箱的“归档/2017年”文件夹"),
        ("contact/归档/2017年/7", "单位联络信箱“归档/2017年”里的第 7 封"),
        ("12", "账本第 12 行"),
        ("HY2017-00099-S7", "HY2017-00099-S7"),
        ("0123456789abcdef", "0123456789abcdef"),
        ("nothing of the kind", "nothing of the kind"),
    ],
)
def test_other_places_are_named_too_and_what_nobody_knows_stands_as_it_is(day: Day, place: str, words: str):
    with look(day.stage.rounds.office.engine) as cx:
        assert in_words(cx, day.stage.rounds.office, place) == words
