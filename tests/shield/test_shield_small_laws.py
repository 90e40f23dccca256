"""Small laws of the shield: how long is kept what identifies, a draft that passes between processes, and orders on marks that name nothing."""

import io
import pickle
from datetime import date

import pytest
from PIL import Image

from rules.papers.picture import bare
from rules.shield import Redacted, redact
from rules.shield.marks import in_order, redrafted
from rules.shield.retention import due, over
from rules.shield.values import Identity

NAME = Identity("value", "张三丰")


@pytest.mark.parametrize(
    ("since", "today", "years", "passed"),
    [
        (date(2017, 5, 9), date(2022, 5, 9), 5, False),
        (date(2017, 5, 9), date(2022, 5, 10), 5, True),
        (date(2016, 2, 29), date(2021, 3, 1), 5, False),
        (date(2016, 2, 29), date(2021, 3, 2), 5, True),
        (date(2017, 5, 9), date(2117, 5, 10), 0, False),
    ],
)
def test_whole_years_pass_and_none_where_it_is_kept_for_ever(since: date, today: date, years: int, passed: bool):
    assert over(since, today, years) is passed


def test_what_was_erased_is_not_erased_again():
    ended, today = date(2017, 5, 9), date(2030, 1, 1)

    assert due(ended, today, {"identities": 2, "letters": 10}, frozenset()) == ("identities", "letters")
    assert due(ended, today, {"identities": 2, "letters": 10}, frozenset({"identities"})) == ("letters",)
    assert due(ended, today, {}, frozenset()) == ()


def test_a_draft_stays_a_draft_on_its_way_out_of_the_reading_child():
    draft = redact("", "我叫张三丰。", (NAME,)).text

    again = pickle.loads(pickle.dumps(draft))

    assert (type(again), again) == (Redacted, draft)


def test_a_letter_without_a_subject_keeps_the_subject_that_its_case_has():
    made = redrafted(("", "我叫张三丰，窗口不给办证。"), ("投诉拖延办证", "我叫张三丰，窗口不给办证。"), (), (NAME,))

    assert made is not None
    assert (made.subject, "张三丰" in made.text) == ("投诉拖延办证", False)


def test_a_value_of_which_nothing_is_left_when_it_is_folded_is_looked_for_nowhere():
    assert in_order((NAME, Identity("value", "\u200b"), Identity("value", " 张三丰 "))) == (NAME,)


def a_jpeg() -> bytes:
    noise = Image.effect_noise((64, 64), 90)
    noise.save(held := io.BytesIO(), format="JPEG", quality=95)
    return held.getvalue()


def test_a34_a_picture_is_bare_whatever_its_pixels_look_like_and_not_with_anything_beside_them():
    picture = a_jpeg()
    ends = picture[:-2]

    assert b"\xff\x00" in picture  # pixels that look like a mark are escaped
    assert bare(picture)
    assert not bare(ends + b"\xff\xfe\x00\x05abc" + picture[-2:])
    assert not bare(picture + b"more")
    assert not bare(picture[:40])
    assert not bare(b"\x89PNG")
