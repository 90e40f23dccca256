"""Every letter has one class and one template, uses the class's words and no others, and says the same in both forms."""

import dataclasses
import re
from datetime import date

import pytest
from jinja2 import TemplateError, meta

from rules.notices import to_complainant, to_duty, to_organ, to_record, to_staff, to_unit
from rules.notices.notice import Approved, Label, Notice, Number, OfficeText, OwnText, Paper, Ref, To, UnitName
from rules.notices.to_complainant import Promise
from rules.notices.to_duty import Count, Finding, HandoverItem
from rules.notices.to_organ import DueRow, SheetRow
from rules.notices.to_record import ReportTable
from rules.notices.to_staff import Choice, Fact, OrderRow
from rules.shield import Redacted
from templates.speak import OfficeWords, Speaker, house_letters

OFFICE = OfficeWords("某县营商环境建设监督局", "024-40000000", "工作日")
GIVEN_BY_WRITING = {"office", "today", "manner", "told"}


def every_class() -> list[type[Notice]]:
    found = []
    for module in (to_complainant, to_duty, to_unit, to_staff, to_organ, to_record):
        found += [
            thing
            for thing in vars(module).values()
            if isinstance(thing, type) and issubclass(thing, Notice) and "template" in vars(thing)
        ]
    return found


CLASSES = {shape.template: shape for shape in every_class()}
SAMPLES = {
    "str": "甲",
    "int": 2,
    "bool": True,
    "date": date(2017, 5, 26),
    "date | None": date(2017, 5, 26),
    "Redacted": Redacted.kept("内容"),
    "Redacted | None": Redacted.kept("意见"),
    "tuple[Promise, ...]": (Promise(Label("办理"), date(2017, 6, 1), provisional=True),),
    "tuple[Paper, ...]": (Paper("0" * 64, "attachment-1.docx"),),
    "tuple[str, ...]": ("consent", "words", "resend", "unprotected", "ordinary-file", "smaller"),
    "tuple[Label, ...]": (Label("依据"),),
    "tuple[UnitName, ...]": (UnitName("古城镇"),),
    "tuple[Fact, ...]": (Fact(Label("来信人"), OwnText("<b>某人</b>")),),
    "tuple[DueRow, ...]": (DueRow(Number("桓营诉〔2017〕12号"), Label("办理"), date(2017, 6, 2), 3, Label("督办")),),
    "tuple[Count, ...]": (Count(Label("待定事项"), 2),),
    "tuple[Finding, ...]": (Finding(Label("发信"), OfficeText("桓营诉〔2017〕12号"), OfficeText("请打电话")),),
    "tuple[HandoverItem, ...]": (
        HandoverItem(
            3,
            "question:x",
            Label("待定"),
            OwnText("转办"),
            Number("桓营诉〔2017〕12号"),
            Label("今天到期"),
            OfficeText("同意"),
        ),
    ),
    "tuple[OrderRow, ...]": (OrderRow(3, Label("桓营诉〔2017〕12号"), Label("同意转办"), Label("古城镇"), done=True),),
    "tuple[Choice, ...]": (Choice(OfficeText("同意"), OfficeText("按建议办理")),),
    "tuple[ReportTable, ...]": (
        ReportTable(Label("总的情况"), (Label("项目"), Label("件数")), (SheetRow((OwnText("登记"), OwnText("3"))),)),
    ),
    "tuple[SheetRow, ...]": (SheetRow((OwnText("古城镇"), OwnText("张三"))),),
    "tuple[OfficeText, ...]": (OfficeText("单位"), OfficeText("联系人")),
    "To": To("somebody@unit.example", "unit:古城镇", "古城镇"),
}


def named(kind: object) -> str:
    """`tuple[Promise, ...]`, `date | None`: a field's type without the modules."""
    plain = getattr(kind, "__name__", "") if not getattr(kind, "__args__", None) else str(kind)
    return re.sub(r"[\w.]+\.(\w+)", r"\1", plain or str(kind))


