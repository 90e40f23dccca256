"""What stories about time share: a book without some years' notices, a complaint on its way, what stands in store and mailboxes."""

import dataclasses
from datetime import datetime, timedelta
from functools import cache

from daemon.books import read_chapters
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, CONTACT, LI, filled
from daemon.demo.stage import Stage
from daemon.office import Rules, take_rules
from db import files, lists
from db.pen import look
from rules.case import CaseFile
from rules.reading import read
from rules.wording import wording

say = wording("daemon.demo")


@cache
def book_before(*missing: int) -> Rules:
    """The demo's book as it was before the notices of these years."""
    chapters = filled(dict(read_chapters()))
    return take_rules(
        chapters={n: raw for n, raw in chapters.items() if n not in {f"calendar/{y}.toml" for y in missing}}
    )


def take(stage: Stage, rules: Rules) -> None:
    """The office goes on with this book."""
    stage.rounds.office = dataclasses.replace(stage.rounds.office, rules=rules)


def complain(stage: Stage) -> None:
    """A complaint comes, is decided, receipted and sent to its unit."""
    raw = manners.web_163(LI.address, LI.name, COMPLAINT, say("subject-complaint"), say("text-complaint"), stage.now)
    stage.post(raw, LI, COMPLAINT)
    a_round(stage)


def a_round(stage: Stage, at: datetime | None = None) -> None:
    stage.now = at or stage.now + timedelta(minutes=5)
    stage.rounds.whole(stage.now)


def the_case(stage: Stage) -> CaseFile:
    """The office's only case."""
    with look(stage.rounds.office.engine) as cx:
        (row,) = lists.cases(cx, stage.rounds.office.book)
        file = files.get(cx, row["reference"])
    assert file is not None
    return file


def asked(stage: Stage) -> list[str]:
    """The kinds of the questions that wait, oldest first."""
    with look(stage.rounds.office.engine) as cx:
        return [question["what"] for question in lists.questions(cx)]


def story_of(stage: Stage, event: str) -> list[dict[str, object]]:
    """The case's ledger lines of that kind."""
    with look(stage.rounds.office.engine) as cx:
        return [line for line in lists.story(cx, the_case(stage).ref) if line["event"] == event]


def letters_to(stage: Stage, address: str, about: str) -> list[str]:
    """Subjects of the office's letters to that mailbox which hold the words."""
    subjects = [
        read(sent.raw).subject
        for sent in stage.host.sent_log
        if sent.rcpt == address and sent.mail_from in (COMPLAINT, CONTACT)
    ]
    return [subject for subject in subjects if about in subject]
