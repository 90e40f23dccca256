"""Whatever the tables and letters hold, nothing is raised and the answer is a sheet."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheet_builders import NAMES, judged, mail

from rules.contacts import Context, understand
from rules.contacts.cells import numbers
from rules.contacts.labels import label
from rules.contacts.mailboxes import mailboxes
from rules.contacts.people import people
from rules.papers import Paper, Table

WORDS = st.sampled_from(
    [
        "序号",
        "单位",
        "分管领导",
        "联系人",
        "姓名",
        "职务",
        "电话",
        "手机",
        "办公电话",
        "投诉举报电话",
        "邮箱",
        "备注",
        "类别",
        "教育局",
        "古城镇国土所",
        "税务局",
        "李二丫",
        "王小三",
        "副局长",
        "同上",
        "无",
        "例",
        "合计",
        "填表人：李二丫",
        "单位：教育局",
        "13900000002",
        "024-48000003",
        "1.39E+10",
        "a@163.example",
        "9000012345",
        "附件1",
        "注：请填写",
        "",
        "",
        "",
        "张 三",
        "a @ b",
        "联系人：李二丫\u3000手机：13900000002",
        "024-48000003转8012/35",
    ]
)
CELLS = st.one_of(WORDS, WORDS, WORDS, st.text(max_size=30))
MERGES = st.lists(st.tuples(*[st.integers(0, 8)] * 4), max_size=4).map(tuple)
TABLES = st.integers(1, 7).flatmap(
    lambda width: st.builds(
        Table,
        st.sampled_from(["", "Sheet1", "教育局"]),
        st.lists(st.tuples(*[CELLS] * width), max_size=9).map(tuple),
        st.booleans(),
        MERGES,
    )
)
BLOCKS = st.lists(st.one_of(TABLES, CELLS, st.lists(WORDS, max_size=6).map("  ".join)), max_size=5)
FEW = settings(
    max_examples=150, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)


@FEW
@given(BLOCKS, st.text(max_size=20), st.text(max_size=20))
def test_any_paper_gives_a_sheet(blocks, name, subject):
    found = tuple(block for block in blocks if isinstance(block, Table))
    paper = Paper("docx", tables=found, blocks=tuple(blocks), name=name)

    understood = understand([paper], Context(name, subject), NAMES)

    assert understood.readable == bool(understood.rows)
    assert understood.readable or understood.doubts


@FEW
@given(st.text(max_size=200))
def test_any_text_is_a_cell(text):
    label(text)

    assert all(people(text).names)
    assert all(numbers(text).found)
    assert all("@" in address for address in mailboxes(text).found)
    assert bool(NAMES.resolve(text)) >= bool(NAMES.resolve(text).unit)
    assert not NAMES.is_office(NAMES.mentioned(text).unit)


@FEW
@given(st.lists(CELLS, max_size=12).map("\n".join), CELLS, st.sampled_from(["pass", "fail", "none"]))
def test_any_mail_has_a_verdict(words, subject, auth):
    verdict = judged(mail(words, subject=subject, auth=auth))

    assert verdict.disposition in ("contact", "held")
    assert verdict.disposition == "held" or (verdict.rows and auth != "fail" and set(verdict.units) <= {"教育局"})


def test_long_texts_take_no_longer_than_their_length():
    """A71: every pattern is bounded."""
    for text in (
        "1" * 50_000,
        "（" * 50_000,
        " " * 50_000,
        "联系人：" * 12_000,
        "a@" * 25_000,
        "教育局" * 15_000,
        "、" * 50_000,
    ):
        numbers(text)
        people(text)
        mailboxes(text)
        NAMES.resolve(text)
        NAMES.first_mentioned(text)
        assert understand([Paper("txt", blocks=(text,))], Context(), NAMES).rows == ()
