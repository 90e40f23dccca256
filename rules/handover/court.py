"""每周抽查 (spam court): a few letters of machines and bulk letters are shown to a person, so that a complaint judged wrongly is found.

Nothing is thrown away: every such letter is kept with its kind named; the sample only asks a person to look.
"""

from dataclasses import dataclass
from datetime import date

from rules.decision import Decision, Warrant, WarrantKind
from rules.desk import Desk
from rules.events import OFFICE, Noted
from rules.letterhead import to_staff
from rules.notices.notice import Label, Number, OfficeText, OwnText
from rules.notices.to_duty import CourtSample, HandoverItem
from rules.punctuation import in_one_line
from rules.staffing import asked_people
from rules.wording import wording

say = wording("rules.handover")
KINDS = ("bounce", "vacation", "receipt", "list", "spam", "auto")
ROLE = "receiver"
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Sampled:
    """A letter judged a machine's: which kind, and what a person needs to see whether that is right."""

    letter: str
    kind: str
    from_addr: str
    subject: str
    words: str


def week_of(day: date) -> str:
    """2017-W19."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def sample(letters: tuple[Sampled, ...], desk: Desk, week: str) -> Decision:
    """One letter to whoever receives complaints; a line even where there was nothing to show."""
    event = Noted(about=OFFICE, warrant=Warrant(WarrantKind.CLOCK, "court"), what="court-sample")
    if not letters:
        return Decision(events=(event,))
    notices = tuple(
        CourtSample(
            to=to_staff(person),
            about=OFFICE,
            occasion=f"court:{week}:{person.name}",
            items=tuple(_item(index, letter) for index, letter in enumerate(letters, 1)),
        )
        for person in asked_people(desk, ROLE)
    )
    return Decision(events=(event,), notices=notices)


def _item(index: int, letter: Sampled) -> HandoverItem:
    words = in_one_line(letter.words, LONGEST)
    subject = " ".join(letter.subject.split()) or say("no-subject")
    return HandoverItem(
        number=index,
        target=f"letter:{letter.letter}",
        group=Label(say(f"machine-{letter.kind}") if letter.kind in KINDS else say("machine-other")),
        what=OwnText(say("sampled", sender=letter.from_addr, subject=subject, words=words)),
        case=Number(""),
        due=Label(""),
        answers=OfficeText(say("answer-sample")),
    )
