"""`evidence NUMBER [--for UNIT]`: the case's record in one zip and a page to print; `evidence verify FILE`: was a byte changed? (S65–S68)."""

import argparse
import os
from pathlib import Path

from daemon.disk import why
from daemon.shell._showing import as_json, json_line, moment
from rules.wording import wording

say = wording("daemon.record")
VERIFY = "verify"


def arguments(parser: argparse.ArgumentParser) -> None:
    """NUMBER [--out DIR] [--for UNIT] [--by PERSON --why REASON]; verify FILE."""
    parser.add_argument("number", help=say("option-evidence-number"))
    parser.add_argument("file", nargs="?", help=say("option-evidence-file"))
    parser.add_argument("--out", type=Path, default=Path(), help=say("option-out"))
    parser.add_argument("--for", dest="unit", default="", metavar="UNIT", help=say("option-for"))
    parser.add_argument("--by", default="", help=say("option-by"))
    parser.add_argument("--why", default="", help=say("option-why"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write, or verify. 1 where the evidence was changed."""
    return _verify(options) if options.number == VERIFY else _write(options)


def _write(options: argparse.Namespace) -> int:
    from daemon.named import reference_of
    from daemon.opening import open_office, settings
    from daemon.record.evidence import Asked, evidence
    from rules.trouble import DONE

    now = moment(options)
    office = open_office(settings(), now)
    ref = reference_of(options.number, office.book)
    made = evidence(office, Asked(ref, options.unit, options.by, options.why), now)
    name = f"{ref}-{options.unit}" if options.unit else ref
    zipped, page = options.out / f"{name}.zip", options.out / f"{name}.html"
    put(zipped, made.zip)
    put(page, made.page)
    told = {
        "zip": str(zipped),
        "page": str(page),
        "letters": made.letters,
        "withheld": made.withheld,
        "seal": made.seal,
    }
    if options.json:
        json_line({"reference": ref, "unit": options.unit or None, **told})
    else:
        print(say("evidence-made", **told))
    return DONE


def put(path: Path, data: bytes) -> None:
    """Write a file for its owner alone, aside and renamed. Raises UsageTrouble where it cannot be written."""
    from rules.trouble import UsageTrouble

    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
        aside.replace(path)
    except OSError as trouble:
        raise UsageTrouble(say("no-folder", folder=path.parent, why=why(trouble))) from trouble


def _verify(options: argparse.Namespace) -> int:
    import json

    from rules.evidence import unpack, verify
    from rules.evidence.verify import INDEX
    from rules.trouble import DONE, FOUND

    data = _read(options.file)
    faults = verify(data)
    if options.json:
        rows = [{"what": fault.what, "where": fault.where} for fault in faults]
        json_line({"file": options.file, "sound": not faults, "faults": rows})
        return FOUND if faults else DONE
    if not faults:
        head = json.loads(unpack(data)[INDEX])["head"]
        key = "evidence-sound" if head else "evidence-copy-sound"
        print(say(key, file=options.file, head=head["hash"] if head else ""))
        return DONE
    print(say("evidence-bad", file=options.file, count=len(faults)))
    for fault in faults:
        print(say(f"fault-{fault.what}", where=fault.where))
    return FOUND


def _read(file: str | None) -> bytes:
    from rules.trouble import UsageTrouble

    if not file:
        raise UsageTrouble(say("verify-what"))
    try:
        return Path(file).read_bytes()
    except OSError as trouble:
        raise UsageTrouble(say("no-file", file=file, why=why(trouble))) from trouble
