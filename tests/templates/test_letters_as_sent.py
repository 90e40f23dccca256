"""Every letter as it leaves: golden text in Chinese, number and reply code, headers that stop machines; and no word a villager does not use.

HUIYIN_GOLDEN=write writes the golden files anew: read the difference before you keep it.
"""

import email
import os
import re
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from letters_shown import LI, SHAPES, shown

from daemon.books import read_chapters
from daemon.demo.cast import COMPLAINT, CONTACT, filled
from daemon.writing import Desktop, write
from rules.days import load as load_calendar
from rules.decision import Decision
from rules.desk import Desk
from rules.notices.to_complainant import ToComplainant
from rules.policy import load
from rules.reading import read
from rules.shield import Identity
from templates.speak import OfficeWords, Speaker

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
NOW = datetime(2017, 5, 10, 1, 0, tzinfo=UTC)
FORBIDDEN = [word for word in (HERE / "village_words.txt").read_text("utf-8").splitlines() if word and word[0] != "#"]
BOOK = load(filled(dict(read_chapters())))
CALENDAR = load_calendar(
    {name.removeprefix("calendar/"): raw for name, raw in read_chapters().items() if name.startswith("calendar/")}
)
OFFICE = OfficeWords(BOOK.office.name, BOOK.office.phone, BOOK.office.hours)
TO_COMPLAINANTS = sorted(name for name, shape in SHAPES.items() if issubclass(shape, ToComplainant))
CODED = sorted(name for name, shape in SHAPES.items() if shape.coded)


def as_sent(template: str) -> bytes:
    """The letter's bytes, its code drawn as 12345."""
    notice = shown(template)
    ref = notice.about.removeprefix("case:")
    desk = Desk(now=NOW, book=BOOK, calendar=CALENDAR, cause="sample", identities=((ref, (Identity("email", LI),)),))
    desktop = Desktop(Speaker(OFFICE), {"complaint": COMPLAINT, "contact": CONTACT}, lambda _: b"", lambda: 12345)
    (written,) = write(Decision(notices=(notice,)), desk, desktop).written[:1]
    return written.raw


def parsed(template: str) -> EmailMessage:
    return email.message_from_bytes(as_sent(template), policy=default)


def plain(template: str) -> str:
    part = parsed(template).get_body(("plain",))
    assert part is not None
    return part.get_content().replace("\r\n", "\n")


def html(template: str) -> str:
    part = parsed(template).get_body(("html",))
    assert part is not None
    return part.get_content()


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_a_letter_says_what_its_golden_file_says(name: str):
    said = f"{parsed(name)['Subject']}\n\n{plain(name).strip()}\n"
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("HUIYIN_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        file.write_text(said, "utf-8")

    assert file.exists(), "a new letter: run this test once with HUIYIN_GOLDEN=write, read the file, and keep it"
    assert said == file.read_text("utf-8")


def test_every_golden_file_belongs_to_a_letter():
    assert {file.stem for file in GOLDEN.glob("*.txt")} == set(SHAPES)


@pytest.mark.parametrize("name", TO_COMPLAINANTS)
def test_a_complainant_reads_no_word_that_no_villager_uses(name: str):
    said = plain(name)

    assert [word for word in FORBIDDEN if word in said] == []


def test_what_the_book_says_to_complainants_has_no_such_word_either():
    said = "\n".join([ground.guide for ground in BOOK.grounds.values()] + [answer.text for answer in BOOK.answers])

    assert [word for word in FORBIDDEN if word in said] == []


@pytest.mark.parametrize("name", TO_COMPLAINANTS)
def test_a_letter_to_a_complainant_is_short_and_tells_number_telephone_and_how_to_reply(name: str):
    said = plain(name)

    assert "桓营诉〔2017〕12号" in said
    assert BOOK.office.phone in said
    assert len(said) <= 700


@pytest.mark.parametrize("name", CODED)
def test_a_letter_that_can_be_answered_carries_its_code_and_a_case_letter_its_reference(name: str):
    letter = read(as_sent(name))

    assert [code.where for code in letter.codes] == ["subject"]
    assert "HY2017-00012-K7" in letter.numbers or not shown(name).about.startswith("case:")


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_no_loop_every_letter_says_that_a_machine_sent_it_and_asks_for_no_answer_of_machines(name: str):
    letter = parsed(name)

    assert str(letter["Auto-Submitted"]).startswith("auto-")
    assert letter["X-Auto-Response-Suppress"] == "All"
    assert letter["Reply-To"] is None or COMPLAINT in str(letter["Reply-To"])


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_every_letter_has_an_html_twin_of_the_same_days_and_numbers(name: str):
    """QQ and Outlook show the one, a telephone the other."""
    text, twin = plain(name), re.sub(r"<[^>]+>", " ", html(name).split("</head>")[1])
    said = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日|〔\d{4}〕\d+号")

    assert sorted(said.findall(text)) == sorted(said.findall(twin))


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_dates_are_days_and_numbers_have_no_padding(name: str):
    """GB/T 9704 §7.2.5: six-cornered brackets, the whole year, no 第, no zeros before; days with their weekday."""
    said = plain(name)

    assert not re.search(r"〔\d{4}〕(第|0)", said)
    assert not re.search(r"\d{4}-\d\d-\d\d", said)
    assert not re.search(r"年0|月0", said)
