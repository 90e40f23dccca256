"""夜间核对信 (S42): what the audit found and what still hangs, to the person on duty, each with what to do; the ledger's head at the foot."""

from dataclasses import dataclass

from rules.decision import Decision, Warrant, WarrantKind
from rules.desk import Desk, OpenQuestion
from rules.events import OFFICE, AuditTold
from rules.letterhead import to_staff
from rules.notices.notice import Label, OfficeText
from rules.notices.to_duty import AuditLetter, Finding
from rules.staffing import asked_people
from rules.wording import wording

say = wording("rules.handover")
HANGING = ("bounce", "refused-send", "unknown", "stopped")
"""Questions about letters of ours that did not arrive, or may not have: told every night until they are answered (S67b)."""
ROLE = "duty"
MOST = 40


@dataclass(frozen=True, slots=True)
class Found:
    """One problem of the audit: the invariant, where, and what it says with what to do."""

    invariant: str
    where: str
    says: str


def night_letter(
    found: tuple[Found, ...],
    waiting: tuple[OpenQuestion, ...],
    letters: dict[str, str],
    desk: Desk,
    head: str,
    seq: int,
) -> Decision:
    """A letter each night, also when all is well: its silence would be a sign too (S20). `letters`: occasion -> which letter of ours."""
    hanging = [question for question in waiting if question.kind in HANGING]
    rows = (*(_problem(each) for each in found), *(_hanging(each, letters) for each in hanging))
    told = tuple(
        AuditLetter(
            to=to_staff(person),
            about=OFFICE,
            occasion=f"{desk.cause}:{person.name}",
            findings=rows[:MOST],
            more=max(len(rows) - MOST, 0),
            head=OfficeText(head),
            seq=seq,
        )
        for person in asked_people(desk, ROLE)
    )
    event = AuditTold(about=OFFICE, warrant=Warrant(WarrantKind.CLOCK, "audit"), findings=len(rows))
    return Decision(events=(event,), notices=told)


def _problem(found: Found) -> Finding:
    return Finding(Label(say(f"finding-{found.invariant.lower()}")), OfficeText(found.where), OfficeText(found.says))


def _hanging(question: OpenQuestion, letters: dict[str, str]) -> Finding:
    where = letters.get(question.outbox, "") or say("finding-office")
    return Finding(Label(say(f"hanging-{question.kind}")), OfficeText(where), OfficeText(say(f"todo-{question.kind}")))
