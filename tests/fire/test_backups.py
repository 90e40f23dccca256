"""Backups one can trust: one format from either database, whole or refused, rehearsed, and an office restored from one says nothing twice (F14, F32)."""

import gzip
import os
import signal
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import ground
import pytest
from office_days import asked, citizens_write, left, rows, work
from shifts import MORNING, reopened
from sqlalchemy import Engine, text

from daemon import backup, continuity, points
from daemon.__main__ import main
from daemon.auditing import audit
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, HEAD
from daemon.demo.stage import Stage
from daemon.reader import Reader
from db import continuity as store
from db import lists, schema
from db.backup import BackupTrouble
from db.engine import open_engine
from db.pen import look, pen, pen_before_tables
from rules.trouble import SchemaTrouble, UsageTrouble

Opening = Callable[[str], Engine]


def lived(stage: Stage) -> Stage:
    """An office with a morning's work behind it."""
    citizens_write(stage.host, 1, 2)
    work(stage, 2)
    return stage


def kept(stage: Stage, folder: Path, name: str = "day.backup") -> Path:
    path = folder / name
    backup.write(stage.rounds.office.engine, path, stage.now)
    return path


def lines_of(path: Path) -> list[bytes]:
    return gzip.decompress(path.read_bytes()).splitlines(keepends=True)


