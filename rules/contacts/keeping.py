"""A sheet as the directory keeps it: its rows and the day its letter is dated, as one line of JSON; and back.

    keep((Row("古城镇", contact="张三"),), "2017-04-20T01:12:00Z")  ->  '{"dated": …, "rows": [{"unit": "古城镇", "contact": "张三"}]}'

Fields are only added; what a later program wrote and this one does not know is left out.
"""

import json
from collections.abc import Sequence

from rules.contacts.row import FIELDS, Row


def keep(rows: Sequence[Row], dated: str | None = None) -> str:
    """The rows as text; '' where there are none."""
    if not rows:
        return ""
    return json.dumps({"dated": dated or "", "rows": [row.given() for row in rows]}, ensure_ascii=False)


def kept_rows(text: str) -> tuple[Row, ...]:
    """The rows of the text; () of an empty one."""
    given = json.loads(text)["rows"] if text else ()
    return tuple(Row(**{name: str(row[name]) for name in FIELDS if name in row}) for row in given)


def kept_day(text: str) -> str | None:
    """When the letter that brought the rows is dated, by its own head."""
    return (json.loads(text)["dated"] or None) if text else None
