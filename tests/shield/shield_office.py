"""An office on its database, whose letters are bytes and whose decisions are recorded; nothing is fetched or sent."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

from sqlalchemy import Engine, select

from daemon.auditing import audit
from daemon.demo.cast import LI
from daemon.demo.stage import OWN
from daemon.obeying import obey_person, with_questioned
from daemon.office import Office
from daemon.studying import studied
from daemon.writing import write
from db import desk as desks
from db import files, letters, outbox, questions
from db import tables as t
from db.letters import Found
from db.pen import look, pen
from db.record import Decided, record
from rules.case import CaseFile
from rules.decide import decide
from rules.decision import Decision
from rules.desk import OpenQuestion
from rules.reading import read
from rules.shown import signs
from rules.study import study

BEGAN = datetime(2017, 5, 8, 0, 0, tzinfo=UTC)
MORNING = BEGAN + timedelta(days=1, hours=1)
COMPLAINT = (
    "我叫李明远，电话13800000021。我投诉县国土资源局。2017年2月6日我提交了不动产登记申请，材料一次交齐，窗口承诺15个工作日办结，"
    "到今天一直不给办理，还要我另交加急费2000元，不开票据。请求依法为我办理登记。"
)
REPORT = "我举报县国土资源局窗口人员收受好处费2000元，才给办理登记。我叫李明远，电话13800000021。请为我保密。"


def a_mail(
    words: str,
    *,
    subject: str = "投诉国土资源局",
    sender: str = LI.address,
    name: str = LI.name,
    files: tuple[tuple[str, bytes], ...] = (),
) -> bytes:
    mail = EmailMessage()
    mail["From"] = f"{name} <{sender}>"
    mail["To"] = OWN["complaint"]
    mail["Subject"] = subject
    mail.set_content(words)
    for file_name, data in files:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=file_name)
    return mail.as_bytes()


@dataclass
class Bench:
    """One office. `now` is its clock."""

    office: Office
    now: datetime = MORNING
    uid: int = 0

    @property
    def engine(self) -> Engine:
        return self.office.engine

    def receive(self, raw: bytes) -> Decision:
        """A letter arrives and is decided, as in a round."""
        self.uid += 1
        made = studied(study(raw, signs(self.office.book)))
        letter = made.letter
        cause = f"letter:{letter.sha256}:0"
        with pen(self.engine) as cx:
            letters.keep(
                cx, letters.folder(cx, "complaint", "INBOX", "inbox", 1).id, [Found(self.uid, raw, self.now)], self.now
            )
            row = next(row for row in letters.waiting(cx, 50, 0) if row.sha256 == letter.sha256)
            desk = made.on(desks.for_letter(cx, letter, row, self.office.setting(self.now), cause))
            for copy in made.copies:
                letters.keep_copy(cx, row.sha256, copy.attachment, copy.name, copy.pages, copy.why_not)
            decision = decide(letter, with_questioned(cx, self.office, letter, desk))
            finished = write(decision, desk, self.office.desktop)
            about = Decided(row.id, row.sha256, letter)
            record(
                cx, cause, finished.decision, finished.written, at=self.now, book=self.office.book.hash, letter=about
            )
        return finished.decision

    def code(self, occasion: str, words: str, sender: str) -> bytes:
        """A reply to the letter of the occasion, with its subject (number and code)."""
        with look(self.engine) as cx:
            row = outbox.by_occasion(cx, occasion)
        assert row is not None, occasion
        return a_mail(words, subject=f"回复：{read(row.raw).subject}", sender=sender, name="")

    def answer(self, kind: str, words: str, person: str) -> str:
        """A person answers the open question of that kind; what the program says."""
        return obey_person(self.office, self.question(kind).id, words, person, self.now).says

    def question(self, kind: str) -> OpenQuestion:
        with look(self.engine) as cx:
            return next(asked for asked in questions.waiting(cx) if asked.kind == kind)

    def asked(self) -> list[str]:
        with look(self.engine) as cx:
            return [asked.kind for asked in questions.waiting(cx)]

    def file(self, ref: str) -> CaseFile:
        with look(self.engine) as cx:
            found = files.get(cx, ref)
        assert found is not None
        return found

    def to_units(self) -> list[outbox.Row]:
        with look(self.engine) as cx:
            asked = select(t.outbox.c.id).where(t.outbox.c.audience == "unit").order_by(t.outbox.c.id)
            return [outbox.get(cx, number) for number in cx.execute(asked).scalars()]

    def problems(self) -> tuple[object, ...]:
        return audit(self.office, self.now, deep=True).problems
