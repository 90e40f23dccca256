"""Builders: a small county, a table written as lines with bars, a sheet read out of it, a mail."""

from pathlib import PurePosixPath
from typing import Any

from rules.contacts import Context, Row, Sheet, UnitNames, Verdict, judge_mail, understand
from rules.letter import Attachment, Letter
from rules.papers import Paper, Table
from rules.policy.units import UnitDirectory, UnitEntry, UnitKind

TOWN, DEPARTMENT, ABOVE = UnitKind.TOWNSHIP, UnitKind.DEPARTMENT, UnitKind.ABOVE_RULES


def _unit(name: str, kind: UnitKind, **names: tuple[str, ...]) -> UnitEntry:
    return UnitEntry(name, kind, "line", "sample", **names)


COUNTY = UnitDirectory(
    (
        _unit("古城镇", TOWN, aliases=("古城镇人民政府",), weak=("古城",)),
        _unit("桓仁镇", TOWN, aliases=("桓仁镇政府",)),
        _unit("五里甸子镇", TOWN, aliases=("五里甸子",)),
        _unit("八里甸子镇", TOWN, aliases=("八里甸子",)),
        _unit("教育局", DEPARTMENT),
        _unit("民政局", DEPARTMENT),
        _unit("司法局", DEPARTMENT, aliases=("司法所",)),
        _unit("公安局", DEPARTMENT, aliases=("交警大队", "派出所")),
        _unit("国土资源局", DEPARTMENT, aliases=("国土局", "国土所"), later=("自然资源局",)),
        _unit("商务局", DEPARTMENT, aliases=("服务业局",)),
        _unit("国家税务局", DEPARTMENT, aliases=("国税局",)),
        _unit("地方税务局", DEPARTMENT, aliases=("地税局",)),
        _unit("督查室", ABOVE, aliases=("县政府督查室",)),
    ),
    {"税务局": ("国家税务局", "地方税务局"), "税务所": ("国家税务局", "地方税务局")},
    ("桓仁满族自治县", "桓仁县", "县"),
)
NAMES = UnitNames(COUNTY)
REGISTERED = {"古城镇": "gucheng@163.example", "教育局": "jyj@163.example", "督查室": "office@163.example"}
FLAT = """
单位|分管领导|领导职务|联系人|手机|投诉举报电话|邮箱
教育局|赵一鸣|副局长|李二丫|13900000002|024-48000003|jyj@163.example
"""
EDUCATION = Row(
    unit="教育局",
    leader="赵一鸣",
    leader_title="副局长",
    contact="李二丫",
    hotline="024-48000003",
    mobile="13900000002",
    email="jyj@163.example",
)


def table(text: str, name: str = "", merges: tuple[tuple[int, int, int, int], ...] = ()) -> Table:
    """A table from lines with bars; `~` in a cell is a line end."""
    rows = [tuple(cell.strip().replace("~", "\n") for cell in line.split("|")) for line in text.strip("\n").split("\n")]
    width = max(map(len, rows))
    return Table(name, tuple(row + ("",) * (width - len(row)) for row in rows), merges=merges)


def paper(*blocks: str | Table, name: str = "", **more: Any) -> Paper:
    """A readable paper of paragraphs and tables; a text with bars in every line is a table."""
    made = tuple(table(block) if isinstance(block, str) and block.startswith("\n") else block for block in blocks)
    return Paper(
        more.pop("kind", "docx"),
        tables=tuple(block for block in made if isinstance(block, Table)),
        blocks=made,
        name=name,
        **more,
    )


def held(word: str, name: str = "", kind: str = "docx") -> Paper:
    """A paper no reader opens."""
    return Paper(kind, doubts=(word,), why_not=word, name=name)


def sheet(*blocks: str | Table, name: str = "", subject: str = "", sender: str = "", body: str = "") -> Sheet:
    """The blocks understood."""
    return understand([paper(*blocks, name=name)], Context(name, subject, sender, body), NAMES)


def only(*blocks: str | Table, **context: str) -> dict[str, str]:
    """The one row the blocks give."""
    (row,) = sheet(*blocks, **context).rows
    return row.given()


def mail(own_words: str = "", **fields: Any) -> Letter:
    """A mail from the education office, passed by the receiving server."""
    given: dict[str, Any] = {
        "from_addr": "jyj@163.example",
        "auth": "pass",
        "subject": "信息表",
        "own_words": own_words,
    }
    return Letter("0" * 64, 100, **{**given, **fields})


def judged(letter: Letter, *papers: Paper, **more: Any) -> Verdict:
    """The verdict on a mail with these papers."""
    return judge_mail(letter, papers, REGISTERED, COUNTY, **more)


def part(name: str, *, inline: bool = False) -> Attachment:
    """An attachment as a letter lists it."""
    return Attachment(name, PurePosixPath(name).name, "image/png", 10, "1" * 64, inline=inline)
