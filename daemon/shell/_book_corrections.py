"""`book corrections`: what people corrected, as labelled letters: the file that `book learn` reads."""

import argparse
from pathlib import Path

from daemon.shell._showing import moment, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """OUT, --family."""
    parser.add_argument("out", type=Path, metavar="OUT.jsonl", help=say("option-corrections-out"))
    parser.add_argument(
        "--family", choices=("kind", "unit", "category"), default="kind", help=say("option-corrections-family")
    )


def run(options: argparse.Namespace) -> int:
    """Write the file. Raises UsageTrouble where it cannot be written."""
    import json

    from daemon.opening import office_seen
    from db import court
    from rules.trouble import UsageTrouble

    with office_seen(moment(options)) as (_office, cx):
        rows = [
            {"id": digest[:16], "subject": subject, "text": words, "label": one}
            for digest, subject, words, label in court.corrections(cx)
            if label.partition(":")[0] == options.family
            for one in label.partition(":")[2].split("、")
        ]
    try:
        options.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    except OSError as trouble:
        raise UsageTrouble(say("learn-no-folder", out=options.out)) from trouble
    print(say("corrections-written", letters=len(rows), out=options.out))
    return 0
