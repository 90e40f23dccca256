"""Whatever people write into a letter of ours is a word of it and never a template, and no template reads a file (A57)."""

import dataclasses

import pytest
from test_letters import CLASSES, OFFICE, SAMPLES, a_notice, named, words_of

from daemon.books import read_chapters
from daemon.proofs import proofread
from rules.policy import BookRefused
from rules.shield import Redacted
from templates.speak import OfficeWords, Speaker, TemplateError

ATTACK = "{{7*7}}{%for_x_in_'ab'%}!{%endfor%}{{cycler.__init__.__globals__.os.popen('id').read()}}"


def attacked(value: object) -> object:
    """The same value with every text in it turned into a template."""
    if isinstance(value, Redacted):
        return Redacted.kept(ATTACK)
    if isinstance(value, str):
        return type(value)(ATTACK)
    if isinstance(value, tuple):
        return tuple(map(attacked, value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: attacked(getattr(value, field.name)) for field in dataclasses.fields(value) if field.init
        }
        return dataclasses.replace(value, **changed)
    return value


TEXTS = ("OwnText", "OfficeText", "Label", "UnitName", "Number", "Ref", "Approved", "str")
CODED = {"tuple[str, ...]"}
"""Names of sentences that the program chooses, not words of anybody."""


@pytest.mark.parametrize("manner", [0, 1])
@pytest.mark.parametrize("name", sorted(CLASSES))
def test_a57_in_no_field_of_any_letter_are_words_a_template(name: str, manner: int):
    plain = a_notice(CLASSES[name])
    given = {
        field.name: attacked(getattr(plain, field.name))
        for field in dataclasses.fields(plain)
        if named(field.type) not in CODED and named(field.type) in (*SAMPLES, *TEXTS)
    }
    office = OfficeWords(ATTACK, ATTACK, ATTACK)

    spoken = Speaker(office).speak(name, {**words_of(plain), **given}, manner=manner)

    for form in (spoken.subject, spoken.text, spoken.html):
        assert "49" not in form.replace("&#39;", "'")
        assert "!!" not in form
        assert "uid=" not in form
    assert "{{7*7}}" in spoken.subject + spoken.text


@pytest.mark.parametrize(
    "theft",
    [
        "{% include '/etc/passwd' %}",
        "{% include '../wording.toml' %}",
        "{% extends '../../rules/book/office.toml' %}",
        "{% import '/etc/passwd' as stolen %}{{ stolen }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ ('%s' % number).format.__globals__ }}",
        "{% for each in range(10**9) %}x{% endfor %}",
    ],
)
def test_a57_a_template_of_the_book_reads_no_file_and_leaves_no_sandbox(theft: str):
    letter = "{% set subject %}收件回执{% endset %}\n" + theft

    with pytest.raises(BookRefused):
        proofread({**read_chapters(), "letters/receipt.j2": letter.encode()})
    with pytest.raises(TemplateError):
        Speaker(OFFICE, {"receipt": letter}).speak("receipt", words_of(a_notice(CLASSES["receipt"])))
