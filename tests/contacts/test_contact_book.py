"""What the office writes into its book for the contact inbox: names of receiving servers (A13), and the collecting of sheets."""

import pytest

from daemon.books import read_chapters
from rules.policy import BookRefused, load


def with_line(chapter: str, old: str, new: str) -> dict[str, bytes]:
    shipped = dict(read_chapters())
    text = shipped[chapter].decode("utf-8")
    assert old in text
    return {**shipped, chapter: text.replace(old, new).encode("utf-8")}


def faults(chapter: str, old: str, new: str) -> list[str]:
    with pytest.raises(BookRefused) as refused:
        load(with_line(chapter, old, new))
    return [f"{fault.file} {fault.what} {fault.remedy}" for fault in refused.value.faults]


SERVERS = 'authserv_ids = [".163.com", ".126.com", ".qq.com"]'


@pytest.mark.parametrize(
    "entry", ["*", ".com", ".", "*.com", ".*.com", "mx .163.com", "163.com;", "mx*1*.163.com", "。163.com"]
)
def test_a13_an_entry_that_would_believe_the_world_is_refused(entry: str):
    (said,) = faults("office.toml", SERVERS, f'authserv_ids = ["{entry}"]')

    assert "收信服务器的名字" in said
    assert "Authentication-Results" in said


@pytest.mark.parametrize("entry", ["163.com", ".163.com", "mx11.163.example", "mx*", "mx*.163.com", "MX.163.COM"])
def test_a13_what_stands_in_letters_of_the_mailbox_may_be_written(entry: str):
    assert load(with_line("office.toml", SERVERS, f'authserv_ids = ["{entry}"]')).office.authserv_ids == (entry,)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('due = "2017年4月24日"', 'due = "四月底"', "不认识的日期"),
        ('due = "2017年4月24日"', 'due = "2017年4月31日"', "不认识的日期"),
        ('due = "2017年4月24日"', 'due = "4月24日"', "不能配成一轮"),
        ('due = "2017年4月24日"', 'due = "2017年3月24日"', "不能配成一轮"),
        ('"乡镇街道", "部门"', '"乡镇"', "不认识"),
        ('day = 5, do = "上报"', 'day = 5, do = "记失职线索"', "不认识"),
        ('["工作机构", "投诉举报电话"]', '["工作机构", "传真"]', "不认识"),
        ("excused = []", "forgiven = []", "不认识的项目"),
    ],
)
def test_a_wrong_chapter_on_collecting_is_refused_with_place_and_remedy(old: str, new: str, says: str):
    said = faults("collecting.toml", old, new)

    assert any(says in line for line in said)
    assert all(line.startswith("collecting.toml") for line in said)


def test_an_office_that_collects_nothing_leaves_the_chapter_out():
    chapters = {name: text for name, text in read_chapters().items() if name != "collecting.toml"}

    assert load(chapters).collecting is None
