"""夜间核对信 (S42): what the audit found and what still hangs, to the person on duty, each with what to do."""

import re
import tomllib
from importlib.resources import files

import pytest
from desks import RECEIVER, a_desk
from office_desks import question_of

from rules.handover.night import HANGING, MOST, Found, night_letter
from rules.wording import wording

say = wording("rules.handover")
CHECKS = (
    "ACCOUNTED",
    "ONCE",
    "ANSWERED",
    "DUE",
    "ONE-WAY-OUT",
    "LEDGER",
    "WHO-SAYS",
    "NEVER-REFUSE",
    "NO-LOOP",
    "SHIELD",
    "KEPT-FIRST",
)


def told(found=(), waiting=()):
    """The one letter of the night."""
    desk = a_desk(cause="night:2017-05-09")
    (letter,) = night_letter(found, waiting, {"o": "转办单（桓仁镇）"}, desk, "f" * 64, 9).notices
    return letter


def test_a_quiet_night_is_told_too():
    letter = told()

    assert (letter.to.address, letter.findings, letter.head, letter.seq) == (RECEIVER.address, (), "f" * 64, 9)


@pytest.mark.parametrize("invariant", CHECKS)
def test_every_kind_of_finding_has_its_word(invariant):
    (finding,) = told((Found(invariant, "HY2017-00012-K7", "请查明。"),)).findings

    assert finding.what
    assert (finding.where, finding.says) == ("HY2017-00012-K7", "请查明。")


@pytest.mark.parametrize("kind", HANGING)
def test_s67_a_letter_that_did_not_arrive_is_told_every_night_with_what_to_do(kind):
    (finding,) = told(waiting=(question_of(kind, outbox="o"), question_of("forward"))).findings

    assert (finding.where, finding.says) == ("转办单（桓仁镇）", say(f"todo-{kind}"))


def test_a_bad_night_is_cut_to_a_page_and_says_so():
    letter = told(tuple(Found("DUE", str(n), "x") for n in range(MOST + 3)))

    assert (len(letter.findings), letter.more) == (MOST, 3)


SENTENCES = tomllib.loads(files("db").joinpath("wording.toml").read_text("utf-8"))


@pytest.mark.parametrize("key", [key for key in SENTENCES if key.startswith("audit-")])
def test_every_finding_says_in_a_clerks_words_what_to_do(key):
    """It asks for something, and names no command, table or field."""
    says = SENTENCES[key]

    assert "请" in says
    assert re.findall("[A-Za-z_]{2,40}", says.replace("{tries}", "")) == []
