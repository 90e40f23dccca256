"""The process among others: closed pipes, no terminal, LANG=C, a secret in no line (F18, A75)."""

import json
import os
import re
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from seeds import staged
from shifts import MORNING

from daemon.__main__ import main
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, LI, RECEIVER, ZHAO, accounts
from daemon.demo.servers import MailHost
from daemon.reader import Reader
from rules.wording import wording

say = wording("daemon.demo")
TOP = Path(__file__).parents[2]


@pytest.fixture
def settings(host: MailHost, reader: Reader, tmp_path: Path) -> dict[str, str]:
    """An office with one complaint on its way, as environment."""
    from test_run import the_settings

    stage = staged(tmp_path, MORNING, host, reader)
    stage.now = MORNING
    host.now = lambda: MORNING
    stage.post(
        manners.web_163(LI.address, LI.name, COMPLAINT, say("subject-complaint"), say("text-complaint"), MORNING),
        LI,
        COMPLAINT,
    )
    stage.rounds.begin(MORNING)
    stage.rounds.whole(MORNING)
    stage.close()
    return the_settings(tmp_path, host)


def command(settings: dict[str, str], *words: str, **how: object) -> subprocess.CompletedProcess[bytes]:
    return python(settings, "-m", "daemon", *words, **how)


def python(settings: dict[str, str], *words: str, **how: object) -> subprocess.CompletedProcess[bytes]:
    plain = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("HUIYIN_", "LC_", "LANG", "PYTHONIOENCODING", "PYTHONUTF8"))
    }
    return subprocess.run(
        [sys.executable, *words],
        env={**plain, "PYTHONPATH": str(TOP), "LANG": "C", "LC_ALL": "C", **settings},
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
        **how,  # type: ignore[call-overload]
    )


