"""What else a person of the letter is called: 老王, 小向, 鄂某, 牛嫂, 英子, zhang san, ZS, the speaker of a chat (A26, A30)."""

import re
from collections import Counter
from collections.abc import Iterator

from rules.shield.cues import cues
from rules.shield.knowledge import is_surname, is_word
from rules.shield.latin import initials, parts, spellings
from rules.shield.patterns import pattern
from rules.shield.people import People
from rules.shield.shapes import Find

SPEAKER = re.compile(
    r"(?m)^[ \t]{0,4}(?:\d{1,2}:\d{2}(?::\d{2})?[ ]{0,2})?([^\s:：，。,;；(（\d][^:：，。,;；\n]{0,11})[ ]?[:：]"
)
NOT_A_SPEAKER = pattern("other_speaker")
ALONE = re.compile(r"(?<=[，,。;；!！?？(（\s])姓([一-鿿])(?=[，,。;；)）\s]|$)")
OFFICE = pattern("office_sign")
CALLED = pattern("called_in_latin")
MARKS = pattern("surname_mark").pattern
AROUND = pattern("surname_around").pattern
LATIN = re.compile(r"[a-z]+(?:[ '·.\-][a-z]+){0,3}")


def find_nicknames(text: str, people: People, header: str) -> Iterator[Find]:
    """Short and other names of the persons already found."""
    own = [word for word, role in people.roles.items() if role in ("complainant", "family")]
    yield from _by_surname(text, people.surnames())
    yield from _by_given(
        text, people, [word for word, role in people.roles.items() if role not in ("official", "unclear")]
    )
    yield from _in_latin(text, own, people.mailbox or "")
    yield from _speakers(text)
    yield from _surname_said(text)
    if len(header) > 1 and not header.isascii():
        yield from (Find("name", met.start(), met.end()) for met in re.finditer(re.escape(header), text))


def _surname_said(text: str) -> Iterator[Find]:
    for met in ALONE.finditer(text):
        if is_surname(met[1]) and not OFFICE.search(text, max(0, met.start() - 14), met.start()):
            yield Find("name", met.start(), met.start() + 2)
    for met in CALLED.finditer(text):
        yield Find("name", *met.span(1))
    for met in cues().surname_said.finditer(text):
        yield Find("name", *met.span(1))


def _by_surname(text: str, surnames: set[str]) -> Iterator[Find]:
    for surname in surnames:
        marks = f"{surname}(?:{MARKS}|{cues().own_title.pattern})+|{surname}家(?![村屯堡沟庄岭])|姓{surname}"
        pattern = f"(?<!隔壁)(?:[老小大阿]{surname}(?:{AROUND})?|{marks})(?![局所站队镇乡村科])"
        for met in re.finditer(pattern, text):
            start, end = met.span()
            head = met[0][:2]
            if is_word(head) and head[0] in "老小大阿" and end - start == 2:
                continue
            yield Find("name", start, end - (met[0].endswith("家") and end - start > 2))


def _by_given(text: str, people: People, names: list[str]) -> Iterator[Find]:
    """The given name alone, and the last sign with 子 or 儿: 玉兰, 英子."""
    officials = [word for word, role in people.roles.items() if role == "official"]
    yield from _given(text, names, officials)


def _given(text: str, names: list[str], officials: list[str]) -> Iterator[Find]:
    for name in names:
        given = parts(name)[1]
        if any(given in word for word in officials):
            continue
        if len(given) == 2:
            for met in re.finditer(f"{given}|[小阿]{given[1]}|{given[1]}[子儿姐哥嫂](?![女童])", text):
                called = text[max(0, met.start() - 3) : met.start()]
                if not is_word(met[0]) or re.search(r"(?:找|叫|媳妇|是我|名)$", called):
                    yield Find("name", *met.span())
        elif len(given) == 1:
            for met in re.finditer(f"[小阿]{given}(?![一-鿿])|{given}{given}", text):
                if not is_word(met[0]):
                    yield Find("name", *met.span())


def _in_latin(text: str, names: list[str], mailbox: str) -> Iterator[Find]:
    ways = {way for name in names for way in spellings(name)}
    firsts = {initials(name) for name in names if initials(name)}
    for met in LATIN.finditer(text):
        run = re.sub(r"[^a-z]", "", met[0])
        words = re.split(r"[^a-z]+", met[0])
        if (
            run in ways
            or (len(run) > 5 and len(words) > 1 and run in mailbox)
            or (len(words) == 1 and 2 <= len(run) <= 4 and run in firsts)
        ) or (len(run) > 6 and run in mailbox):
            yield Find("name", *met.span())


def _speakers(text: str) -> Iterator[Find]:
    """Whoever speaks at least twice in a chat and is not the other side."""
    met = [each for each in SPEAKER.finditer(text) if not NOT_A_SPEAKER.search(each[1])]
    often = Counter(each[1].strip() for each in met)
    yield from (Find("name", *each.span(1)) for each in met if often[each[1].strip()] > 1)
