"""Headings: made of known words altogether, or no headings."""

import pytest

from rules.contacts.labels import Label, folded_heading, label

HEADINGS = [
    ("序号", "", {"seq"}),
    ("单位名称（盖章）", "unit", set()),
    ("乡镇（部门）", "unit", set()),
    ("投诉举报工作机构名称", "org", set()),
    ("承办科（股）室", "org", set()),
    ("分 管 领 导", "leader", {"name"}),
    ("分管领导电话", "leader", {"phone"}),
    ("单位主要负责人", "head", {"name"}),
    ("联系人、联系电话", "contact", {"name", "phone"}),
    ("联系人联系电话", "contact", {"phone"}),
    ("联系人（须为在编人员）", "contact", {"name"}),
    ("联系人信息", "contact", {"name"}),
    ("姓名及职务", "", {"name", "title"}),
    ("投诉举报联系电话", "", {"hotline"}),
    ("24小时投诉电话", "", {"hotline"}),
    ("E-mail", "", {"email"}),
    ("电子邮箱（用于接收转办件，请填163邮箱）", "", {"email"}),
    ("联系方式手机", "", {"mobile"}),
    ("电话（手机）", "", {"phone", "mobile"}),
    ("投诉举报机构电话", "", {"hotline"}),
    ("填表人", "filled", {"name"}),
    ("单位邮箱", "", {"email"}),
]


@pytest.mark.parametrize(("text", "who", "what"), HEADINGS)
def test_a_heading_says_whom_it_is_about_and_what_it_asks(text, who, what):
    assert label(text) == Label(who, frozenset(what))


@pytest.mark.parametrize(
    "text", ["", "张三", "党政办主任", "值班电话", "投诉举报", "电话：13900000002", "单" * 200, "单位" * 20]
)
def test_what_is_not_made_of_heading_words_altogether_is_no_heading(text):
    assert label(text) is None


def test_the_ordinal_of_a_second_contact_is_kept():
    assert label("联系人2") == Label("contact", frozenset({"name"}), "2")


def test_a_heading_of_a_person_is_told_from_one_that_needs_a_person():
    assert (label("联系人").person, label("职务").personal, label("邮箱").personal) == (True, True, False)


def test_folding_leaves_one_sign_for_all_that_joins():
    assert folded_heading("电话 / 手机（必填）:") == "电话、手机、必填"
