"""Finished bytes: how letters thread in 163, QQ, Outlook and iPhone, what stands in a subject, and under which names files are shown."""

import dataclasses
import email
import re
from email.header import decode_header, make_header
from email.message import Message

import pytest
from letters_shown import LI, SHAPES, shown
from test_letters_as_sent import BOOK, CALENDAR, NOW, OFFICE

from daemon.demo.cast import COMPLAINT, CONTACT
from daemon.writing import Desktop, write
from rules.decision import Decision
from rules.desk import Desk
from rules.notices.notice import Paper
from rules.notices.to_complainant import ToComplainant
from rules.shield import Identity
from templates.speak import Speaker, sentence

FIRST, LATER = "<tencent_3F7A@qq.example>", "<5A1B@qq.example>"
"""Message-IDs of the complainant's first letter and of a later one."""
TO_COMPLAINANTS = sorted(name for name, shape in SHAPES.items() if issubclass(shape, ToComplainant))
WITH_FILES = Paper("0" * 64, "attachment-1.docx")


def as_bytes(template: str, answers: str = "", files: tuple[Paper, ...] = ()) -> Message:
    """The letter as a program parses it that knows nothing of ours."""
    notice = dataclasses.replace(shown(template), reply_to_message=answers, papers=files)
    ref = notice.about.removeprefix("case:")
    known = (Identity("email", LI),)
    desk = Desk(now=NOW, book=BOOK, calendar=CALENDAR, cause="sample", identities=((ref, known),))
    desk = dataclasses.replace(desk, parties=((ref, "complainant", LI),), begun_by=((ref, FIRST),))
    desktop = Desktop(Speaker(OFFICE), {"complaint": COMPLAINT, "contact": CONTACT}, lambda _: b"PK", lambda: 12345)
    return email.message_from_bytes(write(Decision(notices=(notice,)), desk, desktop).written[0].raw)


@pytest.mark.parametrize("name", TO_COMPLAINANTS)
def test_every_letter_to_a_complainant_stands_below_his_own_in_his_mailbox(name: str):
    """163 and iPhone go by References, Outlook by In-Reply-To, QQ by either."""
    for answers, below in ((LATER, LATER), ("", FIRST)):
        letter = as_bytes(name, answers)

        assert (letter["In-Reply-To"], letter["References"]) == (below, below)


@pytest.mark.parametrize("name", sorted(set(SHAPES) - set(TO_COMPLAINANTS)))
def test_shield_no_other_letter_shows_that_there_was_one_before(name: str):
    letter = as_bytes(name, LATER)

    assert (letter["In-Reply-To"], letter["References"]) == (None, None)


@pytest.mark.parametrize("name", TO_COMPLAINANTS)
def test_a_subject_names_the_case_in_front_and_ends_with_the_one_ascii_bracket(name: str):
    subject = str(make_header(decode_header(as_bytes(name)["Subject"])))

    assert re.fullmatch(r"[^\[\]]{2,12}：桓营诉〔2017〕12号 \[HY2017-00012-K7/[0-9A-Z]{10}\]", subject)
    assert not re.match(r"(?i)re|fw|回复|答复：答复", subject)


@pytest.mark.parametrize("name", ["transfer", "material_added", "matter_handed_over", "intake_form", "sheet_reminder"])
def test_a_files_name_is_plain_ascii_in_both_places_so_that_qq_and_outlook_show_it_alike(name: str):
    """QQ shows tcmime.NNN.bin for an RFC 2231 name and Outlook the raw words of an RFC 2047 one: a plain name needs neither."""
    letter = as_bytes(name, files=(WITH_FILES,))
    part = next(part for part in letter.walk() if part.get_content_disposition() == "attachment")

    assert (part.get_param("name"), part.get_filename()) == (WITH_FILES.name, WITH_FILES.name)
    assert not re.search(r"name\*|=\?", f"{part['Content-Type']}{part['Content-Disposition']}")
    assert part.get_payload(decode=True) == b"PK"


@pytest.mark.parametrize(
    ("words", "said"),
    [("等待鉴定", "等待鉴定。"), ("请回信。", "请回信。"), ("为什么？ ", "为什么？"), ("", ""), ("如下，", "如下。")],
)
def test_what_a_person_wrote_ends_like_a_sentence(words: str, said: str):
    assert sentence(words) == said