def test_a_backup_made_of_the_rebuilt_office_is_the_same_backup(stage: Stage, tmp_path: Path):
    path = kept(lived(stage), tmp_path)

    with backup.scratch(stage.rounds.office.engine) as place:
        backup.restore(place, path, live=False)
        again = tmp_path / "again.backup"
        backup.write(place, again, stage.now)
        place.dispose()

    assert lines_of(again) == lines_of(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.debian
def test_an_office_moves_from_sqlite_to_postgresql_and_back(
    stage: Stage, postgres_url: str, tmp_path: Path, database: Opening
):
    path = kept(lived(stage), tmp_path)
    other, third = database(postgres_url), database(f"sqlite:///{tmp_path}/third.db")
    if stage.rounds.office.engine.dialect.name == "postgresql":
        other = database(f"sqlite:///{tmp_path}/other.db")

    backup.restore(other, path, live=False)
    backup.write(other, tmp_path / "other.backup", stage.now)
    backup.restore(third, tmp_path / "other.backup", live=False)
    backup.write(third, tmp_path / "third.backup", stage.now)

    assert lines_of(tmp_path / "third.backup") == lines_of(path)


def test_ids_go_on_after_those_that_were_restored(stage: Stage, url: str, tmp_path: Path):
    path = kept(lived(stage), tmp_path)
    with backup.scratch(stage.rounds.office.engine) as place:
        backup.restore(place, path, live=False)
        with pen(place) as cx:
            last = cx.execute(text("SELECT max(id) FROM folders")).scalar_one()
            made = cx.execute(
                text(
                    "INSERT INTO folders (mailbox, name, role, life, validity, cursor)"
                    " VALUES ('x', 'y', 'other', 1, 1, 0) RETURNING id"
                )
            ).scalar_one()
        place.dispose()

    assert made == last + 1


@pytest.mark.long
def test_a_drill_says_seconds_and_what_came_since_and_leaves_nothing_behind(stage: Stage, tmp_path: Path):
    path = kept(lived(stage), tmp_path)
    citizens_write(stage.host, 3)
    work(stage)
    before = {found.name for found in tmp_path.iterdir()}

    found = backup.drill(stage.rounds.office.engine, path, stage.now, stage.rounds.office.book.limits)

    assert (found.differences, found.rows > 50, found.seconds > 0) == ((), True, True)
    assert any("letters" in line for line in found.newer)
    assert {found.name for found in tmp_path.iterdir()} == before
    with look(stage.rounds.office.engine) as cx:
        if cx.dialect.name == "postgresql":
            names = cx.execute(text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'huiyin%'")).all()
            assert names == []


@pytest.mark.long
def test_a_drill_finds_what_was_wrong_before_the_backup(stage: Stage, tmp_path: Path):
    with pen(lived(stage).rounds.office.engine) as cx:
        cx.execute(text("UPDATE cases SET body = replace(body, '国土资源局', '桓仁镇')"))
    path = kept(stage, tmp_path)

    found = backup.drill(stage.rounds.office.engine, path, stage.now, stage.rounds.office.book.limits)

    assert any("LEDGER" in line for line in found.differences)


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def without_a_line(data: bytes) -> bytes:
    whole = gzip.decompress(data).splitlines(keepends=True)
    return gzip.compress(b"".join(whole[:9] + whole[10:]))


def without_its_end(data: bytes) -> bytes:
    return gzip.compress(b"".join(gzip.decompress(data).splitlines(keepends=True)[:-1]))


def of_tomorrow(data: bytes) -> bytes:
    return gzip.compress(gzip.decompress(data).replace(b'"huiyin-backup":1', b'"huiyin-backup":2', 1))


def of_a_later_schema(data: bytes) -> bytes:
    from hashlib import sha256

    whole = gzip.decompress(data).splitlines(keepends=True)
    whole[0] = whole[0].replace(f'"schema":"{schema.wanted()}"'.encode(), b'"schema":"9999"')
    told = f'{{"rows":{len([1 for line in whole if line[:1] == b"["])},"sha256":"{sha256(b"".join(whole[:-1])).hexdigest()}"}}\n'
    return gzip.compress(b"".join(whole[:-1]) + told.encode())


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (cut, "不完整"),
        (flipped, "不完整|不是回音"),
        (without_a_line, "不完整"),
        (without_its_end, "不完整"),
        (of_tomorrow, "更新的程序"),
        (of_a_later_schema, "9999"),
        (lambda _data: b"Dear diary", "不是回音"),
        (lambda _data: gzip.compress(b'{"a": 1}\n'), "不是回音"),
        (lambda _data: b"", "不是回音"),
    ],
)
def test_a_torn_foreign_or_newer_backup_is_refused_in_a_sentence_and_nothing_is_written(
    stage: Stage, tmp_path: Path, spoil: Callable[[bytes], bytes], says: str, database: Opening
):
    path = kept(stage, tmp_path)
    path.write_bytes(spoil(path.read_bytes()))
    target = tmp_path / "new.db"

    with pytest.raises(BackupTrouble, match=says) as told:
        backup.restore(database(f"sqlite:///{target}"), path)

    assert told.value.code == 78
    assert not target.exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["none.backup"], "备份文件 none.backup 不能读写（没有这个文件或文件夹）。"),
        (["--drill", "."], "备份文件 . 不能读写（这是文件夹，不是文件）。"),
        (["--resume"], "请用 --by 写明是谁让恢复的数据库继续发信。"),
        ([], "请写明备份文件。"),
    ],
)
def test_a_restore_that_was_asked_wrongly_says_so(
    stage: Stage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    told: str,
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HUIYIN_DATABASE", stage.rounds.office.engine.url.render_as_string(hide_password=False))

    assert main(["restore", *words]) == 2
    assert told in capsys.readouterr().err


def test_a_backup_is_not_restored_over_an_office(stage: Stage, tmp_path: Path):
    path = kept(lived(stage), tmp_path)

    with pytest.raises(SchemaTrouble, match="已经有内容"):
        backup.restore(stage.rounds.office.engine, path)


def test_a_backup_of_an_older_program_is_moved_to_this_ones_version(tmp_path: Path, database: Opening):
    old = database(f"sqlite:///{tmp_path}/old.db")
    with pen_before_tables(old) as cx:
        schema.move(cx, "0001")
        cx.execute(text("INSERT INTO office (one, id, began, seq, hash) VALUES (1, 'office-1', '2017', 0, '')"))
    backup.write(old, tmp_path / "old.backup", MORNING, version="0001")
    new = database(f"sqlite:///{tmp_path}/new.db")

    backup.restore(new, tmp_path / "old.backup")

    schema.check(new)
    assert schema.office_id(new) == "office-1"


def test_only_the_newest_backups_of_this_office_are_kept(stage: Stage, tmp_path: Path):
    for day in range(5):
        stage.now = MORNING + timedelta(days=day)
        kept(stage, tmp_path, f"{day}.backup")
    (tmp_path / "diary.backup").write_bytes(b"Dear diary")

    gone = backup.retire(tmp_path / "4.backup", 2)

    assert sorted(path.name for path in gone) == ["0.backup", "1.backup", "2.backup"]
    assert (tmp_path / "diary.backup").exists()


def test_f14_killed_in_a_backup_no_half_file_has_its_name_and_the_office_is_untouched(
    stage: Stage, tmp_path: Path, database: Opening
):
    path = kept(lived(stage), tmp_path)
    before = path.read_bytes()

    pid = os.fork()
    if pid == 0:
        points.watch(lambda point: os.kill(os.getpid(), signal.SIGKILL) if point == "export" else None)
        engine = open_engine(stage.rounds.office.engine.url.render_as_string(hide_password=False))
        backup.write(engine, path, stage.now + timedelta(hours=1))
        os._exit(0)
    _, status = os.waitpid(pid, 0)

    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
    assert path.read_bytes() == before
    assert audit(stage.rounds.office, stage.now).ok


def yesterdays(stage: Stage, folder: Path, reader: Reader, database: Opening) -> Stage:
    """The office as yesterday's backup has it, restored after a day on which a third citizen wrote and was answered."""
    path = kept(lived(stage), folder)
    citizens_write(stage.host, 3)
    work(stage, 2)
    stage.close()
    (folder / "restored").mkdir()
    engine = database(ground.place(folder / "restored" / "huiyin.db"))
    backup.restore(engine, path)
    engine.dispose()
    office = reopened(folder / "restored", stage.host, reader)
    office.now = stage.now + timedelta(hours=1)
    return office


def test_f32_a_restored_office_sends_nothing_where_sent_knows_more_and_gives_no_number_again(
    stage: Stage, reader: Reader, tmp_path: Path, database: Opening
):
    office = yesterdays(stage, tmp_path, reader, database)
    given = {row["case"] for row in lists_of(stage)}
    before = len(stage.host.sent_log)
    office.rounds.begin(office.now, vouched=True)

    office.rounds.poll(office.now)
    office.rounds.decide(office.now)
    with pytest.raises(continuity.SentAhead, match="数据库早于已发送邮件，请先运行 audit") as told:
        office.rounds.send(office.now)

    assert (told.value.code, len(stage.host.sent_log)) == (78, before)
    restored = {row["case"] for row in lists_of(office)}
    assert (len(given), len(restored), len(restored & given)) == (3, 3, 2)
    assert any(found.invariant == "ONE-WAY-OUT" for found in audit(office.rounds.office, office.now).problems)
    office.close()
    office.rounds.office.engine.dispose()


def lists_of(stage: Stage) -> list[dict[str, object]]:
    with look(stage.rounds.office.engine) as cx:
        return [row for row in lists.outbox(cx) if row["case"]]


@pytest.mark.long
def test_f32_nothing_is_decided_in_a_restored_office_before_sent_was_read(
    stage: Stage, reader: Reader, tmp_path: Path, database: Opening
):
    office = yesterdays(stage, tmp_path, reader, database)
    office.rounds.begin(office.now, vouched=True)
    office.rounds.poll_one("contact", office.now)

    assert office.rounds.decide(office.now).decided == 0
    office.close()
    office.rounds.office.engine.dispose()


@pytest.mark.long
def test_f32_a_person_who_saw_the_audit_lets_letters_go_again(
    stage: Stage, reader: Reader, tmp_path: Path, database: Opening
):
    office = yesterdays(stage, tmp_path, reader, database)
    office.rounds.begin(office.now, vouched=True)
    with pytest.raises(continuity.SentAhead):
        office.rounds.whole(office.now)

    with pytest.raises(UsageTrouble, match="先运行 audit"):
        continuity.resume(office.rounds.office, HEAD.name, office.now)
    audit(office.rounds.office, office.now)
    with pytest.raises(UsageTrouble, match="没有工作人员"):
        continuity.resume(office.rounds.office, "路人", office.now)
    continuity.resume(office.rounds.office, HEAD.name, office.now)
    office.rounds.whole(office.now)

    assert max(left(office).values()) == 1
    assert "queued" not in rows(office.rounds.office.engine).values()
    office.close()
    office.rounds.office.engine.dispose()


def test_f32_a_restored_office_that_lost_nothing_goes_on_by_itself(
    stage: Stage, reader: Reader, tmp_path: Path, database: Opening
):
    path = kept(lived(stage), tmp_path)
    stage.close()
    (tmp_path / "restored").mkdir()
    backup.restore(database(ground.place(tmp_path / "restored" / "huiyin.db")), path)
    office = reopened(tmp_path / "restored", stage.host, reader)
    office.now = stage.now + timedelta(hours=1)
    citizens_write(stage.host, 4)
    office.rounds.begin(office.now, vouched=True)

    office.rounds.whole(office.now)

    with look(office.rounds.office.engine) as cx:
        assert store.stopped(cx) == ""
    assert set(left(office).values()) == {1}
    office.close()
    office.rounds.office.engine.dispose()


@pytest.mark.on_sqlite("what happens to the file itself")
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_f32_a_database_file_of_yesterday_put_back_by_hand_is_noticed_too(stage: Stage, reader: Reader, tmp_path: Path):
    lived(stage)
    (tmp_path / "copy").mkdir()
    with stage.rounds.office.engine.connect().execution_options(begin="") as cx:
        cx.execute(text("VACUUM INTO :path"), {"path": str(tmp_path / "copy" / "huiyin.db")})
    citizens_write(stage.host, 3)
    work(stage, 2)
    office = reopened(tmp_path / "copy", stage.host, reader)
    office.now = stage.now + timedelta(hours=1)
    office.rounds.begin(office.now, vouched=True)

    with pytest.raises(continuity.SentAhead):
        office.rounds.whole(office.now)
    office.close()
    office.rounds.office.engine.dispose()


def test_f32_a_reply_with_a_code_the_restored_office_does_not_know_is_held(
    stage: Stage, reader: Reader, tmp_path: Path, database: Opening
):
    from daemon.demo.cast import LAND, LI

    path = kept(stage, tmp_path)
    words = "投诉国土资源局。我的不动产登记申请材料早已交齐，窗口拖了三个月不给办证。"
    stage.post(manners.web_163(LI.address, LI.name, COMPLAINT, "投诉", words, stage.now), LI, COMPLAINT)
    work(stage, 2)
    stage.reply(LAND, "签收。", stage.now, manner="master")
    stage.close()
    (tmp_path / "restored").mkdir()
    backup.restore(database(ground.place(tmp_path / "restored" / "huiyin.db")), path)
    office = reopened(tmp_path / "restored", stage.host, reader)
    office.now = stage.now + timedelta(hours=1)
    office.rounds.begin(office.now, vouched=True)
    with pytest.raises(continuity.SentAhead):
        office.rounds.whole(office.now)

    with look(office.rounds.office.engine) as cx:
        said = [row["disposition"] for row in lists.letters(cx) if row["from_addr"] == LAND.address]
    assert said == ["held"]
    assert "held" in asked(office)
    office.close()
    office.rounds.office.engine.dispose()


def test_f26_the_beginning_of_a_shift_names_a_database_that_is_not_the_one_that_ran_here(stage: Stage, tmp_path: Path):
    engine = stage.rounds.office.engine
    place, path = continuity.HeadFile(engine, tmp_path / "head"), kept(stage, tmp_path)
    place.begin()
    lived(stage)
    place.note(clean=True)
    place.begin()

    with backup.scratch(engine) as older:
        backup.restore(older, path, live=False)
        with pytest.raises(SchemaTrouble, match=f"{older.url.database}.*旧"):
            continuity.HeadFile(older, place.path).begin()
        older.dispose()
    with backup.scratch(engine) as other:
        schema.init(other, "another", MORNING)
        with pytest.raises(SchemaTrouble, match=str(other.url.database)):
            continuity.HeadFile(other, place.path).begin()
        other.dispose()


@pytest.mark.on_sqlite("what happens to the file itself")
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_f26_a_database_file_with_a_second_name_is_not_opened(stage: Stage, tmp_path: Path):
    os.link(tmp_path / "huiyin.db", tmp_path / "second.db")

    with pytest.raises(SchemaTrouble, match="硬链接"):
        continuity.HeadFile(stage.rounds.office.engine, tmp_path / "head").begin()


@pytest.mark.on_sqlite("what happens to the file itself")
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_f26_a_file_exchanged_under_a_running_daemon_ends_it(stage: Stage, tmp_path: Path):
    engine = stage.rounds.office.engine
    place = continuity.HeadFile(engine, continuity.head_of(engine))
    place.begin()
    with engine.connect().execution_options(begin="") as cx:
        cx.execute(text("VACUUM INTO :path"), {"path": str(tmp_path / "new.db")})

    (tmp_path / "new.db").replace(tmp_path / "huiyin.db")

    with pytest.raises(continuity.DiskFailed, match="换成了别的文件"):
        place.look_again()


@pytest.mark.on_sqlite("what happens to the file itself")
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_f24_after_a_bad_end_every_page_is_read_before_the_mailboxes_are(stage: Stage, tmp_path: Path):
    lived(stage)
    engine, database = stage.rounds.office.engine, tmp_path / "huiyin.db"
    place = continuity.HeadFile(engine, continuity.head_of(engine))
    place.begin()
    place.failed = True
    place.end()
    with engine.connect().execution_options(begin="") as cx:
        cx.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        root = cx.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'letters_from'").scalar_one()
        size = cx.exec_driver_sql("PRAGMA page_size").scalar_one()
    engine.dispose()
    data = bytearray(database.read_bytes())
    data[(root - 1) * size + 100 : root * size] = b"\x55" * (size - 100)
    database.write_bytes(data)

    with pytest.raises(continuity.DiskFailed, match="损坏"):
        continuity.HeadFile(engine, place.path).begin()
