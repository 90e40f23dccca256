"""Readers of answers.toml and webform.toml."""

import re

from rules.policy.answering import Answer, WebForm
from rules.policy.sheet import Sheet

NUMBER = re.compile(r"D\d{1,3}")


def answers(sheet: Sheet) -> tuple[Answer, ...]:
    """The chapter answers.toml: `[[answer]]` entries, each number once."""
    read = tuple(_answer(entry) for entry in sheet.sheets("answer"))
    numbers = [answer.number for answer in read]
    for twice in sorted({number for number in numbers if numbers.count(number) > 1}):
        sheet.says("answer", "twice", word=twice)
    sheet.done()
    return read


def _answer(sheet: Sheet) -> Answer:
    answer = Answer(
        number=sheet.text("number"),
        title=sheet.text("title"),
        words=sheet.words("words"),
        text=sheet.text("text").strip(),
        because=sheet.text("because"),
    )
    if answer.number and not NUMBER.fullmatch(answer.number):
        sheet.says("number", "answer-number", word=answer.number)
    sheet.done()
    return answer


def forms(sheet: Sheet) -> tuple[WebForm, ...]:
    """The chapter webform.toml: `[[form]]` entries."""
    read = tuple(_form(entry) for entry in sheet.sheets("form"))
    sheet.done()
    return read


def _form(sheet: Sheet) -> WebForm:
    form = WebForm(
        name=sheet.text("name"),
        sender=sheet.text("sender").strip().lower(),
        person=sheet.text("person"),
        email=sheet.text("email"),
        phone=sheet.text("phone"),
        respondent=sheet.text("respondent"),
        subject=sheet.text("subject"),
        content=sheet.text("content"),
        because=sheet.text("because"),
    )
    if "@" not in form.sender:
        sheet.says("sender", "mailbox", word=form.sender)
    sheet.done()
    return form
