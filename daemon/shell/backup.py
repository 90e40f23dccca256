"""`backup FILE`: the whole office into one file, at one moment, while `run` works on; `--keep N` retires older ones beside it."""

import argparse
from pathlib import Path

from daemon.shell._showing import as_json, json_line, moment, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, --keep, --json."""
    parser.add_argument("file", metavar="FILE", type=Path, help=say("option-backup-file"))
    parser.add_argument("--keep", type=int, default=None, metavar="N", help=say("option-keep-backups"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write, and say what is in it."""
    from daemon import backup
    from daemon.opening import settings
    from db import schema
    from db.engine import open_engine
    from rules.trouble import UsageTrouble

    if options.keep is not None and options.keep < 1:
        raise UsageTrouble(say("backup-keep"))
    engine = open_engine(settings().database)
    schema.check(engine)
    header = backup.write(engine, options.file, moment(options))
    gone = backup.retire(options.file, options.keep) if options.keep else []
    size = options.file.stat().st_size
    if options.json:
        json_line({"file": options.file, "bytes": size, "seq": header.seq, "hash": header.hash, "retired": len(gone)})
    else:
        print(say("backup-done", file=options.file, kilobytes=size // 1024, seq=header.seq, retired=len(gone)))
    return 0
