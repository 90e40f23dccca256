"""网上表单 (S17): a letter of a form's server, `label：value` a line, is the letter of the person who filled the form.

    姓名：李某
    邮箱：li@example.com
    标题：办证拖延
    内容：……                    (to the end, or to the next label)

Only where the receiving server found the form's server genuine; anybody can type anybody's mailbox into a letter that looks like one (A51).
LIMITS: a mailbox typed wrong gets somebody else a receipt, which holds no word of the letter; at most one label a line is read.
"""

import dataclasses
import re

from rules.decision import Decision
from rules.desk import Desk, Sender
from rules.handling.complaint import opened
from rules.handling.held import hold
from rules.letter import Letter
from rules.policy import Book
from rules.policy.answering import WebForm

MAILBOX = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
CHANNEL = "web"


def web_form(letter: Letter, desk: Desk) -> Decision | None:
    """The case of a filled form; None where the letter is of no form the book knows."""
    form = _form(letter, desk.book)
    if form is None:
        return None
    if letter.auth != "pass":
        return hold(letter, desk, "form-unverified")
    filled = fields(letter.text or letter.own_words, form)
    address = _mailbox(filled, form)
    theirs = desk.contact_at(address)
    person = dataclasses.replace(
        letter,
        from_addr=address,
        from_name=filled.get(form.person, "").strip(),
        subject=filled.get(form.subject, "").strip() or letter.subject,
        own_words=_words(filled, form) or letter.text,
        message_id="",
        reply_to="",
        to=(),
        cc=(),
        auth="none",
    )
    sender = Sender("unit", theirs.unit) if theirs else Sender()
    return opened(person, dataclasses.replace(desk, sender=sender), channel=CHANNEL)


def answered_at(letter: Letter, book: Book) -> str:
    """The mailbox to which automatic letters about this letter go, so that they are counted there (NO-LOOP): the one written in a form."""
    form = _form(letter, book)
    return letter.from_addr.lower() if form is None else _mailbox(fields(letter.text or letter.own_words, form), form)


def _form(letter: Letter, book: Book) -> WebForm | None:
    return next((form for form in book.forms if form.sender == letter.from_addr.lower()), None)


def _mailbox(filled: dict[str, str], form: WebForm) -> str:
    """The one usable mailbox that its writer gave, '' where there is none."""
    mailbox = MAILBOX.fullmatch(filled.get(form.email, "").strip())
    return mailbox.group().lower() if mailbox else ""


def fields(text: str, form: WebForm) -> dict[str, str]:
    """Label -> what stands behind it, lines below it included, until the next label of the form."""
    labels = (form.person, form.email, form.phone, form.respondent, form.subject, form.content)
    begins = re.compile(rf"^\s*({'|'.join(map(re.escape, labels))})\s*[:：]\s*(.*)$")
    found: dict[str, str] = {}
    current = ""
    for line in text.splitlines():
        begun = begins.match(line)
        if begun and begun.group(1) not in found:
            current = begun.group(1)
            found[current] = begun.group(2)
        elif current:
            found[current] += f"\n{line}"
    return {label: value.strip() for label, value in found.items()}


def _words(filled: dict[str, str], form: WebForm) -> str:
    """The complaint as its writer gave it: respondent and content; telephone below, so that the shield knows it."""
    parts = [f"{label}：{filled[label]}" for label in (form.respondent,) if filled.get(label)]
    parts += [filled[label] for label in (form.content,) if filled.get(label)]
    parts += [f"{label}：{filled[label]}" for label in (form.person, form.phone) if filled.get(label)]
    return "\n".join(parts)
