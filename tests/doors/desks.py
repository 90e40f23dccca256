"""Builders for the doors: a letter, a case, a desk with the real book filled in and the real calendar, on a day of May 2017."""

import dataclasses
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256

from daemon.books import read_chapters
from daemon.demo.cast import HANDLER, HEAD, RECEIVER, REVIEWER, filled
from rules.case import CaseFile, fold
from rules.days import Calendar
from rules.days import load as load_calendar
from rules.decision import Decision, Draft, Warrant, WarrantKind
from rules.desk import CodeHit, Contact, Desk, OpenQuestion, Seen, Sender
from rules.events import Event
from rules.letter import Letter
from rules.life import State
from rules.policy import Book, load

NOW = datetime(2017, 5, 9, 1, 12, tzinfo=UTC)
LI = "limingyuan@web163.example"
LAND, MARKET, TOWN = "国土资源局", "市场监督管理局", "桓仁镇"
UNIT_BOX = {LAND: "guotu@unit.example", MARKET: "shichang@unit.example", TOWN: "huanrenzhen@unit.example"}
REF = "HY2017-00012-K7"
ABOUT = f"case:{REF}"
COMPLAINT = (
    "我投诉县国土资源局。2017年2月6日我向国土资源局窗口提交了不动产登记申请，材料一次交齐，窗口承诺15个工作日办结，"
    "到今天一直不给办理。窗口人员态度恶劣，还要我另交加急费2000元，不开票据。请求依法为我办理登记。"
)
REPORT = (
    "办结。\n调查结论：属实。\n办理情况：已于5月16日为反映人办理了不动产登记。\n"
    "查处情况：对窗口工作人员批评教育一次。\n依据：《不动产登记暂行条例》第二十条。"
)


@cache
def the_book() -> Book:
    return load(filled(dict(read_chapters())))


@cache
def the_calendar() -> Calendar:
    prefix = "calendar/"
    return load_calendar(
        {name.removeprefix(prefix): raw for name, raw in read_chapters().items() if name.startswith(prefix)}
    )


def a_letter(own_words: str = COMPLAINT, *, from_addr: str = LI, **given: object) -> Letter:
    text = str(given.pop("text", own_words))
    key = f"{own_words}|{from_addr}|{sorted(given.items(), key=str)}"
    return Letter(
        sha256(key.encode()).hexdigest(), len(key), from_addr=from_addr, own_words=own_words, text=text, **given
    )  # type: ignore[arg-type]


def a_desk(**given: object) -> Desk:
    base = Desk(
        now=NOW,
        book=the_book(),
        calendar=the_calendar(),
        cause="letter:test:0",
        seen=Seen("complaint", "inbox", NOW),
        contacts=tuple(Contact(unit, box) for unit, box in UNIT_BOX.items()),
        next_serial=12,
        year=2017,
    )
    return dataclasses.replace(base, **given)  # type: ignore[arg-type]


def a_case(state: State = State.HANDLING, **given: object) -> CaseFile:
    lead = LAND if state not in (State.REGISTERED, State.SUPPLEMENT, State.ACCEPTED) else ""
    base = CaseFile(
        ref=REF,
        year=2017,
        serial=12,
        state=state,
        kind="complaint",
        received=date(2017, 5, 9),
        lead=lead,
        handling="transfer" if lead else "",
        round=1 if lead else 0,
    )
    return dataclasses.replace(base, **given)  # type: ignore[arg-type]


def a_desk_with(file: CaseFile, **given: object) -> Desk:
    """The case lies on the desk, with its people and its draft."""
    parties = (
        (file.ref, "complainant", LI),
        *((file.ref, f"unit:{unit}", UNIT_BOX[unit]) for unit in file.units if unit in UNIT_BOX),
    )
    base: dict[str, object] = {
        "files": (file,),
        "parties": parties,
        "drafts": (Draft(file.ref, "投诉拖延办证", "一直不给办理登记。"),),
    }
    return a_desk(**{**base, **given})


