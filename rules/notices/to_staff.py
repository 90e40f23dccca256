"""Letters to the office's own staff: questions, what an order did, what is wrong with the world. They may hold the letter's words."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rules.notices.notice import NO_LABEL, Label, Notice, Number, OfficeText, OwnText
from rules.notices.to_organ import SheetRow


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a question: label and what it says."""

    label: Label
    says: OwnText


@dataclass(frozen=True, slots=True)
class Choice:
    """How to answer: the words to write, and what they do."""

    write: OfficeText
    does: OfficeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ToStaff(Notice):
    """A letter to a member of staff."""

    audience: ClassVar[str] = "staff"
    rank: ClassVar[int] = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked(ToStaff):
    """待定事项: facts, the rule's proposal and its reason, and the words that answer."""

    template: ClassVar[str] = "question_asked"
    rank: ClassVar[int] = 2
    number: Number
    """'' where the question is about no case."""
    what: Label
    facts: tuple[Fact, ...]
    choices: tuple[Choice, ...]
    due: date | None = None
    urgent: bool = False
    step: Label = NO_LABEL
    """Why it is put again: reminded, late, recused; '' the first time."""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """What became of one order of a list."""

    item: int
    """The number on the list; 0 where the order named none."""
    number: Label
    says: Label
    """What was done, or why nothing was."""
    unit: Label
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersDone(ToStaff):
    """What became of every order of one letter."""

    template: ClassVar[str] = "orders_done"
    coded: ClassVar[bool] = False
    rows: tuple[OrderRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDone(ToStaff):
    """What an order did: repeats number, unit and deed (A42)."""

    template: ClassVar[str] = "order_done"
    coded: ClassVar[bool] = False
    number: Number
    what: Label
    done: Label
    unit: Label = NO_LABEL


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderNotDone(ToStaff):
    """Why an order did nothing, and what to do."""

    template: ClassVar[str] = "order_not_done"
    coded: ClassVar[bool] = False
    number: Number
    reason: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm(ToStaff):
    """A trouble of the world, once, and once when it is well again (S20)."""

    template: ClassVar[str] = "alarm"
    rank: ClassVar[int] = 1
    coded: ClassVar[bool] = False
    what: Label
    where: OfficeText
    over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectingList(ToStaff):
    """Who has reported, late, with gaps, wrongly or not at all: to those who collect the contact sheets (S32, S33)."""

    template: ClassVar[str] = "collecting_list"
    rank: ClassVar[int] = 6
    coded: ClassVar[bool] = False
    due: date
    late: int
    total: int
    counts: tuple[Label, ...]
    columns: tuple[OfficeText, ...]
    rows: tuple[SheetRow, ...]
