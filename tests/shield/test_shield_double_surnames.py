"""Surnames of two signs: a name is found whole, wherever its owner says it; no sign of it is left to the unit, and none taken from a title."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.shield.identities import find_identities
from rules.shield.knowledge import is_surname, knowledge
from rules.shield.names import find_names

EVERYDAY = "欧阳 司马 上官 诸葛 东方 夏侯 皇甫 尉迟 慕容 令狐 长孙 宇文 司徒 轩辕 公孙 端木 钟离 申屠 赫连 淳于 呼延 独孤 南宫 完颜 万俟 拓跋"
GIVEN = ("建国", "玉兰", "志强", "秀英", "海涛", "明", "丽")
PLACES = (
    "您好，我叫{},家住桓仁县。投诉工商局收费，我不服。",
    "我是{}。投诉工商局罚款，我家没有违法。",
    "本人{}，投诉工商局乱收费，我家小店交不起。",
    "投诉桓仁县工商局乱收费，我家小店交不起。\n此致\n敬礼\n{}\n2017年5月9日",
    "投诉桓仁县工商局乱收费，我家小店交不起。此致敬礼 {}",
    "投诉桓仁县工商局乱收费，我家小店交不起。此致敬礼！{}",
    "投诉人：{}\n投诉工商局，我家店被罚。",
)

doubles = st.sampled_from(sorted(knowledge().doubles))


def named(text: str) -> dict[str, str]:
    """Name -> role of whoever the unit must not see."""
    return {one.value: one.role for one in find_identities("投诉", text, "", "a1@people.example") if one.kind == "name"}


def test_the_surnames_that_people_bear_are_known():
    assert [each for each in EVERYDAY.split() if not is_surname(each)] == []


@settings(deadline=None)  # the first example reads the shield's sheets
@given(doubles, st.sampled_from(GIVEN), st.sampled_from(PLACES))
def test_a_name_is_found_whole_where_its_owner_says_it_or_signs(surname: str, own: str, place: str):
    name = surname + own

    found = named(place.format(name))

    assert found.get(name) == "complainant"
    assert found.keys() <= {name, own}


@settings(deadline=None)  # the first example reads the shield's sheets
@given(doubles, st.sampled_from(("建国", "玉兰", "志强")), st.sampled_from((" ", "  ")))
def test_a_signature_with_blanks_in_it_is_found_whole(surname: str, own: str, blank: str):
    for name in (f"{surname}{blank}{own}", blank.join(surname + own)):
        assert name in named(f"投诉工商局乱收费，我不服。\n此致\n敬礼\n{name}\n2017年5月9日")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("向局长孙建国反映也没有用", "孙建国"),
        ("秘书长孙志强说", "孙志强"),
        ("检察长孙志强说", "孙志强"),
        ("陆军上尉迟建国说", "迟建国"),
        ("上海公司马志强说", "马志强"),
    ],
)
def test_a_sign_that_ends_a_title_or_another_word_begins_no_surname(text: str, name: str):
    assert name in [text[met.start : met.end] for met in find_names(text)]


def test_who_is_called_by_a_surname_of_two_signs_is_found_by_it():
    found = named("我姓欧阳，投诉工商局。我家的事皇甫老师和小欧阳都知道，村长孙大爷也知道。")

    assert found.keys() == {"姓欧阳", "皇甫老师", "小欧阳", "孙大爷"}


def test_places_and_ordinary_words_that_begin_as_such_a_surname_stay():
    text = "投诉百里香饭店，工商局不管，我去西门市场三次，濮阳那边也不管，东方红小学和西门外的店都一样。"

    assert named(text) == {}