def unit_hit(file: CaseFile, unit: str = LAND, **given: object) -> CodeHit:
    hit = CodeHit(
        occasion=f"transfer:{file.ref}:{file.round}:{unit}",
        about=f"case:{file.ref}",
        party=f"unit:{unit}",
        address=UNIT_BOX[unit],
        template="transfer",
        state="sent",
        where="subject",
        round=file.round,
    )
    return dataclasses.replace(hit, **given)  # type: ignore[arg-type]


def complainant_hit(file: CaseFile, template: str = "receipt", **given: object) -> CodeHit:
    hit = CodeHit(
        occasion=f"{template}:{file.ref}",
        about=f"case:{file.ref}",
        party="complainant",
        address=LI,
        template=template,
        state="sent",
        where="subject",
        round=file.round,
    )
    return dataclasses.replace(hit, **given)  # type: ignore[arg-type]


def unit_writes(file: CaseFile, words: str, unit: str = LAND, **given: object) -> tuple[Letter, Desk]:
    """A unit's answer with its own code from its own mailbox."""
    desk = a_desk_with(file, hits=(unit_hit(file, unit),), sender=Sender("unit", unit))
    return a_letter(words, from_addr=UNIT_BOX[unit]), dataclasses.replace(desk, **given)  # type: ignore[arg-type]


def complainant_writes(file: CaseFile, words: str, template: str = "receipt", **given: object) -> tuple[Letter, Desk]:
    """The complainant's answer with his own code from his own mailbox."""
    desk = a_desk_with(file, hits=(complainant_hit(file, template),), sender=Sender("complainant"))
    return a_letter(words), dataclasses.replace(desk, **given)  # type: ignore[arg-type]


PEOPLE = {"receiver": RECEIVER, "handler": HANDLER, "reviewer": REVIEWER, "head": HEAD}


def a_question(kind: str, about: str = ABOUT, **given: object) -> OpenQuestion:
    from rules.asking import ASKINGS

    asking = ASKINGS[kind]
    base = OpenQuestion(f"{kind}:x", kind, about, asking.role, asking.choices, (), "0" * 64, id="Q000000001")
    return dataclasses.replace(base, **given)  # type: ignore[arg-type]


def staff_writes(
    file: CaseFile | None, role: str, words: str, question: OpenQuestion, **given: object
) -> tuple[Letter, Desk]:
    """A member of staff answers the question's letter from his registered mailbox."""
    person = PEOPLE[role]
    hit = CodeHit(
        occasion=f"ask:{question.id}:{person.name}",
        about=question.about,
        party=f"staff:{person.name}",
        address=person.address,
        template="question_asked",
        state="sent",
        where="subject",
    )
    roles = tuple(one.role for one in the_book().office.staff if one.name == person.name)
    desk = a_desk_with(file) if file else a_desk()
    desk = dataclasses.replace(
        desk, hits=(hit,), sender=Sender("staff", person=person.name, roles=roles), questions=(question,)
    )
    return a_letter(words, from_addr=person.address), dataclasses.replace(desk, **given)  # type: ignore[arg-type]


def folded(file: CaseFile | None, events: Iterable[Event]) -> CaseFile:
    """The case after the events about it."""
    for event in events:
        if event.about.startswith("case:"):
            file = fold(file, event)
    assert file is not None
    return file


def order_by(role: str = "head") -> Warrant:
    return Warrant(WarrantKind.ORDER, "question", "somebody", role)


def kinds(decision: Decision) -> list[str]:
    """The events' names, in order."""
    return [event.kind for event in decision.events]


def asked(decision: Decision) -> list[str]:
    """The questions' kinds."""
    return [question.kind for question in decision.questions]


def sent(decision: Decision) -> list[tuple[str, str]]:
    """(template, address) of every letter that goes out; who has no mailbox is told by a person (`rules.calling`)."""
    return [(notice.template, notice.to.address) for notice in decision.notices if notice.to.address]


def why(decision: Decision) -> str:
    """What the only question says of why."""
    (question,) = decision.questions
    return dict(question.facts).get("why", "")
