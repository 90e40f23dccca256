"""Who is who: names of the complainant, his family, his witnesses, persons left unclear; officials complained of are none of these.

A name is the complainant's by the word before or after it, by its place (a signature, beside a telephone number), by the mailbox; whoever
acts for a public body is an official; who is neither is unclear, and leaves the unit's text but not the office's.
"""

import re
from collections.abc import Iterator, Sequence

from rules.shield.cues import STOP, cues
from rules.shield.knowledge import is_cut, is_surname, is_word
from rules.shield.names import Name, find_names
from rules.shield.patterns import pattern
from rules.shield.shapes import Find

SURE = 0.0
WEAK = -1.5
LEAST = -3.5
SIGNATURE = 200  # signs of the longest line that may be one


class People:
    """The persons of one letter. Work through `find()`; places are in the folded text."""

    def __init__(self, text: str, shapes: Sequence[Find], mailbox: str | None) -> None:
        self.text = text
        self.mailbox = mailbox
        self.shapes = sorted((find.start, find.end) for find in shapes if find.kind != "address")
        self.names = self._names(shapes)
        self.is_letter = self._speaks_of_itself()
        self.roles: dict[str, str] = {}
        """Name without blanks -> role."""

    def _speaks_of_itself(self) -> bool:
        """Whether this is a letter about its own matter: it has a sender and says 我, or says so often; and a public body stands in it."""
        signs = len(cues().letter.findall(self.text))
        spoken = signs > 2 or (self.mailbox is not None and (signs > 0 or "我" in self.text))
        return spoken and cues().organ.search(self.text) is not None

    def said(self) -> Iterator[str]:
        """我姓古，名城: the name put together."""
        for met in cues().surname_said.finditer(self.text):
            if met[3]:
                yield met[2] + met[3]

    def _names(self, shapes: Sequence[Find]) -> list[Name]:
        spaced = [Name(*met.span(), 4.0) for met in cues().spaced.finditer(self.text)]
        taken = {place for find in shapes for place in range(find.start, find.end)}
        taken |= {place for name in spaced for place in range(name.start, name.end)}
        plain = [name for name in find_names(self.text, LEAST) if taken.isdisjoint(range(name.start, name.end))]
        return sorted([*spaced, *plain])

    def word(self, name: Name) -> str:
        """The name without blanks."""
        return re.sub(r"\s", "", self.text[name.start : name.end])

    def find(self) -> Iterator[Find]:
        """Every person of the letter who must not be seen by the unit."""
        for name in self.names:
            self._settle(name)
        self._lists()
        sure = [name for name in self.names if self.word(name) in self.roles or name.score > self._least(name)]
        self.roles.update(dict.fromkeys(self.said(), "complainant"))
        for word in self.said():
            yield from (Find("name", met.start(), met.end()) for met in re.finditer(word, self.text))
        for name in sure:
            word = self.word(name)
            role = self.roles.get(word) or self._other(name)
            self.roles.setdefault(word, role)
        for name in sure:
            role = self.roles[self.word(name)]
            if not self.is_letter and role == "official":
                role = "unclear"
            if role != "official":
                yield Find("name", name.start, name.end, role)
        yield from self._rolls()
        yield from self._aliases()
        yield from self._titled()
        yield from self._familiar()

    def _least(self, name: Name) -> float:
        """What is asked of a name nobody's word supports; less where the text is no letter, least where a sentence opens with it."""
        if self.is_letter:
            return SURE
        opens = not self.text[: name.start] or self.text[name.start - 1] in STOP
        return LEAST if opens and self.text[name.end : name.end + 1] in "说称表:：,，（(认曾是" else WEAK - 0.5

    def _settle(self, name: Name) -> bool:
        """Give the name its role where the words beside it tell; True where they do."""
        if role := self._role(name):
            self.roles.setdefault(self.word(name), role)
        return bool(role)

    def _role(self, name: Name) -> str:
        before, after = self.text[max(0, name.start - 10) : name.start], self.text[name.end : name.end + 8]
        if self.is_letter and cues().official_right.match(after):
            return "official" if name.score > SURE else ""
        if self._by_mailbox(name):
            return "complainant"
        if cues().official_sure.search(before):
            return "official"
        if is_word(self.word(name)) and name.score < SURE and not cues().own_left.search(before):
            return ""
        return self._role_by_words(name, before, after) or self._role_by_place(name, before, after)

    def _role_by_words(self, name: Name, before: str, after: str) -> str:
        """By what is said right before the name."""
        known = cues()
        if known.family.search(before):
            return "family"
        if pattern("described").match(self.text, name.end) and not known.official_left.search(before):
            return "complainant"
        if known.own_left.search(before) and (self._ends_well(name, after) or pattern("own_verb").match(after)):
            return "complainant"
        opening = self.text[max(0, name.start - 30) : name.start]
        return "complainant" if name.score > SURE and known.own_sentence.search(opening) else ""

    def _role_by_place(self, name: Name, before: str, after: str) -> str:
        """By its place: a signature, a number beside it; then by what is said of a witness."""
        known = cues()
        if self._stands_alone(name) and (name.score > SURE or "\n" in self.text[: name.start]):
            return "complainant"
        witness = known.witness.search(before)
        if name.score > WEAK and self._beside_number(name):
            return "witness" if witness else "complainant"
        if name.score > WEAK and (witness or known.witness_after.match(after)):
            return "witness"
        return (
            "complainant"
            if name.score > SURE and known.own_after.match(after) and not known.official_left.search(before)
            else ""
        )

    def _ends_well(self, name: Name, after: str) -> bool:
        return name.score > SURE or not after or after[0] in STOP or cues().own_after.match(after) is not None

    def _by_mailbox(self, name: Name) -> bool:
        from rules.shield.latin import spellings

        letters = self.mailbox or ""
        return len(letters) > 3 and any(each in letters for each in spellings(self.word(name)))

    def _stands_alone(self, name: Name) -> bool:
        """The name is a whole line: a signature."""
        line_start = self.text.rfind("\n", 0, name.start) + 1
        line_end = self.text.find("\n", name.end)
        line_end = line_end if line_end >= 0 else len(self.text)
        if line_end - line_start > SIGNATURE:
            return False
        rest = self.text[line_start : name.start] + self.text[name.end : line_end]
        rest = cues().sign_title.sub("", rest)
        return not pattern("line_rest").sub("", rest)

    def _beside_number(self, name: Name) -> bool:
        between = pattern("before_number")
        follows = any(
            0 <= start - name.end <= 12 and between.fullmatch(self.text, name.end, start) for start, _ in self.shapes
        )
        leads = any(
            0 <= name.start - end <= 2 and self.text[end : name.start].strip(" ,，、|(（") == ""
            for _, end in self.shapes
        )
        return follows or (leads and (name.end >= len(self.text) or self.text[name.end] in STOP))

    def _lists(self) -> None:
        """A、B、C: a list takes the role of its first name."""
        for first, second in zip(self.names, self.names[1:], strict=False):
            between = self.text[first.end : second.start]
            role = self.roles.get(self.word(first))
            if (role and role != "official" and pattern("between_names").fullmatch(between)) and (
                second.score > WEAK or "、" in between or cues().witness_after.match(self.text, second.end)
            ):
                self.roles.setdefault(self.word(second), role)

    def _other(self, name: Name) -> str:
        """An official complained of, or a person of whom the letter does not say what he is."""
        if not self.is_letter:
            return "unclear"
        known = cues()
        before, after = self.text[max(0, name.start - 14) : name.start], self.text[name.end : name.end + 6]
        if known.official_left.search(before) or known.official_verb.match(after):
            return "official"
        return "unclear"

    def _aliases(self) -> Iterator[Find]:
        for met in cues().alias.finditer(self.text):
            value = pattern("alias_end").sub("", met[1])
            familiar = value[0] in "老小大阿" and is_surname(value[1:2])
            others = pattern("told_of_official").search(self.text, max(0, met.start() - 12), met.start())
            if (
                not others
                and 2 <= len(value) <= 5
                and (familiar or not is_word(value))
                and not cues().no_alias.search(value)
            ):
                yield Find("name", met.start(1), met.start(1) + len(value))

    def _rolls(self) -> Iterator[Find]:
        """签名：甲、乙、丙: every item that could be a name is one."""
        for met in cues().roll.finditer(self.text):
            for item in re.finditer(r"[一-鿿]{2,4}(?=[、,，;；/ (（]|$)", met[1]):
                word = item[0]
                if (
                    self.roles.get(word) != "official"
                    and (is_surname(word[0]) or is_surname(word[:2]))
                    and not is_word(word)
                ):
                    self.roles.setdefault(word, "witness")
                    yield Find("name", met.start(1) + item.start(), met.start(1) + item.end(), "witness")

    def _familiar(self) -> Iterator[Find]:
        """俺媳妇小翠; 环卫工老耿; not the 小红 of 梁小红."""
        for met in cues().pet.finditer(self.text):
            if not is_word(met[1]):
                yield Find("name", *met.span(1), "family")
        within = {place for name in self.names for place in range(name.start + 1, name.end)}
        for met in cues().familiar.finditer(self.text):
            if met.start() not in within and not is_word(self.text[met.start() : met.start() + 2]):
                yield Find("name", *met.span(), self._side(*met.span()))

    def _titled(self) -> Iterator[Find]:
        for met in cues().titled.finditer(self.text):
            cut = len(met[1]) > 1 and is_cut(self.text, met.start())  # 村长孙大爷 is 孙大爷
            start, end = met.start() + cut, met.end()
            if (
                not is_word(self.text[max(0, start - 1) : start + 1])
                and (
                    not is_word(self.text[start : start + 2])
                    or pattern("title_of_age").match(self.text, start + len(met[1]) - cut)
                )
                and not cues().organ.search(self.text[max(0, start - 4) : start])
            ):
                yield Find("name", start, end, self._side(start, end))

    def _side(self, start: int, end: int) -> str:
        """Whose side a person of a surname and a title is on: 老王, 王姐 may as well be who is complained of, so that the office sees him."""
        if self._beside_number(Name(start, end, 0.0)):
            return "complainant"
        return "witness" if cues().witness.search(self.text[max(0, start - 10) : start]) else "unclear"

    def surnames(self) -> set[str]:
        """Surnames of the complainant and his family, said or in a name."""
        said = {met[2] for met in cues().surname_said.finditer(self.text)}
        named = {
            word[:2] if is_surname(word[:2]) and len(word) > 2 else word[:1]
            for word, role in self.roles.items()
            if role in ("complainant", "family")
        }
        return said | {each for each in named if is_surname(each)}
