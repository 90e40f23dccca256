"""`book score`: how often learned rules put labelled letters right: accuracy, macro-F1, the confusion table."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from daemon.shell._showing import as_json, json_line, say, sheet

if TYPE_CHECKING:
    from rules.learning import Report, Sample


def arguments(parser: argparse.ArgumentParser) -> None:
    """TEST, --book, --json, --predictions."""
    parser.add_argument("test", type=Path, metavar="TEST.jsonl[.gz]", help=say("option-test"))
    parser.add_argument("--book", type=Path, required=True, metavar="DIR", help=say("option-learned"))
    parser.add_argument("--predictions", type=Path, metavar="FILE", help=say("option-predictions"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Read the rules, place every letter, say how it went."""
    from daemon.labelled import labelled, learned
    from rules.learning import score
    from rules.trouble import DONE, UsageTrouble

    rules = learned(options.book)
    samples, complaints = labelled(options.test)
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    if not samples:
        raise UsageTrouble(say("score-nothing", file=options.test))
    report, placed = score(rules, samples)
    if options.predictions:
        _predict(options.predictions, samples, placed)
    if options.json:
        json_line(_figures(report))
    else:
        _show(report)
    return DONE


def _predict(path: Path, samples: "Sequence[Sample]", placed: Sequence[str | None]) -> None:
    from rules.trouble import UsageTrouble

    lines = [
        json.dumps({"id": sample.id, "label": label}, ensure_ascii=False) + "\n"
        for sample, label in zip(samples, placed, strict=True)
    ]
    try:
        path.write_text("".join(lines), "utf-8")
    except OSError as trouble:
        raise UsageTrouble(say("learn-no-folder", out=path)) from trouble


def _figures(report: "Report") -> dict[str, object]:
    per_label = {label: _label_figures(report, label) for label in report.labels}
    return {
        "letters": report.letters,
        "accuracy": round(report.accuracy, 4),
        "macro_f1": round(report.macro_f1, 4),
        "unplaced": report.unplaced,
        "labels": per_label,
        "confusion": [
            {"label": label, "placed": placed, "letters": count}
            for (label, placed), count in sorted(
                report.confusion.items(), key=lambda cell: (cell[0][0], cell[0][1] or "")
            )
        ],
    }


def _label_figures(report: "Report", label: str) -> dict[str, float]:
    precision, recall, f1 = report.of(label)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _show(report: "Report") -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    placed = {label for _, label in report.confusion if label is not None}
    everywhere = sorted(placed.union(report.labels))
    table = Table(title=say("score-table"), box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(say("score-true"), no_wrap=True)
    for number in range(1, len(everywhere) + 1):
        table.add_column(str(number), justify="right", no_wrap=True)
    for heading in ("score-unplaced", "score-precision", "score-recall", "score-f1"):
        table.add_column(say(heading), justify="right", no_wrap=True)
    for number, label in enumerate(everywhere, 1):
        counts = [str(report.confusion.get((label, other), 0) or "") for other in (*everywhere, None)]
        table.add_row(f"{number} {label}", *counts, *(f"{figure:.3f}" for figure in report.of(label)))
    sheet(
        table,
        say("scored", letters=report.letters, accuracy=report.accuracy, f1=report.macro_f1, unplaced=report.unplaced),
    )
