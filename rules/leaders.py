"""A written reminder or a supervision goes to the unit's 分管领导 too: by a second letter, or by somebody of ours who telephones."""

from dataclasses import replace

from rules.asking import ask
from rules.case import CaseFile, Running
from rules.decision import Decision, Question
from rules.desk import Contact, Desk
from rules.notices.notice import To
from rules.notices.to_unit import LeaderCopy, Supervision, UnitReminder
from rules.shown import clock_label, day_shown
from rules.wording import wording

say = wording("rules")


def with_leader(notice: UnitReminder | Supervision, file: CaseFile, desk: Desk, clock: Running) -> Decision:
    """The unit's letter, and what tells the leader; where his mailbox is not known the letter says 请呈分管领导."""
    contact = desk.contact(notice.unit)
    if contact is None or not contact.leader_mailbox:
        return Decision(notices=(notice,), questions=_telephone(notice, file, desk, clock, contact))
    copy = LeaderCopy(
        to=To(contact.leader_mailbox, notice.to.party, contact.unit),
        about=notice.about,
        occasion=f"{notice.occasion}:leader",
        number=notice.number,
        ref=notice.ref,
        unit=notice.unit,
        clock=notice.clock,
        due=notice.due,
        late=notice.late,
        supervised=isinstance(notice, Supervision),
    )
    return Decision(notices=(replace(notice, copied=True), copy))


def key_of(file: CaseFile, clock: Running) -> str:
    """What makes a question about a clock of a case be asked once for its due day."""
    return f"{file.ref}:{clock.clock}:{clock.due.isoformat()}"


def _telephone(
    notice: UnitReminder | Supervision, file: CaseFile, desk: Desk, clock: Running, contact: Contact | None
) -> tuple[Question, ...]:
    asked = ask(
        desk,
        "telephone",
        key_of(file, clock),
        file.about,
        unit=notice.unit,
        phone=(contact.leader_phone or contact.public or contact.phone) if contact else "",
        why=say("telephone-leader", clock=clock_label(desk.book, clock.clock), due=day_shown(clock.due)),
    )
    return (asked,)
