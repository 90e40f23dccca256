"""Units by exact names, the longest first: domain 5.1, 5.3.3."""

import pytest
from sheet_builders import NAMES

from rules.contacts.units import NOBODY, Found

CELLS = [
    ("桓仁县教育局", "教育局", "", []),
    ("桓仁镇政府", "桓仁镇", "", []),
    ("桓仁县", "", "", []),
    ("五里甸子", "五里甸子镇", "", []),
    ("八里甸子镇", "八里甸子镇", "", []),
    ("古城镇国土所", "国土资源局", "古城镇国土所", ["unit:sub-unit"]),
    ("古城镇党政办", "古城镇", "", []),
    ("古城镇经管站", "古城镇", "古城镇经管站", ["unit:sub-unit"]),
    ("古城镇小卖部", "", "", []),
    ("交警大队", "公安局", "交警大队", ["unit:sub-unit"]),
    ("县公安局交警大队", "公安局", "交警大队", ["unit:sub-unit"]),
    ("西关派出所", "公安局", "西关派出所", ["unit:sub-unit"]),
    ("教育局办公室", "教育局", "", []),
    ("教育局附属小卖部", "", "", []),
    ("国土资源局桓仁分局", "国土资源局", "", []),
    ("桓仁满族自治县自然资源局", "国土资源局", "", ["unit:successor"]),
    ("税务局", "", "", ["unit:ambiguous"]),
    ("古城镇税务所", "", "古城镇税务所", ["unit:ambiguous"]),
    ("国税局、地税局", "", "", ["unit:ambiguous"]),
    ("商务局/服务业局", "商务局", "", []),
    ("商务局/外贸办", "商务局", "", []),
    ("商务局、外贸办", "", "", []),
    ("教育局（招生）", "教育局", "", []),
    ("本溪市教育局", "", "", []),
    ("参茸交易中心", "", "", []),
    ("", "", "", []),
]


@pytest.mark.parametrize(("text", "unit", "org", "doubts"), CELLS)
def test_a_unit_cell_is_one_unit_or_a_question(text, unit, org, doubts):
    found = NAMES.resolve(text)

    assert (found.unit, found.org, sorted(found.doubts)) == (unit, org, doubts)


MENTIONS = [
    ("各乡镇、各部门信息情况表（古城镇）", "古城镇"),
    ("古城镇国土所联系人", "国土资源局"),
    ("桓仁满族自治县教育局损害营商环境投诉举报电话", "教育局"),
    ("请于4月24日前报督查室", ""),
    ("古城信息表", "古城镇"),
    ("古城小学", ""),
    ("教育局长来信", ""),
    ("教育局和民政局信息表", ""),
    ("税务局和税务局信息表", ""),
]


@pytest.mark.parametrize(("text", "unit"), MENTIONS)
def test_a_title_names_one_unit_or_none(text, unit):
    assert NAMES.mentioned(text).unit == unit


def test_a_title_with_two_units_is_ambiguous():
    assert NAMES.mentioned("教育局和民政局信息表") == Found(
        several=("教育局", "民政局"), doubts=frozenset({"unit:ambiguous"})
    )


def test_running_text_is_of_the_first_unit_named():
    assert NAMES.first_mentioned("督查室：我们教育局和民政局商量过").unit == "教育局"
    assert NAMES.first_mentioned("没有单位") == NOBODY


def test_the_office_itself_is_known_and_an_unknown_name_is_not_it():
    assert [NAMES.is_office(name) for name in ("督查室", "教育局", "", "无此单位")] == [True, False, False, False]
