"""Before a book counts it is read through: chapters, calendar and letters, every fault at once (F89, F90, F92)."""

import pytest
from book_made import SHIPPED, shipped

from daemon.office import take_rules
from daemon.proofs import proofread
from daemon.proofs.letters import letter_faults, samples
from rules.policy import BookRefused
from templates.speak import OfficeWords, Speaker, TemplateError, house_letters

RECEIPT = house_letters()["receipt"]


def faults_of_letter(source: str | bytes, name: str = "receipt.j2"):
    return list(letter_faults({name: source.encode() if isinstance(source, str) else source}))


def faults_of(**changed: bytes):
    with pytest.raises(BookRefused) as refused:
        proofread({**SHIPPED, **changed})
    return refused.value.faults


def test_the_shipped_letters_pass_as_letters_of_the_book():
    assert list(letter_faults({f"{name}.j2": source.encode() for name, source in house_letters().items()})) == []


@pytest.mark.parametrize(
    ("source", "line", "says"),
    [
        (RECEIPT.replace("number }}", "numbr }}", 1), 2, "“numbr”"),
        (RECEIPT.replace("urgent %}", "urgent %}{{ office.nam }}", 1), 4, "没有“nam”"),
        ("{% set subject %}甲{% endset %}\n{% if urgent and not urgent %}\n{{ office.fone }}{% endif %}", 3, "“fone”"),
        ("{% set subject %}甲{% endset %}\n{% if urgent %}乙{% else %}\n{{ office.fone }}{% endif %}", 3, "“fone”"),
        ("{% set subject %}甲{% endset %}\n\n{{ '乙' if number else office.fone }}", 3, "“fone”"),
        (
            "{% set subject %}甲{% endset %}{% for each in promises %}乙{% else %}\n{{ office.fone }}{% endfor %}",
            2,
            "“fone”",
        ),
        ("{% set subject %}甲{% endset %}\n{% if urgent %}", 2, "写法不对"),
        (RECEIPT.replace("|day", "|dai", 1), 3, "没有“dai”"),
        (RECEIPT.replace("f.para", "f.parra", 1), 4, "没有“parra”"),
        ("{% set subject %}甲{% endset %}\n{{ ''.__class__.__mro__ }}", 2, "不许用"),
        ("{% set subject %}甲{% endset %}\n{{ number + 1 }}", 2, "出错"),
        ("{% set subject %}甲{% endset %}\n{% include 'nix' %}", 2, "“nix”"),
        ("{{ cas.number }}", 1, "“cas”"),
        ("您好", 1, "没有标题"),
        ("", 1, "没有标题"),
        ("您好".encode("gbk"), 1, "不是 UTF-8"),
    ],
)
def test_f92_a_broken_letter_is_told_with_its_line_in_whatever_branch_it_breaks(source, line, says):
    (fault,) = faults_of_letter(source)
    assert (fault.file, fault.line) == ("letters/receipt.j2", line)
    assert says in fault.what
    assert fault.remedy


def test_f92_a_letter_nobody_writes_is_told():
    (fault,) = faults_of_letter("您好", "recepit.j2")
    assert "receipt" in fault.remedy


def test_f89_a_letter_saved_by_notepad_is_the_same_letter():
    assert faults_of_letter(b"\xef\xbb\xbf" + RECEIPT.replace("\n", "\r\n").encode()) == []


def test_f92_what_breaks_at_writing_is_always_a_broken_template():
    speaker = Speaker(OfficeWords("甲"), {"receipt": "{{ number + 1 }}"})
    with pytest.raises(TemplateError):
        speaker.speak("receipt", {"number": "1"})


def test_f90_chapters_calendar_and_letters_are_told_at_once():
    told = faults_of(
        **{
            "limits.toml": shipped("limits").replace("per_minute = 5", 'per_minute = "五"').encode(),
            "calendar/2017.toml": SHIPPED["calendar/2017.toml"].replace(b"2017-05-01", b"2017-05-02-01"),
            "letters/receipt.j2": b"{{ cas.number }}",
        }
    )
    assert {fault.file for fault in told} == {"calendar/2017.toml", "letters/receipt.j2", "limits.toml"}


@pytest.mark.parametrize(
    ("chapter", "gone", "says"),
    [("words", 'accepted = "受理"\n', "缺少“accepted”"), ("clocks", "[clock.sign]", "缺少时限“sign”")],
)
def test_a_word_or_clock_the_program_needs_is_missed_before_it_falls_over_it(chapter, gone, says):
    told = faults_of(
        **{f"{chapter}.toml": shipped(chapter).replace(gone, "[clock.sing]" * (chapter == "clocks")).encode()}
    )
    assert any(says in fault.what for fault in told)
    assert all(fault.file == f"{chapter}.toml" for fault in told)


def test_a_letter_of_the_book_goes_before_the_shipped_one_in_every_book_that_is_taken():
    letter = '{% import "shape" as f %}{% set subject %}本局的回执{% endset %}{{ f.para("您好，" ~ number) }}'
    rules = take_rules(chapters={**SHIPPED, "letters/receipt.j2": letter.encode()})
    spoken = rules.speaker.speak("receipt", next(samples("receipt")))
    assert (spoken.subject, "您好，样例" in spoken.text) == ("本局的回执", True)
    assert rules.book.hash != take_rules(chapters=SHIPPED).book.hash
