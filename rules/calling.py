"""告知: what we would write to a complainant who has no mailbox is said to him by a person: by telephone, in person or by post (S19, S25).

Who came by telephone or in person is answered like everybody else: rules write his letters, and here each becomes a question to a handler.
"""

from rules.asking import ask
from rules.decision import Question
from rules.desk import Desk
from rules.notices.notice import Notice
from rules.shield import Identity

REACHED_BY = ("mobile", "landline", "address")


def to_be_told(notice: Notice, says: str, desk: Desk, known: tuple[Identity, ...]) -> Question | None:
    """Who is told, how he is reached, and the words of the letter. None where nothing is known by which to reach him, and where the unit
    answers its own case (S83). `known`: what identifies the people of the case."""
    file = desk.file(notice.about.removeprefix("case:"))
    his = [one for one in known if one.role == "complainant"]
    reached = [one.value for one in his if one.kind in REACHED_BY]
    if not reached or (file is not None and file.handling == "unit-direct"):
        return None
    names = [one.value for one in his if one.kind == "name" and not _ours(one.value, desk)]
    return ask(
        desk,
        "call",
        notice.occasion,
        notice.about,
        letter=desk.book.label("letter", notice.template),
        reached="、".join(dict.fromkeys((*reached, *names))),
        says=says,
    )


def _ours(name: str, desk: Desk) -> bool:
    """The person who entered the matter is hidden from units with it, and is nobody to telephone."""
    return any(name in (person.name, person.mailbox.partition("@")[0]) for person in desk.book.office.staff)
