"""For any letter and any case: no identity string of two signs or more stands in any letter to any unit, through every kind of letter there is."""

import dataclasses
from datetime import date
from functools import cache

import pytest
from doors.desks import LAND, MARKET, REF, UNIT_BOX, a_case, a_desk, a_desk_with, a_letter, order_by
from hypothesis import given, settings
from hypothesis import strategies as st
from test_shield_traps import whole

from daemon.demo.cast import HEAD
from daemon.writing import Desktop, write
from rules.decide import decide
from rules.decision import Decision, Draft
from rules.desk import Contact, Desk, Sender
from rules.handling.assigning import assign
from rules.handling.drafting import content, hidden
from rules.letter import Letter
from rules.life import State
from rules.notices import to_organ, to_unit
from rules.notices.notice import Approved, Label, Notice, Number, OfficeText, OwnText, Ref, To, UnitName
from rules.notices.to_organ import DueRow, SheetRow
from rules.obey import obey
from rules.orders.verbs import VERBS
from rules.replies.orders import Order
from rules.shield import Redacted, redact
from templates.speak import OfficeWords, Speaker

OFFICE = OfficeWords("某县营商环境建设监督局", "024-40000000", "工作日")
SURNAMES = "李王张刘陈杨赵黄周吴"
GIVEN = ["明远", "桂芬", "福贵", "春梅", "建国", "秀兰", "志强", "海燕"]
FIRMS = ["宏达木业", "鑫源山货", "兴旺食品", "华诚建材"]
VILLAGES = ["头道岔村", "二户来村", "大青沟村"]


@dataclasses.dataclass(frozen=True)
class Person:
    """Somebody who complains, and every string that would say who he is."""

    name: str
    phone: str
    card: str
    mailbox: str
    firm: str
    home: str

    @property
    def strings(self) -> tuple[str, ...]:
        return (self.name, self.phone, self.card, self.mailbox, self.mailbox.partition("@")[0], self.firm, self.home)


@st.composite
def people(draw: st.DrawFn) -> Person:
    tail = draw(st.integers(10_000_000, 99_999_999))
    return Person(
        draw(st.sampled_from(SURNAMES)) + draw(st.sampled_from(GIVEN)),
        f"138{tail}",
        f"2105221975{draw(st.integers(10, 12))}{draw(st.integers(10, 28))}{draw(st.integers(1000, 9999))}",
        f"hr{tail}@mail.example",
        f"桓仁{draw(st.sampled_from(FIRMS))}有限公司",
        f"华来镇{draw(st.sampled_from(VILLAGES))}{draw(st.integers(2, 9))}组{draw(st.integers(10, 99))}号",
    )


FACTS = [
    "2017年2月6日到县国土资源局窗口申请不动产登记，材料一次交齐。",
    "窗口承诺15个工作日办结，到今天一直不给办理。",
    "还要我另交加急费2000元，不开票据。",
    "后来打电话问，说系统坏了让等。",
    "请求依法为我办理登记，退还多收的钱。",
]


@st.composite
def letters(draw: st.DrawFn) -> tuple[Person, Letter]:
    person = draw(people())
    spaced = " ".join(person.phone[at : at + 4] for at in (0, 4, 8)) if draw(st.booleans()) else person.phone
    says = [
        f"我叫{person.name}，电话{spaced}。",
        f"身份证号{person.card}。",
        f"我家住{person.home}。",
        f"我公司{person.firm}是2015年注册的。",
        f"联系邮箱{person.mailbox}。",
    ]
    own = draw(st.lists(st.sampled_from(says), min_size=1, max_size=5, unique=True))
    told = draw(st.permutations([*FACTS[: draw(st.integers(1, 5))], *own]))
    words = "我投诉县国土资源局。" + "".join(told) + (f"\n{person.name}" if draw(st.booleans()) else "")
    subject = draw(st.sampled_from(["投诉国土资源局", f"{person.name}投诉国土资源局", ""]))
    name = draw(st.sampled_from([person.name, "", person.firm]))
    return person, a_letter(words, from_addr=person.mailbox, from_name=name, subject=subject)


@cache
def desktop() -> Desktop:
    addresses = {"complaint": "tousu@huiyin.example", "contact": "lianxi@huiyin.example"}
    return Desktop(Speaker(OFFICE), addresses, lambda _digest: b"", copies_key=b"a key for tests")


def leaving(decision: Decision, desk: Desk) -> list[str]:
    """What would leave for units and their clerks, as a receiver reads it."""
    made = write(dataclasses.replace(decision, questions=()), desk, desktop()).written
    return [whole(letter.raw) for letter in made if letter.audience in ("unit", "organ") and letter.state == "queued"]


def told(texts: list[str], person: Person) -> list[str]:
    return [value for text in texts for value in person.strings if value in text]


def the_desk(letter: Letter, state: State = State.HANDLING, **given: object) -> Desk:
    """The case of the letter at a unit: draft, identities and people as the opening left them."""
    file = a_case(state, **given)
    known = hidden(letter).identities
    made = redact(letter.subject, content(letter), known)
    return a_desk_with(
        file,
        letter=letter,
        identities=((REF, known),),
        drafts=(Draft(REF, made.subject, made.text, made.refused or ""),),
        contacts=tuple(Contact(unit, box) for unit, box in UNIT_BOX.items()),
    )


