"""`open`: a matter that came by telephone, on paper, in person, from an inspection or from above; the same register, the same numbers."""

import argparse
from pathlib import Path

from daemon.disk import given
from daemon.shell._showing import as_json, json_line, moment, say, start_log
from rules.entry.form import label_of

FIELDS = (
    "channel",
    "received",
    "name",
    "phone",
    "address",
    "email",
    "respondent",
    "text",
    "wish",
    "consent",
    "above",
    "above_number",
    "above_date",
    "above_due",
)
"""The form's fields, each an option."""
TOLD = ("channel", "received")
"""Options whose help says more than the field's label."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """--by, --form FILE, one option a field, --json."""
    parser.add_argument("--by", required=True, metavar="NAME", help=say("option-by"))
    parser.add_argument("--form", type=Path, metavar="FILE", help=say("option-form"))
    for field in FIELDS:
        told = say(f"option-{field}") if field in TOLD else say("option-field", label=label_of(field))
        parser.add_argument(f"--{field.replace('_', '-')}", default="", metavar="TEXT", help=told)
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Register, and say the number."""
    from daemon.entering import enter_person
    from daemon.opening import open_office, settings
    from rules.entry.form import Filled

    start_log(options)
    now = moment(options)
    given = {field: getattr(options, field).strip() for field in FIELDS}
    filled = Filled({**_form(options.form), **{key: words for key, words in given.items() if words}})
    entered = enter_person(open_office(settings(), now), filled, options.by, now)
    if options.json:
        json_line({"number": entered.number, "reference": entered.reference})
    else:
        print(say("entered", number=entered.number, reference=entered.reference))
    return 0


def _form(path: Path | None) -> dict[str, str]:
    """What a filled form says. Raises UsageTrouble where it cannot be read."""
    from rules.entry.form import read_form
    from rules.papers import open_paper

    if path is None:
        return {}
    paper = open_paper(given(path), path.name)
    return dict(read_form([paper], paper.text).values)
