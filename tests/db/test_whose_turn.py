"""大量来信 (A49): when one address floods, other people's letters are decided first; whom a form's letters are counted for (S17)."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from seeds import founded
from shifts import MORNING
from sqlalchemy import select

from daemon.demo.cast import COMPLAINT
from daemon.demo.indoors import Box, indoor_rounds
from daemon.demo.stage import demo_rules, take_office
from daemon.rounds import Rounds
from daemon.smtp import Accepted, Outcome
from db import tables as t
from db.pen import look, pen
from rules.handling.webform import answered_at
from rules.letter import Letter
from rules.reading import sender_at_a_glance

MOST = demo_rules().book.limits.letters_per_sender_day
FLOOD, OTHER = "louder@flood.example", "quiet{}@people.example"


def a_letter(sender: str, number: int) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = f"某人 <{sender}>", COMPLAINT, f"第{number}封来信"
    letter.set_content(f"我投诉国土资源局，第{number}件事一直不给办理。")
    return letter.as_bytes()


def accepts(_to: str, _raw: bytes) -> Outcome:
    return Accepted("250 OK", "q1")


@pytest.fixture
def rounds(tmp_path: Path) -> Rounds:
    url = founded(tmp_path / "huiyin.db", MORNING)
    boxes = {"complaint": Box(), "contact": Box()}
    for number in range(MOST + 22):
        boxes["complaint"].deliver(a_letter(FLOOD, number), MORNING)
    for number in range(5):
        boxes["complaint"].deliver(a_letter(OTHER.format(number), 100 + number), MORNING)
    return indoor_rounds(take_office(url), boxes, accepts)


def decided_in_order(rounds: Rounds) -> list[str]:
    with look(rounds.office.engine) as cx:
        return list(cx.execute(select(t.letters.c.from_addr).order_by(t.letters.c.seq)).scalars())


def test_a49_f15_others_come_before_the_rest_of_a_flood_and_a_letter_that_ended_a_process_comes_last(rounds: Rounds):
    rounds.poll(MORNING)
    with pen(rounds.office.engine) as cx:
        first = select(t.letters.c.id).order_by(t.letters.c.id).offset(MOST + 22).limit(1).scalar_subquery()
        cx.execute(t.letters.update().where(t.letters.c.id == first).values(tries=1))

    rounds.decide(MORNING)

    suspect, *others = [OTHER.format(number) for number in range(5)]
    assert decided_in_order(rounds) == [FLOOD] * MOST + others + [FLOOD] * 22 + [suspect]


@pytest.mark.parametrize(
    ("head", "address"),
    [
        (b"Received: x\r\nFrom: =?gbk?B?1cXI/Q==?= <A@B.example>\r\n\r\nFrom: c@d.example", "a@b.example"),
        (b"From: a@b.example, c@d.example\r\nFrom: e@f.example\r\n", "a@b.example"),
        (b"Subject: no sender\r\n\r\n", ""),
        (b"From: nobody\r\n", ""),
        (b"\x00\xff" * 400, ""),
    ],
)
def test_a49_whose_turn_it_is_stands_in_the_head_alone(head: bytes, address: str):
    assert sender_at_a_glance(head) == address


FORM = demo_rules().book.forms[0]


@pytest.mark.parametrize(
    ("sender", "text", "counted"),
    [
        (
            FORM.sender,
            f"{FORM.person}：孙丽\n{FORM.email}：SunLi@qq.example\n{FORM.content}：不办证",
            "sunli@qq.example",
        ),
        (FORM.sender, f"{FORM.person}：孙丽\n{FORM.email}：没有\n{FORM.content}：不办证", ""),
        ("Li@qq.example", f"{FORM.email}：victim@qq.example", "li@qq.example"),
    ],
)
def test_s17_a_days_automatic_letters_are_counted_for_the_mailbox_written_in_the_form(
    sender: str, text: str, counted: str
):
    letter = Letter("0" * 64, 1, from_addr=sender, own_words=text, text=text)

    assert answered_at(letter, demo_rules().book) == counted
