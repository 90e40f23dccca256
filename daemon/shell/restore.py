"""`restore FILE`: rebuilds the office in an empty database; `--drill` does it in a scratch place and says how it went.

Nothing leaves a restored office before Sent was compared with it. Where Sent shows letters that the backup does not know, sending stops:
`audit` names them, then a person lets letters go on (`--resume --by 姓名`). `--as-is` takes a database file that was put there by hand.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from daemon.shell._showing import as_json, json_line, moment, say

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Engine

    from daemon.settings import Settings


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, --drill, --as-is, --resume, --by, --json."""
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help=say("option-backup-file"))
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--drill", action="store_true", help=say("option-drill"))
    what.add_argument("--as-is", action="store_true", help=say("option-as-is"))
    what.add_argument("--resume", action="store_true", help=say("option-resume"))
    parser.add_argument("--by", default="", metavar="姓名", help=say("option-by"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Rebuild, rehearse, or let a restored office speak again."""
    from daemon.opening import settings
    from db.engine import open_engine
    from rules.trouble import UsageTrouble

    given = settings()
    if options.resume and not options.by:
        raise UsageTrouble(say("restore-who"))
    if options.resume:
        return _resume(given, options.by, moment(options))
    if options.file is not None and not options.file.is_file():
        key = "disk-folder" if options.file.is_dir() else "disk-absent"
        raise UsageTrouble(say("backup-no-file", file=options.file, why=say(key)))
    engine = open_engine(given.database)
    if options.as_is:
        return _as_is(engine)
    if options.drill:
        return _drill(options, given, engine)
    if options.file is None:
        raise UsageTrouble(say("restore-no-file"))
    return _restore(options, engine)


def _restore(options: argparse.Namespace, engine: "Engine") -> int:
    from daemon import backup
    from daemon.continuity import head_of
    from db.pen import shift

    with shift(engine):
        header = backup.restore(engine, options.file)
        head_of(engine).unlink(missing_ok=True)
    if options.json:
        json_line({"file": options.file, "seq": header.seq, "hash": header.hash, "at": header.at})
    else:
        print(say("restore-done", at=header.at.isoformat(timespec="minutes"), seq=header.seq))
    return 0


def _drill(options: argparse.Namespace, given: "Settings", engine: "Engine") -> int:
    """Of the file, or of a backup made just now."""
    from tempfile import TemporaryDirectory

    from daemon import backup
    from daemon.office import take_rules
    from db import schema
    from rules.trouble import DONE, FOUND

    schema.check(engine)
    now, limits = moment(options), take_rules(given.book).book.limits
    with TemporaryDirectory(prefix="huiyin-drill-") as folder:
        file = options.file or Path(folder) / "now.backup"
        if options.file is None:
            backup.write(engine, file, now)
        found = backup.drill(engine, file, now, limits)
    if options.json:
        json_line(
            {
                "ok": not found.differences,
                "differences": found.differences,
                "newer": found.newer,
                "rows": found.rows,
                "seq": found.header.seq,
                "seconds": round(found.seconds, 2),
            }
        )
    else:
        for line in (*found.differences, *found.newer):
            print(line)
        key = "drill-bad" if found.differences else "drill-good"
        print(
            say(
                key, rows=found.rows, seq=found.header.seq, seconds=f"{found.seconds:.1f}", count=len(found.differences)
            )
        )
    return FOUND if found.differences else DONE


def _as_is(engine: "Engine") -> int:
    from daemon.continuity import head_of
    from db import continuity, schema
    from db.pen import pen, shift

    schema.check(engine)
    with shift(engine), pen(engine) as cx:
        continuity.stop(cx, continuity.RESTORED)
    head_of(engine).unlink(missing_ok=True)
    print(say("restore-as-is"))
    return 0


def _resume(given: "Settings", person: str, now: "datetime") -> int:
    """A person who saw the audit lets letters leave again. Raises UsageTrouble where none was made since, or the book has no such person."""
    from daemon.continuity import resume
    from daemon.opening import open_office

    resume(open_office(given, now), person, now)
    print(say("restore-resumed"))
    return 0
