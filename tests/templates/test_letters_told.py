"""What is said to a complainant without a mailbox: every letter to him, as a person reads it out at the telephone or face to face (S19)."""

import dataclasses
import re

import pytest
from letters_shown import SHAPES, shown
from test_letters_as_sent import BOOK, CALENDAR, COMPLAINT, CONTACT, FORBIDDEN, NOW, OFFICE, TO_COMPLAINANTS

from daemon.proofs.letters import occurring
from daemon.writing import Desktop, write
from rules.decision import Decision
from rules.desk import Desk
from rules.notices.notice import To
from rules.shield import Identity
from templates.speak import Speaker

BY_MAIL = re.compile(r"回复|回信|来信|邮件|邮箱|信箱|发来|发送|附件|主题|方括号|另写|第一行")
"""Words that make sense in a letter alone."""


EVERY_ASK = ("consent", "words", "resend", "unprotected", "ordinary-file", "smaller")
NO_ANSWER_WANTED = {"supplement_received", "pause_told"}
"""Letters that ask for nothing, in one of their branches at least."""


def told(template: str) -> str:
    """The words that the question to the handler brings."""
    notice = dataclasses.replace(shown(template), to=To("", "complainant"))
    his = (Identity("mobile", "13900000000", role="complainant"),)
    desk = Desk(now=NOW, book=BOOK, calendar=CALENDAR, cause="sample", identities=(("HY2017-00012-K7", his),))
    desktop = Desktop(Speaker(OFFICE), {"complaint": COMPLAINT, "contact": CONTACT}, lambda _: b"", lambda: 12345)
    (asked,) = write(Decision(notices=(notice,)), desk, desktop).decision.questions
    assert asked.kind == "call"
    return dict(asked.facts)["says"]


@pytest.mark.parametrize("name", TO_COMPLAINANTS)
def test_what_is_told_asks_for_no_mail_and_says_where_to_turn(name: str):
    said = told(name).replace(
        str(getattr(shown(name), "answer", "")), ""
    )  # the office's own answer may speak of the mailbox

    assert BY_MAIL.findall(said) == []
    assert "桓营诉〔2017〕12号" in said
    assert BOOK.office.phone in said
    assert "[HY" not in said
    assert [word for word in FORBIDDEN if word in said] == []


@pytest.mark.parametrize("name", TO_COMPLAINANTS)
def test_no_branch_of_a_told_letter_asks_for_mail(name: str):
    for words in occurring(name):
        given = words | ({"asks": EVERY_ASK} if "asks" in words else {})
        said = Speaker(OFFICE).speak(name, given, told=True).text

        assert BY_MAIL.findall(said) == []
        assert "打电话或者当面" in said or name in NO_ANSWER_WANTED


def test_a_result_asks_for_the_opinion_by_mouth():
    said = told("result_told")

    assert "前打电话或者当面告诉我们：满意、基本满意或不满意" in said
    assert "到期没有告诉我们的，该件办结" in said


def test_only_letters_to_complainants_are_told():
    """Everybody else has an address; a letter without one is a complainant's (`rules.calling`)."""
    assert {SHAPES[name].audience for name in TO_COMPLAINANTS} == {"complainant"}
