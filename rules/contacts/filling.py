"""One record's headings and words become the fields of its rows: people with their numbers, the unit's hotline and mailbox (domain §4.3).

Personal headings (职务, 电话, 手机) belong to whoever was named before them; a hotline, mailbox or note to the unit.
"""

import re
from dataclasses import dataclass, field, replace

from rules.contacts.cells import Numbers, is_mobile, numbers
from rules.contacts.entry import Entry, Item
from rules.contacts.labels import NUMBERS, Label
from rules.contacts.mailboxes import mailboxes
from rules.contacts.marginal import changed_to, without_void
from rules.contacts.people import is_name, people, title_of
from rules.contacts.row import Remark, Row

_MAIL = re.compile(r"[\w.+-]{1,64}\s?[@＠]\s?[\w.-]{1,64}")
_EACH = frozenset({"phone:two"})
_QQ = re.compile(r"[1-9]\d{4,10}")


@dataclass
class Person:
    """Somebody named in the record."""

    who: str
    number: str = ""
    names: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    """Of a leader: every number. Of a contact: those of the office."""
    mobiles: list[str] = field(default_factory=list)
    aside: str = ""
    """A name that stood in the number's cell."""


@dataclass
class Draft:
    """A record being filled in."""

    persons: list[Person] = field(default_factory=list)
    who: str = ""
    unit_text: str = ""
    org: str = ""
    hotlines: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    """Numbers said of nobody: of the unit."""
    mailboxes: list[str] = field(default_factory=list)
    suggested: str = ""
    note: str = ""
    qq: str = ""
    only_phone: bool = False
    """A number under nothing but 电话, which may or may not be published."""
    remarks: list[tuple[str, str]] = field(default_factory=list)

    def doubt(self, words: frozenset[str], text: str) -> None:
        """Keep what is doubtful of a cell."""
        self.remarks += [(word, text) for word in sorted(words)]

    def person(self, who: str, *, new: bool, number: str = "") -> Person:
        """The last person with that part in the matter, or a new one."""
        known = [person for person in self.persons if person.who == who and (not number or person.number == number)]
        if known and not (new and known[-1].names):
            return known[-1]
        self.persons.append(Person(who, number))
        return self.persons[-1]


def filled(entry: Entry) -> tuple[list[Row], list[Remark]]:
    """The rows of a record, without their unit; and what is doubtful in its cells."""
    draft = Draft()
    for item in entry.items:
        _fill(draft, item)
    _settle(draft)
    rows = _rows(draft)
    remarks = [Remark(word, draft.unit_text, text) for word, text in dict.fromkeys(draft.remarks)]
    if entry.ditto:
        remarks.append(Remark("cell:ditto", draft.unit_text))
    return rows, remarks


def _fill(draft: Draft, item: Item) -> None:
    meaning, text = item.label, without_void(item.text)
    if meaning.person:
        draft.who = meaning.who
    if not text or draft.who in ("filled", "before"):
        return
    if meaning.who == "unit":
        draft.unit_text = draft.unit_text or text
    elif meaning.who == "org":
        draft.org = draft.org or title_of(text)
    elif "note" in meaning.what:
        draft.note = draft.note or " ".join(text.split())
    elif "qq" in meaning.what:
        draft.qq = text
    else:
        _fill_personal(draft, meaning, changed_to(text))


def _fill_personal(draft: Draft, meaning: Label, text: str) -> None:
    if "email" in meaning.what:  # a cell for 电话及邮箱 has other things in it
        _mailbox(draft, "、".join(_MAIL.findall(text)) if meaning.what - {"email"} else text)
    if "name" in meaning.what:
        _name(draft, meaning, text)
    elif "title" in meaning.what:
        person = _owner(draft, meaning)
        person.titles.append(title_of(text))
    if meaning.what & set(NUMBERS):
        _number(draft, meaning, text)


def _mailbox(draft: Draft, text: str) -> None:
    found = mailboxes(text)
    draft.mailboxes += [address for address in found.found if address not in draft.mailboxes]
    draft.suggested = draft.suggested or found.suggested
    draft.doubt(found.doubts, text)


def _owner(draft: Draft, meaning: Label) -> Person:
    """Whom a personal heading is about: the one it names, or the last one named; a heading before anybody is named is the contact's."""
    draft.who = meaning.who or draft.who or "contact"
    return draft.person(draft.who, new=False, number=meaning.number)


