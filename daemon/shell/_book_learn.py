"""`book learn`: proposes rules from labelled letters, as files a clerk reads; nothing counts until a person accepts it."""

import argparse
import sys
from pathlib import Path

from daemon.shell._showing import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """TRAIN, --out."""
    parser.add_argument("train", type=Path, metavar="TRAIN.jsonl[.gz]", help=say("option-train"))
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=say("option-out"))


def run(options: argparse.Namespace) -> int:
    """Learn and write. Raises UsageTrouble where there is nothing to learn from, or the folder holds something already."""
    from daemon.labelled import labelled
    from rules.learning import learn, write
    from rules.trouble import DONE, UsageTrouble

    samples, complaints = labelled(options.train)
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    known = [sample for sample in samples if sample.label]
    if not known:
        raise UsageTrouble(say("learn-nothing", file=options.train))
    learned = learn(known)
    _put(options.out, write(learned))
    print(say("learned", letters=len(known), labels=len(learned.labels), entries=len(learned.entries), out=options.out))
    return DONE


def _put(folder: Path, files: dict[str, str]) -> None:
    from rules.trouble import UsageTrouble

    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UsageTrouble(say("learn-not-empty", out=folder))
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
    except OSError as trouble:
        raise UsageTrouble(say("learn-no-folder", out=folder)) from trouble