def exported(settings: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings as this process's own environment."""
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


ONE_AFTER_THE_OTHER = """
from daemon.__main__ import main
codes = [main(words.split()) for words in ("cases", "letters --json", "outbox", "questions")]
try:
    main(["--help"])
except SystemExit as left:
    codes.append(left.code)
print("codes", *codes)
"""


def test_f18_no_terminal_and_lang_c_break_no_chinese(settings: dict[str, str]):
    """The audit in a process of its own, the others one after the other in another: each begins with the streams of `main`."""
    audited = command(settings, "audit", capture_output=True)
    shown = python(settings, "-c", ONE_AFTER_THE_OTHER, capture_output=True)
    said = audited.stdout + audited.stderr + shown.stdout + shown.stderr

    assert (audited.returncode, shown.stdout.splitlines()[-1]) == (0, b"codes 0 0 0 0 0")
    assert "国土资源局".encode() in shown.stdout
    assert not [sign for sign in (b"Traceback", b"UnicodeEncodeError") if sign in said]


WHAT_IS_PRINTED_GOES_WHERE_OURS_GOES = """
import io, os, sys
from daemon import logs
from daemon.__main__ import main
given, codes = os.dup(1), []
for words in sys.argv[1:]:
    os.dup2(given, 1)
    sys.stdout = io.TextIOWrapper(open(1, "wb", closefd=False))
    try:
        codes.append(main(words.split()))
    except SystemExit as left:
        codes.append(left.code)
    sys.stdout.flush()  # at its end the interpreter does the same, and would complain
print("codes", *codes, "lost", logs.lost(), file=open(int(os.environ["TOLD"]), "w"))
"""
LISTINGS = (
    "--help",
    "audit",
    "book history",
    "cases",
    "cases --json",
    "directory missing",
    "directory show",
    "held",
    "letters",
    "letters --json",
    "life",
    "outbox",
    "promises",
    "questions",
    "report weekly",
)


def codes_and_lost(settings: dict[str, str], *commands: str, **streams: int) -> tuple[list[int], int, bytes]:
    """Each command's exit code, one after the other in a process; how many lines of the log were lost; what went to the other streams."""
    reading, writing = os.pipe()
    given = {**settings, "TOLD": str(writing)}
    piped = dict.fromkeys({"stdout", "stderr"} - streams.keys(), subprocess.PIPE)
    done = python(given, "-c", WHAT_IS_PRINTED_GOES_WHERE_OURS_GOES, *commands, pass_fds=(writing,), **streams, **piped)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        words = told.read().split()
    said = (done.stdout or b"") + (done.stderr or b"")
    assert words, said
    return [int(code) for code in words[1:-2]], int(words[-1]), said


@pytest.mark.long
def test_f18_a_closed_pipe_is_no_trouble_whatever_is_listed(settings: dict[str, str]):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        codes, _, said = codes_and_lost(settings, *LISTINGS, stdout=writing)
    finally:
        os.close(writing)

    assert dict(zip(LISTINGS, codes, strict=True)) == dict.fromkeys(LISTINGS, 0)
    assert not [sign for sign in (b"Traceback", b"Exception ignored") if sign in said]


@pytest.mark.long
def test_f18_a_list_that_finds_no_room_where_it_is_written_says_so_and_ends_with_75(settings: dict[str, str]):
    with Path("/dev/full").open("wb") as full:
        codes, _, said = codes_and_lost(settings, "--help", "audit", "cases", "letters --json", stdout=full.fileno())

    assert codes == [75] * 4
    assert said.decode("utf-8").count("没有空间") == 4
    assert b"Traceback" not in said


@pytest.mark.long
def test_f18_with_a_full_disk_under_the_log_all_work_is_done_and_the_lines_lost_are_counted(
    settings: dict[str, str], host: MailHost
):
    text = "投诉国土资源局。我的不动产登记申请材料早已交齐，窗口拖了三个月不给办证。"
    raw = manners.plain_utf8(ZHAO.address, ZHAO.name, COMPLAINT, "投诉国土资源局不办证", text, MORNING)
    host.deliver(COMPLAINT, raw, internaldate=MORNING)
    now = f"--now {MORNING.isoformat()}"

    with Path("/dev/full").open("wb") as full:
        codes, lost, said = codes_and_lost(
            settings,
            *(f"{stage} {now}" for stage in ("poll", "decide", "tick", "send", "audit")),
            "case 99",
            stderr=full.fileno(),
        )

    assert codes == [0, 0, 0, 0, 0, 2]
    assert lost > 3
    assert re.search("新收来信 [1-9].*处理来信 [1-9].*发出 [1-9].*核对完毕", said.decode("utf-8"), re.DOTALL)


@pytest.mark.long
@pytest.mark.timeout(300)
def test_a75_no_password_code_name_or_text_stands_in_what_a_stage_prints_or_logs(settings: dict[str, str]):
    output = b""
    for words in (
        ["poll", "--log", "json"],
        ["decide"],
        ["tick"],
        ["send"],
        ["audit"],
        ["doctor"],
        ["outbox"],
        ["questions"],
    ):
        done = command(settings, *words, "--now", MORNING.isoformat(), capture_output=True)
        output += done.stdout + done.stderr
    said = output.decode("utf-8")

    for secret in (accounts()[COMPLAINT] + '"', f" {accounts()[COMPLAINT]} ", LI.name, "13800000021", "业主沟"):
        assert secret not in said


def test_a_wrong_number_and_a_missing_case_are_told_in_one_sentence(
    settings: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    exported(settings, monkeypatch)

    wrong, missing = main(["case", "HY2017-00001-ZZ"]), main(["case", "桓营诉〔2017〕99号"])

    assert (wrong, missing) == (2, 2)
    told = capsys.readouterr().err
    assert "校验码" in told
    assert "没有找到案件 桓营诉〔2017〕99号，请用 cases 查看登记编号。" in told


def test_a_letter_that_is_not_held_is_not_read_again_and_that_is_said(
    settings: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    exported(settings, monkeypatch)

    assert main(["retry", "98", "99"]) == 2
    assert capsys.readouterr().err == "没有序号 98、99 的待人工来信，没有重新读取。请用 held 查看序号。\n"


@pytest.mark.parametrize("command", ["cases", "letters", "outbox", "questions", "held"])
def test_people_are_shown_lists_in_the_offices_words_and_programs_the_keys(
    settings: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
):
    exported(settings, monkeypatch)

    assert main([command]) == 0
    shown = capsys.readouterr().out
    assert main([command, "--json"]) == 0

    assert not re.search(r"\b(complaint|transfer|opened|machine|sent|receipt|receiver|hold|assigned)\b", shown)
    assert "T00:" not in shown
    keys = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert bool(keys) == ("没有内容" not in shown)


def test_f38_a_database_of_nobody_is_named_and_not_touched(
    tmp_path: Path, settings: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    import sqlite3
    from contextlib import closing

    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as database, database as made:
        made.execute("CREATE TABLE something (id INTEGER)")
    before = foreign.read_bytes()

    exported({**settings, "HUIYIN_DATABASE": f"sqlite:///{foreign}"}, monkeypatch)

    assert main(["audit"]) == 78
    assert str(foreign) in capsys.readouterr().err
    assert foreign.read_bytes() == before


def test_each_stage_does_its_work_once_and_says_what_it_did(
    settings: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], host: MailHost
):
    exported(settings, monkeypatch)
    raw = manners.web_163(LI.address, LI.name, COMPLAINT, say("subject-complaint"), say("text-complaint"), MORNING)
    host.deliver(COMPLAINT, raw.replace("登记".encode("gb18030"), "过户".encode("gb18030")), internaldate=MORNING)

    def told(stage: str) -> str:
        assert main([stage, "--now", MORNING.isoformat()]) == 0
        return capsys.readouterr().out

    assert told("poll") == "新收来信 3 封。\n"  # two are our own, from Sent
    assert re.fullmatch(r"处理来信 [13] 封。\n", told("decide"))
    assert told("tick") == "0 个案件到了时限。\n"
    assert re.fullmatch(r"发出 \d 封，稍后再发 0 封，被拒 0 封，不明 0 封。\n", told("send"))


def quoted(address: str) -> str:
    return address.replace("@", "%40")


def closed_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.mark.parametrize("stage", ["poll", "send"])
def test_a_mailbox_that_cannot_be_polled_is_said_in_chinese_and_ends_with_75_the_other_is_polled(
    settings: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    host: MailHost,
    stage: str,
):
    unreached = f"imap://{quoted(COMPLAINT)}@127.0.0.1:{closed_port()}"
    exported({**settings, "HUIYIN_COMPLAINT_IMAP": unreached, "HUIYIN_CONTACT_IMAP_PASSWORD": "wrong"}, monkeypatch)

    assert main([stage, "--now", MORNING.isoformat()]) == 75

    unreachable, refused = capsys.readouterr().err.splitlines()[-2:]
    assert "连不上收信服务器 127.0.0.1" in unreachable
    assert "来件仍在服务器上" in unreachable
    assert "客户端授权码" in refused
    assert "HUIYIN_CONTACT_IMAP_PASSWORD" in refused


@pytest.mark.parametrize(
    ("wrong", "told"),
    [("port", "连不上发信服务器 127.0.0.1"), ("password", "客户端授权码")],
)
def test_an_account_that_sends_nothing_is_said_in_chinese_and_ends_with_75_and_the_letters_wait(
    settings: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    host: MailHost,
    wrong: str,
    told: str,
):
    text = "投诉国土资源局。我的不动产登记申请材料早已交齐，窗口拖了三个月不给办证。"
    raw = manners.plain_utf8(ZHAO.address, ZHAO.name, COMPLAINT, "投诉国土资源局不办证", text, MORNING)
    host.deliver(COMPLAINT, raw, internaldate=MORNING)
    faults = {
        "port": {"HUIYIN_COMPLAINT_SMTP": f"smtp://{quoted(COMPLAINT)}@127.0.0.1:{closed_port()}"},
        "password": {"HUIYIN_COMPLAINT_SMTP_PASSWORD": "wrong"},
    }
    exported({**settings, **faults[wrong]}, monkeypatch)

    assert main(["send", "--now", MORNING.isoformat()]) == 75

    said = capsys.readouterr()
    assert "发出 0 封" in said.out
    last = said.err.splitlines()[-1]
    assert last.startswith("投诉举报信箱发不出信，")
    assert told in last
    assert "没有丢失" in last
    monkeypatch.delenv("HUIYIN_COMPLAINT_SMTP_PASSWORD", raising=False)
    exported(settings, monkeypatch)
    assert main(["send", "--now", (MORNING + timedelta(hours=1)).isoformat()]) == 0
    assert "发出 0 封" not in capsys.readouterr().out


def test_a_command_that_writes_a_letter_names_the_setting_it_lacks_and_nothing_is_half_done(
    settings: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    bare = {name: value for name, value in settings.items() if name in ("HUIYIN_DATABASE", "HUIYIN_BOOK")}
    exported(bare, monkeypatch)
    said = "投诉国土资源局拖着不给我办不动产证，三个多月了。"

    assert main(["open", "--by", RECEIVER.name, "--channel", "电话", "--email", ZHAO.address, "--text", said]) == 78

    assert "HUIYIN_COMPLAINT_SMTP" in capsys.readouterr().err
    assert main(["cases", "--json"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_programs_answer_and_retry_by_keys_too(
    settings: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], host: MailHost
):
    host.deliver(COMPLAINT, b"Subject: x\r\n\r\n\r\n", internaldate=MORNING)
    exported(settings, monkeypatch)

    def told(*words: str) -> tuple[int, list[dict[str, object]]]:
        code = main([*words, "--json", "--now", MORNING.isoformat()])
        return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    main(["send", "--now", MORNING.isoformat()])
    capsys.readouterr()
    _, (letter,) = told("held")
    asked = next(question for question in told("questions")[1] if question["what"] == "held")

    assert told("retry", str(letter["id"]), "99999") == (
        0,
        [{"id": letter["id"], "again": True}, {"id": 99999, "again": False}],
    )
    code, (said,) = told("answer", str(asked["id"]), "机器来信", "--by", RECEIVER.name)
    assert (code, said["id"], said["done"]) == (0, asked["id"], True)
    assert "机器来信" in str(said["says"])
    assert told("answer", str(asked["id"]), "机器来信", "--by", RECEIVER.name)[1][0]["done"] is False