@settings(max_examples=15, deadline=None)
@given(letters())
def test_no_letter_that_a_complaint_causes_by_itself_says_who_wrote_it(drawn: tuple[Person, Letter]):
    person, letter = drawn

    assert told(leaving(decide(letter, a_desk()), a_desk()), person) == []


@settings(max_examples=10, deadline=None)
@given(letters(), st.sampled_from(["不满意。{said}", "补充：{said}", "同意披露。{said}", "请保密。{said}"]))
def test_no_reply_of_the_complainant_says_who_he_is_to_the_unit(drawn: tuple[Person, Letter], frame: str):
    from doors.desks import complainant_hit

    person, letter = drawn
    desk = the_desk(letter)
    file = dataclasses.replace(desk.files[0], state=State.FEEDBACK)
    hit = dataclasses.replace(complainant_hit(file, "result_told"), address=person.mailbox)
    desk = dataclasses.replace(desk, files=(file,), hits=(hit,), sender=Sender("complainant"))
    reply = a_letter(frame.format(said=letter.own_words), from_addr=person.mailbox)

    assert told(leaving(decide(reply, desk), desk), person) == []


STATES = [State.REGISTERED, State.ACCEPTED, State.HANDLING, State.REPORTED, State.FEEDBACK]


@settings(max_examples=60, deadline=None)
@given(letters(), st.sampled_from(sorted(VERBS)), st.sampled_from(STATES), st.integers(0, 6))
def test_no_order_can_say_it_whatever_words_stand_behind_it(
    drawn: tuple[Person, Letter], verb: str, state: State, which: int
):
    person, letter = drawn
    roles = ("head", "receiver", "reviewer", "handler", "supervision", "duty")
    desk = the_desk(letter, state)
    words = f"{MARKET} {person.strings[which]}：{letter.own_words}"
    decision = obey(Order(verb, words, HEAD.name, roles, "command"), desk, None)

    assert told(leaving(decision, desk), person) == []


CLASSES = [
    thing
    for module in (to_unit, to_organ)
    for thing in vars(module).values()
    if isinstance(thing, type) and issubclass(thing, Notice) and "template" in vars(thing)
]


def filled(shape: type[Notice], words: str) -> Notice:
    """The notice with the words in every field that can hold words, past redaction and past everybody's eyes."""
    day = date(2017, 5, 26)
    plain = {
        "str": words,
        "To": To(UNIT_BOX[LAND], f"unit:{LAND}", LAND),
        "Ref": Ref(REF),
        "Number": Number("桓营诉〔2017〕12号"),
        "UnitName": UnitName(LAND),
        "Label": Label("转办"),
        "Redacted": Redacted.kept(words),
        "Redacted | None": Redacted.kept(words),
        "Approved": Approved(words),
        "tuple[Approved, ...]": (Approved(words),),
        "OwnText": OwnText(words),
        "OfficeText": OfficeText("信息表"),
        "tuple[OfficeText, ...]": (OfficeText("单位"),),
        "tuple[SheetRow, ...]": (SheetRow((OwnText(words),)),),
        "date": day,
        "date | None": day,
        "bool": True,
        "int": 2,
        "tuple[Label, ...]": (Label("依据"),),
        "tuple[UnitName, ...]": (),
        "tuple[Paper, ...]": (),
        "tuple[DueRow, ...]": (DueRow(Number("桓营诉〔2017〕12号"), Label("办理"), day, 2, Label("催办")),),
    }
    given = {
        field.name: plain[_type(field.type)]
        for field in dataclasses.fields(shape)
        if field.default is dataclasses.MISSING
    }
    worded = {
        field.name: plain[_type(field.type)]
        for field in dataclasses.fields(shape)
        if "Redacted" in _type(field.type) or "Approved" in _type(field.type)
    }
    return shape(**{**given, **worded, "about": f"case:{REF}", "occasion": "x:1", "mailbox": "complaint"})


def _type(kind: object) -> str:
    import re

    plain = getattr(kind, "__name__", "") if not getattr(kind, "__args__", None) else str(kind)
    return re.sub(r"[\w.]+\.(\w+)", r"\1", plain or str(kind))


@settings(max_examples=5, deadline=None)
@given(letters())
@pytest.mark.parametrize("shape", CLASSES, ids=lambda shape: shape.template)
def test_every_kind_of_letter_is_stopped_where_its_words_say_who_wrote(
    shape: type[Notice], drawn: tuple[Person, Letter]
):
    person, letter = drawn
    desk = the_desk(letter)
    notice = filled(shape, letter.own_words)

    assert told(leaving(Decision(notices=(notice,)), desk), person) == []


@settings(max_examples=5, deadline=None)
@given(letters())
def test_the_transfer_of_a_persons_order_says_it_neither(drawn: tuple[Person, Letter]):
    person, letter = drawn
    desk = the_desk(letter, State.ACCEPTED)

    done = assign(desk, desk.files[0], LAND, order_by("head"), (MARKET,))
    texts = leaving(Decision(notices=done.notices), desk)

    assert told(texts, person) == []
