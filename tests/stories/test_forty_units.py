"""Forty units send their contact sheet by 24 April, each in its own way: 32 in time, 5 late, 3 wrong; and one is forged.

The story is played once over real IMAP, SMTP and a real database; the tests read what stood there on each day.
"""

import dataclasses
import email
import email.policy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import ground
import pytest
from seeds import staged
from shifts import ZONE
from sqlalchemy import select
from unit_sheets import FORMATS, Clerk, as_docx, as_xlsx, html_of, letter

from daemon.auditing import audit
from daemon.books import read_chapters
from daemon.collecting import round_of, standings_of
from daemon.demo.cast import CONTACT, HANDLER, filled
from daemon.demo.stage import Stage
from daemon.listing import enter, planned
from daemon.obeying import obey_person
from daemon.office import Rules, take_rules
from daemon.publishing import publish
from daemon.reader import Reader
from db import directory, lists
from db import tables as t
from db.pen import look
from rules.contacts import blank_papers
from rules.decision import ContactEntry
from rules.reading import payloads, read

COUNT = 40
SENTENCE = len(FORMATS) + 1
"""The last sign of the numbers of those who write a sentence."""
FORGED = "unit05@163.example"
NEW_BOX = "new05@163.example"


def day(number: int, hour: int = 8, minute: int = 35, month: int = 4) -> datetime:
    return datetime(2017, month, number, hour, minute, tzinfo=ZONE)


def forty() -> tuple[Rules, list[Clerk]]:
    """The book with all but forty units excused."""
    chapters = filled(dict(read_chapters()))
    book = take_rules(chapters=chapters).book
    assert book.collecting is not None
    names = [unit.name for unit in book.collecting.must_report(book.units)]
    excused = "、".join(names[COUNT:]).replace("、", '", "')
    text = chapters["collecting.toml"].decode().replace("excused = []", f'excused = ["{excused}"]')
    rules = take_rules(chapters={**chapters, "collecting.toml": text.encode()})
    return rules, [Clerk(name, number) for number, name in enumerate(names[:COUNT], 1)]


@dataclass
class Story:
    """What stood in the mailboxes and the directory after each moment."""

    stage: Stage
    clerks: list[Clerk]
    mailed: dict[str, list[tuple[str, str, bytes]]] = field(default_factory=dict)
    """Moment -> (recipient, subject, bytes) of every letter that left in it."""
    standing: dict[str, Counter[str]] = field(default_factory=dict)
    seen: int = 0
    forged: str = ""
    """SHA-256 of the forged letter."""

    def moment(self, name: str, at: datetime, *, tick: bool = True) -> None:
        self.stage.now = at
        if tick:
            self.stage.rounds.tick(at)
            self.stage.rounds.tick(at + timedelta(seconds=30))
        self.stage.rounds.whole(at + timedelta(minutes=1))
        log = [
            sent
            for sent in self.stage.host.sent_log[self.seen :]
            if sent.mail_from == CONTACT or "tousu" in sent.mail_from
        ]
        self.seen = len(self.stage.host.sent_log)
        self.mailed[name] = [(sent.rcpt, subject_of(sent.raw), sent.raw) for sent in log]
        office = self.stage.rounds.office
        turn = round_of(office, at)
        assert turn is not None
        with look(office.engine) as cx:
            self.standing[name] = Counter(one.status.value for one in standings_of(cx, office, turn))

    def arrives(self, raw: bytes, at: datetime, to: str = CONTACT) -> None:
        self.stage.host.deliver(to, raw, internaldate=at)

    def to(self, name: str, words: str) -> list[str]:
        """Who got a letter with these words in its subject in that moment."""
        return sorted(rcpt for rcpt, subject, _ in self.mailed[name] if words in subject)

    def row(self, clerk: Clerk) -> dict[str, str]:
        with look(self.stage.rounds.office.engine) as cx:
            return next(row for row in directory.rows(cx) if row["unit"] == clerk.unit)


