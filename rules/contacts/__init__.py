"""The unit contact inbox (联系人信息表): whatever a clerk sends becomes rows one can trust, or a question. Pure; see domain §4.

sheet = understand([paper], Context(file_name="联系人.et"), UnitNames(book.units))
verdict = judge_mail(letter, papers, registered, book.units, earlier, body)
changes(old rows, new rows)         explain(sheet or verdict)         blank_template()
"""

from rules.contacts.blank import Template, blank_papers, blank_template
from rules.contacts.compare import Change, changes, renewed
from rules.contacts.explaining import explain, in_short
from rules.contacts.keeping import keep, kept_day, kept_rows
from rules.contacts.mail import Earlier, Verdict, judge_mail
from rules.contacts.row import Context, Remark, Row, Sheet
from rules.contacts.understanding import understand
from rules.contacts.units import UnitNames

__all__ = [
    "Change",
    "Context",
    "Earlier",
    "Remark",
    "Row",
    "Sheet",
    "Template",
    "UnitNames",
    "Verdict",
    "blank_papers",
    "blank_template",
    "changes",
    "explain",
    "in_short",
    "judge_mail",
    "keep",
    "kept_day",
    "kept_rows",
    "renewed",
    "understand",
]
