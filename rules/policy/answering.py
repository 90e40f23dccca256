"""The office's ready answers (S51) and the web forms whose letters it knows (S17)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """A ready answer: staff choose it by number; `words` propose it for a letter that holds one of them."""

    number: str
    title: str
    words: tuple[str, ...]
    text: str
    because: str


@dataclass(frozen=True, slots=True)
class WebForm:
    """A form on the web whose server writes to the complaint mailbox in a fixed layout, `label：value` a line."""

    name: str
    sender: str
    """The form server's address; its letters count only where the receiving server found them genuine (A51)."""
    person: str
    """Labels of the fields, as the form prints them."""
    email: str
    phone: str
    respondent: str
    subject: str
    content: str
    because: str


def proposed(answers: tuple[Answer, ...], text: str) -> tuple[Answer, ...]:
    """The answers that speak to the text, the one with most of its words first."""
    counted = ((sum(word in text for word in answer.words), answer) for answer in answers)
    hits = sorted(((count, answer) for count, answer in counted if count), key=lambda pair: (-pair[0], pair[1].number))
    return tuple(answer for _, answer in hits)