def subject_of(raw: bytes) -> str:
    return str(email.message_from_bytes(raw, policy=email.policy.default)["Subject"])


def sheet_of(clerk: Clerk, at: datetime, **given: str) -> bytes:
    """The clerk's letter in the manner of his number; every tenth writes the sheet into the letter itself."""
    way = clerk.number % (len(FORMATS) + 2)
    if way == len(FORMATS):
        return letter(clerk.address, at, text="信息如下", html=html_of(clerk, **given))
    if way == SENTENCE:
        cells = clerk.cells(**given)
        text = (
            f"{cells[0]}的分管领导{cells[2]}（{cells[3]}），联系人{cells[4]}，手机{cells[5]}，"
            f"投诉举报电话{cells[6]}，邮箱{cells[7]}。"
        )
        return letter(clerk.address, at, text=text)
    return letter(clerk.address, at, files=(FORMATS[way](clerk, **given),))


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory, reader: Reader, request: pytest.FixtureRequest) -> Iterator[Story]:
    rules, clerks = forty()
    with ground.mail_host(request, accept_any=True) as host:
        stage = staged(tmp_path_factory.mktemp("forty"), day(3), host, reader)
        stage.now = day(3, 9)
        host.now = lambda: stage.now
        stage.rounds.office = dataclasses.replace(stage.rounds.office, rules=rules)
        known = [ContactEntry(clerk.unit, clerk.address) for clerk in clerks]
        enter(stage.rounds.office, planned(stage.rounds.office, known, HANDLER.name), day(3, 9))
        stage.rounds.begin(stage.now, vouched=True)
        told = Story(stage, clerks)
        play(told)
        yield told
        stage.close()
        stage.rounds.office.engine.dispose()


def play(story: Story) -> None:
    clerks = story.clerks
    story.moment("set up", day(3, 10))
    for clerk in clerks[:20]:
        story.arrives(sheet_of(clerk, day(12)), day(12))
    story.moment("twenty came", day(12, 17))
    story.moment("five days before", day(17))
    for clerk in clerks[20:32]:
        story.arrives(sheet_of(clerk, day(20)), day(20))
    scan, blank, other = clerks[37:40]
    story.arrives(letter(scan.address, day(20), files=(("盖章扫描件.jpg", JPEG),)), day(20))
    story.arrives(letter(blank.address, day(20), files=(as_docx(blank, **EMPTY),)), day(20))
    story.arrives(
        letter(other.address, day(20), files=(as_xlsx(other, unit=clerks[0].unit, email="x@163.example"),)), day(20)
    )
    forged = as_xlsx(clerks[4], email=NEW_BOX, contact="王小五")
    raw = letter(FORGED, day(20, 9), subject="更正", files=(forged,))
    story.forged = sha256(raw).hexdigest()
    story.arrives(raw, day(20, 9))
    story.moment("thirty-two came", day(20, 17))
    story.moment("a day before", day(21))
    story.moment("a day after", day(25))
    for clerk in clerks[32:37]:
        story.arrives(sheet_of(clerk, day(26)), day(26))
    story.arrives(letter(scan.address, day(26), subject="重报", files=(as_docx(scan),)), day(26))
    story.moment("the late ones", day(26, 17))
    story.moment("five days after", day(2, month=5))
    story.moment("and never again", day(9, month=5))


EMPTY = dict.fromkeys(("unit", "org", "leader", "title", "contact", "mobile", "hotline", "email"), "")
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + b"\x00" * 400 + b"\xff\xd9"


def boxes(clerks: list[Clerk]) -> list[str]:
    return sorted(clerk.address for clerk in clerks)


def test_every_sheet_of_its_own_unit_is_in_the_directory_whatever_its_format(story: Story):
    in_directory = {clerk.unit: story.row(clerk) for clerk in story.clerks}

    told = [
        (row["person"], row["phone"], row["public"], row["address"])
        for clerk in story.clerks[:38]
        for row in (in_directory[clerk.unit],)
    ]
    assert told == [(clerk.contact, clerk.mobile, clerk.hotline, clerk.address) for clerk in story.clerks[:38]]


