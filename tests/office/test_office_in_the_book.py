"""What the book says of the office's day is read whole or refused with place and remedy (F89, F90)."""

import pytest

from daemon.books import read_chapters
from daemon.demo.cast import filled
from rules.policy import load
from rules.policy.day import Every
from rules.policy.faults import BookRefused

AWAY = '\n[[away]]\nperson = "周敏"\nsince = 2017-05-10\nuntil = 2017-05-12\ndeputy = "吴强"\n'


def book(**changed: tuple[str, str]):
    """The demo's book with chapters changed: chapter -> (old, new); '' as old appends."""
    chapters = filled(dict(read_chapters()))
    for name, (old, new) in changed.items():
        text = chapters[f"{name}.toml"].decode()
        assert old in text
        chapters[f"{name}.toml"] = (text.replace(old, new, 1) if old else text + new).encode()
    return load(chapters)


def faults(**changed: tuple[str, str]) -> str:
    """What is wrong with it, in one text."""
    with pytest.raises(BookRefused) as refused:
        book(**changed)
    return "\n".join(f"{fault.file} {fault.what}{fault.remedy}" for fault in refused.value.faults)


def test_the_shipped_book_tells_the_day():
    day = book().office.day

    assert (day.items, day.soon, day.sample) == (20, 3, 10)
    assert {task.every for task in day.tasks} == {Every.MONTH, Every.QUARTER, Every.YEAR}
    assert all(task.because for task in day.tasks)


def test_an_absence_in_the_book_is_read():
    (away,) = book(office=("", AWAY)).office.away

    assert (away.person, away.since.isoformat(), away.until.isoformat(), away.deputy) == (
        "周敏",
        "2017-05-10",
        "2017-05-12",
        "吴强",
    )


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("", AWAY.replace("吴强", "没有这人"), "没有这人"),
        ("", AWAY.replace("2017-05-12", "2017-05-09"), "until 早于 2017-05-10"),
        ("", AWAY.replace("2017-05-10", '"下周"'), "一个日期"),
        ('on = "28日"', 'on = "月底"', "不是一个日子"),
        ('on = "第3月25日"', 'on = "3月25日"', "不是一个日子"),
        ('on = "3月31日"', 'on = "13月31日"', "不是一个日子"),
        ('every = "每月"', 'every = "天天"', "每月、每季、每年"),
        ('role = "supervision"', 'role = "nobody"', "nobody"),
        ("items = 20", "items = 2", "items"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_remedy(old, new, says):
    assert says in faults(office=(old, new))


def test_the_second_person_is_of_a_role_the_book_knows():
    assert "nobody" in faults(roles=('second = ["reviewer"', 'second = ["nobody"'))
