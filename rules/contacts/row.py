"""What a contact sheet (联系人信息表) says once it is understood: frozen rows, and remarks on what is doubtful.

The words of `Remark.word` and `Sheet.doubts` are a closed list; `wording.toml` has a sentence and a remedy for each (`doubt-<word>`).
"""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a paper from outside it: weaker and weaker witnesses of the unit it speaks for."""

    file_name: str = ""
    subject: str = ""
    sender_unit: str = ""
    """The unit whose registered address sent it, '' where there is none."""
    body_text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One contact person of one unit; '' = the sheet does not say. Phones half-width, several values of a cell joined by 、."""

    unit: str = ""
    """Official name; '' where it could not be named, then `unit_text` has the sheet's words."""
    org: str = ""
    """工作机构, or the sub-unit that reports for itself (派出所, 国土所)."""
    leader: str = ""
    leader_title: str = ""
    leader_phone: str = ""
    leader_email: str = ""
    """分管领导的邮箱: no sheet asks for it; a person enters it, and a later sheet leaves it as it was."""
    contact: str = ""
    contact_title: str = ""
    hotline: str = ""
    """The public number (S31, S34); the only one that is published."""
    office_phone: str = ""
    mobile: str = ""
    email: str = ""
    email_suggested: str = ""
    """What the mailbox probably should be (a QQ number, a typing error): never used without a person."""
    note: str = ""
    unit_text: str = ""

    def given(self) -> dict[str, str]:
        """The fields that say something, in the order of the class."""
        return {name: value for name in FIELDS if (value := getattr(self, name))}


FIELDS = tuple(field.name for field in fields(Row))
COLUMNS = (
    "unit",
    "org",
    "leader",
    "leader_title",
    "leader_phone",
    "contact",
    "contact_title",
    "hotline",
    "office_phone",
    "mobile",
    "email",
)
"""The fields that the office's own sheet asks for, in its order."""
SECOND_ONLY = "file:second-only"
"""Our own reader could not read the file, another one could: shown to a person, never entered without one."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One doubt, with the row it is about: what a clerk must look at."""

    word: str
    unit: str = ""
    text: str = ""
    """What the cell said, as written."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper as a contact sheet. Without rows nothing may be entered; the reason is among `doubts`."""

    rows: tuple[Row, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def readable(self) -> bool:
        """Something was understood, by our own reader; whether it may be entered is for the doubts and the sender."""
        return bool(self.rows) and SECOND_ONLY not in self.doubts

    @property
    def doubts(self) -> tuple[str, ...]:
        """The words of doubt, each once, sorted."""
        return tuple(sorted({remark.word for remark in self.remarks}))

    @property
    def units(self) -> tuple[str, ...]:
        """The units that have rows, in order."""
        return tuple(dict.fromkeys(row.unit for row in self.rows if row.unit))