def test_the_wrong_ones_left_the_directory_as_it_was(story: Story):
    assert [(story.row(clerk)["person"], story.row(clerk)["public"]) for clerk in story.clerks[38:]] == [("", "")] * 2
    assert story.row(story.clerks[0])["address"] == story.clerks[0].address


def test_a16_the_forged_sheet_changed_nothing_and_no_letter_went_to_its_mailbox(story: Story):
    victim = story.clerks[4]

    row = story.row(victim)
    assert (row["address"], row["person"]) == (victim.address, victim.contact)
    assert not any(rcpt == NEW_BOX for letters in story.mailed.values() for rcpt, _, _ in letters)
    assert "待定事项" in "".join(
        subject for rcpt, subject, _ in story.mailed["thirty-two came"] if rcpt == HANDLER.address
    )


def test_every_clerk_was_answered_once_with_what_was_understood_and_a_blank_sheet(story: Story):
    for name, first, last in (("twenty came", 0, 20), ("thirty-two came", 20, 32), ("the late ones", 32, 37)):
        answered = story.to(name, "联系人信息表收到")
        assert set(boxes(story.clerks[first:last])) <= set(answered)
        assert len(set(answered)) == len(answered)
    clerk = story.clerks[0]
    raw = next(raw for rcpt, _, raw in story.mailed["twenty came"] if rcpt == clerk.address)
    words = read(raw).text
    assert all(cell in words for cell in (clerk.contact, clerk.mobile, clerk.hotline, "已经登入通讯录"))
    assert [part.name for part, _ in payloads(raw)] == [paper.name for paper in blank_papers()]


def test_what_could_not_be_entered_is_answered_with_the_reason_and_a_request(story: Story):
    words = {rcpt: read(raw).text for rcpt, _, raw in story.mailed["thirty-two came"]}

    scan, blank, other = (words[clerk.address] for clerk in story.clerks[37:40])
    assert "扫描件或照片" in scan
    assert "作为普通附件重新发来" in scan
    assert "表格没有填写" in blank
    assert "登记在别的单位名下" in other
    assert "发件邮箱不是该单位登记的邮箱" in words[FORGED]


@pytest.mark.parametrize(
    ("moment", "standing"),
    [
        ("set up", {"missing": 40}),
        ("twenty came", {"reported": 18, "incomplete": 2, "missing": 20}),
        ("thirty-two came", {"reported": 29, "incomplete": 3, "wrong": 2, "missing": 6}),
        ("a day after", {"reported": 29, "incomplete": 3, "wrong": 2, "missing": 6}),
        ("the late ones", {"reported": 29, "incomplete": 3, "late": 6, "wrong": 1, "missing": 1}),
        ("and never again", {"reported": 29, "incomplete": 3, "late": 6, "wrong": 1, "missing": 1}),
    ],
)
def test_who_stands_how_on_each_day(story: Story, moment: str, standing: dict[str, int]):
    """Whoever wrote a sentence left out 工作机构; whoever filled the sheet in for another unit has not reported."""
    assert dict(story.standing[moment]) == standing


def test_reminders_go_once_to_those_who_owe_something_and_to_nobody_else(story: Story):
    clerks = story.clerks
    reminded = {name: story.to(name, "报送联系人信息表") + story.to(name, "催报") for name in story.mailed}

    gaps = [clerk for clerk in clerks[:32] if clerk.number % 10 == SENTENCE]
    assert {name: sorted(got) for name, got in reminded.items() if got} == {
        "five days before": boxes([*gaps[:2], *clerks[20:]]),
        "a day before": boxes([*gaps, *clerks[32:]]),
        "a day after": boxes([*gaps, *clerks[32:]]),
        "five days after": boxes([*gaps, *clerks[38:]]),
    }
    asked = next(raw for rcpt, _, raw in story.mailed["five days before"] if rcpt == gaps[0].address)
    assert "缺少以下内容，请补报" in read(asked).text