def a_notice(shape: type[Notice], **given: object) -> Notice:
    words = {field.name: SAMPLES.get(named(field.type), "乙") for field in dataclasses.fields(shape)}
    return shape(**{**words, **given})


def words_of(notice: Notice) -> dict[str, object]:
    return {field.name: getattr(notice, field.name) for field in dataclasses.fields(notice)} | {
        "today": date(2017, 5, 9)
    }


def test_every_letter_has_one_class_and_every_class_one_letter():
    assert set(house_letters()) == set(CLASSES)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_a_template_uses_words_of_its_class_alone(name: str):
    used = meta.find_undeclared_variables(Speaker(OFFICE).environment.parse(house_letters()[name])) - GIVEN_BY_WRITING

    assert used <= {field.name for field in dataclasses.fields(CLASSES[name])}


@pytest.mark.parametrize("name", sorted(CLASSES))
@pytest.mark.parametrize("manner", [0, 1])
def test_a_letter_is_written_whole_in_both_forms(name: str, manner: int):
    spoken = Speaker(OFFICE).speak(name, words_of(a_notice(CLASSES[name])), manner=manner)

    assert spoken.subject
    assert "{{" not in spoken.text + spoken.html
    assert folded(spoken.text) == folded(
        re.sub(r"<[^>]+>", "", spoken.html.split("</h1>", 1)[0].rpartition("<h1")[2] + spoken.html.split("</h1>", 1)[1])
    )


def folded(words: str) -> str:
    """The words that both forms must share: no marks, no blanks, no frames."""
    plain = (
        words.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#39;", "'")
        .replace("&#34;", '"')
        .replace("&amp;", "&")
    )
    plain = re.sub(r"<[^>]{0,20}>", "", plain)
    return "".join(sorted(set(re.findall(r"[一-鿿]", plain))))


def test_a57_words_from_outside_are_never_a_template():
    attack = "{{7*7}} {% for x in y %} {{ cycler.__init__.__globals__.os.popen('id').read() }}"
    notice = a_notice(to_staff.QuestionAsked, facts=(Fact(Label("来信内容"), OwnText(attack)),))

    spoken = Speaker(OFFICE).speak("question_asked", words_of(notice))

    assert attack in spoken.text
    assert "49" not in spoken.text


def test_a58_marks_from_outside_are_text_in_the_html_form():
    notice = a_notice(to_staff.QuestionAsked, facts=(Fact(Label("来信内容"), OwnText("<script>alert(1)</script>")),))

    assert "<script" not in Speaker(OFFICE).speak("question_asked", words_of(notice)).html


def test_f92_a_missing_word_stops_the_letter():
    with pytest.raises(TemplateError):
        Speaker(OFFICE).speak("receipt", {"number": Number("桓营诉〔2017〕1号"), "ref": Ref("HY2017-00001-AA")})


def test_a_letter_of_the_book_goes_before_the_one_of_the_house():
    speaker = Speaker(OFFICE, {"alarm": '{% import "shape" as f %}{% set subject %}改过的{% endset %}正文'})

    assert speaker.speak("alarm", words_of(a_notice(to_staff.Alarm))).subject == "改过的"


@pytest.mark.parametrize("shape", [shape for shape in CLASSES.values() if shape.audience == "unit"])
def test_a_letter_to_a_unit_has_no_field_for_plain_text(shape: type[Notice]):
    """Only the shield's and an order's words go to a unit (SHIELD)."""
    own = {field.name for field in dataclasses.fields(shape)} - {field.name for field in dataclasses.fields(Notice)}
    types = {named(field.type) for field in dataclasses.fields(shape) if field.name in own}

    assert not types & {"str", "OwnText", "OfficeText", "tuple[str, ...]"}


def test_approved_words_of_a_report_reach_the_complainant_unchanged():
    notice = a_notice(to_complainant.ResultTold, result=Approved("已于5月16日办证。"))

    assert "已于5月16日办证。" in Speaker(OFFICE).speak("result_told", words_of(notice)).text