def _name(draft: Draft, meaning: Label, text: str) -> None:
    draft.who = meaning.who or draft.who or "contact"
    person = draft.person(draft.who, new=True)
    person.number = meaning.number
    found = numbers(text, only_telephones=True)
    named = people(found.rest)
    person.names += [name for name in named.names if name not in person.names]
    person.titles += named.titles
    if len(named.names) > 1:
        draft.doubt(frozenset({"person:two"}), text)
    if found.found and not meaning.what & set(NUMBERS):
        _keep(person, "phone", found.found)
        draft.doubt(found.doubts, text)


def _number(draft: Draft, meaning: Label, text: str) -> None:
    found = numbers(_MAIL.sub(" ", text))
    if "hotline" in meaning.what:
        draft.doubt(found.doubts, text)
        draft.hotlines += found.found
        return
    draft.doubt(found.doubts - (_EACH if _one_each(meaning, found) else frozenset()), text)
    if not meaning.who and not draft.who:
        draft.phones += found.found
        draft.only_phone = draft.only_phone or (_says_no_more(meaning) and bool(found.found))
        return
    person = _owner(draft, meaning)
    kind = next(iter(meaning.what & set(NUMBERS))) if len(meaning.what & set(NUMBERS)) == 1 else "phone"
    _keep(person, kind, found.found)
    person.aside = person.aside or found.rest
    if person.who == "contact" and _says_no_more(meaning) and found.found:
        draft.only_phone = True


def _one_each(meaning: Label, found: Numbers) -> bool:
    """办公电话/手机 has one of each: no second number of a kind."""
    return {"office", "mobile"} <= meaning.what and len(found.found) == 2 and len(found.mobiles) == 1


def _says_no_more(meaning: Label) -> bool:
    """The heading says 电话 and not which."""
    return meaning.what & set(NUMBERS) == {"phone"}


def _keep(person: Person, kind: str, found: tuple[str, ...]) -> None:
    """A leader's numbers stay together. Of a contact's, a mobile goes to the mobile, beside a landline even from an office cell."""
    if person.who != "contact":
        person.phones += [number for number in found if number not in person.phones]
        return
    landline = any(not is_mobile(number) for number in found)
    for number in found:
        mobile = is_mobile(number) and (kind != "office" or landline)
        mobile = mobile or (kind == "mobile" and _of_no_office(number))
        place = person.mobiles if mobile else person.phones
        if number not in place:
            place.append(number)


def _of_no_office(number: str) -> bool:
    """A number under 手机 that is odd, but no landline, was meant for a mobile."""
    return number.isdigit() and number.startswith("1")


def _settle(draft: Draft) -> None:
    """What can be said only when the whole record is known."""
    for person in draft.persons:
        named = people(person.aside).names if not person.names and person.aside else ()
        person.names += [
            name for name in named if is_name(name) and name not in ("手机", "办公", "电话", "座机", "联系")
        ]
    if draft.qq and not draft.mailboxes and not draft.suggested and (number := _QQ.search(draft.qq)):
        draft.suggested = f"{number[0]}@qq.com"
        draft.doubt(frozenset({"email:qq-number"}), draft.qq)
    if not draft.mailboxes and not draft.suggested and not any(word == "email:invalid" for word, _ in draft.remarks):
        draft.doubt(frozenset({"email:missing"}), "")
    if draft.only_phone and not draft.hotlines:
        draft.doubt(frozenset({"phone:public-unknown"}), "")


def _rows(draft: Draft) -> list[Row]:
    leaders = [person for person in draft.persons if person.who == "leader" and (person.names or person.phones)]
    leaders = leaders or [person for person in draft.persons if person.who == "head"]
    contacts = [
        person
        for person in draft.persons
        if person.who == "contact" and (person.names or person.phones or person.mobiles)
    ]
    shared = Row(
        org=draft.org,
        leader=_joined([name for person in leaders for name in person.names]),
        leader_title=_joined([title for person in leaders for title in person.titles]),
        leader_phone=_joined([phone for person in leaders for phone in person.phones]),
        hotline=_joined(draft.hotlines),
        email=_joined(draft.mailboxes),
        email_suggested="" if draft.mailboxes else draft.suggested,
        note=draft.note,
        unit_text=draft.unit_text,
    )
    if len(leaders) > 1:
        draft.doubt(frozenset({"person:two"}), shared.leader)
    return [_with_contact(shared, draft, person) for person in contacts or [Person("contact")]]


def _with_contact(shared: Row, draft: Draft, person: Person) -> Row:
    office = person.phones or draft.phones
    return replace(
        shared,
        contact=_joined(person.names),
        contact_title=_joined(person.titles),
        office_phone=_joined(office),
        mobile=_joined(person.mobiles),
    )


def _joined(texts: list[str]) -> str:
    return "、".join(dict.fromkeys(texts))