def test_a_reminder_says_what_is_owed_until_when(story: Story):
    before = next(raw for rcpt, _, raw in story.mailed["five days before"] if rcpt == story.clerks[32].address)
    after = next(raw for rcpt, _, raw in story.mailed["a day after"] if rcpt == story.clerks[37].address)

    assert "请在2017年4月24日（星期一）前报送" in read(before).text
    assert "已超过1个工作日" in read(after).text
    assert "附件是扫描件或照片" in read(after).text


def test_the_supervision_gets_the_list_at_its_three_steps(story: Story):
    lists = {
        name: [raw for rcpt, subject, raw in letters if "报送情况" in subject] for name, letters in story.mailed.items()
    }

    assert {name: len(raws) for name, raws in lists.items() if raws} == {
        "a day before": 1,
        "a day after": 1,
        "five days after": 1,
    }
    first, last = (read(lists[name][0]).text for name in ("a day after", "five days after"))
    assert "应报40个单位：已报29个，漏报3个，错报2个，未报6个。" in first
    assert "应报40个单位：已报29个，迟报6个，漏报3个，错报1个，未报1个。" in last
    assert all(clerk.unit in last for clerk in story.clerks[32:])
    assert story.clerks[0].unit not in last


def test_the_public_files_on_the_last_day(story: Story, tmp_path: Path):
    office = story.stage.rounds.office

    publish(office, tmp_path, day(9, month=5))

    text = (tmp_path / "public" / "directory.csv").read_text("utf-8-sig")
    assert text.count("024-4800") == 38
    assert "139" not in text


def test_every_letter_is_accounted_for_and_the_audit_finds_nothing(story: Story):
    office = story.stage.rounds.office

    with look(office.engine) as cx:
        dispositions = Counter(row["disposition"] for row in lists.letters(cx) if row["folder"] != "已发送")
    assert dispositions == {"contact": 38, "held": 4}
    assert audit(office, day(9, month=5), deep=True).problems == ()


def test_a16_a_held_sheet_entered_by_a_person_moves_no_mailbox_before_its_code_came_back(story: Story):
    """Last, since it goes on after the story's end: 督查室 telephoned, and the stranger was the clerk with his new mailbox."""
    stage, victim = story.stage, story.clerks[4]
    office, at = stage.rounds.office, day(9, 10, month=5)

    with look(office.engine) as cx:
        (name,) = cx.execute(select(t.questions.c.id).where(t.questions.c.letter == story.forged)).scalars()
    assert obey_person(office, name, "通讯录", HANDLER.name, at).done
    story.moment("entered", at, tick=False)
    assert (story.row(victim)["address"], story.row(victim)["person"]) == (victim.address, "王小五")
    told = {rcpt: subject for rcpt, subject, _ in story.mailed["entered"]}
    assert (told[FORGED][:8], told[NEW_BOX][:5], told[victim.address][:6]) == (
        "联系人信息表收到",
        "请确认邮箱",
        "邮箱变更通知",
    )

    answered = letter(NEW_BOX, at, subject=f"回复：{told[NEW_BOX]}", text="确认")
    story.arrives(answered, at)
    story.moment("confirmed", at + timedelta(hours=1), tick=False)
    assert (story.row(victim)["address"], story.row(victim)["public"]) == (NEW_BOX, victim.hotline)
    with look(office.engine) as cx:
        past = directory.history(cx, victim.unit)
    assert [(row["warrant"], row["address"]) for row in past] == [
        ("order", victim.address),
        ("rule", victim.address),
        ("order", victim.address),
        ("code", NEW_BOX),
    ]
    assert [row["from_addr"] for row in past[1:]] == [victim.address, FORGED, NEW_BOX]
    assert all(earlier["until"] == later["since"] for earlier, later in pairwise(past))

    story.arrives(answered.replace(b"Message-ID: <", b"Message-ID: <again."), at)
    story.moment("once more", at + timedelta(hours=2), tick=False)
    with look(office.engine) as cx:
        assert len(directory.history(cx, victim.unit)) == len(past)
