"""A letter is studied once, bytes alone: its words, its papers, and the copies of them a unit might get."""

from email.message import EmailMessage

import pytest

from rules import study as studying
from rules.papers import Clean, Withheld
from rules.study import MOST_PAPERS, study
from rules.written import Written


def raw(*papers: tuple[str, bytes], auto: str = "") -> bytes:
    message = EmailMessage()
    message["From"] = "limingyuan@web163.example"
    message["Subject"] = "投诉"
    if auto:
        message["Auto-Submitted"] = auto
    message.set_content("我叫李明远，材料见附件。")
    for name, data in papers:
        message.add_attachment(data, maintype="text", subtype="plain", filename=name)
    return message.as_bytes()


def test_a_letter_without_papers_is_its_words():
    done = study(raw())

    assert (done.letter.subject, done.papers, done.copies) == ("投诉", (), ())


def test_a_machines_papers_are_not_opened():
    assert study(raw(("a.txt", b"x"), auto="auto-replied")).papers == ()


def test_a_paper_is_copied_without_the_person_who_wrote():
    done = study(raw(("说明.txt", "李明远于2月6日申请登记。".encode())))

    assert len(done.papers) == len(done.copies) == 1
    assert "李明远" not in str(done.copies)
    assert isinstance(done.copies[0], Clean | Withheld)


def test_a_paper_the_shield_is_unsure_of_is_withheld():
    done = study(raw(("说明.txt", "我是村里唯一开木材厂的那家，全镇就我一家，谁都知道是我。".encode())))

    assert done.copies == (Withheld("shield"),)


def test_a_paper_too_long_is_kept_and_not_opened(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(studying, "LARGEST", 3)

    assert study(raw(("a.txt", b"four"))).papers[0].why_not == "file:long"


def test_more_papers_than_a_person_sends_are_listed_and_not_opened():
    done = study(raw(*((f"{number}.txt", b"x") for number in range(MOST_PAPERS + 2))))

    assert (len(done.letter.attachments), len(done.papers)) == (MOST_PAPERS + 2, MOST_PAPERS)


def test_f62_copies_of_one_letter_share_their_folded_text():
    assert study(raw()).letter.text_key == study(raw().replace(b"Subject", b"X-Scanned: yes\nSubject")).letter.text_key


def test_quiet_a_written_letter_shows_none_of_its_words():
    written = Written(
        "receipt:x",
        "case:x",
        "complainant",
        "complainant",
        "x@qq.example",
        "complaint",
        "receipt",
        "秘密",
        b"raw",
        "0",
        "<1>",
    )

    assert "秘密" not in repr(written)


SHEET = "<tr><td>单位</td><td>联系人</td><td>手机</td></tr><tr><td>教育局</td><td>李二丫</td><td>13900000002</td></tr>"


@pytest.mark.parametrize(
    ("body", "pasted"),
    [
        (f"<table>{SHEET}</table>", True),
        ("<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>", False),
        ("<p>我单位的联系人是李二丫，电话024-48000003</p>", False),
    ],
    ids=["a sheet", "a page laid out in a table", "a sentence"],
)
def test_only_a_table_that_may_be_a_sheet_is_read_a_second_time(body: str, pasted: bool):
    raw = b"From: a@b.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body.encode()

    assert (study(raw).pasted is not None) == pasted
