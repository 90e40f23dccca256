"""`demo`: the office at work on embedded mail servers, with real letters over real sockets and a simulated clock; ends with the audit."""

import argparse
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from daemon.shell._showing import say as said
from rules.wording import wording

if TYPE_CHECKING:
    from daemon.demo.stage import Stage

say = wording("daemon.demo")
KEPT_EVERY = 5


def arguments(parser: argparse.ArgumentParser) -> None:
    """--keep, --week."""
    parser.add_argument("--keep", action="store_true", help=said("option-keep"))
    parser.add_argument("--week", action="store_true", help=said("option-week"))


def run(options: argparse.Namespace) -> int:
    """Play the story; exit 0 where the audit is clean."""
    from daemon.demo.cast import accounts
    from daemon.demo.servers import MailHost
    from daemon.demo.stage import set_stage
    from daemon.demo.story import scenes
    from daemon.logs import open_log

    open_log(stream=Nowhere())
    first = next(scenes()).at
    with TemporaryDirectory(prefix="huiyin-demo-") as folder, MailHost(accounts=accounts()) as host:
        stage = set_stage(Path(folder), first - timedelta(days=1), host)
        host.now = lambda: stage.now
        print(say("week-intro" if options.week else "intro"))
        code = _play_week(stage) if options.week else _play(stage)
        if options.keep:
            _keep(stage)
        stage.rounds.close()
    return code


def _play_week(stage: "Stage") -> int:
    """Five days without an answer; the mailboxes stay as they are, to be looked at with --keep."""
    from daemon.demo.timeline import happened
    from daemon.demo.week import left, play
    from rules.trouble import DONE

    play(stage)
    for line in (*happened(stage), *left(stage), say("week-end")):
        print(line)
    return DONE


def _play(stage: "Stage") -> int:
    from daemon.auditing import audit
    from daemon.demo.story import scenes
    from daemon.demo.timeline import happened
    from rules.trouble import DONE, FOUND

    stage.rounds.begin(stage.now)
    for scene in scenes():
        stage.now = scene.at
        print(say("line-scene", when=f"{scene.at:%m-%d %H:%M}", title=say(f"scene-{scene.title}")))
        if scene.act:
            scene.act(stage, scene.at)
        else:
            stage.rounds.tick(scene.at)
        stage.rounds.whole(scene.at)
        for line in happened(stage):
            print(line)
    stage.rounds.whole(stage.now + timedelta(minutes=2))
    result = audit(stage.rounds.office, stage.now, deep=True)
    for problem in result.problems:
        print(f"{problem.invariant}  {problem.where}  {problem.says}")
    print(
        say(
            "audit-ok" if result.ok else "audit-bad",
            letters=result.letters,
            head=result.head[:16],
            count=len(result.problems),
        )
    )
    return DONE if result.ok else FOUND


def _keep(stage: "Stage") -> None:
    """Servers and daemon stay up, on the real clock, until Ctrl-C."""
    import signal
    import threading

    from daemon.demo.cast import accounts
    from daemon.office import utc_now
    from daemon.running import Run

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    stage.host.now = utc_now
    stage.host.imap.asks_id = False  # most mail programs send none
    print(say("kept", imap=stage.host.imap_port, smtp=stage.host.smtp_port))
    for address, password in accounts().items():
        print(f"  {address}  {password}")
    database = stage.rounds.office.engine.url.database
    print(say("kept-database", database=database, file=_settings_beside(Path(f"{database}"), stage)))
    print(say("kept-daemon", seconds=KEPT_EVERY), flush=True)
    Run(stage.rounds, utc_now, KEPT_EVERY, Path(f"{database}.heartbeat"), stop=stop, vouched=True).until_stopped()


def _settings_beside(database: Path, stage: "Stage") -> Path:
    """The demo's settings as a .env file, its filled book beside it: every command works on the kept demo."""
    from daemon.demo.cast import accounts

    file, book = database.with_name("demo.env"), database.with_name("book")
    for name, chapter in stage.rounds.office.rules.chapters.items():
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).write_bytes(chapter)
    lines = [f"HUIYIN_DATABASE=sqlite:///{database}", f"HUIYIN_BOOK={book}"]
    for mailbox, address in stage.rounds.office.own.items():
        name, user = f"HUIYIN_{mailbox.upper()}", address.replace("@", "%40")
        lines += [
            f"{name}_IMAP=imap://{user}@127.0.0.1:{stage.host.imap_port}",
            f"{name}_IMAP_PASSWORD={accounts()[address]}",
            f"{name}_SMTP=smtp://{user}@127.0.0.1:{stage.host.smtp_port}",
        ]
    file.touch(mode=0o600)
    file.write_text("\n".join((*lines, "")), "utf-8")
    return file


class Nowhere:
    """The demo prints a story, not a log."""

    def write(self, _text: str) -> int:
        """Nothing is written."""
        return 0

    def flush(self) -> None:
        """Nothing to flush."""
